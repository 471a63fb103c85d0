// Which waiting entries she wants, how many are left, and whether an answer has come back for her.
const LOOK = 60000; // ms between two looks at what waits
const EVERY = { kind: "Mọi loại sổ", unit: "Mọi đơn vị", book: "Mọi sổ, theo thứ tự ưu tiên", doubt: "Mọi trường hợp" };
const DOUBTS = { doubtful: "có ô cần xem kỹ", sure: "máy đọc khá chắc", unread: "máy không đọc được gì, hoặc đã nhập hết ô" };
const CHOICES = { kind: "kind_title", unit: "unit_name", book: "title" };

class Piles {
  constructor(desk) {
    this.desk = desk;
    this.dialog = desk.root.querySelector(".piles");
    this.button = desk.root.querySelector("[data-act=piles] .left");
    this.piles = [];
    this.form = this.dialog.querySelector("form");
    this.form.addEventListener("change", () => this.lay(this.chosen));
    this.form.addEventListener("submit", (event) => this.choose(event));
  }

  // The choice stays with her in this browser, also after she has signed out.
  remember({ account, queue }) {
    this.queue = queue;
    const told = encodeURIComponent(new URLSearchParams(queue));
    document.cookie = `digitize_queue_${account}=${told}; path=/; max-age=31536000; samesite=strict`;
    if (performance.now() - (this.looked ?? -LOOK) > LOOK) this.look();
  }

  async look() {
    this.looked = performance.now();
    const { status, answer } = await post("/desk/piles", {});
    if (status !== 200) return;
    if (answer.answers > (this.answers ?? Infinity)) this.desk.tellNotice("Đồng nghiệp vừa trả lời câu hỏi của bạn: trường hợp ấy mở ra ngay sau trường hợp này.");
    if (answer.questions > (this.questions ?? Infinity)) this.desk.tellNotice("Đồng nghiệp vừa hỏi bạn: trường hợp ấy mở ra ngay sau trường hợp này.");
    Object.assign(this, answer);
    this.tellLeft();
  }

  tellLeft() {
    this.button.textContent = `còn ${this.left(this.queue)}`;
  }

  // One more is done.
  done() {
    const pile = this.piles.find((each) => this.isIn(each, this.queue) && each.count[this.queue.doubt]);
    if (!pile) return;
    pile.count[this.queue.doubt] -= 1;
    this.tellLeft();
  }

  isIn(pile, queue) {
    return Object.keys(CHOICES).every((key) => !queue[key] || pile[key] === queue[key]);
  }

  left(queue) {
    return this.piles.filter((pile) => this.isIn(pile, queue)).reduce((sum, pile) => sum + pile.count[queue.doubt], 0);
  }

  async show() {
    this.lay(this.queue);
    this.dialog.showModal();
    this.form.elements.kind.focus();
    await this.look();
    this.lay(this.chosen);
  }

  get chosen() {
    return Object.fromEntries(["kind", "unit", "book", "doubt", "order"].map((key) => [key, this.form.elements[key].value]));
  }

  // Each list offers what is left with the other choices as they are.
  lay(queue) {
    for (const key of Object.keys(CHOICES)) this.offer(key, queue, this.optionsOf(key, queue));
    this.offer("doubt", queue, Object.entries(DOUBTS));
    this.form.elements.order.value = queue.order;
    this.form.querySelector(".count").textContent = `Còn ${this.left(this.chosen)} trường hợp chờ nhập.`;
  }

  optionsOf(key, queue) {
    const others = { ...queue, [key]: "", ...(key !== "book" && { book: "" }) };
    const found = this.piles.filter((pile) => this.isIn(pile, others)).map((pile) => [pile[key], pile[CHOICES[key]]]);
    return [...new Map(found)];
  }

  offer(key, queue, options) {
    const list = this.form.elements[key];
    const told = (value, words) => new Option(`${words} (${this.left({ ...queue, ...(key !== "book" && key !== "doubt" && { book: "" }), [key]: value })})`, value);
    list.replaceChildren(told("", EVERY[key]), ...options.map(([value, words]) => told(value, words)));
    list.value = options.some(([value]) => value === queue[key]) ? queue[key] : "";
  }

  choose(event) {
    event.preventDefault();
    this.dialog.close();
    if (event.submitter?.value === "close") return;
    this.remember({ ...this.desk.sheet, queue: this.chosen });
    this.tellLeft();
    this.desk.onward.leave(this.queue, 0);
  }
}
