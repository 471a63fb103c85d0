// The desk itself: one per mounted component.
export default function (component) {
  const root = component.parentElement.querySelector(".desk");
  root.desk ??= new Desk(root);
  root.desk.lay(component.data);
  return () => root.desk.keeper?.flush();
}

class Desk {
  constructor(root) {
    this.root = root;
    this.viewer = new Viewer(root);
    for (const part of ["form", "fields", "title", "warnings", "message", "notice", "confirm", "keys"]) this[`${part}Part`] = root.querySelector(`.${part}`);
    this.assistant = root.querySelector(".assistant select");
    this.orderButton = root.querySelector("[data-act=order]");
    this.piles = new Piles(this);
    this.asks = new Asks(this);
    this.past = new Past(this);
    this.hands = new Hands(this);
    this.onward = new Onward(this);
    this.leftovers = new Map();
    this.layKeyMap();
    // Streamlit listens for letters on the document and cannot see that a field inside a shadow root has the focus.
    for (const kind of ["keydown", "keypress", "keyup"]) root.addEventListener(kind, (event) => event.stopPropagation());
    root.addEventListener("keydown", (event) => this.onKey(event));
    root.addEventListener("click", (event) => this.onClick(event));
    // A field that loses the focus closes up; what is being clicked below it would move away under the pointer.
    this.fieldsPart.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault());
    this.formPart.addEventListener("submit", (event) => { event.preventDefault(); this.act("confirm"); });
    this.formPart.addEventListener("focusin", (event) => this.onFocus(this.fieldOf(event.target)));
    this.formPart.addEventListener("focusout", (event) => this.leave(this.fieldOf(event.target)));
    this.formPart.addEventListener("input", (event) => this.onInput(this.fieldOf(event.target)));
    window.addEventListener("resize", () => this.fill());
    window.addEventListener("online", () => this.keeper.flush());
    window.addEventListener("pagehide", () => this.keeper.flush());
  }

  // Streamlit runs the screen again whenever it likes; what is being typed is none of its business.
  lay(data) {
    if (data.serial !== this.serial && data.entry !== this.sheet?.entry) this.open(data);
    this.serial = data.serial;
    requestAnimationFrame(() => this.fill());
  }

  // Down to the lower edge of the window, wherever the desk begins.
  fill() {
    if (window.innerWidth <= 900) return this.root.style.removeProperty("height");
    const top = this.root.getBoundingClientRect().top;
    this.root.style.height = `${Math.max(420, window.innerHeight - top - 20)}px`;
  }

  open(sheet) {
    this.keeper?.leave();
    this.leftovers.get(sheet.entry)?.retire();
    this.leftovers.delete(sheet.entry);
    this.sheet = sheet;
    this.hands.held = sheet.held;
    const keeper = new Keeper(sheet, (news) => keeper === this.keeper && this.hear(news));
    this.keeper = keeper;
    this.inPageOrder = sheet.fields.map((data, index) => new Field(data, index));
    this.isKeyedByHand = sheet.fields.every((field) => field.suggestion === null);
    this.titlePart.textContent = sheet.title;
    this.lastSaved = "";
    this.noticePart.hidden = true;
    this.layWarnings(sheet.warnings);
    this.layAssistants(sheet);
    this.viewer.open(sheet);
    this.layFields();
    this.takeDraft();
    (this.fields.find((field) => field.wantsLook(this.isKeyedByHand)) ?? this.fields[0])?.input.focus();
    requestAnimationFrame(() => this.viewer.expect(sheet.fields.map((field) => field.box).filter(Boolean)));
    this.asks.open(sheet);
    this.piles.remember(sheet);
    this.onward.open(sheet);
    this.sendLeftovers();
    this.tellState();
    this.hands.tell();
  }

  layWarnings(warnings) {
    this.warningsPart.replaceChildren(...[...this.sheet.problems, ...warnings].map((words) => make("li", words)));
  }

  layAssistants({ assistants, assisted_by }) {
    const none = new Option("Không có", "");
    this.assistant.replaceChildren(none, ...Object.entries(assistants).map(([account, name]) => new Option(name, account)));
    this.assistant.value = assisted_by;
    this.assistant.parentNode.hidden = Object.keys(assistants).length === 0;
  }

  layFields() {
    const isByColumn = this.orderButton.getAttribute("aria-pressed") === "true";
    this.orderButton.hidden = this.sheet.fields.every((field) => field.place === null);
    const place = (field) => field.data.place ?? Infinity;
    this.fields = isByColumn ? this.inPageOrder.toSorted((one, other) => place(one) - place(other) || 0) : this.inPageOrder;
    this.fieldsPart.replaceChildren(...this.fields.map((field) => field.element));
    this.fieldsPart.scrollTop = 0;
  }

  layKeyMap() {
    this.keysPart.querySelector("tbody").replaceChildren(...KEY_MAP.map(([keys, what]) => {
      const row = make("tr");
      row.append(make("th", keys, { scope: "row" }), make("td", what));
      return row;
    }));
  }

  // What an earlier page of this browser had not got into the store comes back; what a person saved since is not lost.
  takeDraft() {
    for (const [column, edit] of [...this.keeper.restore()]) {
      const field = this.fieldIn(column);
      if (!field || field.base === edit.text) {
        this.keeper.drop(column);
        continue;
      }
      if (field.base !== undefined && ![edit.base, edit.sent].includes(field.base)) edit.conflict = { text: field.base };
      field.text = edit.text;
      field.tell("human", "… chưa lưu");
      if (edit.conflict) this.askWhich(field);
    }
    this.keeper.flush();
  }

  // Edits of other entries, left by a tab that was closed: sent now, or told with the way back to them.
  sendLeftovers() {
    const { account, entry: inHand, serial } = this.sheet;
    for (const entry of unsentEntries(account, inHand)) {
      if (!this.leftovers.has(entry)) this.leftovers.set(entry, this.keeperOfLeftovers({ account, entry, version: 0, serial }));
      const other = this.leftovers.get(entry);
      other.restore();
      other.flush();
    }
  }

  keeperOfLeftovers(of) {
    const isStuck = () => other.edits.size && (other.conflicts || ["refused", "held"].includes(other.state));
    const other = new Keeper(of, () => isStuck() && this.tellLeftover(of.entry));
    return other;
  }

  tellLeftover(entry) {
    this.tellNotice(`Trường hợp ${entry} còn chữ bạn gõ mà chưa lưu được. `, make("a", "Mở lại", { href: `?entry=${entry}` }));
  }

  tellNotice(...words) {
    this.noticePart.hidden = false;
    this.noticePart.replaceChildren(...words);
  }

  fieldOf(target) {
    return this.fields.find((field) => field.input === target);
  }

  fieldIn(column) {
    return this.inPageOrder.find((field) => field.data.column === column);
  }

  onKey(event) {
    const found = actOf(event, event.target === this.viewer.paper);
    if (!found || this.root.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.act(...found, event.target);
  }

  onClick(event) {
    const button = event.target.closest("button");
    if (button?.dataset.act) this.act(button.dataset.act);
    if (button?.dataset.reading) this.act("reading", Number(button.dataset.reading));
  }

  act(name, ...told) {
    const field = this.inHand;
    const acts = {
      keyMap: () => this.keysPart.showModal(),
      piles: () => this.piles.show(),
      ask: () => this.asks.show(),
      past: () => this.past.show(field),
      openNext: () => this.onward.leave(),
      takeOver: () => this.hands.takeOver(),
      confirm: () => (this.hands.isBarred ? this.onward.leave() : this.onward.confirm()),
      accept: () => this.accept(field),
      undo: () => field && this.undo(field),
      reading: () => field?.readings[told[0] - 1] && this.put(field, field.readings[told[0] - 1].text),
      ditto: () => field && this.sheet.previous[field.data.column] !== undefined && this.put(field, this.sheet.previous[field.data.column]),
      illegible: () => field && this.putSpecial(field, "không đọc được"),
      blank: () => field && this.putSpecial(field, "để trống"),
      struck: () => field && this.putSpecial(field, "gạch bỏ"),
      order: () => this.changeOrder(),
      pan: () => this.viewer.pan(...told),
      shade: () => this.viewer.nextShade(),
    };
    (acts[name] ?? (() => this.viewer[name]()))();
  }

  onFocus(field) {
    if (!field) return;
    this.inHand = field;
    field.entered = field.text;
    field.input.select?.();
    field.input.before(this.viewer.strip);
    this.viewer.show(field.data.box);
    this.fieldsPart.scrollTop = field.element.offsetTop - this.fieldsPart.clientHeight * 0.3;
  }

  onInput(field) {
    if (!field) return;
    this.keeper.keep(field.data.column, field.text, field.base);
    if (field.data.reason) field.tellReason(field.data.beside); // it spoke of the text as it was
    field.tell("human", "… chưa lưu");
    this.tellState();
  }

  leave(field) {
    if (field && this.keeper.edits.has(field.data.column)) this.keeper.flush();
  }

  put(field, text) {
    field.text = text;
    field.input.focus();
    this.onInput(field);
  }

  // The note is typed between the brackets.
  putSpecial(field, words) {
    if (field.input.tagName === "SELECT") return this.put(field, `[${words}]`);
    this.put(field, `[${words}: ]`);
    field.input.setSelectionRange(words.length + 3, words.length + 3);
  }

  undo(field) {
    const isBack = field.text === field.entered;
    const text = isBack ? field.data.suggestion ?? "" : field.entered;
    if (text !== field.text) this.put(field, text);
    field.input.select?.();
  }

  // She has looked: what the machine read becomes hers, and the next doubtful field is in hand.
  accept(field) {
    if (!field) return this.confirmPart.focus();
    if (field.stateNow !== "human") this.onInput(field);
    const place = this.fields.indexOf(field);
    const others = [...this.fields.slice(place + 1), ...this.fields.slice(0, place)];
    (others.find((other) => other.wantsLook(this.isKeyedByHand))?.input ?? this.confirmPart).focus();
  }

  changeOrder() {
    const isPressed = this.orderButton.getAttribute("aria-pressed") === "true";
    this.orderButton.setAttribute("aria-pressed", String(!isPressed));
    const field = this.inHand;
    this.layFields();
    (field ?? this.fields[0]).input.focus();
  }

  hear({ saved = [], answer }) {
    for (const column of saved) this.tellSaved(this.fieldIn(column));
    if (answer) {
      this.hands.held = null;
      this.tellOthers(answer.others);
      this.tellRules(answer);
    } else if (this.keeper.state === "held") this.hands.held = this.keeper.holder;
    this.tellState();
    this.hands.tell();
  }

  tellSaved(field) {
    field.base = field.text;
    field.tell("human", "✓ đã lưu");
    this.lastSaved = field.data.label;
  }

  // What the rules say now that a value has changed.
  tellRules({ reasons, warnings }) {
    this.layWarnings(warnings);
    for (const field of this.inPageOrder) {
      const [words = "", isAgainst = false] = reasons[field.data.column] ?? [];
      field.tellReason([field.data.beside, words].filter(Boolean).join(" "));
      if (["machine", "rule", "empty"].includes(field.stateNow)) field.tell(isAgainst ? "rule" : field.data.state === "rule" ? "machine" : field.data.state);
    }
  }

  // Somebody else wrote: it comes onto the desk where she has typed nothing; both versions where she has.
  tellOthers(others) {
    const changed = [];
    for (const { column, text, by, name } of others) {
      const field = this.fieldIn(column), edit = this.keeper.edits.get(column);
      if (edit?.conflict && field) this.askWhich(field);
      if (edit || !field || (field.base ?? field.text) === text) continue;
      Object.assign(field, { text, base: by === null ? undefined : text });
      field.tell(by === null ? "doubtful" : "human", by === null ? "(máy đọc lại)" : `(${this.isMe(by) ? "bạn, ở trang khác" : name})`);
      changed.push(field.data.label);
    }
    if (changed.length) this.tellNotice(`Trường hợp này đã được người khác lưu trong lúc bạn nhập: ${changed.join(", ")}. Hãy xem lại.`);
  }

  isMe(account) {
    return account === this.sheet.account;
  }

  askWhich(field) {
    const { column } = field.data;
    const { conflict } = this.keeper.edits.get(column);
    const who = conflict.isDraft || this.isMe(conflict.by) ? "bạn, ở trang khác" : conflict.name;
    field.tellConflict({ ...conflict, who }, (isMine) => {
      field.conflict.hidden = true;
      const { conflict: there } = this.keeper.edits.get(column);
      if (isMine) this.keeper.insist(column);
      else this.takeTheirs(field, there);
      field.input.focus();
      this.tellState();
    });
  }

  takeTheirs(field, { text, isDraft }) {
    const { base } = field;
    this.keeper.drop(field.data.column);
    Object.assign(field, { text, base: isDraft ? base : text });
    if (isDraft) this.onInput(field); // it is in no store yet
    else field.tell("human");
  }

  tellState() {
    const { state, refusal, edits, conflicts } = this.keeper;
    const isHeld = ["cut off", "signed out", "refused", "held"].includes(state) || conflicts;
    const kept = edits.size ? "Chưa lưu: rời khỏi ô để lưu." : this.lastSaved ? `✓ Đã lưu «${this.lastSaved}».` : "Mọi thay đổi đã được lưu.";
    const words = conflicts ? "Có ô mà đồng nghiệp đã lưu khác bạn: hãy chọn bản đúng với sổ." : {
      held: "Chữ bạn gõ vẫn được giữ trên máy này và tự lưu khi đến lượt bạn.",
      "cut off": "Mất kết nối, vẫn giữ chữ bạn gõ. Chương trình tự gửi lại khi có kết nối.",
      "signed out": "Phiên làm việc đã hết; chữ bạn gõ vẫn được giữ trên máy này. ",
      refused: refusal,
      saving: "Đang lưu…",
    }[state] ?? kept;
    this.messagePart.classList.toggle("held", isHeld);
    if (this.messagePart.textContent.startsWith(words) && state !== "kept") return; // do not read the same aloud again
    this.messagePart.textContent = words;
    if (state === "signed out") this.messagePart.append(make("a", "Đăng nhập lại", { href: `/sign-in?next=/review?entry=${this.sheet.entry}` }));
  }

  tellTakenBack(field, { text, state }) {
    Object.assign(field, { text: text ?? field.data.suggestion ?? "", base: text ?? undefined });
    field.tell(state, "✓ đã lấy lại");
    field.input.focus();
  }
}
