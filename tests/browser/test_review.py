"""An officer at the desk in a real browser: what she sees, keys and confirms is in the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from digitize.books.steps import Step
from digitize.workflow import review

SAMPLES = Path(__file__).parents[2] / "sample_scans"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture
def page() -> Iterator[Page]:
    assert CHROMIUM.exists(), "Chromium is missing; install it with: apt-get install -y chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page(viewport={"width": 1366, "height": 768})
        browser.close()


def test_an_officer_corrects_a_field_and_confirms_with_the_keyboard(served, person, page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    _sign_in(page, f"{served.origin}/review?entry=1", "officer")

    mother = page.get_by_label("Họ, chữ đệm, tên mẹ", exact=True)
    expect(mother).to_be_focused(timeout=30_000)  # the first doubtful field
    expect(page.get_by_text("Cần xem kỹ 40%")).to_be_visible()
    expect(page.get_by_role("img", name="Ảnh trang sổ đang nhập")).to_be_visible()

    before = _place(page.locator(".ruler"))
    page.keyboard.type("rcRC NÔNG THỊ HÒA")  # r and c are shortcuts of Streamlit that must not fire
    page.keyboard.press("Enter")
    expect(mother).not_to_be_focused()
    expect(page.get_by_text("Đã lưu", exact=False).first).to_be_visible()
    page.wait_for_timeout(300)
    assert _place(page.locator(".ruler")) != before
    assert _value(served, person, "meHoTen") == "rcRC NÔNG THỊ HÒA"

    page.keyboard.press("Shift+Tab")
    page.keyboard.type("NÔNG THỊ HÒA")
    page.keyboard.press("Control+Enter")  # the last edit has not left its field yet
    expect(page.get_by_text("Đã xác nhận trường hợp 1.")).to_be_visible(timeout=15_000)
    expect(page).to_have_url(f"{served.origin}/review?entry=2")
    expect(mother).to_be_focused()
    assert _value(served, person, "meHoTen") == "NÔNG THỊ HÒA"
    with served.workspace.view(person("officer")) as work:
        entry = work.entries.get(1)
    assert entry.step in (Step.CONFIRMED, Step.MATCHED)
    assert entry.keyed_by == "officer"
    assert [url for url in asked if not url.startswith((served.origin, "data:", "blob:"))] == []


def test_what_somebody_else_saved_in_between_is_not_overwritten_and_the_typed_text_stays(served, person, page):
    _sign_in(page, f"{served.origin}/review?entry=2", "officer")
    mother = page.get_by_label("Họ, chữ đệm, tên mẹ", exact=True)
    expect(mother).to_be_focused(timeout=30_000)
    review.save_value(served.workspace, person("police"), 2, "nksDanToc", "Mông")
    page.keyboard.type("LÒ THỊ MAI")
    page.keyboard.press("Enter")
    expect(page.get_by_text("đã được người khác lưu")).to_be_visible()
    expect(mother).to_have_value("LÒ THỊ MAI")
    with served.workspace.view(person("officer")) as work:
        assert {column: value.text for column, value in work.entries.get(2).values.items()} == {"nksDanToc": "Mông"}


def test_an_operator_takes_scans_in(served, page):
    _sign_in(page, f"{served.origin}/take-in", "operator")
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


def _sign_in(page: Page, address: str, name: str) -> None:
    """Led to the sign-in first, then on to the page that was asked for."""
    page.goto(address)
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill("mat-khau-thu-nghiem")
    page.keyboard.press("Enter")


def _place(ruler: Locator) -> tuple[float, ...]:
    box = ruler.bounding_box()
    assert box is not None
    return tuple(round(box[side]) for side in ("x", "y", "width", "height"))


def _value(served, person, column: str) -> str:
    with served.workspace.view(person("officer")) as work:
        return work.entries.get(1).values[column].text
