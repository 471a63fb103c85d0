// One field of the form. Text from a page is only ever set as textContent or value.
const STATES = {
  machine: (field) => `⚙ Máy đọc ${percent(field.confidence)}`,
  doubtful: (field) => `⚠ Cần xem kỹ ${percent(field.confidence)}`,
  rule: () => "⚑ Quy tắc nhắc xem lại",
  human: () => "✎ Người nhập",
  empty: () => "○ Trống",
};
const SPECIAL = /^\[(không đọc được|để trống|gạch bỏ)(?:\s|:|\])/; // as digitize.books.special writes them
const percent = (share) => (share === null ? "" : `${Math.min(99, Math.round(share * 100))} %`); // never sure

class Field {
  constructor(data, index) {
    this.data = data;
    this.base = data.state === "human" ? data.text : undefined; // what a person's value in the store is
    const id = `field-${index}`;
    this.input = this.makeInput();
    Object.assign(this.input, { id, value: data.text });
    this.element = make("div");
    this.state = make("span", "", { className: "state" });
    this.others = make("ol", "", { className: "others", ariaLabel: "Cách đọc khác" });
    this.suggestion = make("p", "", { className: "suggestion" });
    this.reason = make("p", "", { className: "reason", id: `${id}-reason` });
    this.conflict = make("div", "", { className: "conflict", hidden: true });
    this.conflict.setAttribute("role", "alert");
    this.state.id = `${id}-state`;
    this.input.setAttribute("aria-describedby", `${id}-state ${id}-reason`);
    const top = make("div", "", { className: "top" });
    top.append(make("label", data.label, { htmlFor: id }), this.state);
    this.element.append(top, this.input, this.others, this.suggestion, this.reason, this.conflict);
    this.tellReason([data.beside, data.reason].filter(Boolean).join(" "));
    this.tell(data.state);
  }

  makeInput() {
    const { options, text, long } = this.data;
    if (Object.keys(options).length === 0) return make(long ? "textarea" : "input", "", { spellcheck: false, rows: 2 });
    const select = make("select");
    const { "": none = "Chưa chọn", ...codes } = { ...(text && !(text in options) && { [text]: "không có trong danh mục" }), ...options };
    select.append(...[["", none], ...Object.entries(codes)].map(([code, meaning]) => new Option(code ? `${code} - ${meaning}` : meaning, code)));
    return select;
  }

  // A special value without a note loses the place that was kept for one.
  get text() {
    return this.input.value.replace(/^(\[[^:\]]+): ?\]$/, "$1]");
  }

  set text(text) {
    const isCode = this.input.tagName === "SELECT";
    if (isCode && ![...this.input.options].some((option) => option.value === text)) this.input.append(new Option(text, text));
    this.input.value = text;
  }

  // Other readings of the ink, the suggestion first; number keys take them in this order.
  get readings() {
    const { suggestion, alternatives } = this.data;
    const all = [...(suggestion === null ? [] : [[suggestion, false]]), ...alternatives];
    const texts = [...new Set(all.map(([text]) => text))].slice(0, 9);
    return texts.map((text) => ({ text, isLiteral: all.some(([other, literal]) => literal && other === text) }));
  }

  // Whether she should look here before the entry is confirmed.
  wantsLook(isKeyedByHand) {
    return ["doubtful", "rule"].includes(this.stateNow) || (isKeyedByHand && this.stateNow === "empty");
  }

  tell(state, mark = "") {
    this.stateNow = state;
    const special = SPECIAL.exec(this.text)?.[1];
    this.element.className = `field ${state}`;
    this.state.textContent = `${special && state === "human" ? `✎ Ghi: ${special}` : STATES[state](this.data)} ${mark}`.trim();
    this.state.title = this.reason.textContent;
    const read = this.data.suggestion;
    this.suggestion.hidden = read === null || read === this.text;
    this.suggestion.textContent = `Máy đọc: ${read || "(trống)"}`;
    this.listReadings();
  }

  tellReason(words) {
    this.reason.textContent = words;
    this.reason.hidden = !words;
  }

  listReadings() {
    const readings = this.readings;
    const isUseful = readings.some(({ text }) => text !== this.text);
    this.others.replaceChildren(...(isUseful ? readings : []).map(({ text, isLiteral }, index) => {
      const button = make("button", "", { type: "button", tabIndex: -1 });
      const note = isLiteral ? " đúng nét chữ" : text === this.data.suggestion ? " máy gợi ý" : "";
      button.dataset.reading = index + 1;
      button.append(make("kbd", `Alt ${index + 1}`), " ", ...marked(text, this.text), make("small", note));
      const item = make("li");
      item.append(button);
      return item;
    }));
  }

  // Both versions, and she says which one it is to be.
  tellConflict({ text, who }, onChoice) {
    const by = who ? ` (${who} lưu)` : "";
    const choices = [["Lấy bản trong kho", false], ["Giữ bản của tôi", true]].map(([words, isMine]) => {
      const button = make("button", words, { type: "button" });
      button.addEventListener("click", () => onChoice(isMine));
      return button;
    });
    const told = make("div", `Ô này đã được lưu khác đi. Trong kho${by}: «${text || "trống"}». Của bạn: «${this.text || "trống"}».`);
    this.conflict.replaceChildren(told, ...choices);
    this.conflict.hidden = false;
  }
}

// A reading as it is shown: marked is what differs from the text that stands in the field, often a single tone.
function marked(reading, text) {
  if (!reading) return ["(trống)"];
  if (reading === text || !text) return [reading];
  const shorter = Math.min(reading.length, text.length);
  let before = 0;
  while (before < shorter && reading[before] === text[before]) before++;
  let behind = 0;
  while (behind < shorter - before && reading.at(-1 - behind) === text.at(-1 - behind)) behind++;
  if (before + behind === reading.length) before = Math.max(0, before - 1); // a letter less: the one before it
  const end = reading.length - behind;
  return [reading.slice(0, before), make("mark", reading.slice(before, end)), reading.slice(end)];
}

function make(tag, text = "", properties = {}) {
  const element = Object.assign(document.createElement(tag), properties);
  if (text) element.textContent = text;
  return element;
}
