// Which key does what. Letters count by their place on the keyboard, so that no input method changes them.
const KEY_MAP = [
  ["Enter", "nhận ô này, sang ô cần xem kỹ tiếp theo; hết thì tới nút Xác nhận"],
  ["Tab, Shift Tab", "ô sau, ô trước"],
  ["Ctrl Enter", "xác nhận, mở trường hợp tiếp theo"],
  ["Esc", "trả ô về như lúc mới vào; lần nữa: về giá trị máy gợi ý"],
  ["Alt 1 … Alt 9", "lấy cách đọc khác ghi dưới ô"],
  ["Alt D", "như trường hợp trước trong sổ"],
  ["Alt K", "không đọc được (gõ tiếp để ghi chú)"],
  ["Alt T", "sổ để trống"],
  ["Alt G", "sổ gạch bỏ"],
  ["Alt L", "lịch sử của ô: xem ai ghi gì, lấy lại bản cũ"],
  ["Alt H", "hỏi đồng nghiệp hoặc tổ trưởng; có câu hỏi cho bạn thì trả lời"],
  ["Alt Q", "chọn hàng chờ: loại sổ, đơn vị, sổ, mức chắc chắn"],
  ["Alt S", "để sau: lưu, mở trường hợp khác"],
  ["Alt N", "nhận trường hợp mà đồng nghiệp đã hết lượt"],
  ["Shift Enter", "xuống dòng, ở ô nhiều dòng"],
  ["Alt + mũi tên", "dời ảnh"],
  ["Alt +, Alt −, Alt 0", "phóng to, thu nhỏ ảnh; về ô đang nhập"],
  ["Alt W, Alt P", "ảnh vừa chiều rộng, cả trang"],
  ["Alt R, Alt C", "xoay ảnh; đổi tương phản, độ sáng"],
  ["Alt O", "thứ tự trên trang hay theo cột của Bộ"],
  ["F1 (hoặc ? khi không gõ chữ)", "bảng phím này"],
];
const WITH_ALT = {
  KeyD: "ditto", KeyK: "illegible", KeyT: "blank", KeyG: "struck", KeyR: "turn", KeyC: "shade", KeyW: "fitWidth",
  KeyP: "fitPage", KeyO: "order", KeyL: "past", KeyH: "ask", KeyQ: "piles", KeyS: "openNext", KeyN: "takeOver",
  Digit0: "follow", Equal: "zoomIn", NumpadAdd: "zoomIn", Minus: "zoomOut", NumpadSubtract: "zoomOut",
};
const ARROWS = { ArrowLeft: [-90, 0], ArrowRight: [90, 0], ArrowUp: [0, -90], ArrowDown: [0, 90] };

// The act of a key press and what it is done with, or null where the key is the browser's own.
function actOf(event, isPaper) {
  if (event.isComposing || event.keyCode === 229) return null; // an input method is in the middle of a letter
  const { key, code, shiftKey, altKey } = event;
  const isControl = event.ctrlKey || event.metaKey;
  const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (key === "F1" || (key === "?" && !isTyping && !isControl)) return ["keyMap"];
  if (key === "Enter" && isControl) return ["confirm"];
  if (key === "Enter" && isTyping && !shiftKey && !altKey) return ["accept"];
  if (key === "Escape" && isTyping) return ["undo"];
  if (altKey && !isControl && !event.getModifierState?.("AltGraph")) return withAlt(code, event.target);
  if (isPaper && code in ARROWS) return ["pan", ...ARROWS[code]];
  return isPaper && /^(Equal|Minus|Numpad(Add|Subtract))$/.test(code) ? [WITH_ALT[code]] : null;
}

function withAlt(code, target) {
  if (code in ARROWS) return target.tagName === "SELECT" ? null : ["pan", ...ARROWS[code]];
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code);
  if (digit) return ["reading", Number(digit[1])];
  return code in WITH_ALT ? [WITH_ALT[code]] : null;
}
