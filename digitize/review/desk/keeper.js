// Keeps every edit of one entry until the server has said that it is in the store: in the page and, against a closed
// tab or a dead machine, in the browser's own storage under account and entry.
const DRAFTS = "digitize.desk.";
const RETRY = 400; // ms until what was held back is tried again, twice as long each time up to LONGEST
const LONGEST = 5000;
const PATIENCE = 10000; // ms until a request counts as lost

class Keeper {
  // `told` is called with what has changed: { saved: [columns], answer } or { stale: answer } or {}.
  constructor(account, entry, version, told) {
    Object.assign(this, { account, entry, version, told, edits: new Map(), state: "kept", refusal: "" });
    this.place = `${DRAFTS}${account}.${entry}`;
  }

  // What an earlier page left unsent: column -> { text, base }; `base` is what was in the store when she typed.
  restore() {
    try {
      const draft = JSON.parse(localStorage.getItem(this.place) ?? "null");
      for (const [column, edit] of Object.entries(draft?.edits ?? {})) this.edits.set(column, edit);
    } catch { /* no draft that could be read */ }
    return this.edits;
  }

  keep(column, text, base) {
    const before = this.edits.get(column);
    this.edits.set(column, { text, base: before ? before.base : base, conflict: before?.conflict });
    this.write();
  }

  drop(column) {
    this.edits.delete(column);
    this.write();
  }

  // She has seen what stands in the store and wants her own text.
  insist(column) {
    const edit = this.edits.get(column);
    this.edits.set(column, { text: edit.text, base: edit.conflict.text });
    this.write();
    return this.flush();
  }

  write() {
    try {
      const edits = Object.fromEntries(this.edits);
      if (this.edits.size) localStorage.setItem(this.place, JSON.stringify({ edits }));
      else localStorage.removeItem(this.place);
    } catch { /* full or forbidden: the page still has it */ }
  }

  get conflicts() {
    return [...this.edits.values()].some((edit) => edit.conflict);
  }

  // Sends whatever is unsent, one request at a time, so that versions follow each other.
  async flush() {
    if (this.isClosed) return;
    if (this.busy) {
      this.isAsked = true;
      return;
    }
    clearTimeout(this.timer);
    this.busy = true;
    try {
      do {
        this.isAsked = false;
        await this.sendEdits();
      } while (this.isAsked);
    } finally {
      this.busy = false;
    }
  }

  async sendEdits() {
    const sent = [...this.edits].filter(([, edit]) => !edit.conflict).map(([column, edit]) => [column, edit.text]);
    if (!sent.length) return;
    this.become("saving");
    const { status, answer } = await post("/desk/save", this.message(Object.fromEntries(sent)));
    if (status === 200) {
      this.version = answer.version;
      this.wait = 0;
      this.acknowledge(sent, answer);
    } else if (status === 409) this.reconcile(answer);
    else this.hold(status, answer);
  }

  message(values) {
    return { entry: this.entry, version: this.version, values };
  }

  acknowledge(sent, answer) {
    const saved = sent.filter(([column, text]) => this.edits.get(column)?.text === text).map(([column]) => column);
    for (const [column, text] of sent) {
      if (this.edits.get(column)?.text === text) this.edits.delete(column);
      else if (this.edits.has(column)) this.edits.get(column).base = text; // she has typed on meanwhile
    }
    this.write();
    this.become(this.edits.size ? "saving" : "kept", { saved, answer });
  }

  // Somebody saved in between. What the store holds now is never overwritten unseen.
  reconcile(answer) {
    this.version = answer.version;
    const saved = [];
    for (const [column, edit] of [...this.edits]) {
      const there = answer.values[column];
      if (there === edit.text) {
        this.edits.delete(column);
        saved.push(column);
      } else if (there !== undefined && there !== edit.base) {
        if (answer.by[column] === this.account) edit.base = there; // her own, of which the answer was lost
        else edit.conflict = { text: there, by: answer.by[column] };
      }
    }
    this.write();
    this.isAsked = answer.open && this.edits.size > 0;
    this.refusal = answer.open ? "" : "Trường hợp đã được xác nhận nên không sửa được ở đây.";
    this.become(answer.open || !this.edits.size ? "kept" : "refused", { stale: answer, saved });
  }

  hold(status, answer) {
    this.refusal = answer?.message ?? "";
    this.become(status === 401 ? "signed out" : status === 422 || status === 400 ? "refused" : "cut off");
    if (this.state === "refused") return;
    this.wait = Math.min(LONGEST, this.wait ? this.wait * 2 : RETRY);
    this.timer = setTimeout(() => this.flush(), this.wait);
  }

  become(state, news = {}) {
    this.state = state;
    this.told(news);
  }

  // Confirms with everything that stands on the desk. Returns the answer, or null: then `state` says why.
  async confirm(values, more) {
    while (this.busy) await new Promise((resolve) => setTimeout(resolve, 5));
    this.busy = true;
    clearTimeout(this.timer);
    try {
      const { status, answer } = await post("/desk/confirm", { ...this.message(values), ...more });
      if (status === 200) return this.close(), answer;
      if (status === 409) this.reconcile(answer);
      else this.hold(status, answer);
      return null;
    } finally {
      this.busy = false;
    }
  }

  close() {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.edits.clear();
    this.write();
  }

  leave() {
    clearTimeout(this.timer);
  }
}

// Entries, other than the one in hand, of which this account has unsent edits in this browser.
function unsentEntries(account, entry) {
  const own = `${DRAFTS}${account}.`;
  const entries = Object.keys(localStorage).filter((place) => place.startsWith(own)).map((place) => Number(place.slice(own.length)));
  return entries.filter((other) => other && other !== entry);
}

async function post(address, message) {
  try {
    const response = await fetch(address, {
      method: "POST",
      body: JSON.stringify(message),
      keepalive: true, // goes out even while the page is being left
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: response.status, answer: await response.json().catch(() => null) };
  } catch {
    return { status: 0, answer: null };
  }
}
