"""An officer at the desk in a real browser: what she sees, keys and confirms is in the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from digitize.books.steps import Step

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
    page.goto(f"{served.origin}/review?entry=1")
    page.get_by_label("Tên đăng nhập").fill("officer")
    page.get_by_label("Mật khẩu").fill("mat-khau-thu-nghiem")
    page.keyboard.press("Enter")

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


def _place(ruler: Locator) -> tuple[float, ...]:
    box = ruler.bounding_box()
    assert box is not None
    return tuple(round(box[side]) for side in ("x", "y", "width", "height"))


def _value(served, person, column: str) -> str:
    with served.workspace.view(person("officer")) as work:
        return work.entries.get(1).values[column].text
