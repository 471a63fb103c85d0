// In whose hands the entry is: hers while she works at it, else a banner says whose and what she can do.
const BEAT = 180000; // ms without a save until the server is told that she is still at it

class Hands {
  constructor(desk) {
    this.desk = desk;
    this.banner = desk.root.querySelector(".hands");
    this.takeOverButton = this.banner.querySelector("[data-act=takeOver]");
    for (const kind of ["keydown", "pointerdown", "wheel"]) desk.root.addEventListener(kind, () => (this.used = performance.now()), { passive: true });
    setInterval(() => this.keepAlive(), 15000);
  }

  // While she works the lease must not run out; whoever has left her desk keeps nobody waiting.
  keepAlive() {
    const { keeper, root, piles } = this.desk;
    if (!keeper || keeper.busy || !root.isConnected || document.hidden || !(this.used > keeper.contact)) return;
    if (!this.isBarred && performance.now() - keeper.contact > BEAT) keeper.beat();
    if (performance.now() - piles.looked > LOOK) piles.look();
  }

  // Whether somebody else must act before she can key here.
  get isBarred() {
    const { keeper, asks } = this.desk;
    return Boolean(this.held) || keeper.state === "held" || asks.isWaiting;
  }

  takeOver() {
    if (this.isBarred && !this.takeOverButton.disabled) this.desk.keeper.beat();
  }

  tell() {
    const { held } = this, { keeper, confirmPart } = this.desk;
    const words = held ? `Đồng chí ${held.name} đang nhập trường hợp này, đến ${held.until}.` : keeper.state === "held" ? keeper.refusal : "";
    clearTimeout(this.timer);
    confirmPart.firstChild.textContent = this.isBarred ? "Mở trường hợp khác " : "Xác nhận, mở trường hợp tiếp theo ";
    this.banner.hidden = !words;
    this.say(words, Boolean(held?.seconds));
    if (held?.seconds) this.timer = setTimeout(() => this.tellFree(held), (held.seconds + 1) * 1000);
  }

  tellFree({ name }) {
    this.say(`Lượt của đồng chí ${name} đã hết: bạn có thể nhận trường hợp này.`, false);
  }

  say(words, isTooEarly) {
    this.banner.querySelector("p").textContent = words;
    this.takeOverButton.disabled = isTooEarly;
  }
}
