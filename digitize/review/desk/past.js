// What a field has been over the days; any of it can be taken back.
const BEGINNING = 0; // instead of a line of the journal: before any person had keyed the field
const HOW = "Mũi tên chọn, Enter lấy lại bản ấy. Lấy lại cũng là một lần sửa và vào nhật ký.";

class Past {
  constructor(desk) {
    this.desk = desk;
    this.dialog = desk.root.querySelector(".past");
    this.told = this.dialog.querySelector(".told");
    this.list = this.dialog.querySelector("ol");
    this.list.addEventListener("keydown", (event) => this.onKey(event));
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("button")));
  }

  // The dialog opens at once: a key pressed too early must not reach the form.
  async show(field) {
    if (!field) return;
    this.field = field;
    this.dialog.querySelector("h2").textContent = `Lịch sử ô «${field.data.label}»`;
    this.list.replaceChildren();
    this.told.textContent = "Đang tải…";
    this.dialog.showModal();
    await this.desk.keeper.saveAll();
    const { status, answer } = await post("/desk/history", { entry: this.desk.sheet.entry, column: field.data.column });
    if (field !== this.field || !this.dialog.open) return;
    this.told.textContent = status === 200 ? HOW : answer?.message ?? "Mất kết nối: chưa xem được lịch sử.";
    if (status !== 200) return;
    this.list.replaceChildren(...this.rows(answer.changes));
    (this.buttons[1] ?? this.buttons[0]).focus();
  }

  get buttons() {
    return [...this.list.querySelectorAll("button")];
  }

  // The newest first; what the machine read is the oldest.
  rows(changes) {
    const { suggestion } = this.field.data;
    const read = { line: BEGINNING, after: suggestion, told: suggestion === null ? "trước khi có người nhập" : "máy đọc, trước khi có người nhập" };
    const keyed = changes.map(({ line, at, by, act, after, why }) => ({ line, after, told: [`${at} · ${by} ${act}`, why].filter(Boolean).join(" · ") }));
    return [read, ...keyed].reverse().map(({ line, after, told }, place) => {
      const button = make("button", "", { type: "button" });
      button.dataset.line = line;
      button.append(make("span", (after ?? suggestion) || "(trống)"), make("small", `${told}${place ? "" : " · đang ghi"}`));
      const row = make("li");
      row.append(button);
      return row;
    });
  }

  onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = this.buttons, place = buttons.indexOf(event.target);
    buttons[Math.min(buttons.length - 1, Math.max(0, place + step))].focus();
  }

  async choose(button) {
    if (!button) return;
    this.dialog.close();
    const answer = await this.desk.keeper.takeBack(this.field.data.column, Number(button.dataset.line));
    if (!answer) return;
    this.desk.tellTakenBack(this.field, answer);
  }
}
