// The entry that comes next is fetched while she keys this one: confirming then shows it without waiting for it.
const BREATH = 400; // ms from opening an entry until the next one is asked for

class Ahead {
  constructor(desk) {
    this.desk = desk;
  }

  open({ entry, queue }) {
    clearTimeout(this.timer);
    this.sheet = null;
    this.timer = setTimeout(() => this.look(entry, queue), BREATH);
  }

  async look(entry, queue) {
    const { answer } = await post("/desk/ahead", { queue, after: entry });
    if (!answer?.next || this.desk.sheet.entry !== entry) return;
    this.sheet = answer.next;
    this.desk.viewer.foresee(this.sheet.page);
  }

  // What the server must know to tell whether the sheet still holds.
  get seen() {
    return this.sheet && { entry: this.sheet.entry, version: this.sheet.version };
  }

  // The server tells the whole sheet, or of the one fetched before what has become of it since.
  completed(told) {
    return { ...(this.sheet?.entry === told.entry && this.sheet), ...told };
  }
}
