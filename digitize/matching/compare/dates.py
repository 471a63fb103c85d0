"""Comparing two dates that may be partial."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from digitize.books.dates import PartialDate, parse_date
from digitize.matching.compare.agreement import EQUAL, Agreement, Verdict, different, missing, silent

# How near a typical slip leaves two dates. Ours, ordered by how often the domain notes tell of the slip.
SWAPPED, NEW_YEAR, YEAR_SLIP, ONE_PART, LUNAR, NEXT_YEAR, SAME_YEAR = 0.8, 0.8, 0.75, 0.7, 0.6, 0.6, 0.5
YEAR_STRENGTH = 0.5  # a bare year tells half of what a full date tells
LUNAR_DAYS = range(20, 51)  # a lunar date falls about a month before its solar one


def compare_dates(book: str, population: str) -> Verdict:
    """A bare year against a full date agrees only in part; 01/01 may stand for a year."""
    if verdict := silent(book, population):
        return verdict
    ours, theirs = _date(book), _date(population)
    if ours is None or theirs is None:
        return missing(f"{'sổ' if ours is None else 'CSDL dân cư'} ghi ngày không đọc được hoặc không có trên lịch")
    if "day" in (ours.precision, theirs.precision) and ours.precision == theirs.precision:
        return _full(ours, theirs)
    return _partial(ours, theirs)


def compare_years(book: str, population: str) -> Verdict:
    """Birth years of the parents, whatever else the book tells."""
    if verdict := silent(book, population):
        return verdict
    ours, theirs = _date(book), _date(population)
    if ours is None or theirs is None:
        return missing("năm sinh không đọc được")
    return EQUAL if ours.year == theirs.year else replace(_years_apart(ours, theirs), grade=_bare(ours, theirs))


@lru_cache(maxsize=50_000)
def _date(text: str) -> PartialDate | None:
    return parse_date(text)


def _partial(ours: PartialDate, theirs: PartialDate) -> Verdict:
    if ours.year != theirs.year:
        grade = f"bare_{_bare(ours, theirs)}"
        return replace(_years_apart(ours, theirs), strength=YEAR_STRENGTH, grade=grade)
    if ours == theirs:
        return Verdict(Agreement.EQUAL, 1.0, f"cả hai chỉ ghi {_known(ours)}", YEAR_STRENGTH, "partial")
    if ours.month and theirs.month and ours.month != theirs.month and not (_is_new_year(ours) or _is_new_year(theirs)):
        return Verdict(Agreement.DIFFERENT, SAME_YEAR, "cùng năm, khác tháng", YEAR_STRENGTH, "bare_next_year")
    if _is_new_year(ours) or _is_new_year(theirs):
        return Verdict(Agreement.ALIAS, 1.0, "01/01 thường được ghi khi chỉ biết năm sinh", YEAR_STRENGTH)
    side, shorter = ("sổ", ours) if len(ours.dotted) < len(theirs.dotted) else ("CSDL dân cư", theirs)
    why = f"{side} chỉ ghi {_known(shorter)}, chưa so được đủ ngày"
    return Verdict(Agreement.PARTIAL, 1.0, why, YEAR_STRENGTH)


def _full(ours: PartialDate, theirs: PartialDate) -> Verdict:
    if ours == theirs:
        return EQUAL
    if ours.year != theirs.year:
        return _lunar(ours, theirs) or _years_apart(ours, theirs)
    if (ours.day, ours.month) == (theirs.month, theirs.day):
        return different(SWAPPED, "ngày và tháng đảo chỗ", "swapped")
    if _is_new_year(ours) or _is_new_year(theirs):
        return different(NEW_YEAR, "cùng năm; 01/01 thường được ghi khi chỉ biết năm sinh", "new_year")
    if ours.day == theirs.day:
        return different(ONE_PART, "cùng năm, khác tháng", "month")
    if ours.month == theirs.month:
        return different(ONE_PART, "cùng tháng và năm, khác ngày", "day")
    return _lunar(ours, theirs) or different(SAME_YEAR, "cùng năm, khác ngày và tháng", "same_year")


def _years_apart(ours: PartialDate, theirs: PartialDate) -> Verdict:
    years = abs((ours.year or 0) - (theirs.year or 0))
    same_day = (ours.day, ours.month) == (theirs.day, theirs.month)
    if same_day and (years == 1 or _one_digit_off(ours, theirs)):
        why = "năm lệch 1" if years == 1 else "năm khác một chữ số"
        return different(YEAR_SLIP if ours.day else NEXT_YEAR if years == 1 else 0.3, why, "year_slip")
    return different(0.3 if years == 1 else 0.0, f"năm lệch {years}", _bare(ours, theirs))


def _bare(ours: PartialDate, theirs: PartialDate) -> str:
    return "next_year" if abs((ours.year or 0) - (theirs.year or 0)) == 1 else "far"


def _one_digit_off(ours: PartialDate, theirs: PartialDate) -> bool:
    return sum(a != b for a, b in zip(str(ours.year), str(theirs.year), strict=True)) == 1


def _lunar(ours: PartialDate, theirs: PartialDate) -> Verdict | None:
    days = abs((_calendar(ours) - _calendar(theirs)).days)
    return (
        different(LUNAR, f"lệch {days} ngày, có thể một bên ghi theo âm lịch", "lunar") if days in LUNAR_DAYS else None
    )


def _calendar(day: PartialDate) -> date:
    return date(day.year or 1, day.month or 1, day.day or 1)


def _is_new_year(day: PartialDate) -> bool:
    return (day.day, day.month) == (1, 1)


def _known(day: PartialDate) -> str:
    return "năm" if day.precision == "year" else "tháng và năm"
