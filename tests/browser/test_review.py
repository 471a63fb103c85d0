"""An officer at the desk in a real browser: what she sees, keys and confirms is in the store."""

from playwright.sync_api import Locator, Page, expect

from digitize.access.actor import setup_actor
from digitize.books.steps import Step
from tests.conftest import SAMPLES
from tests.lending import lend


def field(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True)


def mother(page: Page) -> Locator:
    return field(page, "Họ, chữ đệm, tên mẹ")


def saved(page: Page, label: str) -> None:
    told = page.locator(".field", has=page.get_by_label(label, exact=True)).locator(".state")
    expect(told).to_contain_text("đã lưu", timeout=10_000)


def test_a_whole_entry_is_keyed_without_a_mouse(pile, at_desk, page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    first, entry = pile.take(), pile.take()
    at_desk(page, first)
    expect(page.get_by_role("img", name="Ảnh trang sổ đang nhập")).to_be_visible()
    expect(page.get_by_text("Cần xem kỹ 60 %")).to_be_visible()

    page.keyboard.press("Enter")  # accepts "Tày", goes to the next doubtful field
    expect(mother(page)).to_be_focused()
    saved(page, "Dân tộc")
    before = _looked_at(page)
    page.keyboard.press("Tab")
    expect(mother(page)).not_to_be_focused()
    assert _looked_at(page) != before
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_text("đúng nét chữ")).to_be_visible()
    marked = page.locator(".others mark:visible")
    expect(marked).to_have_text(["À", "Ò"])  # what differs from NÔNG THỊ HOA
    page.keyboard.press("Alt+2")
    expect(mother(page)).to_have_value("NÔNG THỊ HOÀ")
    page.keyboard.type("1rcRC?")  # digits and letters are typed, whatever Streamlit or the desk binds them to
    expect(mother(page)).to_have_value("NÔNG THỊ HOÀ1rcRC?")
    page.keyboard.press("Escape")
    expect(mother(page)).to_have_value("NÔNG THỊ HOA")
    page.keyboard.press("Control+A")
    page.keyboard.type("NÔNG THỊ HẰNG")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Xác nhận, mở")).to_be_focused()  # nothing is doubtful any more
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text(f"Đã xác nhận trường hợp {first}.")).to_be_visible(timeout=15_000)
    expect(page).to_have_url(f"{pile.served.origin}/review?entry={entry}")
    expect(field(page, "Dân tộc")).to_be_focused()
    assert pile.values(first) | {"meHoTen": "NÔNG THỊ HẰNG", "nksDanToc": "Tày"} == pile.values(first)

    page.keyboard.press("Tab")
    page.get_by_label("Họ, chữ đệm, tên mẹ", exact=True).focus()
    page.keyboard.press("Alt+d")
    expect(mother(page)).to_have_value("NÔNG THỊ HẰNG")  # as in the entry before
    page.keyboard.press("Tab")
    page.keyboard.press("Alt+k")
    page.keyboard.type("mực nhòe")
    page.keyboard.press("Control+Enter")  # the last edit has not left its field yet
    expect(page.get_by_text(f"Đã xác nhận trường hợp {entry}.")).to_be_visible(timeout=15_000)
    values = pile.values(entry)
    assert values["meHoTen"] == "NÔNG THỊ HẰNG"
    assert values["meNgaySinh"] == "[không đọc được: mực nhòe]"
    with pile.served.workspace.view(setup_actor()) as work:
        keyed = work.entries.get(entry)
    assert keyed.step in (Step.CONFIRMED, Step.MATCHED) and keyed.keyed_by == "officer"
    assert [url for url in asked if not url.startswith((pile.served.origin, "data:", "blob:"))] == []


def test_the_key_map_opens_and_closes_by_key(pile, at_desk, page):
    at_desk(page, pile.take())
    page.keyboard.press("F1")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_hidden()
    expect(field(page, "Dân tộc")).to_be_focused()


def test_an_input_method_in_the_middle_of_a_letter_loses_and_doubles_nothing(pile, at_desk, page, context):
    entry = pile.take()
    at_desk(page, entry)
    mother(page).focus()
    page.keyboard.press("Control+A")
    composing = context.new_cdp_session(page)
    for so_far in ("N", "No", "Nô", "Nôn", "Nông"):
        composing.send(
            "Input.imeSetComposition", {"text": so_far, "selectionStart": len(so_far), "selectionEnd": len(so_far)}
        )
    for key, code in (("Enter", 13), ("Escape", 27), ("2", 50)):  # as the browser sends them while a letter is composed
        composing.send(
            "Input.dispatchKeyEvent",
            {"type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": 229, "modifiers": 1 if code == 50 else 0},
        )
    expect(mother(page)).to_be_focused()
    composing.send("Input.insertText", {"text": "Nông"})
    page.keyboard.type(" Thi")
    for _ in "hi":  # Unikey takes letters back and sends the right ones
        page.keyboard.press("Backspace")
    page.keyboard.insert_text("hị")
    page.keyboard.type(" Hoa")
    expect(mother(page)).to_have_value("Nông Thị Hoa")
    page.keyboard.press("Enter")
    saved(page, "Họ, chữ đệm, tên mẹ")
    assert pile.values(entry)["meHoTen"] == "Nông Thị Hoa"


def test_confirming_twice_is_one_confirmation_even_when_the_answer_got_lost(pile, at_desk, page):
    entry = pile.take()
    at_desk(page, entry)

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/desk/confirm", lose_the_answer, times=1)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Trường hợp chưa được xác nhận")).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(f"Đã xác nhận trường hợp {entry}.")).to_be_visible()
    assert pile.acts(entry).count("entry.confirm") == 1


def test_the_form_stands_in_the_order_of_the_ministry_on_request(pile, at_desk, page):
    at_desk(page, pile.take())
    in_page_order = page.locator(".field label").all_inner_texts()
    page.keyboard.press("Alt+o")
    in_column_order = page.locator(".field label").all_inner_texts()
    assert sorted(in_column_order) == sorted(in_page_order) and in_column_order != in_page_order
    expect(field(page, "Dân tộc")).to_be_focused()


def test_the_picture_is_turned_moved_and_zoomed_by_key(pile, at_desk, page):
    at_desk(page, pile.take())
    seen = [_looked_at(page)]
    for keys in ("Alt+r", "Alt+w", "Alt+Equal", "Alt+ArrowRight", "Alt+0", "Alt+p"):
        page.keyboard.press(keys)
        assert _looked_at(page) != seen[-1], keys
        seen.append(_looked_at(page))
    expect(field(page, "Dân tộc")).to_be_focused()


def test_an_operator_takes_scans_in(served, sign_in, page):
    lend(served.workspace, 1)
    sign_in(page, f"{served.origin}/take-in", "operator")
    files = [
        {"name": "ks_03.jpg", "mimeType": "image/jpeg", "buffer": (SAMPLES / "ks_03.jpg").read_bytes()},
        {"name": "ks_01.jpg", "mimeType": "image/jpeg", "buffer": (SAMPLES / "ks_01.jpg").read_bytes()},
        {"name": "hong.jpg", "mimeType": "image/jpeg", "buffer": b"not an image"},
    ]
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_text("hong.jpg").wait_for()
    page.get_by_role("button", name="Nạp vào sổ").click()
    expect(page.get_by_text("ks_03.jpg: 1 trang mới.")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("ks_01.jpg: 1 trang đã có từ trước, không nạp lại.")).to_be_visible()
    expect(page.get_by_text("Chỉ nạp tệp JPEG, PNG, TIFF hoặc PDF")).to_be_visible()


def _looked_at(page: Page) -> tuple[str, str]:
    """Where the page lies in its window, and the ruler on the page."""
    place = "part => part.style.transform + part.style.top"
    return page.locator(".page").evaluate(place), page.locator(".ruler").evaluate(place)
