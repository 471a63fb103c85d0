// One list per mounted component. Text from a page is only ever set as textContent or value.
const percent = (share) => (share === null ? "" : ` ${Math.min(99, Math.round(share * 100))}%`); // nothing is certain
const STATES = {
  machine: (strip) => `⚙ Máy đọc${percent(strip.confidence)}`,
  doubtful: (strip) => `⚠ Cần xem kỹ${percent(strip.confidence)}`,
  empty: () => "○ Trống",
};

export default function (component) {
  const root = component.parentElement.querySelector(".columns");
  root.columns ??= new Columns(root);
  root.columns.lay(component);
}

class Columns {
  constructor(root) {
    this.root = root;
    this.list = root.querySelector(".list");
    this.message = root.querySelector(".message");
    this.number = 0;
    // Streamlit listens for letters on the document and cannot see that a field inside a shadow root has the focus.
    for (const kind of ["keydown", "keypress", "keyup"]) root.addEventListener(kind, (event) => event.stopPropagation());
    window.addEventListener("resize", () => this.fill());
    this.list.addEventListener("keydown", (event) => this.onKey(event));
    this.list.addEventListener("focusin", (event) => this.cellOf(event.target)?.onFocus());
    this.list.addEventListener("focusout", (event) => this.leave(this.cellOf(event.target)));
    this.list.addEventListener("input", (event) => this.cellOf(event.target)?.tellEdited());
  }

  lay({ data, setStateValue }) {
    this.send = (edits) => setStateValue("edits", edits);
    if (this.listing !== data.number) this.open(data);
    this.acknowledge(data);
    requestAnimationFrame(() => this.fill());
  }

  // Down to the lower edge of the window, wherever the list begins.
  fill() {
    this.root.style.height = `${Math.max(380, window.innerHeight - this.root.getBoundingClientRect().top - 20)}px`;
  }

  open(data) {
    this.listing = data.number;
    this.pending = new Map(); // entry -> the newest edit that is not yet acknowledged
    this.cells = data.strips.map((strip, index) => new Cell(strip, data.label, index));
    this.list.replaceChildren(...this.withHeadings(data.strips));
    this.list.scrollTop = 0;
    this.cells[0]?.input.focus();
  }

  // A heading wherever another suggestion begins, when equal ones stand together.
  withHeadings(strips) {
    const texts = strips.map((strip) => strip.text);
    const runs = texts.filter((text, index) => index === 0 || text !== texts[index - 1]).length;
    const isGrouped = runs === new Set(texts).size;
    return this.cells.flatMap((cell, index) => {
      if (!isGrouped || (index > 0 && texts[index] === texts[index - 1])) return [cell.element];
      const number = texts.filter((text) => text === texts[index]).length;
      const meaning = strips[index].options[texts[index]];
      const told = texts[index] ? `«${texts[index]}»${meaning ? ` ${meaning}` : ""}` : "Máy không đọc được";
      return [make("h3", `${told}: ${number} trường hợp`, { className: "group" }), cell.element];
    });
  }

  acknowledge(data) {
    for (const [entry, edit] of this.pending) {
      if (edit.number > data.saved) continue;
      this.pending.delete(entry);
      const refusal = data.refused[entry];
      const cell = this.cells.find((each) => each.strip.entry === entry);
      if (refusal) cell.tellRefused(refusal);
      else if (edit.text !== null) cell.tellSaved(edit.text);
    }
    const done = this.cells.filter((cell) => cell.saved !== null).length;
    this.message.textContent = `${this.pending.size ? "Đang lưu… " : ""}Đã nhận ${done} / ${this.cells.length} ô.`;
  }

  cellOf(target) {
    return this.cells.find((cell) => cell.input === target);
  }

  onKey(event) {
    const cell = this.cellOf(event.target);
    if (!cell || event.isComposing || event.keyCode === 229) return; // Telex in the middle of a letter
    const act = {
      Enter: () => { this.accept(cell); this.go(cell, event.shiftKey ? -1 : 1); },
      ArrowDown: () => this.go(cell, 1),
      ArrowUp: () => this.go(cell, -1),
      PageDown: () => this.go(cell, this.screenful()),
      PageUp: () => this.go(cell, -this.screenful()),
      F2: () => this.mark(cell),
      Escape: () => cell.undo(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  go(cell, steps) {
    const last = this.cells.length - 1;
    const at = Math.min(last, Math.max(0, this.cells.indexOf(cell) + steps));
    this.cells[at].input.focus();
    if (Math.abs(steps) > 1) this.cells[at].element.scrollIntoView({ block: "start" });
  }

  screenful() {
    return Math.max(1, Math.floor(this.list.clientHeight / this.cells[0].element.offsetHeight) - 1);
  }

  // A value typed and left by another way than Enter is meant too; one only looked at is not.
  leave(cell) {
    if (cell?.isEdited()) this.accept(cell);
  }

  accept(cell) {
    if (cell.saved === cell.input.value) return;
    cell.tellSaving();
    this.post(cell, cell.input.value);
  }

  mark(cell) {
    cell.toggleMark();
    this.post(cell, this.pending.get(cell.strip.entry)?.text ?? null);
  }

  post(cell, text) {
    this.number = Math.max(this.number + 1, Date.now());
    this.pending.set(cell.strip.entry, { entry: cell.strip.entry, number: this.number, text, marked: cell.marked });
    this.message.textContent = "Đang lưu…";
    this.send({ listing: this.listing, edits: [...this.pending.values()] });
  }
}

class Cell {
  constructor(strip, label, index) {
    this.strip = strip;
    this.marked = strip.marked;
    this.saved = null;
    this.shown = strip.text; // what stands there while nobody types
    const id = `cell-${index}`;
    this.input = make("input", "", { id, value: strip.text, spellcheck: false, autocomplete: "off" });
    this.input.setAttribute("aria-label", `${label}, trường hợp ${strip.entry}`);
    this.input.setAttribute("aria-describedby", `${id}-told`);
    this.state = make("span", "", { className: "state" });
    this.meaning = make("span", "", { className: "meaning" });
    this.doubt = make("span", "⚑ Nghi ngờ", { className: "mark" });
    const told = make("div", "", { className: "told", id: `${id}-told` });
    told.append(this.state, this.meaning, this.doubt);
    this.element = make("div", "", { className: "cell" });
    this.element.append(this.picture(label), this.input, told);
    this.tell(strip.state, STATES[strip.state](strip));
  }

  picture(label) {
    if (this.strip.ink) {
      const alt = `Nét chữ của ${label}, trường hợp ${this.strip.entry}`;
      return make("img", "", { className: "ink", src: this.strip.ink, alt, loading: "lazy" });
    }
    const none = make("span", "Máy không thấy chỗ của ô này. ", { className: "none" });
    none.append(make("a", "Xem trang", { href: this.strip.page, target: "_blank", tabIndex: -1 }));
    return none;
  }

  tell(state, words) {
    this.element.className = `cell ${state}${this.marked ? " marked" : ""}`;
    this.state.textContent = words;
    this.doubt.hidden = !this.marked;
    const codes = Object.entries(this.strip.options).filter(([code]) => code);
    const known = this.strip.options[this.input.value];
    this.meaning.textContent = known ?? codes.map(([code, meaning]) => `${code} ${meaning}`).join(" · ");
  }

  onFocus() {
    this.input.select();
    this.element.scrollIntoView({ block: "nearest" });
  }

  isEdited() {
    return this.input.value !== this.shown;
  }

  undo() {
    this.input.value = this.shown;
    this.input.select();
  }

  tellEdited() {
    this.tell("human", "✎ Chưa lưu");
  }

  tellSaving() {
    this.shown = this.input.value;
    this.tell("human", "✎ Đang lưu…");
  }

  tellSaved(text) {
    this.saved = text;
    if (!this.isEdited()) this.tell("human", "✎ Đã nhận ✓ Đã lưu");
  }

  tellRefused(why) {
    this.tell("refused", `✕ Chưa lưu. ${why}`);
  }

  toggleMark() {
    this.marked = !this.marked;
    this.element.classList.toggle("marked", this.marked);
    this.doubt.hidden = !this.marked;
  }
}

function make(tag, text, properties = {}) {
  const element = Object.assign(document.createElement(tag), properties);
  element.textContent = text;
  return element;
}
