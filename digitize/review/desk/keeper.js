// Keeps every edit of one entry until the server has said that it is in the store: in the page and, against a closed
// tab or a dead machine, in the browser's own storage under account, entry and sitting.
const DRAFTS = "digitize.desk.";
const RETRY = 400; // ms until what was held back is tried again, twice as long each time up to LONGEST
const LONGEST = 5000;
const PATIENCE = 10000; // ms until a request counts as lost
const LOOK_AGAIN = 60; // seconds at most until an entry in other hands is asked for again

class Keeper {
  // `told` is called with what has changed: { saved: [columns], answer } or {}.
  constructor({ account, entry, version, serial }, told) {
    Object.assign(this, { account, entry, version, told, sitting: serial, number: 0, edits: new Map(), state: "kept", refusal: "" });
    this.drafts = `${DRAFTS}${account}.${entry}.`;
    this.contact = performance.now(); // when the server last knew that the entry is in her hands
  }

  // What earlier pages left unsent: column -> { text, base }; `base` is what was in the store when she typed.
  restore() {
    for (const place of storedPlaces(this.drafts)) {
      if (place === this.drafts + this.sitting) continue;
      for (const [column, edit] of Object.entries(storedEdits(place))) this.adopt(column, edit);
      this.write();
      localStorage.removeItem(place);
    }
    return this.edits;
  }

  // Two pages of hers that were both cut off may have left different texts. Whether somebody else wrote is asked anew.
  adopt(column, { text, base, sent }) {
    const other = this.edits.get(column);
    const conflict = other && other.text !== text ? { text: other.text, isDraft: true } : undefined;
    this.edits.set(column, { text, base, sent, conflict });
  }

  keep(column, text, base) {
    this.edits.set(column, { base, ...this.edits.get(column), text });
    this.write();
  }

  drop(column) {
    this.edits.delete(column);
    this.write();
  }

  // She has seen what stands in the store and wants her own text.
  insist(column) {
    const edit = this.edits.get(column);
    this.edits.set(column, { text: edit.text, base: edit.conflict.isDraft ? edit.base : edit.conflict.text });
    this.write();
    return this.flush();
  }

  write() {
    if (this.isRetired) return;
    try {
      const edits = Object.fromEntries(this.edits);
      if (this.edits.size) localStorage.setItem(this.drafts + this.sitting, JSON.stringify({ edits }));
      else localStorage.removeItem(this.drafts + this.sitting);
    } catch { /* full or forbidden: the page still has it */ }
  }

  get conflicts() {
    return [...this.edits.values()].some((edit) => edit.conflict);
  }

  // A sign of life: the lease runs on, or comes back when it has run out, and what others wrote is told.
  beat() {
    this.isWanted = true;
    return this.flush();
  }

  // Sends whatever is unsent, one request at a time, so that numbers follow each other.
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

  // Everything typed so far is in the store when this is over, unless `state` says otherwise.
  async saveAll() {
    while (this.busy) await new Promise((resolve) => setTimeout(resolve, 5));
    await this.flush();
  }

  async sendEdits() {
    const unsent = [...this.edits].filter(([, edit]) => !edit.conflict);
    if (!unsent.length && !this.isWanted) return;
    for (const [, edit] of unsent) edit.sent = edit.text;
    this.write();
    this.become("saving");
    const sent = unsent.map(([column, edit]) => [column, edit.text]);
    const { status, answer } = await post("/desk/save", this.message(Object.fromEntries(sent)));
    if (status === 200) this.acknowledge(sent, answer);
    else this.hold(status, answer);
  }

  // The same values have the same number, however often they are sent: the server takes each number once.
  message(values) {
    const told = JSON.stringify(values);
    if (told !== this.lastTold || told === "{}") this.number += 1;
    this.lastTold = told;
    return { entry: this.entry, version: this.version, sitting: this.sitting, number: this.number, values };
  }

  acknowledge(sent, answer) {
    this.reached(answer);
    const others = new Set(answer.others.map(({ column }) => column)), saved = [];
    for (const [column, text] of sent) {
      const edit = this.edits.get(column);
      if (others.has(column) || !edit) continue;
      if (edit.text !== text) edit.base = text; // she has typed on meanwhile
      else if (this.edits.delete(column)) saved.push(column);
    }
    for (const other of answer.others) this.meet(other, saved);
    this.write();
    this.become(this.edits.size ? "saving" : "kept", { saved, answer });
  }

  reached(answer) {
    this.version = answer.version;
    this.contact = performance.now();
    this.wait = 0;
    this.isWanted = false;
    this.lastTold = null;
  }

  // Somebody, or she on another page, wrote where she has typed. Nothing is overwritten unseen.
  meet(other, saved) {
    const edit = this.edits.get(other.column);
    if (!edit || other.by === null) return;
    if (edit.text === other.text) {
      this.edits.delete(other.column);
      saved.push(other.column);
    } else if (edit.base === other.text || edit.sent === other.text) {
      edit.base = other.text; // she knew it: it stood there when she typed, or is her own of which the answer got lost
      this.isAsked = true;
    } else edit.conflict = other;
  }

  hold(status, answer) {
    this.refusal = answer?.message ?? "";
    this.holder = answer?.held ?? null;
    this.become({ 401: "signed out", 400: "refused", 422: "refused", 423: "held" }[status] ?? "cut off");
    if (this.state === "refused") return;
    this.wait = Math.min(LONGEST, this.wait ? this.wait * 2 : RETRY);
    const seconds = Math.min(LOOK_AGAIN, (this.holder?.seconds ?? LOOK_AGAIN) + 1);
    this.timer = setTimeout(() => this.flush(), this.state === "held" ? seconds * 1000 : this.wait);
  }

  become(state, news = {}) {
    this.state = state;
    this.told(news);
  }

  // Confirms with everything that stands on the desk. Returns the answer, or null: then `state` says why.
  confirm(values, more) {
    return this.alone(async () => {
      const { status, answer } = await post("/desk/confirm", { ...this.message(values), ...more });
      if (status === 200) return this.close(), answer;
      if (status === 409) this.isWanted = true; // what somebody saved in between is asked for, and shown
      else this.hold(status, answer);
      return null;
    });
  }

  // The field is again as it once was. Returns what stands there now, or null: then `state` says why.
  takeBack(column, line) {
    return this.alone(async () => {
      const { status, answer } = await post("/desk/take-back", { ...this.message({}), column, line });
      if (status === 200) {
        this.edits.delete(column);
        this.acknowledge([], answer);
        this.isAsked = this.edits.size > 0;
        return answer;
      }
      this.hold(status, answer);
      return null;
    });
  }

  // Nothing else of this entry is on its way meanwhile.
  async alone(act) {
    while (this.busy) await new Promise((resolve) => setTimeout(resolve, 5));
    this.busy = true;
    clearTimeout(this.timer);
    try {
      return await act();
    } finally {
      this.busy = false;
      if (this.isWanted || this.isAsked) await this.flush();
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

  // Another keeper has taken over what this one had not sent.
  retire() {
    this.isClosed = this.isRetired = true;
    clearTimeout(this.timer);
  }
}

// Entries, other than the one in hand, of which this account has unsent edits in this browser.
function unsentEntries(account, entry) {
  const own = `${DRAFTS}${account}.`;
  const entries = storedPlaces(own).map((place) => Number.parseInt(place.slice(own.length), 10));
  return [...new Set(entries)].filter((other) => other && other !== entry);
}

function storedPlaces(beginning) {
  try {
    return Object.keys(localStorage).filter((place) => place.startsWith(beginning));
  } catch {
    return []; // forbidden
  }
}

function storedEdits(place) {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "null")?.edits ?? {};
  } catch {
    return {}; // no draft that could be read
  }
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
