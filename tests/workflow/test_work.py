"""The worker survives what engines do, and loses no page over it."""

import logging
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from digitize.access.actor import Actor, Agency, Role, setup_actor, worker_actor
from digitize.books.book import Book, Page, PageState
from digitize.books.kinds import BookKind
from digitize.books.steps import Step
from digitize.ocr.engine import Engine
from digitize.settings import REPOSITORY, Settings
from digitize.store.unit_of_work import Workspace, verify_journal
from digitize.workflow.take_in import open_book, take_in
from digitize.workflow.work import read_queued
from tests.engines import Crashing, Garbled, Silent

SAMPLE = REPOSITORY / "sample_scans" / "ks_01.jpg"
OPERATOR = Actor("operator", Agency.CIVIL_STATUS, "24999", frozenset({Role.OPERATOR}), frozenset({"24999"}))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(Settings(workspace=tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def make_book(workspace: Workspace) -> Callable[..., Book]:
    def make(kind: BookKind = BookKind.BIRTH) -> Book:
        return open_book(workspace, OPERATOR, kind, "24999", "xã Suối Mơ", "140", "UBND xã Suối Mơ", 2017, "01")

    return make


@pytest.fixture
def book(workspace: Workspace, make_book: Callable[..., Book]) -> Book:
    """A birth book with two pages in the queue: paper of some colour, then the sample."""
    made = make_book()
    queue(workspace, made, "paper.png", paper())
    queue(workspace, made, "ks_01.jpg", SAMPLE.read_bytes())
    return made


def paper(shade: int = 250) -> bytes:
    file = BytesIO()
    Image.new("RGB", (800, 1100), (shade, shade, shade)).save(file, "PNG")
    return file.getvalue()


def queue(workspace: Workspace, book: Book, name: str, content: bytes) -> None:
    (taken,) = take_in(workspace, OPERATOR, book.book_id, [(name, BytesIO(content))])
    assert taken.error is None


def read(workspace: Workspace, engine: Engine) -> list[str]:
    """What became of each page."""
    told: list[str] = []
    tried = read_queued(workspace, worker_actor(), engine, "worker-1", lambda page, outcome: told.append(outcome))
    assert tried == len(told)
    return told


def pages(workspace: Workspace, book: Book) -> tuple[Page, ...]:
    with workspace.view(setup_actor()) as work:
        return work.pages.of_book(book.book_id)


@pytest.mark.parametrize("engine", [Silent(), Garbled()], ids=["silent", "garbled"])
def test_pages_in_which_no_form_is_seen_have_failed_and_say_so(
    workspace: Workspace, book: Book, engine: Engine
) -> None:
    assert read(workspace, engine) == ["form_unknown"] * 2
    assert {page.state for page in pages(workspace, book)} == {PageState.FAILED}
    assert "không giống biểu mẫu" in str(pages(workspace, book)[0].failure_message)


def test_a_page_of_another_book_is_refused_and_told_as_what_it_is(
    workspace: Workspace, make_book: Callable[..., Book], remembering: Engine
) -> None:
    births = make_book()
    queue(workspace, births, "kh_01.jpg", SAMPLE.with_name("kh_01.jpg").read_bytes())
    assert read(workspace, remembering) == ["form_unknown"]
    assert "là trang sổ kết hôn, không phải sổ khai sinh" in str(pages(workspace, births)[0].failure_message)


def test_an_engine_that_breaks_down_on_a_page_reads_the_others(
    workspace: Workspace, book: Book, remembering: Engine
) -> None:
    assert read(workspace, Crashing(remembering)) == ["engine", "read"]
    broken, good = pages(workspace, book)
    assert (broken.state, broken.failure_code) == (PageState.FAILED, "engine")
    assert f"trang số {broken.page_id}" in str(broken.failure_message)
    assert (good.state, good.form_id) == (PageState.READ, "KS-2015")


def test_a_break_down_is_journalled_and_the_chain_holds(workspace: Workspace, book: Book) -> None:
    read(workspace, Crashing())
    for page in pages(workspace, book):
        with workspace.view(setup_actor()) as work:
            last = work.journal.of("page", page.page_id)[-1]
        assert (last.act, last.after and last.after["failure_code"]) == ("page.fail", "engine")
    assert verify_journal(workspace, setup_actor()) is None


def test_the_log_tells_where_the_engine_broke_down_but_not_what_it_saw(
    workspace: Workspace, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        read(workspace, Crashing())
    assert "RuntimeError" in caplog.text
    assert "engines.py" in caplog.text
    assert f"page {pages(workspace, book)[0].page_id}" in caplog.text
    assert "SAO" not in caplog.text and "015302" not in caplog.text


def test_a_page_that_failed_can_be_read_again(workspace: Workspace, book: Book, remembering: Engine) -> None:
    read(workspace, Crashing())
    sample = pages(workspace, book)[1]
    with workspace.unit_of_work(OPERATOR) as work:
        work.pages.retry(sample.page_id)
    assert read(workspace, remembering) == ["read"]
    assert pages(workspace, book)[1].failure_code is None


def test_an_original_that_is_gone_is_told_as_that(workspace: Workspace, book: Book) -> None:
    workspace.archive.path_of(pages(workspace, book)[0].sha256).unlink()
    assert read(workspace, Silent()) == ["not_found", "form_unknown"]


def test_a_page_given_to_another_worker_meanwhile_is_left_to_it(workspace: Workspace, book: Book) -> None:
    class Slow(Silent):
        def find(self, page, closely=False):  # type: ignore[no-untyped-def]
            with workspace.unit_of_work(setup_actor()) as work:
                for waiting in work.pages.of_book(book.book_id):
                    if waiting.state is PageState.READING:
                        work.pages.fail(waiting.page_id, str(waiting.lease_owner), "given_up", "")
            return super().find(page, closely)

    assert read(workspace, Slow()) == ["lease_lost"] * 2
    assert {page.failure_code for page in pages(workspace, book)} == {"given_up"}


def test_a_page_of_a_book_without_a_known_layout_is_keyed_by_hand(
    workspace: Workspace, make_book: Callable[..., Book]
) -> None:
    notes = make_book(BookKind.DIVORCE_NOTE)
    queue(workspace, notes, "a.png", paper(249))
    assert read(workspace, Silent()) == ["read"]
    with workspace.view(setup_actor()) as work:
        (entry,) = work.entries.of_book(notes.book_id)
    assert (entry.form_id, entry.step, entry.candidates) == ("LH-2015", Step.READ, {})


def test_a_page_of_another_kind_is_not_pressed_into_a_book_without_a_layout(
    workspace: Workspace, make_book: Callable[..., Book], remembering: Engine
) -> None:
    notes = make_book(BookKind.DIVORCE_NOTE)
    queue(workspace, notes, "ks_01.jpg", SAMPLE.read_bytes())
    assert read(workspace, remembering) == ["form_unknown"]
    assert "là trang sổ khai sinh" in str(pages(workspace, notes)[0].failure_message)


def test_nothing_waits_and_nothing_is_read(workspace: Workspace) -> None:
    assert read(workspace, Crashing()) == []
