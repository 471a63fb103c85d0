"""A person is decided on in a real browser, without a mouse; the screens of matching bar nobody, at 200 % neither."""

import csv
from dataclasses import asdict, replace

import pytest
from playwright.sync_api import expect

from digitize.access.actor import setup_actor
from digitize.workflow import match, review
from tests.browser.axe import grave_barriers
from tests.workflow.test_match import MOTHER, NAMESAKE


@pytest.fixture
def looked_up(pile, person, tmp_path) -> int:
    """An entry of the pile, confirmed and looked up; two women may be the mother."""
    path, entry, workspace = tmp_path / "extract.csv", pile.take(), pile.served.workspace
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(asdict(MOTHER)))
        writer.writeheader()
        writer.writerows(asdict(each) for each in (MOTHER, NAMESAKE, replace(NAMESAKE, personal_id="015190616077")))
    match.load_population(workspace, setup_actor(), path)
    review.confirm(workspace, person("officer"), entry, {})
    population = match.open_population(workspace.settings)
    match.match(workspace, person("officer"), population, entry)
    population.close()
    return entry


def test_a_person_is_decided_on_by_keyboard_alone(pile, looked_up, sign_in, page):
    sign_in(page, f"{pile.served.origin}/match?entry={looked_up}", "officer")
    expect(page.locator(".beside")).to_be_visible(timeout=30_000)
    assert grave_barriers(page) == []
    page.keyboard.press("Alt+Enter")
    expect(page.get_by_text("Hãy ghi căn cứ của quyết định")).to_be_visible(timeout=20_000)
    page.get_by_label("Căn cứ").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1000)
    page.keyboard.press("Alt+Enter")
    expect(page.get_by_text(f"mẹ của trường hợp {looked_up}, đã ghi")).to_be_visible(timeout=20_000)
    with pile.served.workspace.view(setup_actor()) as work:
        (decision,) = work.matches.decisions(looked_up)
    assert (decision.role, decision.by) == ("mother", "officer")


def test_matching_can_be_read_at_200_percent(pile, looked_up, sign_in, page):
    page.set_viewport_size({"width": 683, "height": 384})  # what is left of 1366x768
    sign_in(page, f"{pile.served.origin}/match?entry={looked_up}", "officer")
    expect(page.locator(".beside")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Đúng là người này").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Đúng là người này")).to_be_in_viewport()
    assert grave_barriers(page) == []
