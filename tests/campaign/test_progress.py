"""Counts added up, what is stuck, and when it will be done."""

from datetime import UTC, date, datetime, timedelta

import pytest

from digitize.books.book import Book
from digitize.books.kinds import BookKind
from digitize.campaign.custody import Place, Whereabouts
from digitize.campaign.forecast import forecast
from digitize.campaign.plan import Campaign
from digitize.campaign.progress import Counts, Standing, add_up, stuck_books, summed

TODAY = date(2026, 6, 1)
BOOK = Book(1, BookKind.BIRTH, "04468", "xã Mồ Dề", "137", "UBND", 1998, "01", datetime(2026, 1, 1, tzinfo=UTC))


def test_counts_add_up():
    half, whole = Counts(1, 10, confirmed=3, matched=2), Counts(1, 4, handed_over=4)
    both = summed([half, whole])
    assert (both.books, both.expected, both.done, both.share) == (2, 14, 9, 9 / 14)
    assert whole.is_finished and not half.is_finished and not Counts().is_finished
    assert summed([]) == Counts()
    standings = [Standing(BOOK, half, None), Standing(BOOK, whole, None)]
    assert add_up(standings, lambda book: book.kind) == {BookKind.BIRTH: both}


@pytest.mark.parametrize(
    ("counts", "moved", "place", "why"),
    [
        (Counts(1, 10, 5, 4, 1), None, None, "1 trang không đọc được"),
        (Counts(1, 10, 10, 10, read=10), TODAY - timedelta(days=20), None, "đứng yên 20 ngày"),
        (Counts(1, 10, 8, 8, read=8), TODAY, None, "quét thiếu 2 trường hợp"),
        (Counts(1, 10), None, Whereabouts(BOOK, Place.GOING), "Công an chưa nhận"),
        (Counts(1, 10), None, Whereabouts(BOOK, Place.LENT, datetime(2026, 5, 1, tzinfo=UTC)), "31 ngày chưa quét"),
        (Counts(1, 2, handed_over=2), None, Whereabouts(BOOK, Place.LENT, due=date(2026, 5, 30)), "quá hạn trả 2 ngày"),
    ],
)
def test_what_is_stuck_says_why(counts, moved, place, why):
    (stuck,) = stuck_books([Standing(BOOK, counts, moved)], [place] if place else [], TODAY, Campaign())
    assert why in "; ".join(stuck.reasons)


def test_a_finished_book_at_home_is_not_stuck():
    done = Standing(BOOK, Counts(1, 2, 2, 2, handed_over=2), TODAY - timedelta(days=90))
    assert stuck_books([done], [Whereabouts(BOOK, Place.AT_HOME)], TODAY, Campaign()) == ()


def test_the_forecast_goes_on_at_the_pace_of_four_weeks():
    by_day = {TODAY - timedelta(days=n): 10 for n in range(0, 40)}
    ahead = forecast(1000, 700, by_day, TODAY, date(2026, 7, 1))
    assert (ahead.left, ahead.per_day, ahead.needed) == (300, 10, 10)
    assert ahead.done_on == date(2026, 7, 1) and "kịp hạn" in ahead.told(date(2026, 7, 1))
    assert "chậm 16 ngày" in ahead.told(date(2026, 6, 15))


def test_without_a_pace_there_is_no_day():
    ahead = forecast(10, 2, {}, TODAY, date(2024, 12, 31))
    assert (ahead.done_on, ahead.needed) == (None, None) and "chưa có trường hợp nào" in ahead.told(TODAY)
    assert forecast(10, 10, {}, TODAY, TODAY).told(TODAY) == "Đã nhập xong."
