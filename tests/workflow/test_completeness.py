"""A book with a cover, a double and two entries becomes whole; nothing keyed is set aside by oversight."""

import pypdfium2
import pytest

from digitize.access.actor import setup_actor, worker_actor
from digitize.books.steps import Step
from digitize.campaign.completeness import ClosingNote, PageEnd
from digitize.campaign.custody import Direction
from digitize.campaign.inventory import Stock
from digitize.errors import InputError, StepNotLawful
from digitize.workflow import completeness, custody, inventory, queues, review
from digitize.workflow.quality import pages_to_scan_again
from tests.lending import GIVER, GOOD, PARTIES, RECEIVER, lend

COVER, DOUBLE = 3, 4


@pytest.fixture(scope="module")
def book(peopled, person):
    """Two births of the samples, a cover nobody could read, and a double that the machine took for an entry."""
    with peopled.unit_of_work(setup_actor()) as work:
        for letter in "cd":
            work.pages.add(1, letter * 64, f"{letter}.jpg", 1, 1654, 2339)
    with peopled.unit_of_work(worker_actor()) as work:
        first = work.pages.lease("test", 60)
        work.pages.fail(first.page_id, "test", "form_unknown", "Không giống biểu mẫu nào.")
        second = work.pages.lease("test", 60)
        candidates = dict(work.entries.get(1).candidates)
        work.pages.finish(second.page_id, "test", [("KS-2015", candidates)])
        assert (first.page_id, second.page_id) == (COVER, DOUBLE)
    return peopled


def found(book):
    return completeness.completeness_of(book, GIVER, 1)


def test_the_book_becomes_whole(book, person):
    officer = person("officer")
    assert found(book).ends[None] == 4
    review.open_entry(book, officer, 3)  # the machine's entry on the double
    completeness.mark_pages(book, officer, [COVER], PageEnd.COVER)
    completeness.mark_pages(book, officer, [DOUBLE], PageEnd.DUPLICATE, "trùng trang 1")
    with book.view(officer) as work:
        assert work.entries.get(3).step is Step.SET_ASIDE
    assert {each.page.page_id for each in pages_to_scan_again(book, person("operator"), 1)}.isdisjoint({COVER, DOUBLE})
    assert queues.next_entry(book, officer, after_id=2).entry_id == 1
    for entry_id in (1, 2):
        review.open_entry(book, officer, entry_id)
        review.confirm(book, officer, entry_id, {"so": f"0{entry_id}"})
    assert found(book).ends == {
        PageEnd.ENTERED: 2, PageEnd.BLANK: 0, PageEnd.COVER: 1, PageEnd.CLOSING: 0, PageEnd.DUPLICATE: 1,
        PageEnd.SCAN_AGAIN: 0, None: 0,
    }  # fmt: skip
    assert found(book).is_whole


def test_numbers_and_the_closing_note_are_counted_against(book):
    inventory.count(book, GIVER, 1, Stock(1, 4))
    completeness.note_closing(book, GIVER, 1, ClosingNote(3, 4))
    assert found(book).open_points == ("thiếu số 3-4", "lời khóa sổ ghi 3 trường hợp, đã nhập 2")
    with pytest.raises(InputError):
        completeness.explain_gap(book, GIVER, 1, 3, 4, " ")
    completeness.explain_gap(book, GIVER, 1, 3, 4, "sổ đánh nhảy số")
    completeness.note_closing(book, GIVER, 1, ClosingNote(2, 4))
    assert found(book).is_whole


def test_the_report_goes_with_the_returned_book(book):
    lend(book, 1)
    back = custody.give(book, RECEIVER, Direction.RETURN, {1: GOOD}, *PARTIES)
    pdf = pypdfium2.PdfDocument(custody.minutes(book, RECEIVER, back.handover_id, "pdf"))
    text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "Kết quả kiểm đếm" in text
    report = pypdfium2.PdfDocument(completeness.report(book, GIVER, 1, "pdf"))[0].get_textpage().get_text_bounded()
    assert "Sổ đã nhập đủ." in report and "sổ đánh nhảy số" in report
    assert completeness.report(book, GIVER, 1, "docx").startswith(b"PK")


def test_a_page_with_a_confirmed_entry_is_no_blank_page(book, person):
    with pytest.raises(StepNotLawful):
        completeness.mark_pages(book, person("officer"), [1], PageEnd.BLANK)
    with pytest.raises(InputError):
        completeness.mark_pages(book, person("officer"), [COVER], PageEnd.ENTERED)


def test_what_was_set_aside_comes_back(book, person):
    completeness.mark_pages(book, person("officer"), [DOUBLE], None)
    with book.view(setup_actor()) as work:
        assert work.entries.get(3).step is Step.READ
    assert found(book).ends[None] == 1
