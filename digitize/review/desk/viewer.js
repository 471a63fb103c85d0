// Shows the page so that the field in hand can be read. An overview comes first, squares of the full picture follow
// where they are looked at.
const OVERVIEW = 1800; // pixels of its longer side, as digitize.scans.tiles makes it
const SQUARE = 1024;
const SHADES = { "": "Thường", bold: "Đậm nét", bright: "Sáng", negative: "Âm bản" };
const READING = 0.62; // part of the page's width that is shown while its lines are copied

// The pictures of the page in hand and of the next one, each an <img> that is loaded once.
class Pictures {
  constructor() {
    this.pages = new Map(); // page -> Map of name -> <img>
  }

  get(page, name) {
    if (!this.pages.has(page)) this.pages.set(page, new Map());
    const pictures = this.pages.get(page);
    if (!pictures.has(name)) pictures.set(name, loading(`/scan/${page}/${name}`));
    return pictures.get(name);
  }

  keepOnly(...pages) {
    for (const page of [...this.pages.keys()]) if (!pages.includes(page)) this.pages.delete(page);
  }
}

function loading(address) {
  const picture = Object.assign(new Image(), { alt: "", draggable: false });
  const load = async () => {
    picture.src = `${address}${picture.src ? `?again=${performance.now()}` : ""}`;
    try {
      await picture.decode();
      picture.isReady = true;
      picture.dispatchEvent(new Event("ready"));
    } catch {
      setTimeout(load, RETRY);
    }
  };
  load();
  return picture;
}

class Viewer {
  constructor(root) {
    this.paper = root.querySelector(".paper");
    this.sheet = root.querySelector(".page");
    this.holder = root.querySelector(".pictures");
    this.ruler = root.querySelector(".ruler");
    this.waiting = root.querySelector(".waiting");
    this.shadeButton = root.querySelector("[data-act=shade]");
    this.strip = Object.assign(document.createElement("canvas"), { className: "strip" });
    this.strip.setAttribute("aria-hidden", "true");
    this.pictures = new Pictures();
    this.shade = "";
    this.paper.addEventListener("pointerdown", (event) => this.grab(event));
    this.paper.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    new ResizeObserver(() => this.page && this.refresh()).observe(this.paper);
  }

  open({ page, width, height }) {
    const isSame = this.page?.number === page;
    this.page = { number: page, width, height };
    this.zoom = null; // hers; null: as wide as lines are read best
    if (isSame) return;
    this.turns = 0;
    Object.assign(this.sheet.style, { width: `${width}px`, height: `${height}px` });
    const overview = this.pictures.get(page, "overview");
    Object.assign(overview.style, { left: 0, top: 0, width: `${width}px`, height: `${height}px` });
    overview.alt = "Ảnh trang sổ đang nhập";
    this.holder.replaceChildren(overview);
    this.waiting.hidden = Boolean(overview.isReady);
    this.whenReady(overview, () => {
      this.waiting.hidden = true;
      this.refresh();
    });
  }

  whenReady(picture, act) {
    const page = this.page.number;
    if (picture.isReady) act();
    else picture.addEventListener("ready", () => this.page.number === page && act(), { once: true });
  }

  // Squares that the fields will want, before they are asked for.
  expect(boxes) {
    for (const box of boxes) for (const [column, row] of this.squares(box)) this.square(column, row);
  }

  // The page that will be looked at after this one.
  foresee(page) {
    this.pictures.keepOnly(this.page.number, page);
    this.pictures.get(page, "overview");
  }

  show(box) {
    this.box = box;
    this.isFollowing = true;
    if (!box) return this.fitPage();
    this.centre = { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 };
    this.scale = this.zoom ?? this.readingScale(box);
    this.draw();
    this.drawStrip();
  }

  readingScale([x0, , x1]) {
    const wide = this.view().width;
    return Math.max(this.pageScale(), Math.min(wide / (READING * this.upright().width), (wide * 0.94) / (x1 - x0)));
  }

  refresh() {
    if (this.isFollowing) this.show(this.box);
    else this.draw();
  }

  view() {
    return { width: this.paper.clientWidth, height: this.paper.clientHeight };
  }

  upright() {
    const { width, height } = this.page;
    return this.turns % 2 ? { width: height, height: width } : { width, height };
  }

  pageScale() {
    const view = this.view(), page = this.upright();
    return Math.min(view.width / page.width, view.height / page.height);
  }

  fitPage() {
    this.scale = this.pageScale();
    this.centre = { x: this.page.width / 2, y: this.page.height / 2 };
    this.draw();
    this.drawStrip();
  }

  fitWidth() {
    this.zoomTo(this.view().width / this.upright().width);
  }

  zoomTo(scale) {
    this.zoom = this.scale = Math.min(4, Math.max(this.pageScale() / 2, scale));
    this.isFollowing = true;
    this.draw();
  }

  zoomIn() { this.zoomTo(this.scale * 1.25); }

  zoomOut() { this.zoomTo(this.scale * 0.8); }

  follow() {
    this.zoom = null;
    this.show(this.box);
  }

  turn() {
    this.turns = (this.turns + 1) % 4;
    this.refresh();
  }

  nextShade() {
    const shades = Object.keys(SHADES);
    this.shade = shades[(shades.indexOf(this.shade) + 1) % shades.length];
    this.paper.classList.remove(...shades.filter(Boolean));
    if (this.shade) this.paper.classList.add(this.shade);
    this.shadeButton.textContent = SHADES[this.shade];
    this.drawStrip();
  }

  // By so many pixels of the screen.
  pan(right, down, isGliding = true) {
    const [x, y] = [[right, down], [down, -right], [-right, -down], [-down, right]][this.turns];
    this.centre = { x: this.centre.x + x / this.scale, y: this.centre.y + y / this.scale };
    this.draw(isGliding);
  }

  onWheel(event) {
    event.preventDefault();
    this.zoomTo(this.scale * Math.exp(-event.deltaY / 500));
  }

  grab(start) {
    let last = start;
    const move = (event) => {
      this.pan(last.clientX - event.clientX, last.clientY - event.clientY, false);
      last = event;
    };
    this.paper.setPointerCapture(start.pointerId);
    this.paper.addEventListener("pointermove", move);
    for (const end of ["pointerup", "pointercancel"]) {
      this.paper.addEventListener(end, () => this.paper.removeEventListener("pointermove", move), { once: true });
    }
  }

  draw(isGliding = true) {
    const view = this.view(), half = { x: view.width / 2 / this.scale, y: view.height / 2 / this.scale };
    if (this.turns % 2) [half.x, half.y] = [half.y, half.x];
    this.centre = { x: within(this.centre.x, half.x, this.page.width), y: within(this.centre.y, half.y, this.page.height) };
    this.paper.classList.toggle("gliding", isGliding);
    this.sheet.style.transform = `translate(${view.width / 2}px, ${view.height / 2}px) rotate(${this.turns * 90}deg) `
      + `scale(${this.scale}) translate(${-this.centre.x}px, ${-this.centre.y}px)`;
    this.sheet.style.setProperty("--zoom", this.scale);
    this.ruler.hidden = !this.box;
    if (this.box) this.rule(this.box);
    if (this.scale * devicePixelRatio * 0.9 > this.overviewScale()) {
      this.sharpen([this.centre.x - half.x, this.centre.y - half.y, this.centre.x + half.x, this.centre.y + half.y]);
    }
  }

  rule([x0, y0, x1, y1]) {
    const room = 6 / this.scale;
    const place = { left: x0 - room, top: y0 - room, width: x1 - x0 + 2 * room, height: y1 - y0 + 2 * room };
    for (const [side, length] of Object.entries(place)) this.ruler.style[side] = `${length}px`;
  }

  overviewScale() {
    return Math.min(1, OVERVIEW / Math.max(this.page.width, this.page.height));
  }

  squares([x0, y0, x1, y1]) {
    const found = [];
    const [right, lower] = [Math.min(x1, this.page.width - 1), Math.min(y1, this.page.height - 1)];
    for (let row = Math.max(0, Math.floor(y0 / SQUARE)); row * SQUARE <= lower; row++) {
      for (let column = Math.max(0, Math.floor(x0 / SQUARE)); column * SQUARE <= right; column++) found.push([column, row]);
    }
    return found;
  }

  square(column, row) {
    const picture = this.pictures.get(this.page.number, `${column}-${row}`);
    picture.place = { x: column * SQUARE, y: row * SQUARE };
    return picture;
  }

  sharpen(part) {
    if (this.overviewScale() === 1 || !this.holder.firstChild?.isReady) return;
    for (const [column, row] of this.squares(part)) {
      const picture = this.square(column, row);
      if (picture.parentNode) continue;
      Object.assign(picture.style, { left: `${picture.place.x}px`, top: `${picture.place.y}px` });
      this.whenReady(picture, () => this.holder.append(picture));
    }
  }

  // The ink of the field in hand, enlarged, right above its input.
  drawStrip() {
    this.strip.hidden = !this.box;
    const overview = this.holder.firstChild;
    if (!this.box || !this.strip.parentNode) return;
    const region = this.stripRegion();
    const dots = region.scale * devicePixelRatio;
    Object.assign(this.strip, { width: region.width * dots, height: region.height * dots });
    this.strip.style.height = `${region.height * region.scale}px`;
    if (!overview?.isReady) return;
    const paint = this.strip.getContext("2d");
    paint.filter = { bold: "grayscale(1) contrast(1.8)", bright: "brightness(1.35)", negative: "invert(1)" }[this.shade] ?? "none";
    paint.setTransform(dots, 0, 0, dots, -region.x * dots, -region.y * dots);
    paint.imageSmoothingQuality = "high";
    paint.drawImage(overview, 0, 0, this.page.width, this.page.height);
    if (this.overviewScale() === 1) return;
    const box = this.box;
    for (const [column, row] of this.squares([region.x, region.y, region.x + region.width, region.y + region.height])) {
      const picture = this.square(column, row);
      if (picture.isReady) paint.drawImage(picture, picture.place.x, picture.place.y);
      else this.whenReady(picture, () => this.box === box && this.drawStrip());
    }
  }

  stripRegion() {
    const [x0, y0, x1, y1] = this.box, room = this.strip.parentNode.clientWidth - 18;
    const margin = Math.min(14, (y1 - y0) * 0.25);
    const height = y1 - y0 + 2 * margin;
    const scale = Math.min(room / (x1 - x0 + 2 * margin), Math.max(64, Math.min(120, height)) / height, 2.5);
    const width = room / scale;
    const x = Math.max(0, Math.min(x0 - margin, this.page.width - width));
    return { x, y: Math.max(0, y0 - margin), width, height, scale };
  }
}

// So that nothing beyond the page is shown; a page smaller than the view stays in its middle.
function within(centre, half, length) {
  return 2 * half >= length ? length / 2 : Math.min(length - half, Math.max(half, centre));
}
