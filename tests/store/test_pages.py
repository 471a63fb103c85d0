"""Pages: taken in once, leased to one worker at a time, given back when the worker is lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from digitize.access.actor import setup_actor, worker_actor
from digitize.books.book import Book, Page, PageState
from digitize.books.kinds import BookKind
from digitize.errors import AlreadyThere, LeaseLost, NotFound, StepNotLawful
from digitize.store.unit_of_work import Workspace


def lease(workspace: Workspace, worker: str = "w1", seconds: float = 60) -> Page | None:
    with workspace.unit_of_work(worker_actor()) as work:
        return work.pages.lease(worker, seconds)


def run_out(workspace: Workspace) -> None:
    with workspace.engine.begin() as connection:
        past = datetime.now(UTC) - timedelta(seconds=1)
        connection.execute(text("UPDATE page SET lease_until = :past WHERE lease_until NOT NULL"), {"past": past})


def test_the_same_scan_twice_stays_one_page(
    workspace: Workspace, make_book: Callable[..., Book], queue: Callable[..., Page]
) -> None:
    book = make_book()
    first = queue(book, "a")
    with workspace.unit_of_work(setup_actor()) as work:
        again = work.pages.add(book.book_id, "a" * 64, "other_name.jpg", 1, 1200, 1700)
        next_of_file = work.pages.add(book.book_id, "a" * 64, "a.tif", 2, 1200, 1700)
        assert (again.already, again.page) == (True, first)
        assert (next_of_file.already, next_of_file.page.sequence) == (False, 2)
        assert work.pages.of_book(book.book_id) == (first, next_of_file.page)


def test_a_volume_is_opened_once(make_book: Callable[..., Book]) -> None:
    make_book()
    make_book(volume="02")
    with pytest.raises(AlreadyThere):
        make_book()


def test_a_page_belongs_to_a_book(workspace: Workspace) -> None:
    with pytest.raises(NotFound), workspace.unit_of_work(setup_actor()) as work:
        work.pages.add(1, "a" * 64, "a.jpg", 1, 10, 10)


def test_pages_are_leased_in_the_order_of_the_plan(
    workspace: Workspace, make_book: Callable[..., Book], queue: Callable[..., Page]
) -> None:
    death, birth, later_birth = make_book(BookKind.DEATH), make_book(), make_book(volume="02")
    queued = [queue(book, letter).page_id for book in (death, birth, later_birth) for letter in "ab"]
    leased = [lease(workspace) for _ in range(7)]
    assert [page and page.page_id for page in leased] == [*queued[2:], *queued[:2], None]


def test_no_page_is_leased_twice(
    workspace: Workspace, make_book: Callable[..., Book], queue: Callable[..., Page]
) -> None:
    book = make_book()
    pages = {queue(book, letter).page_id for letter in "0123456789"}
    together, leased = Barrier(4), list[int]()

    def work_through(worker: str) -> None:
        together.wait()
        while page := lease(workspace, worker):
            leased.append(page.page_id)

    workers = [Thread(target=work_through, args=(f"w{number}",)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(leased) == sorted(pages)


def test_a_lost_lease_comes_back_and_the_late_worker_is_told(
    workspace: Workspace, make_book: Callable[..., Book], queue: Callable[..., Page]
) -> None:
    queue(make_book())
    first = lease(workspace, "w1")
    assert lease(workspace, "w2") is None
    run_out(workspace)
    second = lease(workspace, "w2")
    assert first and second and (second.page_id, second.lease_owner, second.attempts) == (first.page_id, "w2", 2)
    with pytest.raises(LeaseLost), workspace.unit_of_work(worker_actor()) as work:
        work.pages.finish(first.page_id, "w1", [])
    with workspace.unit_of_work(worker_actor()) as work:
        work.pages.finish(first.page_id, "w2", [])
        assert work.pages.get(first.page_id).state is PageState.READ
    with pytest.raises(LeaseLost), workspace.unit_of_work(worker_actor()) as work:
        work.pages.fail(first.page_id, "w2", "scan_truncated", "Tệp ảnh bị cụt.")


def test_after_three_lost_leases_a_page_has_failed(
    workspace: Workspace, make_book: Callable[..., Book], queue: Callable[..., Page]
) -> None:
    book = make_book()
    page, next_page = queue(book, "a"), queue(book, "b")
    for _ in range(3):
        leased = lease(workspace)
        assert leased and leased.page_id == page.page_id
        run_out(workspace)
    after = lease(workspace)
    assert after and after.page_id == next_page.page_id
    with workspace.view(worker_actor()) as work:
        failed = work.pages.get(page.page_id)
    assert (failed.state, failed.failure_code, failed.attempts) == (PageState.FAILED, "given_up", 3)


def test_a_failed_page_is_tried_again_when_asked(
    workspace: Workspace, make_book: Callable[..., Book], queue: Callable[..., Page]
) -> None:
    page = queue(make_book())
    lease(workspace)
    with workspace.unit_of_work(worker_actor()) as work:
        with pytest.raises(StepNotLawful):
            work.pages.retry(page.page_id)
        failed = work.pages.fail(page.page_id, "w1", "form_unknown", "Không rõ biểu mẫu.")
        assert (failed.state, failed.failure_code) == (PageState.FAILED, "form_unknown")
        assert work.pages.retry(page.page_id) == page
    assert lease(workspace)
