// Takes the time from a key press until what it leads to has been painted; runs in the page that is measured.
window.probe = {
  // The element with the focus, also inside shadow roots.
  focused() {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  },
  root() {
    this.found ??= [...document.querySelectorAll("*")].find((element) => element.shadowRoot?.querySelector(".desk"))?.shadowRoot ?? null;
    return this.found;
  },
  one(selector) { return this.root()?.querySelector(selector); },
  place() { return (this.one(".page")?.style.transform ?? "") + (this.one(".ruler")?.style.cssText ?? ""); },
  isShown(page) {
    const [overview] = this.one(".pictures")?.children ?? [];
    return Boolean(overview?.isReady && overview.src.includes(`/scan/${page}/`) && this.one(".waiting").hidden);
  },
  // Resolves when the desk can be keyed.
  untilReady() {
    return new Promise((resolve) => { const look = () => (this.isReady() ? resolve() : requestAnimationFrame(look)); look(); });
  },
  // Resolves when another entry is laid out, or there is none.
  untilLeft(title) {
    return new Promise((resolve) => {
      const look = () => (this.one(".title")?.textContent !== title ? resolve() : requestAnimationFrame(look));
      look();
    });
  },
  // Desk laid out, a field of it in hand, its picture shown.
  isReady() {
    return Boolean(this.one(".fields")?.contains(this.focused()) && this.one(".pictures").firstChild?.isReady && this.one(".waiting").hidden);
  },
};
const seen = {
  focused: (was) => probe.focused() !== was.focused,
  field: (was) => probe.focused() !== was.focused && /INPUT|TEXTAREA|SELECT/.test(probe.focused()?.tagName),
  entry: (was) => probe.one(".title").textContent !== was.title && probe.one(".fields").contains(probe.focused()),
  image: (was) => probe.one(".title").textContent !== was.title && probe.one(".pictures").firstChild !== was.picture && probe.isReady(),
  submitted: (was) => document.querySelector("input[aria-label='0']")?.value !== was.first,
};
const PATIENCE = 8000; // ms

// Waits for the next key press, then for each event: ms after the press at which the frame with it was painted.
window.measure = (...events) => new Promise((resolve) => {
  const was = {
    focused: probe.focused(), place: probe.place(), title: probe.one(".title")?.textContent, picture: probe.one(".pictures")?.firstChild,
    first: document.querySelector("input[aria-label='0']")?.value,
  };
  const wait = ({ timeStamp, key }) => {
    if (["Control", "Shift", "Alt"].includes(key)) return window.addEventListener("keydown", wait, { once: true, capture: true });
    const took = {};
    const look = () => {
      const now = events.filter((event) => !(event in took) && seen[event](was));
      const painted = new MessageChannel(); // its message comes after the frame that is being made
      painted.port1.onmessage = () => {
        for (const event of now) took[event] = performance.now() - timeStamp;
        if (events.every((event) => event in took) || performance.now() - timeStamp > PATIENCE) resolve({ ...took, moved: probe.place() !== was.place });
      };
      painted.port2.postMessage(null);
      if (performance.now() - timeStamp <= PATIENCE && Object.keys(took).length + now.length < events.length) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    // Behind all that listens to the focus further in: the picture has its new place, the frame is not painted yet.
    (probe.root() ?? window).addEventListener("focusin", () => { took.handled = performance.now() - timeStamp; }, { once: true });
  };
  window.addEventListener("keydown", wait, { once: true, capture: true });
});
