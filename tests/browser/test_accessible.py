"""No screen bars anybody: axe-core finds nothing serious or critical; the desk stays usable at 200 %."""

import pytest
from playwright.sync_api import expect

from digitize.app.navigation import SCREENS
from tests.browser.axe import grave_barriers
from tests.conftest import PEOPLE


def test_the_sign_in_bars_nobody(pile, page):
    page.goto(f"{pile.served.origin}/sign-in")
    assert grave_barriers(page) == []


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.path)
def test_no_screen_bars_anybody(pile, sign_in, person, page, screen):
    name = next(name for name in PEOPLE if person(name).may(screen.permission))
    sign_in(page, f"{pile.served.origin}/{screen.path}", name)
    expect(page.locator(".sign-out")).to_be_visible(timeout=30_000)
    if screen.path == "review":
        expect(page.locator(".field").first).to_be_visible()
    page.wait_for_timeout(300)
    assert grave_barriers(page) == []


def test_the_desk_can_be_read_at_200_percent(pile, at_desk, page):
    page.set_viewport_size({"width": 683, "height": 384})  # what is left of 1366x768
    at_desk(page, pile.take())
    mother = page.get_by_label("Họ, chữ đệm, tên mẹ", exact=True)
    mother.focus()
    expect(mother).to_be_in_viewport()
    assert page.locator(".desk").evaluate("desk => desk.scrollWidth <= desk.clientWidth + 1")
    assert grave_barriers(page) == []
