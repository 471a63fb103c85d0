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
    this.sheet = sheet;
    this.keeper = new Keeper(sheet.account, sheet.entry, sheet.version, (news) => this.hear(news));
    this.inPageOrder = sheet.fields.map((data, index) => new Field(data, index));
    this.isKeyedByHand = sheet.fields.every((field) => field.suggestion === null);
    this.titlePart.textContent = sheet.title;
    this.layWarnings(sheet.warnings);
    this.layAssistants(sheet);
    this.viewer.open(sheet);
    this.layFields();
    this.takeDraft();
    (this.fields.find((field) => field.wantsLook(this.isKeyedByHand)) ?? this.fields[0])?.input.focus();
    requestAnimationFrame(() => this.viewer.expect(sheet.fields.map((field) => field.box).filter(Boolean)));
    this.sendLeftovers();
    this.tellState();
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
      edit.conflict = field.base !== undefined && field.base !== edit.base ? { text: field.base } : undefined;
      field.text = edit.text;
      field.tell("human", "… chưa lưu");
      if (edit.conflict) this.askWhich(field);
    }
    this.keeper.flush();
  }

  // Edits of other entries, left by a tab that was closed: sent now, or told with the way back to them.
  sendLeftovers() {
    for (const entry of unsentEntries(this.sheet.account, this.sheet.entry)) {
      const tell = () => other.edits.size && (other.conflicts || other.state === "refused") && this.tellLeftover(entry);
      const other = new Keeper(this.sheet.account, entry, 0, tell);
      other.restore();
      other.flush();
    }
  }

  tellLeftover(entry) {
    this.noticePart.hidden = false;
    this.noticePart.replaceChildren(`Trường hợp ${entry} còn chữ bạn gõ mà chưa lưu được. `, make("a", "Mở lại", { href: `?entry=${entry}` }));
  }

  fieldOf(target) {
    return this.fields.find((field) => field.input === target);
  }

  fieldIn(column) {
    return this.inPageOrder.find((field) => field.data.column === column);
  }

  onKey(event) {
    const found = actOf(event, event.target === this.viewer.paper);
    if (!found || this.keysPart.open) return;
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
      confirm: () => this.confirm(),
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

  hear({ saved = [], answer, stale }) {
    for (const column of saved) this.tellSaved(this.fieldIn(column));
    if (answer?.reasons) this.tellRules(answer);
    if (stale) this.tellStale(stale);
    this.tellState();
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

  // Somebody else saved: her values come onto the desk where they differ from no edit; both versions where they do.
  tellStale({ values, by }) {
    const changed = [];
    for (const [column, text] of Object.entries(values)) {
      const field = this.fieldIn(column), edit = this.keeper.edits.get(column);
      if (!field || field.base === text) continue;
      if (edit?.conflict) this.askWhich(field);
      if (edit || field.text === text) continue;
      Object.assign(field, { text, base: text });
      field.tell("human", `(${by[column]})`);
      changed.push(field.data.label);
    }
    if (!changed.length) return;
    this.noticePart.hidden = false;
    this.noticePart.textContent = `Trường hợp này đã được người khác lưu trong lúc bạn nhập: ${changed.join(", ")}. Hãy xem lại.`;
  }

  askWhich(field) {
    const { column } = field.data;
    field.tellConflict(this.keeper.edits.get(column).conflict, (isMine) => {
      field.conflict.hidden = true;
      const there = this.keeper.edits.get(column).conflict.text;
      if (!isMine) {
        this.keeper.drop(column);
        Object.assign(field, { text: there, base: there });
        field.tell("human");
      } else this.keeper.insist(column);
      field.input.focus();
      this.tellState();
    });
  }

  tellState() {
    const { state, refusal, edits, conflicts } = this.keeper;
    const isHeld = ["cut off", "signed out", "refused"].includes(state) || conflicts;
    const kept = edits.size ? "Chưa lưu: rời khỏi ô để lưu." : this.lastSaved ? `✓ Đã lưu «${this.lastSaved}».` : "Mọi thay đổi đã được lưu.";
    const words = conflicts ? "Có ô mà đồng nghiệp đã lưu khác bạn: hãy chọn bản đúng với sổ." : {
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

  async confirm() {
    if (this.confirmPart.disabled || this.keeper.conflicts) return;
    this.confirmPart.disabled = true;
    this.messagePart.textContent = "Đang xác nhận…";
    const values = Object.fromEntries(this.inPageOrder.map((field) => [field.data.column, field.text]));
    const answer = await this.keeper.confirm(values, { assisted_by: this.assistant.value, book: this.sheet.book });
    this.confirmPart.disabled = false;
    if (!answer) return this.tellNotConfirmed();
    if (!answer.next) return window.location.assign("/review");
    history.replaceState(history.state, "", `?entry=${answer.next.entry}`);
    this.lastSaved = "";
    this.open(answer.next);
    this.tellConfirmed(answer);
  }

  tellNotConfirmed() {
    this.tellState();
    if (this.keeper.state === "cut off") this.messagePart.append(" Trường hợp chưa được xác nhận; có kết nối thì nhấn Ctrl+Enter lần nữa.");
  }

  tellConfirmed({ confirmed, told }) {
    this.noticePart.hidden = false;
    const link = make("a", "Xem đối chiếu", { href: `/match?entry=${confirmed}`, target: "_blank" });
    this.noticePart.replaceChildren(`✓ Đã xác nhận trường hợp ${confirmed}. ${told} `, link);
  }
}
