from datetime import date as Day

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.books.dates import PartialDate, date_in_words, parse_date, parse_date_words

DAYS = st.dates(Day(1900, 1, 1), Day(2100, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "5/2/2004",
        "05.02.2004",
        "5-2-2004",
        "05 / 02 / 2004",
        "ngày 05 tháng 02 năm 2004",
        "Ngày 5, tháng 2, năm 2004.",
        "ngay 05 thang 02 nam 2004",
        "05 tháng 2 năm 2004",
        "05022004",
        "05 02 2004",
        "5/2/2004.",
        "mồng 5 tháng 2 năm 2004",
    ],
)
def test_every_habit_of_a_full_date(text: str) -> None:
    assert parse_date(text) == PartialDate(5, 2, 2004)


@pytest.mark.parametrize(
    ("text", "dotted"),
    [
        ("02/2004", "02.2004"),
        ("tháng 2 năm 2004", "02.2004"),
        ("ngày ... tháng 02 năm 2004", "02.2004"),
        ("022004", "02.2004"),
        ("1984", "1984"),
        ("năm 1984", "1984"),
        ("ngày … tháng … năm 1984", "1984"),
        ("29/2/2004", "29.02.2004"),
    ],
)
def test_partial_dates_stay_partial(text: str, dotted: str) -> None:
    date = parse_date(text)
    assert date is not None
    assert date.dotted == dotted


@pytest.mark.parametrize(
    "text",
    [
        *("", "không rõ", "5/2/04", "84", "31/02/2004", "29/2/2003", "32/1/2004", "5/13/2004", "00/00/1984"),
        *("01/04/5005", "1849", "2101", "5/2", "5/2/2004 và 6/2/2004", "tháng 5 ngày 2 năm 2004", "13/2004"),
    ],
)
def test_what_is_no_possible_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@given(DAYS)
def test_digits_there_and_back(day: Day) -> None:
    date = PartialDate(day.day, day.month, day.year)
    assert parse_date(date.dotted) == date
    assert date.is_plausible


@given(DAYS, st.sampled_from(["day", "month", "year"]))
def test_words_there_and_back(day: Day, precision: str) -> None:
    date = PartialDate(day.day if precision == "day" else None, day.month if precision != "year" else None, day.year)
    assert date.precision == precision
    assert parse_date_words(date_in_words(date)) == date
    assert parse_date_words(date_in_words(date).upper()) == date


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (PartialDate(5, 4, 2004), "Ngày năm tháng tư năm hai nghìn không trăm linh bốn"),
        (PartialDate(31, 12, 1995), "Ngày ba mươi mốt tháng mười hai năm một nghìn chín trăm chín mươi lăm"),
        (PartialDate(15, 11, 2000), "Ngày mười lăm tháng mười một năm hai nghìn"),
        (PartialDate(24, 1, 2010), "Ngày hai mươi tư tháng một năm hai nghìn không trăm mười"),
        (PartialDate(None, 5, 1984), "Tháng năm năm một nghìn chín trăm tám mươi tư"),
        (PartialDate(None, None, 1905), "Năm một nghìn chín trăm linh năm"),
        (PartialDate(None, None, None), ""),
    ],
)
def test_words_as_they_are_said(date: PartialDate, words: str) -> None:
    assert date_in_words(date) == words


@pytest.mark.parametrize(
    ("words", "dotted"),
    [
        ("mồng một tháng giêng năm một ngàn chín trăm chín mươi", "01.01.1990"),
        ("Ngày mùng bốn, tháng chạp, năm hai ngàn lẻ bốn", "04.12.2004"),
        ("hai mươi bốn tháng bốn năm hai nghìn không trăm linh tư", "24.04.2004"),
        ("ngày hai nhăm tháng năm năm hai nghìn không trăm lẻ năm", "25.05.2005"),
        ("ngày hai mốt tháng bảy năm một nghìn chín trăm chín lăm", "21.07.1995"),
        ("ngày hai mươi bẩy tháng tám năm hai nghìn không trăm linh tám", "27.08.2008"),
        ("ngay muoi lam thang muoi nam hai nghin khong tram muoi", "15.10.2010"),
        ("năm hai nghìn mười tám", "2018"),
    ],
)
def test_variants_in_words(words: str, dotted: str) -> None:
    date = parse_date_words(words)
    assert date is not None
    assert date.dotted == dotted


@pytest.mark.parametrize(
    "words",
    [
        *("", "không rõ", "ngày năm tháng hai", "ba mươi mốt tháng hai năm hai nghìn", "năm hai nghìn năm"),
        *("ngày mười tháng mười ba năm hai nghìn", "ngày đẹp tháng hai năm hai nghìn", "năm năm nghìn không trăm"),
    ],
)
def test_words_that_leave_a_doubt_are_none(words: str) -> None:
    assert parse_date_words(words) is None


@given(st.text(max_size=30))
def test_reading_never_raises(text: str) -> None:
    for date in (parse_date(text), parse_date_words(text)):
        assert date is None or date.is_plausible


@pytest.mark.parametrize(
    "date",
    [PartialDate(1, None, 2000), PartialDate(1, 1, None), PartialDate(30, 2, 2000), PartialDate(None, 0, 2000)],
)
def test_a_gap_or_an_impossible_day_is_not_plausible(date: PartialDate) -> None:
    assert not date.is_plausible


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("1/2/2017", "3/2/2017", True),
        ("3/2/2017", "1/2/2017", False),
        ("3/2/2017", "3/2/2017", False),
        ("2016", "3/2/2017", True),
        ("2017", "3/2/2017", False),
        ("1/2017", "3/2/2017", True),
    ],
)
def test_a_date_is_before_another_only_when_both_tell_it(one: str, other: str, before: bool) -> None:
    first, second = parse_date(one), parse_date(other)
    assert first and second
    assert first.is_before(second) is before
