"""Several officers, and one officer in several pages, at one pile: leases, both versions, questions, piles, history."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from digitize.access.actor import Role
from digitize.workflow import leases, questions, review
from tests.browser.axe import grave_barriers

MOTHER = "Họ, chữ đệm, tên mẹ"
LOST = "Mất kết nối"


@pytest.fixture
def colleague(browser: Browser) -> Iterator[Page]:
    """A page on another machine."""
    with browser.new_context(viewport={"width": 1366, "height": 768}) as context:
        yield context.new_page()


@pytest.fixture(autouse=True)
def empty_hands(pile, person) -> Iterator[None]:
    """What a test leaves open on a desk is free for the next one."""
    yield
    for lease in leases.running(pile.served.workspace, person("lead")):
        leases.give_back(pile.served.workspace, person(lease.owner), lease.entry_id)


def field(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True)


def key(page: Page, label: str, text: str) -> None:
    field(page, label).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def all_saved(page: Page) -> None:
    expect(page.locator(".field .state", has_text="chưa lưu")).to_have_count(0, timeout=20_000)


def entry_in(page: Page, entry: int) -> None:
    expect(page.locator(".title")).to_contain_text(f"Trường hợp {entry} ", timeout=20_000)


def test_two_pages_of_one_officer_see_both_versions(pile, at_desk, page, context):
    entry = pile.take()
    at_desk(page, entry)
    other = context.new_page()
    other.goto(f"{pile.served.origin}/review?entry={entry}")
    expect(field(other, "Dân tộc")).to_be_focused(timeout=30_000)
    key(other, MOTHER, "LÒ THỊ HOA")
    all_saved(other)
    key(page, MOTHER, "LÒ THỊ MAI")
    expect(page.get_by_role("alert").filter(has_text="Trong kho")).to_contain_text(
        "(bạn, ở trang khác lưu): «LÒ THỊ HOA». Của bạn: «LÒ THỊ MAI»"
    )
    assert pile.values(entry) == {"meHoTen": "LÒ THỊ HOA"}
    page.get_by_role("button", name="Lấy bản trong kho").click()
    expect(field(page, MOTHER)).to_have_value("LÒ THỊ HOA")
    key(page, "Dân tộc", "Mông")
    all_saved(page)
    key(other, "Năm sinh (mẹ)", "1991")  # what the first page wrote elsewhere comes along
    expect(field(other, "Dân tộc")).to_have_value("Mông")
    all_saved(other)
    assert pile.values(entry) == {"meHoTen": "LÒ THỊ HOA", "nksDanToc": "Mông", "meNgaySinh": "1991"}


def test_an_answer_that_got_lost_is_one_change(pile, at_desk, page):
    entry = pile.take()
    at_desk(page, entry)
    page.route("**/desk/save", lambda route: (route.fetch(), route.abort()), times=1)
    key(page, MOTHER, "LÒ THỊ MAI")
    all_saved(page)
    assert pile.values(entry) == {"meHoTen": "LÒ THỊ MAI"}
    assert pile.acts(entry).count("entry.save") == 1


def test_an_entry_in_a_colleagues_hands_says_whose_and_what_to_do(pile, at_desk, sign_in, page, colleague, person):
    entry = pile.take()
    at_desk(colleague, entry, "police")
    sign_in(page, f"{pile.served.origin}/review?entry={entry}", "officer")
    banner = page.get_by_role("alert").filter(has_text="đang nhập trường hợp này, đến")
    expect(banner).to_contain_text("Đồng chí Cán bộ police đang nhập", timeout=30_000)
    expect(page.get_by_role("button", name="Nhận trường hợp này")).to_be_disabled()
    assert grave_barriers(page) == []
    key(page, MOTHER, "LÒ THỊ MAI")
    expect(page.get_by_text("Chữ bạn gõ vẫn được giữ trên máy này")).to_be_visible()
    page.keyboard.press("Control+Enter")  # confirms nothing here
    expect(page.locator(".title")).not_to_contain_text(f"Trường hợp {entry} ")
    expect(page.get_by_text(f"Trường hợp {entry} còn chữ bạn gõ mà chưa lưu được.")).to_be_visible()
    assert pile.values(entry) == {}
    leases.give_back(pile.served.workspace, person("police"), entry)
    page.get_by_role("link", name="Mở lại").click()
    expect(field(page, MOTHER)).to_have_value("LÒ THỊ MAI", timeout=20_000)
    all_saved(page)
    assert pile.values(entry) == {"meHoTen": "LÒ THỊ MAI"}
    expect(banner).to_be_hidden()


def test_an_entry_is_taken_over_by_key_when_the_time_is_over(pile, at_desk, sign_in, page, colleague, person):
    entry = pile.take()
    at_desk(colleague, entry, "police")
    page.clock.install()
    page.clock.resume()
    sign_in(page, f"{pile.served.origin}/review?entry={entry}", "officer")
    expect(page.get_by_text("Đồng chí Cán bộ police đang nhập")).to_be_visible(timeout=30_000)
    leases.give_back(pile.served.workspace, person("police"), entry)
    page.clock.fast_forward("11:00")
    expect(page.get_by_text("Lượt của đồng chí Cán bộ police đã hết")).to_be_visible()
    page.keyboard.press("Alt+n")
    expect(page.locator(".hands")).to_be_hidden()
    lease = leases.of(pile.served.workspace, person("officer"), entry)
    assert lease is not None and lease.owner == "officer"


def test_only_a_desk_in_use_gives_signs_of_life(pile, at_desk, page):
    page.clock.install()
    page.clock.resume()
    at_desk(page, pile.take())
    beats: list[str] = []
    page.on("request", lambda request: beats.append(request.url) if request.url.endswith("/desk/save") else None)
    page.clock.fast_forward(400_000)
    page.wait_for_timeout(500)
    assert beats == []
    page.keyboard.press("Tab")
    with page.expect_response("**/desk/save"):
        page.clock.fast_forward(16_000)
    page.wait_for_timeout(100)
    page.keyboard.press("Tab")
    page.clock.fast_forward(150_000)
    page.wait_for_timeout(500)
    assert len(beats) == 1  # it is not three minutes yet
    with page.expect_response("**/desk/save"):
        page.clock.fast_forward(46_000)


def test_a_question_goes_out_and_its_answer_comes_back_by_key(pile, at_desk, page, person):
    entry = pile.take()
    at_desk(page, entry)
    field(page, MOTHER).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("LÒ THỊ MA")
    page.keyboard.press("Alt+h")
    expect(page.get_by_role("dialog", name="Câu hỏi")).to_be_visible()
    assert grave_barriers(page) == []
    page.keyboard.type("Mai hay Mây?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã gửi câu hỏi.")).to_be_visible(timeout=10_000)
    expect(page.locator(".title")).not_to_contain_text(f"Trường hợp {entry} ")
    assert pile.values(entry) == {"meHoTen": "LÒ THỊ MA"}  # what was typed went into the store first
    lead = person("lead")
    (asked,) = [each.question for each in questions.for_me(pile.served.workspace, lead)]
    assert (asked.entry_id, asked.column, asked.text, asked.to_role) == (
        entry,
        "meHoTen",
        "Mai hay Mây?",
        Role.TEAM_LEAD,
    )
    questions.answer(pile.served.workspace, lead, asked.question_id, "Mai.")
    page.keyboard.press("Alt+s")
    entry_in(page, entry)
    banner = page.get_by_role("region", name="Câu hỏi về trường hợp này")
    expect(banner).to_contain_text("Cán bộ lead trả lời: Mai.")
    assert grave_barriers(page) == []
    page.get_by_role("button", name="Đã xem câu trả lời").press("Enter")
    expect(banner).to_be_hidden()


def test_an_officer_who_is_asked_answers_at_the_desk(pile, at_desk, page, person):
    entry = pile.take()
    questions.ask(pile.served.workspace, person("police"), entry, "Quyển 01 hay 02?", "officer")
    at_desk(page, entry)
    expect(page.get_by_text("Cán bộ police hỏi bạn: Quyển 01 hay 02?")).to_be_visible()
    page.keyboard.press("Alt+h")
    page.keyboard.type("Quyển 01.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã gửi trả lời.")).to_be_visible(timeout=10_000)
    (told,) = [each.question for each in questions.for_me(pile.served.workspace, person("police"))]
    assert (told.answer, told.answered_by) == ("Quyển 01.", "officer")
    questions.settle(pile.served.workspace, person("police"), told.question_id)


def test_a_question_that_cannot_be_sent_keeps_its_words(pile, at_desk, page, context):
    at_desk(page, pile.take())
    page.keyboard.press("Alt+h")
    page.keyboard.type("Mai hay Mây?")
    context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog", name="Câu hỏi")).to_contain_text(LOST)
    expect(page.get_by_label("Câu hỏi", exact=True).last).to_have_value("Mai hay Mây?")
    context.set_offline(False)


def test_a_pile_is_chosen_by_key_and_remembered(pile, at_desk, page):
    at_desk(page, pile.take())
    page.keyboard.press("Alt+q")
    expect(page.get_by_role("dialog", name="Chọn hàng chờ")).to_be_visible()
    assert grave_barriers(page) == []
    expect(page.get_by_label("Loại sổ")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_label("Mức chắc chắn")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Mức chắc chắn")).to_have_value("doubtful")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Chọn hàng chờ")).to_be_hidden()
    page.goto(f"{pile.served.origin}/review")
    expect(page.locator(".field").first).to_be_visible(timeout=30_000)
    page.keyboard.press("Alt+q")
    expect(page.get_by_label("Mức chắc chắn")).to_have_value("doubtful")


def test_an_earlier_text_comes_back_by_key_over_people(pile, at_desk, page, person):
    entry = pile.take()
    review.open_entry(pile.served.workspace, person("police"), entry)
    review.save_value(pile.served.workspace, person("police"), entry, "meHoTen", "LÒ THỊ HOA")
    leases.give_back(pile.served.workspace, person("police"), entry)
    at_desk(page, entry)
    key(page, MOTHER, "LÒ THỊ MAI")
    field(page, MOTHER).focus()
    page.keyboard.press("Alt+l")
    past = page.get_by_role("dialog", name="Lịch sử của ô")
    expect(past).to_be_visible()
    expect(past.locator("li")).to_contain_text(["LÒ THỊ MAI", "LÒ THỊ HOA", "NÔNG THỊ HOA"])
    expect(past.locator("li").nth(1)).to_contain_text("Cán bộ police gõ")
    assert grave_barriers(page) == []
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field(page, MOTHER)).to_have_value("LÒ THỊ HOA")
    assert pile.values(entry) == {"meHoTen": "LÒ THỊ HOA"}
    page.keyboard.press("Alt+l")
    expect(past.locator("li")).to_have_count(4)
    page.keyboard.press("End")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field(page, MOTHER)).to_have_value("NÔNG THỊ HOA")
    assert pile.values(entry) == {}
    assert pile.acts(entry).count("entry.take_back") == 2
    expect(page.get_by_text("Cần xem kỹ 40 %")).to_be_visible()
