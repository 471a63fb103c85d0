"""What is wrong with a page is kept and journalled, settled with a reason, and gone with a better scan."""

from collections.abc import Callable

import pytest

from digitize.access.actor import Actor, setup_actor, worker_actor
from digitize.books.book import Book, Page, PageState
from digitize.books.entry import Entry, Problem
from digitize.errors import AlreadyThere, InputError, StepNotLawful
from digitize.store.unit_of_work import Workspace, verify_journal

DARK, BLURRED = Problem("too dark", "Ảnh quá tối."), Problem("too blurred", "Ảnh quá mờ.")
HALF = Problem("half_of_spread", "Chỉ thấy một trang.")


@pytest.fixture
def page(workspace: Workspace, make_book: Callable[..., Book]) -> Page:
    book = make_book()
    with workspace.unit_of_work(setup_actor()) as work:
        return work.pages.add(book.book_id, "a" * 64, "a.jpg", 1, 1200, 1700, [DARK, BLURRED], b"marks").page


def codes(workspace: Workspace, page: Page) -> dict[str, str | None]:
    """Codes of a page's problems with the reason for which they were kept."""
    with workspace.view(setup_actor()) as work:
        return {problem.code: problem.why for problem in work.problems.of_book(page.book_id)}


def read(workspace: Workspace, *problems: Problem) -> None:
    with workspace.unit_of_work(worker_actor()) as work:
        leased = work.pages.lease("w1", 60)
        assert leased
        work.pages.finish(leased.page_id, "w1", [], problems)


def test_problems_are_kept_and_journalled(workspace: Workspace, page: Page) -> None:
    assert codes(workspace, page) == {"too dark": None, "too blurred": None}
    with workspace.view(setup_actor()) as work:
        (added,) = work.journal.of("page", page.page_id)
        assert work.problems.marks_of(page.book_id) == {page.page_id: b"marks"}
    assert added.after and added.after["problems"] == ["too dark", "too blurred"]


def test_a_reading_takes_back_only_what_a_reading_found(workspace: Workspace, page: Page) -> None:
    read(workspace, HALF)
    assert set(codes(workspace, page)) == {"too dark", "too blurred", "half_of_spread"}
    with workspace.unit_of_work(setup_actor()) as work:
        work.pages.retry(page.page_id)
    read(workspace)
    assert set(codes(workspace, page)) == {"too dark", "too blurred"}


def test_a_failure_is_a_problem(workspace: Workspace, page: Page) -> None:
    with workspace.unit_of_work(worker_actor()) as work:
        work.pages.lease("w1", 60)
        work.pages.fail(page.page_id, "w1", "form_unknown", "Không rõ biểu mẫu.")
    assert "form_unknown" in codes(workspace, page)


def test_what_was_kept_with_a_reason_stays_kept(workspace: Workspace, officer: Actor, page: Page) -> None:
    read(workspace, HALF)
    with workspace.unit_of_work(officer) as work:
        work.problems.keep(page.page_id, [HALF, Problem("page_number_missing", "Thiếu số trang 3.")], " sổ rách ")
        work.pages.retry(page.page_id)
    read(workspace, HALF)
    kept = codes(workspace, page)
    assert (kept["half_of_spread"], kept["page_number_missing"], kept["too dark"]) == ("sổ rách", "sổ rách", None)
    with workspace.view(setup_actor()) as work:
        told = next(line for line in work.journal.of("page", page.page_id) if line.act == "page.keep")
    assert (told.account, told.why) == ("officer", "sổ rách")
    assert told.after == {"kept": ["half_of_spread", "page_number_missing"]}


def test_nothing_is_kept_without_a_reason(workspace: Workspace, officer: Actor, page: Page) -> None:
    with pytest.raises(InputError, match="lý do"), workspace.unit_of_work(officer) as work:
        work.problems.keep(page.page_id, [DARK], " ")
    assert codes(workspace, page)["too dark"] is None


def test_a_better_scan_takes_the_place_and_nothing_is_lost(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    with workspace.unit_of_work(officer) as work:
        work.entries.save_value(entry.entry_id, "nksHoTen", "LÒ THỊ SAO")
        before = work.pages.get(entry.page_id)
        after = work.pages.replace(entry.page_id, "f" * 64, "new.jpg", 2, 1654, 2339, [BLURRED])
        assert (after.page_id, after.sequence, after.state) == (before.page_id, before.sequence, PageState.QUEUED)
        assert (after.sha256, after.file_name, after.page_of_file) == ("f" * 64, "new.jpg", 2)
        assert work.pages.former_scans(after.book_id) == ((before.page_id, before.sha256),)
        kept = work.entries.get(entry.entry_id)
        last = work.journal.of("page", entry.page_id)[-1]
    assert kept.values["nksHoTen"].text == "LÒ THỊ SAO"
    assert kept.candidates["nksHoTen"].text and kept.candidates["nksHoTen"].box is None
    assert last.act == "page.replace" and last.before and last.before["sha256"] == before.sha256
    assert set(codes(workspace, after)) == {"too blurred"}
    assert verify_journal(workspace, setup_actor()) is None


def test_a_scan_the_book_has_takes_no_second_place(
    workspace: Workspace, officer: Actor, page: Page, queue: Callable[..., Page], make_book: Callable[..., Book]
) -> None:
    with workspace.view(officer) as work:
        other = queue(work.books.get(page.book_id), "b")
    with pytest.raises(AlreadyThere, match="trang thứ 1"), workspace.unit_of_work(officer) as work:
        work.pages.replace(other.page_id, "a" * 64, "a.jpg", 1, 10, 10)


def test_no_scan_is_replaced_while_it_is_read(workspace: Workspace, officer: Actor, page: Page) -> None:
    with workspace.unit_of_work(worker_actor()) as work:
        work.pages.lease("w1", 60)
    with pytest.raises(StepNotLawful), workspace.unit_of_work(officer) as work:
        work.pages.replace(page.page_id, "f" * 64, "f.jpg", 1, 10, 10)
