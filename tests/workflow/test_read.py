"""Readings of a picture's pages put together."""

from digitize.books.entry import Candidate
from digitize.ocr.reader import PageReading
from digitize.workflow.read import together


def entry(**texts: str) -> dict[str, Candidate]:
    return {column: Candidate(text, text, 0.9, None) for column, text in texts.items()}


def texts(reading: PageReading) -> list[dict[str, str]]:
    return [{column: candidate.text for column, candidate in each.items()} for each in reading.entries]


UNKNOWN = PageReading(None, (), ())
LEFT = PageReading("KS-1998", (entry(so="01"), entry(so="02"), entry(so="04")), (), 0, (0.2, 0.3, 0.5))


def test_two_pages_of_a_spread_are_two_entries() -> None:
    page = PageReading("KS-2015", (entry(so="01"),), ())
    reading = together([page, PageReading("KS-2015", (entry(so="02"),), ())])
    assert texts(reading) == [{"so": "01"}, {"so": "02"}]


def test_a_blank_back_says_nothing() -> None:
    page = PageReading("KS-2015", (entry(so="01"),), ())
    assert together([UNKNOWN, page]) == page
    assert together([UNKNOWN, UNKNOWN]).form_id is None


def test_rows_at_the_same_height_are_one_entry() -> None:
    right = PageReading("KS-1998", (entry(ghiChu="a"), entry(ghiChu="c")), (), 1, (0.21, 0.49))
    reading = together([LEFT, right])
    assert texts(reading) == [{"so": "01", "ghiChu": "a"}, {"so": "02"}, {"so": "04", "ghiChu": "c"}]
    assert reading.problems == ()


def test_a_row_of_one_page_only_is_kept_and_told() -> None:
    right = PageReading("KS-1998", (entry(ghiChu="x"),), (), 1, (0.8,))
    reading = together([LEFT, right])
    assert texts(reading)[-1] == {"ghiChu": "x"}
    assert [problem.code for problem in reading.problems] == ["row_on_one_page"]


def test_half_a_spread_is_kept_and_told() -> None:
    reading = together([LEFT])
    assert len(reading.entries) == 3
    assert [problem.code for problem in reading.problems] == ["half_of_spread"]
