// What Streamlit says in English of its own accord, on screen and to screen readers, said in Vietnamese.
(() => {
  const WORDS = {
    "Add an option": "Thêm một mục", "Add files": "Thêm tệp", "Add options": "Thêm mục", "App pages": "Màn hình",
    "Choose an option": "Chọn một mục", "Choose options": "Chọn các mục", "Choose or add an option": "Chọn hoặc thêm một mục",
    "Clear all": "Bỏ chọn tất cả", "Clear value": "Xóa giá trị", "Close": "Đóng", "Close fullscreen": "Thu nhỏ lại",
    "Collapse sidebar": "Thu gọn cột bên", "Connecting": "Đang kết nối", "CONNECTING": "Đang kết nối", "Connecting...": "Đang kết nối…",
    "Decrement": "Giảm", "Download as CSV": "Tải về dạng CSV", "Drag and drop a file here": "Kéo thả tệp vào đây",
    "Drag and drop files here": "Kéo thả các tệp vào đây", "Expand sidebar": "Mở cột bên", "Fullscreen": "Toàn màn hình",
    "Increment": "Tăng", "Link to heading": "Liên kết tới đề mục này", "Loading...": "Đang tải…", "Multiselect": "Chọn nhiều mục",
    "Multiselect options": "Các mục để chọn", "No options to select": "Không có mục nào để chọn", "No results": "Không tìm thấy",
    "Open": "Mở", "Page not found": "Không có màn hình này", "Please wait...": "Xin chờ…", "RUNNING...": "Đang chạy…",
    "Running...": "Đang chạy…", "Search": "Tìm", "Select all": "Chọn tất cả", "Selectbox": "Chọn một mục",
    "Selectbox options": "Các mục để chọn", "Selected values": "Các mục đã chọn", "Show/hide columns": "Hiện hoặc ẩn cột",
    "Sidebar": "Cột bên", "Skip to main content": "Tới nội dung chính", "Stop": "Dừng", "Upload": "Tải tệp lên",
    "View less": "Thu gọn",
  };
  const PATTERNS = [
    [/^View (\d+) more$/, "Xem thêm $1"], [/^Remove (.+)$/, "Bỏ $1"], [/^Select (\d+) matches$/, "Chọn $1 mục khớp"],
    [/^Number is (?:above|below|outside) the allowed range.*$/, "Số nằm ngoài khoảng cho phép."], [/^Invalid data type$/, "Hãy ghi một số."],
  ];
  const NAMES = ["aria-label", "title", "placeholder", "alt"];

  const said = (words) => {
    const bare = words.trim();
    if (Object.hasOwn(WORDS, bare)) return WORDS[bare];
    const found = PATTERNS.find(([pattern]) => pattern.test(bare));
    return found ? bare.replace(...found) : null;
  };
  const tellText = (node) => {
    const words = said(node.nodeValue);
    if (words !== null) node.nodeValue = words;
  };
  const tellName = (element, name) => {
    const words = said(element.getAttribute(name) ?? "");
    if (words !== null) element.setAttribute(name, words);
  };
  const tellAll = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return tellText(node);
    if (node.nodeType !== Node.ELEMENT_NODE || /^(SCRIPT|STYLE)$/.test(node.tagName)) return undefined;
    for (const name of NAMES) tellName(node, name);
    return node.childNodes.forEach(tellAll);
  };

  new MutationObserver((changes) => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === "characterData") tellText(target);
      else if (type === "attributes") tellName(target, attributeName);
      else addedNodes.forEach(tellAll);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES });
})();
