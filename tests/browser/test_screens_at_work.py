"""Screens with the work of a commune on them: each one's task is done by keyboard, in Vietnamese, and bars nobody."""

import re
import socket
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from digitize.access.actor import Actor
from digitize.books.steps import Step
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace
from digitize.workflow import duplicates, questions, sampling, second
from tests.browser.axe import grave_barriers
from tests.browser.worked import NAMES, lay_work
from tests.conftest import Served, serving

# Words of English that are none of Vietnamese written without marks.
ENGLISH = re.compile(
    r"\b(the|press|enter to|submit|open|close|choose|select|skip|search|file|drag|drop|running|stop|loading|sidebar|"
    r"results?|options?|link|heading|page|value|clear|remove|increment|view|expand|collapse)\b",
    re.IGNORECASE,
)
SHOWN = """() => {
  const told = [];
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) look(element.shadowRoot);
      if (element.closest("script, style, noscript, [data-testid=stIconMaterial]")) continue;
      for (const name of ["aria-label", "title", "placeholder", "alt"]) told.push(element.getAttribute(name));
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE && element.checkVisibility()) told.push(node.nodeValue.trim());
      }
    }
  };
  look(document);
  return told.filter(Boolean);
}"""
SCREENS = [
    ("hoa", "review"), ("hoa", "columns"), ("hoa", "questions"), ("binh", "questions"), ("mai", "second"),
    ("binh", "disputes"), ("xuan", "sampling"), ("binh", "sampling"), ("hoa", "quality"), ("binh", "quality"),
    ("hoa", "search"), ("xuan", "check"), ("hoa", "match"), ("binh", "books"),
    ("hoa", "duplicates"), ("binh", "follow-up"),
]  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, dict[str, Actor]]]:
    workspace = Workspace.open(Settings(workspace=tmp_path_factory.mktemp("office")))
    actors = lay_work(workspace)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with serving(workspace, port):
        yield Served(workspace, port), actors
    workspace.close()


@pytest.fixture
def at(office: tuple[Served, dict[str, Actor]], sign_in: Callable[..., None], page: Page) -> Callable[[str, str], None]:
    """Opens a screen as one of the people and waits until all of it is there."""

    def enter(name: str, screen: str) -> None:
        sign_in(page, f"{office[0].origin}/{screen}", name)
        expect(page.locator("h1, .desk .title").first).to_be_visible(timeout=30_000)
        expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0, timeout=20_000)
        page.wait_for_timeout(600)

    return enter


def test_an_address_without_a_screen_leads_to_the_first_one(at, page):
    at("hoa", "khong-co")
    expect(page).not_to_have_url(re.compile("khong-co"))
    assert [words for words in page.evaluate(SHOWN) if ENGLISH.search(words)] == []


@pytest.mark.parametrize(("name", "screen"), SCREENS, ids=lambda each: each)
def test_a_screen_with_work_on_it_bars_nobody_and_speaks_vietnamese(at, page, name, screen):
    at(name, screen)
    assert grave_barriers(page) == []
    names = {full_name for full_name, *_ in NAMES.values()}
    assert [words for words in page.evaluate(SHOWN) if ENGLISH.search(words) and words not in names] == []


@pytest.mark.parametrize(("name", "screen"), SCREENS, ids=lambda each: each)
def test_a_screen_can_be_read_at_200_percent(at, page, name, screen):
    page.set_viewport_size({"width": 683, "height": 384})
    at(name, screen)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("part => part.scrollWidth <= part.clientWidth + 1")


def test_a_field_is_read_again_without_leaving_the_keyboard(office, at, page):
    served, actors = office
    before = second.waiting(served.workspace, actors["mai"], 3)
    at("mai", "second")
    expect(page.get_by_label("Bạn đọc thấy gì?")).to_be_focused(timeout=20_000)
    for number in range(2):
        page.keyboard.type(f"NÔNG THỊ HOA {number}")
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"Sổ này còn {before - number - 1} ô.")).to_be_visible(timeout=20_000)
        # the field before, with what was typed, may still be there beside the next one
        expect(page.locator("input:focus")).to_have_value("", timeout=20_000)
    assert second.waiting(served.workspace, actors["mai"], 3) == before - 2


def test_a_pair_of_births_is_decided_on_by_keyboard_and_the_decision_withdrawn(office, at, page):
    served, actors = office
    before = len(duplicates.duplicates(served.workspace, actors["hoa"]).open)
    at("hoa", "duplicates")
    expect(page.locator(".beside img").first).to_be_visible(timeout=20_000)
    page.wait_for_timeout(1500)
    page.keyboard.press("Alt+Enter")
    expect(page.get_by_text("Hãy ghi căn cứ của quyết định.")).to_be_visible(timeout=20_000)
    for press, word in (("Alt+0", "Hai người khác nhau"), ("Alt+Backspace", "Thu lại")):
        page.get_by_label("Căn cứ").focus()
        page.keyboard.type("đã hỏi gia đình")
        page.keyboard.press("Enter")
        page.wait_for_timeout(1000)
        page.keyboard.press(press)
        expect(page.get_by_text(f"{word}: trường hợp")).to_be_visible(timeout=20_000)
        told = duplicates.duplicates(served.workspace, actors["hoa"])
        assert (len(told.open), len(told.decided)) == ((before - 1, 1) if press == "Alt+0" else (before, 0))
        page.get_by_label("Chờ xem xét").focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(1500)


def test_a_dispute_is_decided_by_key(office, at, page):
    served, actors = office
    waiting = second.disputes(served.workspace, actors["binh"])
    entry_id, others = waiting[0].field.entry_id, waiting[0].others
    at("binh", "disputes")
    expect(page.get_by_role("radio").first).to_be_focused(timeout=20_000)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("nhìn rõ dấu huyền")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Đã phân xử một ô của trường hợp {entry_id}.")).to_be_visible(timeout=20_000)
    expect(page.get_by_text(f"Còn {len(waiting) - 1} ô chờ phân xử.")).to_be_visible()
    with served.workspace.view(actors["hoa"]) as work:
        entry = work.entries.get(entry_id)
    assert (entry.step, entry.values["meHoTen"].text) == (Step.IN_REVIEW, others[0].text)


def test_another_reading_than_both_must_be_written_down(office, at, page):
    at("binh", "disputes")
    expect(page.get_by_role("radio").first).to_be_focused(timeout=20_000)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("khác hẳn")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Hãy ghi cách đọc khác")).to_be_visible(timeout=20_000)


def test_a_sample_is_looked_at_by_key_beside_the_ink(office, at, page):
    served, actors = office
    sample = sampling.quality_of(served.workspace, actors["xuan"], 3).sample
    at("xuan", "sampling")
    expect(page.locator(".beside-ink img").first).to_be_visible(timeout=20_000)
    expect(page.get_by_label("Ô không đúng như trong sổ")).to_be_focused(timeout=20_000)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Đã xem {len(sample.checks) + 1} / {len(sample.entries)}")).to_be_visible(timeout=20_000)


def test_a_question_is_answered_by_key_with_its_ink_in_view(office, at, page):
    served, actors = office
    at("binh", "questions")
    expect(page.get_by_role("img", name="Nét chữ cần đọc")).to_be_visible()
    expect(page.get_by_label("Câu trả lời")).to_be_focused(timeout=20_000)
    page.keyboard.type("Chữ đệm là Thị.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã trả lời câu hỏi số 1.")).to_be_visible(timeout=20_000)
    asked = [each.question for each in questions.for_me(served.workspace, actors["hoa"])]
    assert "Chữ đệm là Thị." in [each.answer for each in asked]
