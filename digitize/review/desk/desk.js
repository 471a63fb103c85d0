// One desk per mounted component. Text from a page is only ever set as textContent or value.
const STATES = {
  machine: (field) => `⚙ Máy đọc ${percent(field.confidence)}`,
  doubtful: (field) => `⚠ Cần xem kỹ ${percent(field.confidence)}`,
  human: () => "✎ Người nhập",
  empty: () => "○ Trống",
};
const percent = (share) => (share === null ? "" : `${Math.round(share * 100)}%`);

export default function (component) {
  const root = component.parentElement.querySelector(".desk");
  root.desk ??= new Desk(root);
  root.desk.lay(component);
}

class Desk {
  constructor(root) {
    this.root = root;
    this.viewer = new Viewer(root);
    this.form = root.querySelector(".form");
    this.assistant = root.querySelector(".assistant select");
    this.message = root.querySelector(".message");
    this.button = root.querySelector(".confirm");
    this.number = 0;
    // Streamlit listens for letters on the document and cannot see that a field inside a shadow root has the focus.
    for (const kind of ["keydown", "keypress", "keyup"]) root.addEventListener(kind, (event) => event.stopPropagation());
    window.addEventListener("resize", () => this.fill());
    this.form.addEventListener("keydown", (event) => this.onKey(event));
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.confirm(); });
    this.form.addEventListener("focusin", (event) => this.onFocus(event));
    this.form.addEventListener("focusout", (event) => this.leave(this.fieldOf(event.target)));
    this.form.addEventListener("input", (event) => this.onInput(this.fieldOf(event.target)));
    root.querySelector(".tools").addEventListener("click", (event) => this.viewer.onTool(event.target.dataset.zoom));
  }

  lay({ data, setStateValue }) {
    this.send = (edits) => setStateValue("edits", edits);
    if (this.entry !== data.entry) this.open(data);
    this.acknowledge(data);
    requestAnimationFrame(() => this.fill());
  }

  // Down to the lower edge of the window, wherever the desk begins.
  fill() {
    const top = this.root.getBoundingClientRect().top;
    this.root.style.height = `${Math.max(440, window.innerHeight - top - 20)}px`;
  }

  open(data) {
    this.entry = data.entry;
    this.pending = new Map(); // column -> { text, number }: sent or not, but not yet in the store
    this.confirming = 0;
    this.viewer.open(data);
    this.fields = data.fields.map((field, index) => new Field(field, index));
    this.root.querySelector(".fields").replaceChildren(...this.fields.map((field) => field.element));
    this.root.querySelector(".fields").scrollTop = 0;
    const none = new Option("Không có", "");
    this.assistant.replaceChildren(none, ...Object.entries(data.assistants).map(([account, name]) => new Option(name, account)));
    this.assistant.value = data.assisted_by;
    this.root.querySelector(".assistant").hidden = Object.keys(data.assistants).length === 0;
    (this.fields.find((field) => field.data.state === "doubtful") ?? this.fields[0])?.input.focus();
  }

  acknowledge(data) {
    for (const [column, edit] of this.pending) {
      if (edit.number > data.saved) continue;
      this.pending.delete(column);
      this.fields.find((field) => field.data.column === column).tellSaved();
    }
    const isRefused = Boolean(data.refusal);
    if (isRefused) this.confirming = 0;
    this.button.disabled = this.confirming > data.saved;
    this.message.classList.toggle("refused", isRefused);
    this.message.textContent = isRefused ? data.refusal : this.pending.size ? "Đang lưu…" : "Mọi thay đổi đã được lưu.";
  }

  fieldOf(target) {
    return this.fields.find((field) => field.input === target);
  }

  onKey(event) {
    if (event.isComposing || event.keyCode === 229 || event.key !== "Enter") return; // Telex in the middle of a letter
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.confirm();
    } else if (!event.shiftKey && this.fieldOf(event.target)) {
      event.preventDefault();
      const next = this.fields[this.fields.indexOf(this.fieldOf(event.target)) + 1];
      (next?.input ?? this.button).focus();
    }
  }

  onFocus(event) {
    const field = this.fieldOf(event.target);
    if (!field) return;
    field.input.select?.();
    field.element.scrollIntoView({ block: "nearest" });
    this.viewer.show(field.data.box);
  }

  onInput(field) {
    if (!field) return;
    this.pending.set(field.data.column, { text: field.input.value, number: Infinity });
    field.tellEdited();
    this.message.textContent = "Chưa lưu: rời khỏi ô để lưu.";
  }

  leave(field) {
    if (field && this.pending.get(field.data.column)?.number === Infinity) this.post(false);
  }

  confirm() {
    if (this.button.disabled) return;
    this.button.disabled = true;
    this.post(true);
  }

  post(isConfirming) {
    this.number = Math.max(this.number + 1, Date.now());
    for (const edit of this.pending.values()) edit.number = this.number;
    if (isConfirming) this.confirming = this.number;
    const all = this.fields.map((field) => [field.data.column, field.input.value]);
    const edited = [...this.pending].map(([column, edit]) => [column, edit.text]);
    this.message.classList.remove("refused");
    this.message.textContent = isConfirming ? "Đang xác nhận…" : "Đang lưu…";
    this.send({
      entry: this.entry,
      number: this.number,
      values: Object.fromEntries(isConfirming ? all : edited),
      confirm: isConfirming,
      assisted_by: this.assistant.value,
    });
  }
}

class Field {
  constructor(data, index) {
    this.data = data;
    const id = `field-${index}`;
    this.input = this.makeInput();
    this.input.id = id;
    this.input.value = data.text;
    this.input.setAttribute("aria-describedby", `${id}-state`);
    this.label = make("label", data.label, { htmlFor: id });
    this.state = make("span", "", { className: "state", id: `${id}-state` });
    this.suggestion = make("p", "", { className: "suggestion" });
    const top = make("div", "", { className: "top" });
    top.append(this.label, this.state);
    this.element = make("div", "", { className: "field" });
    this.reason = make("p", data.reason, { className: "suggestion", hidden: !data.reason });
    this.element.append(top, this.input, this.suggestion, this.reason);
    this.tell(data.state, STATES[data.state](data));
  }

  makeInput() {
    const { options, text, long } = this.data;
    if (Object.keys(options).length === 0) return make(long ? "textarea" : "input", "", { spellcheck: false, rows: 2 });
    const select = make("select", "");
    const { "": none = "Chưa chọn", ...codes } = { ...(text && { [text]: "không có trong danh mục" }), ...options };
    select.append(...[["", none], ...Object.entries(codes)].map(([code, meaning]) => new Option(code ? `${code} - ${meaning}` : meaning, code)));
    return select;
  }

  tell(state, words) {
    this.element.className = `field ${state}`;
    this.state.textContent = words;
    const read = this.data.suggestion;
    this.suggestion.hidden = read === null || read === this.input.value;
    this.suggestion.textContent = `Máy đọc: ${read || "(trống)"}`;
  }

  tellEdited() {
    this.tell("human", "✎ Chưa lưu");
    this.reason.hidden = true; // it spoke of the text as it was
  }

  tellSaved() {
    this.tell("human", "✎ Người nhập ✓ Đã lưu");
  }
}

function make(tag, text, properties = {}) {
  const element = Object.assign(document.createElement(tag), properties);
  element.textContent = text;
  return element;
}

// Shows the page so that the field in hand can be read, outlined where the engine found it.
class Viewer {
  constructor(root) {
    this.paper = root.querySelector(".paper");
    this.image = root.querySelector("img");
    this.ruler = root.querySelector(".ruler");
    this.paper.addEventListener("pointerdown", (event) => this.grab(event));
    new ResizeObserver(() => this.page && this.show(this.box)).observe(this.paper);
  }

  open(data) {
    this.page = { width: data.width, height: data.height };
    if (this.image.getAttribute("src") !== data.scan) this.image.src = data.scan;
    this.show(null);
  }

  show(box) {
    this.box = box;
    if (!box) return this.showPage();
    const [x0, y0, x1, y1] = box;
    const { clientWidth: width, clientHeight: height } = this.paper;
    const fitting = Math.min((width * 0.8) / (x1 - x0), (height * 0.4) / (y1 - y0));
    this.scale = Math.max(Math.min(fitting, 1.1), this.pageScale());
    this.centre = { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
    this.draw();
  }

  showPage() {
    this.scale = this.pageScale();
    this.centre = { x: this.page.width / 2, y: this.page.height / 2 };
    this.draw();
  }

  pageScale() {
    return Math.min(this.paper.clientWidth / this.page.width, this.paper.clientHeight / this.page.height);
  }

  onTool(zoom) {
    if (!zoom) return;
    if (zoom === "page") return this.showPage();
    if (zoom === "field") return this.show(this.box);
    this.scale *= zoom === "in" ? 1.25 : 0.8;
    this.draw();
  }

  grab(start) {
    const centre = this.centre;
    const move = (event) => {
      this.centre = {
        x: centre.x - (event.clientX - start.clientX) / this.scale,
        y: centre.y - (event.clientY - start.clientY) / this.scale,
      };
      this.draw(false);
    };
    const drop = () => this.paper.removeEventListener("pointermove", move);
    this.paper.setPointerCapture(start.pointerId);
    this.paper.addEventListener("pointermove", move);
    this.paper.addEventListener("pointerup", drop, { once: true });
  }

  draw(isGliding = true) {
    this.paper.classList.toggle("gliding", isGliding);
    const left = within(this.paper.clientWidth, this.centre.x, this.page.width, this.scale);
    const top = within(this.paper.clientHeight, this.centre.y, this.page.height, this.scale);
    place(this.image, left, top, this.page.width * this.scale, this.page.height * this.scale);
    this.ruler.hidden = !this.box;
    if (!this.box) return;
    const [x0, y0, x1, y1] = this.box.map((length) => length * this.scale);
    place(this.ruler, left + x0 - 6, top + y0 - 6, x1 - x0 + 12, y1 - y0 + 12);
  }
}

// Where the page's edge lies so that `centre` is in the middle, without showing what is beyond the page.
function within(room, centre, length, scale) {
  const slack = room - length * scale;
  return slack > 0 ? slack / 2 : Math.min(0, Math.max(slack, room / 2 - centre * scale));
}

function place(element, left, top, width, height) {
  Object.assign(element.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
}
