"""The keys by which an entry is found: names without diacritics, numbers, dates in any habit of writing.

Births have further keys, by which an entry finds those that may tell of the same birth or of the same parents.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from digitize.books.dates import PartialDate, parse_date
from digitize.books.names import name_key, unaccented

NAME, NUMBER, DATE = "name", "number", "date"
BIRTH, PARENTS, PARENTS_TOLD = "birth", "parents", "parents_told"
SHORT = 6  # digits: a shorter number is meant whole, a longer one may be the beginning of an ID number
LONGEST = 60  # letters of a key


@dataclass(frozen=True, slots=True)
class Asked:
    """One way to take what somebody typed: rows of `what` whose key is `key`, or begins with it."""

    what: str
    key: str
    whole: bool = False


def search_keys(texts: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """(what, key) of every name, number and date among the values of an entry, by column, and of the birth it tells."""
    return frozenset([found for column, text in texts.items() for found in _keys(column, text)] + [*birth_keys(texts)])


def asked(text: str) -> tuple[Asked, ...]:
    """The ways to take a text: "nguyen van an", "12/2/2017", "tháng 2 năm 2017", "015198000123", "45"."""
    ways = []
    if date := parse_date(text):
        ways.append(Asked(DATE, _date_key(date)))
    if number := _number(text):
        ways.append(Asked(NUMBER, number, whole=len(number) < SHORT or "/" in number))
    elif not date and (name := _name(text)):
        ways.append(Asked(NAME, name))
    return tuple(ways)


def birth_keys(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(what, key): two entries of one BIRTH key may be the same birth; of one PARENTS key they tell of brothers and
    sisters, whose books agree about the parents when they have one PARENTS_TOLD key too."""
    name, mother, father = (_name(texts.get(column, "")) for column in ("nksHoTen", "meHoTen", "chaHoTen"))
    born = parse_date(texts.get("nksNgaySinh", ""))
    if not name:
        return
    if born:
        yield BIRTH, _joined("name", name, str(born.year))
        yield BIRTH, _joined("given", name.split()[-1], _date_key(born))
        yield from [(BIRTH, _joined("mother", mother, _date_key(born)))] if mother else []
    if mother and father:
        years = (parse_date(texts.get(column, "")) for column in ("meNgaySinh", "chaNgaySinh"))
        yield PARENTS, _joined(mother, father)
        told = [texts[column].casefold() for column in ("meHoTen", "chaHoTen")]
        yield PARENTS_TOLD, _joined(*told, *(str(year.year) if year else "" for year in years))


def _joined(*parts: str) -> str:
    return "|".join(parts)


def _keys(column: str, text: str) -> Iterator[tuple[str, str]]:
    if column.endswith(("HoTen", "nguoiKy")):
        words = _name(text).split()
        yield from ((NAME, " ".join(words[start:])[:LONGEST]) for start in range(len(words)))
    elif "ngay" in column.lower() and (date := parse_date(text)):
        yield DATE, _date_key(date)
    elif _holds_number(column) and (number := _number(text)):
        yield NUMBER, number[:LONGEST]
        yield NUMBER, number.partition("/")[0][:LONGEST]  # "45/2017" is asked for as 45 too


def _holds_number(column: str) -> bool:
    """The entry's own number and those of papers and persons; volumes and pages would drown them."""
    return column == "so" or ("So" in column and column not in ("quyenSo", "trangSo"))


def _name(text: str) -> str:
    return " ".join(re.findall(r"[a-z]+", unaccented(name_key(text))))


def _number(text: str) -> str:
    """ "015 198 000 123" -> "015198000123", "Số 045/2017" -> "45/2017", "B1234567" -> "b1234567".

    "" where letters prevail.
    """
    number, _, year = re.sub(r"^\W*so\b", "", unaccented(text)).partition("/")
    plain = re.sub(r"\W", "", number)
    digits = sum(letter.isdigit() for letter in plain)
    if digits == 0 or digits * 2 < len(plain):
        return ""
    plain = plain if len(plain) >= SHORT else plain.lstrip("0") or "0"
    return f"{plain}/{re.sub(r'[^a-z0-9]', '', year)}" if year else plain


def _date_key(date: PartialDate) -> str:
    """ "2017", "2017-02", "2017-02-03": a coarser date begins the finer ones."""
    parts = [f"{date.year:04d}", *(f"{part:02d}" for part in (date.month, date.day) if part is not None)]
    return "-".join(parts)
