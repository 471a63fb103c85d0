"""Matching comes after the answer to a confirmation, and is told when it is there."""

from playwright.sync_api import expect

from digitize.access.actor import setup_actor
from digitize.books.steps import Step
from digitize.workflow.match import load_population
from tests.conftest import SAMPLES


def test_the_result_comes_into_the_notice_and_the_entry_is_matched(pile, at_desk, page):
    entry = pile.take()
    load_population(pile.served.workspace, setup_actor(), SAMPLES / "population.csv")
    at_desk(page, entry)
    page.keyboard.press("Control+Enter")
    notice = page.locator(".notice")
    expect(notice).to_contain_text(f"Đã xác nhận trường hợp {entry}.")
    expect(notice).to_contain_text("Người được khai sinh:")
    with pile.served.workspace.view(setup_actor()) as work:
        assert work.entries.get(entry).step is Step.MATCHED


def test_the_next_entry_is_there_though_matching_fails(pile, at_desk, page):
    entry = pile.take()
    at_desk(page, entry)
    page.route("**/desk/match", lambda route: route.abort())
    page.keyboard.press("Control+Enter")
    expect(page.locator(".notice")).to_contain_text(f"Đã xác nhận trường hợp {entry}. Chưa đối chiếu.")
    expect(page.locator(".title")).not_to_contain_text(f"Trường hợp {entry} ")
