// Questions: to a colleague or the team lead, the answer to her own, and hers to those of others.
class Asks {
  constructor(desk) {
    this.desk = desk;
    this.banner = desk.root.querySelector(".asked");
    this.dialog = desk.root.querySelector(".ask");
    this.form = this.dialog.querySelector("form");
    this.told = this.form.querySelector(".told");
    this.form.addEventListener("submit", (event) => this.send(event));
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      this.form.requestSubmit(this.form.querySelector("[value=send]"));
    });
  }

  open({ question }) {
    this.question = question;
    this.banner.hidden = !question;
    if (!question) return;
    const { text, by, to, answer, answered_by, mine, for_me } = question;
    const lines = [make("p", `${capital(by)} hỏi ${to}${this.about(question)}: ${text}`)];
    if (answer !== null) lines.push(make("p", `${capital(answered_by)} trả lời: ${answer}`));
    else if (!for_me) lines.push(make("p", "Chưa có trả lời: trường hợp chờ ở đây, bạn nhập trường hợp khác."));
    const button = (words, act) => make("button", words, { type: "button", onclick: act });
    if (for_me) lines.push(button("Trả lời (Alt H)", () => this.show()));
    if (mine) lines.push(button(answer === null ? "Thu lại câu hỏi" : "Đã xem câu trả lời", () => this.settle()));
    this.banner.replaceChildren(...lines);
  }

  about({ column }) {
    const field = this.desk.fieldIn(column);
    return field ? ` về mục «${field.data.label}»` : "";
  }

  // Whether the entry waits for an answer that is not hers to give.
  get isWaiting() {
    return Boolean(this.question) && this.question.answer === null && !this.question.for_me;
  }

  // The dialog opens at once: what is typed on must not fall into the field that was in hand.
  show() {
    const isAnswer = Boolean(this.question?.for_me && this.question.answer === null);
    this.isAnswer = isAnswer;
    this.layAbout();
    this.form.querySelector("h2").textContent = isAnswer ? "Trả lời câu hỏi" : "Hỏi đồng nghiệp về trường hợp này";
    this.form.querySelector(".whom").hidden = isAnswer;
    this.form.elements.text.ariaLabel = isAnswer ? "Câu trả lời" : "Câu hỏi";
    this.told.textContent = isAnswer ? this.question.text : "Trường hợp rời bàn của bạn, chữ đã nhập được lưu; có trả lời thì trường hợp mở lại cho bạn.";
    this.dialog.showModal();
    this.form.elements.text.focus();
    if (!isAnswer) this.layColleagues();
  }

  async layColleagues() {
    const { status, answer } = await post("/desk/colleagues", { entry: this.desk.sheet.entry });
    if (status !== 200) this.told.textContent = answer?.message ?? "Mất kết nối: chưa biết hỏi được ai.";
    else if (!answer.colleagues.length) this.told.textContent = "Chưa có đồng nghiệp nào được giao đơn vị này để hỏi.";
    else this.form.elements.to.replaceChildren(...answer.colleagues.map(({ to, name }) => new Option(name, to)));
  }

  layAbout() {
    const field = this.desk.inHand;
    const whole = new Option("Cả trường hợp", "");
    this.form.elements.column.replaceChildren(...(field ? [new Option(`Mục «${field.data.label}»`, field.data.column)] : []), whole);
  }

  async send(event) {
    event.preventDefault();
    if (event.submitter?.value === "close") return this.dialog.close();
    const { text, to, column } = this.form.elements;
    const isSent = this.isAnswer
      ? await this.post("/desk/answer", { question: this.question.number, text: text.value })
      : await this.ask({ text: text.value, to: to.value, column: column.value });
    if (!isSent) return;
    text.value = "";
    this.dialog.close();
    await this.desk.onward.leave();
    this.desk.tellNotice(this.isAnswer ? "✓ Đã gửi trả lời." : "✓ Đã gửi câu hỏi. Có trả lời thì trường hợp mở lại cho bạn.");
  }

  // What she has typed goes into the store before the entry leaves her hands.
  async ask(message) {
    await this.desk.keeper.saveAll();
    return this.post("/desk/ask", { entry: this.desk.sheet.entry, ...message });
  }

  async settle() {
    if (!(await this.post("/desk/settle", { question: this.question.number }))) return;
    this.open({ question: null });
    this.desk.hands.tell();
    this.desk.keeper.beat();
    this.desk.inHand?.input.focus();
  }

  async post(address, message) {
    const { status, answer } = await post(address, message);
    if (status === 200) return true;
    const words = answer?.message ?? "Mất kết nối: chưa gửi được. Chữ bạn gõ còn ở đây, hãy gửi lại.";
    if (this.dialog.open) this.told.textContent = words;
    else this.desk.tellNotice(words);
    return false;
  }
}

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
