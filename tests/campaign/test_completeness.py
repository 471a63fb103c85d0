"""Pages, numbers and counts of a book, and what still stands between it and being whole."""

from datetime import UTC, datetime

import pytest

from digitize.books.book import Book
from digitize.books.kinds import BookKind
from digitize.campaign.completeness import ClosingNote, Completeness, Gap, PageEnd, PageStanding, as_runs
from digitize.campaign.inventory import Stock, Volume

BOOK = Book(1, BookKind.BIRTH, "04468", "xã Mồ Dề", "137", "UBND", 1998, "01", datetime(2026, 1, 1, tzinfo=UTC))
ENTERED = PageStanding(1, 1, "a.jpg", 3, 0)


def book(*pages, numbers=(1, 2, 3), stock=None, gaps=(), closing=None, unreadable=0):
    return Completeness(Volume(BOOK, stock), pages or (ENTERED,), numbers, unreadable, gaps, closing)


@pytest.mark.parametrize(
    ("confirmed", "unconfirmed", "marked", "end"),
    [
        (1, 0, None, PageEnd.ENTERED),
        (1, 1, None, None),
        (0, 0, None, None),
        (0, 0, PageEnd.BLANK, PageEnd.BLANK),
    ],
)
def test_a_page_ends_as_exactly_one_thing(confirmed, unconfirmed, marked, end):
    assert PageStanding(1, 1, "a.jpg", confirmed, unconfirmed, marked).end is end


@pytest.mark.parametrize(("numbers", "told"), [((), ""), ((5, 6, 7, 9), "5-7, 9"), ((2,), "2"), ((3, 1, 2), "1-3")])
def test_numbers_are_told_in_runs(numbers, told):
    assert as_runs(numbers) == told


def test_a_whole_book_has_no_open_points():
    assert book(stock=Stock(1, 3), closing=ClosingNote(3, 1)).is_whole


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (book(stock=Stock(1, 5)), "thiếu số 4-5"),
        (book(numbers=(1, 2, 2, 3)), "trùng số 2"),
        (book(unreadable=2), "2 trường hợp không có số"),
        (book(closing=ClosingNote(4, None)), "lời khóa sổ ghi 4 trường hợp, đã nhập 3"),
        (book(ENTERED, PageStanding(2, 2, "b.jpg", 0, 0)), "1 trang chưa rõ"),
        (book(ENTERED, PageStanding(2, 2, "b.jpg", 0, 0, PageEnd.SCAN_AGAIN)), "1 trang phải quét lại"),
    ],
)
def test_what_is_open_is_told(found, told):
    (point,) = found.open_points
    assert told in point


def test_a_book_nobody_has_scanned_is_not_whole():
    assert Completeness(Volume(BOOK, None), (), (), 0, (), None).open_points == ("chưa quét trang nào",)


def test_numbers_with_a_reason_are_not_missing():
    found = book(numbers=(1, 4), gaps=(Gap(2, 3, "nhảy số"),))
    assert found.missing == () and found.is_whole


def test_a_misread_number_does_not_make_a_million_missing():
    assert book(numbers=(1, 9_999_999)).missing == ()
