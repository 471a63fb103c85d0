// From one entry to the next: confirmed, or left as it is. The next one is fetched while she keys this one, so that
// confirming shows it without waiting for it.
const BREATH = 400; // ms from opening an entry until the next one is asked for

class Onward {
  constructor(desk) {
    this.desk = desk;
  }

  open({ entry, queue }) {
    clearTimeout(this.timer);
    this.ahead = null;
    this.timer = setTimeout(() => this.lookAhead(entry, queue), BREATH);
  }

  async lookAhead(entry, queue) {
    const { answer } = await post("/desk/ahead", { queue, after: entry });
    if (!answer?.next || this.desk.sheet.entry !== entry) return;
    this.ahead = answer.next;
    this.desk.viewer.foresee(this.ahead.page);
  }

  async confirm() {
    const { desk } = this, { keeper, confirmPart } = desk;
    if (confirmPart.disabled || keeper.conflicts) return;
    confirmPart.disabled = true;
    desk.messagePart.textContent = "Đang xác nhận…";
    const values = Object.fromEntries(desk.inPageOrder.map((field) => [field.data.column, field.text]));
    const seen = this.ahead && { entry: this.ahead.entry, version: this.ahead.version };
    const answer = await keeper.confirm(values, { assisted_by: desk.assistant.value, queue: desk.sheet.queue, ahead: seen });
    confirmPart.disabled = false;
    if (!answer) return this.tellNotConfirmed();
    const matching = post("/desk/match", keeper.message({})); // goes out even while the page is being left
    if (!answer.next) return window.location.assign("/review");
    // The server tells the whole sheet, or of the one fetched ahead what has become of it since.
    this.show({ ...(this.ahead?.entry === answer.next.entry && this.ahead), ...answer.next });
    desk.piles.done();
    this.tellConfirmed(answer.confirmed, "");
    const told = desk.noticePart.textContent;
    const { answer: matched } = await matching;
    if (desk.noticePart.textContent === told) this.tellConfirmed(answer.confirmed, matched?.told ?? matched?.message ?? "Chưa đối chiếu.");
  }

  // Leaves the entry as it is, with what is saved, and opens another one that waits.
  async leave(queue = this.desk.sheet.queue, after = this.desk.sheet.entry) {
    const { desk } = this, leaving = desk.sheet.entry;
    await desk.keeper.saveAll();
    const { status, answer } = await post("/desk/next", { queue, after, leaving });
    if (status !== 200) return desk.tellNotice(answer?.message ?? "Mất kết nối: chưa mở được trường hợp khác.");
    if (!answer.next) return desk.tellNotice("Không còn trường hợp nào khác chờ bạn trong hàng chờ này (Alt Q chọn hàng chờ khác).");
    if (answer.next.entry === leaving) desk.keeper.leave();
    this.show(answer.next);
  }

  show(sheet) {
    history.replaceState(history.state, "", `?entry=${sheet.entry}`);
    this.desk.open(sheet);
  }

  tellNotConfirmed() {
    this.desk.tellState();
    if (this.desk.keeper.state === "cut off") this.desk.messagePart.append(" Trường hợp chưa được xác nhận; có kết nối thì nhấn Ctrl+Enter lần nữa.");
  }

  tellConfirmed(confirmed, told) {
    const link = make("a", "Xem đối chiếu", { href: `/match?entry=${confirmed}`, target: "_blank" });
    this.desk.tellNotice(`✓ Đã xác nhận trường hợp ${confirmed}. ${told} `, link);
  }
}
