"""Dates as the books have them: partial dates are lawful values, words are an independent second reading."""

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Literal

from digitize.books.names import tidy, unaccented

FIRST_YEAR, LAST_YEAR = 1850, 2100

Precision = Literal["day", "month", "year", "unknown"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """What is known of a date; None where the book is silent."""

    day: int | None
    month: int | None
    year: int | None

    @property
    def precision(self) -> Precision:
        """The finest part that is known together with everything coarser."""
        if self.year is None:
            return "unknown"
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def dotted(self) -> str:
        """`dd.mm.yyyy`, `mm.yyyy`, `yyyy` as in the Ministry's template, or "" when unknown."""
        match self.precision:
            case "day":
                return f"{self.day:02d}.{self.month:02d}.{self.year:04d}"
            case "month":
                return f"{self.month:02d}.{self.year:04d}"
            case "year":
                return f"{self.year:04d}"
        return ""

    def is_before(self, other: "PartialDate") -> bool:
        """Whether it is earlier for certain: in the parts that both tell."""
        for own, theirs in ((self.year, other.year), (self.month, other.month), (self.day, other.day)):
            if own is None or theirs is None:
                return False
            if own != theirs:
                return own < theirs
        return False

    @property
    def is_plausible(self) -> bool:
        """A day that the calendar has, in the years 1850..2100, with no gap between the known parts."""
        if self.year is None or not FIRST_YEAR <= self.year <= LAST_YEAR:
            return False
        if self.month is None:
            return self.day is None
        if not 1 <= self.month <= 12:
            return False
        return self.day is None or 1 <= self.day <= monthrange(self.year, self.month)[1]


_MARK = r"\s*[/.,\-\u2013\u2014]\s*|\s+"
_MONTH = rf"(?:\s*,?\s*thang\s*|{_MARK})"
_YEAR = rf"(?:\s*,?\s*nam\s*|{_MARK})"
_DAY = r"(?:ngay\s*)?(?:m[ou]ng\s*)?"
_HABITS = (
    re.compile(rf"{_DAY}(?P<day>\d{{1,2}}){_MONTH}(?P<month>\d{{1,2}}){_YEAR}(?P<year>\d{{4}})"),
    re.compile(rf"(?:ngay\W*)?(?:thang\s*)?(?P<month>\d{{1,2}}){_YEAR}(?P<year>\d{{4}})"),
    re.compile(r"(?:ngay\W*)?(?:thang\W*)?(?:nam\W*)?(?P<year>\d{4})"),
    re.compile(r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d{4})"),
    re.compile(r"(?P<month>\d\d)(?P<year>\d{4})"),
)


def parse_date(text: str) -> PartialDate | None:
    """Reads a date in digits in any habit of the books; None when it is none, impossible or two-digit."""
    plain = unaccented(tidy(text)).strip(" .,;:")
    for habit in _HABITS:
        if found := habit.fullmatch(plain):
            parts = {name: int(value) for name, value in found.groupdict().items()}
            date = PartialDate(parts.get("day"), parts.get("month"), parts["year"])
            return date if date.is_plausible else None
    return None


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}


def _below_hundred_in_words(number: int) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return _DIGITS[unit]
    if tens == 1:
        return " ".join(["mười", *([{5: "lăm"}.get(unit, _DIGITS[unit])] if unit else [])])
    return " ".join([_DIGITS[tens], "mươi", *([_AFTER_TENS.get(unit, _DIGITS[unit])] if unit else [])])


def _year_in_words(year: int) -> str:
    thousands, below = divmod(year, 1000)
    hundreds, rest = divmod(below, 100)
    words = [_DIGITS[thousands], "nghìn"]
    if below:
        words += [_DIGITS[hundreds], "trăm"]
    if rest:
        words += (["linh"] if rest < 10 else []) + [_below_hundred_in_words(rest)]
    return " ".join(words)


def date_in_words(date: PartialDate) -> str:
    """ "Ngày năm tháng tư năm hai nghìn không trăm linh bốn"; a partial date in fewer words, unknown ""."""
    if date.year is None:
        return ""
    words = f"năm {_year_in_words(date.year)}"
    if date.month is not None:
        words = f"tháng {'tư' if date.month == 4 else _below_hundred_in_words(date.month)} {words}"
        if date.day is not None:
            words = f"ngày {_below_hundred_in_words(date.day)} {words}"
    return words[0].upper() + words[1:]


_UNITS = {
    **{"khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5},
    **{"sau": 6, "bay": 7, "tam": 8, "chin": 9},
}
_MONTH_NAMES = {"gieng": 1, "chap": 12}


def _below_hundred(words: list[str]) -> int | None:
    """A number 0..99 from unaccented words: "hai muoi mot", "muoi lam", "hai mot"."""
    match words:
        case [unit] if unit in _UNITS:
            return _UNITS[unit]
        case ["muoi"]:
            return 10
        case ["muoi", unit] if _UNITS.get(unit):
            return 10 + _UNITS[unit]
        case [tens, "muoi"] if _UNITS.get(tens, 0) > 1:
            return 10 * _UNITS[tens]
        case [tens, "muoi", unit] | [tens, unit] if _UNITS.get(tens, 0) > 1 and _UNITS.get(unit):
            return 10 * _UNITS[tens] + _UNITS[unit]
    return None


def _rest(words: list[str]) -> int | None:
    """What follows trăm or nghìn; one bare unit ("hai nghìn năm") is ambiguous, hence None."""
    match words:
        case []:
            return 0
        case ["linh" | "le", unit] if _UNITS.get(unit):
            return _UNITS[unit]
        case [_]:
            return 10 if words == ["muoi"] else None
    return _below_hundred(words)


def _below_thousand(words: list[str]) -> int | None:
    match words:
        case [hundreds, "tram", *rest] if hundreds in _UNITS:
            below = _rest(rest)
            return None if below is None else 100 * _UNITS[hundreds] + below
    return _rest(words)


def _year_from_words(words: list[str]) -> int | None:
    match words:
        case [thousands, "nghin" | "ngan", *rest] if thousands in _UNITS:
            below = _below_thousand(rest)
            return None if below is None else 1000 * _UNITS[thousands] + below
    return None


def _day_and_month(words: list[str]) -> tuple[int | None, int | None] | None:
    """Day and month from what stands before the year; None when words are left unexplained."""
    if not words:
        return None, None
    if "thang" not in words:
        return None
    at = words.index("thang")
    month_words, day_words = words[at + 1 :], [w for w in words[:at] if w not in {"ngay", "mong", "mung"}]
    named = _MONTH_NAMES.get(month_words[0]) if len(month_words) == 1 else None
    month = named or _below_hundred(month_words)
    day = _below_hundred(day_words) if day_words else None
    return None if month is None or (day_words and day is None) else (day, month)


def parse_date_words(text: str) -> PartialDate | None:
    """Reads a date in words with its variants (mốt, tư, lăm, nhăm, linh, lẻ, ngàn, mồng, giêng, chạp).

    Diacritics and case do not matter. None when any word stays unexplained or the date is impossible.
    """
    words = re.findall(r"[a-z]+", unaccented(tidy(text)))
    for at in (i for i, word in enumerate(words) if word == "nam"):
        year, before = _year_from_words(words[at + 1 :]), _day_and_month(words[:at])
        if year is not None and before is not None:
            date = PartialDate(*before, year)
            return date if date.is_plausible else None
    return None
