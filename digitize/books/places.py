"""Administrative units with their days of validity, and places as the books write them.

units.csv holds the 173 communes of Yên Bái as they were from 01/03/2020 (the plan counts these), the two
communes that took a used code on 01/03/2025, and for each the unit of Lào Cai that keeps its books since
01/07/2025. Re-keyed facts; `successor_mark` B = believed or told differently by two sources, V = verified.
A book keeps the name of its time: names and codes were used again for other areas later.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from digitize.books.names import name_key, tidy, unaccented
from digitize.errors import NotFound

PROVINCE_CODE, PROVINCE = "15", "Yên Bái"  # statistics code until 30/06/2025; Lào Cai took it over afterwards
PLAN_DAY = date(2023, 9, 1)  # start of the plan


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune (xã, phường, thị trấn) while it had this name, district and code."""

    code: str
    name: str  # without its kind
    kind: str
    district_code: str
    district: str
    valid_from: date
    valid_to: date | None  # last day; None = still valid
    successor_code: str
    successor_name: str
    successor_mark: str  # V verified, B believed
    also: tuple[str, ...]  # other spellings of the name

    @property
    def title(self) -> str:
        """ "xã Mồ Dề, huyện Mù Cang Chải, tỉnh Yên Bái"."""
        return f"{self.kind} {self.name}, {self.district[0].lower()}{self.district[1:]}, tỉnh {PROVINCE}"

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@cache
def _units() -> tuple[Unit, ...]:
    text = files(__package__).joinpath("units.csv").read_text("utf-8")
    return tuple(_unit(row) for row in csv.DictReader(text.splitlines()))


def _unit(row: dict[str, str]) -> Unit:
    return Unit(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        district_code=row["district_code"],
        district=row["district"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        successor_code=row["successor_code"],
        successor_name=row["successor_name"],
        successor_mark=row["successor_mark"],
        also=tuple(filter(None, row["also"].split("|"))),
    )


def units_valid_on(day: date) -> tuple[Unit, ...]:
    """The communes of that day in the order of their codes; 173 on PLAN_DAY."""
    return tuple(unit for unit in _units() if unit.is_valid_on(day))


def unit(code: str, day: date = PLAN_DAY) -> Unit:
    """The commune that had this code on that day. Raises NotFound."""
    for found in units_valid_on(day):
        if found.code == code:
            return found
    raise NotFound(f"Không có đơn vị hành chính mã {code} vào ngày {day:%d/%m/%Y}.")


@cache
def _districts() -> dict[str, str]:
    return {unit.code: unit.district_code for unit in _units()}


def covers(scope: frozenset[str], unit_code: str) -> bool:
    """Whether a scope reaches a unit: each code in it covers itself and everything below.

    Codes: commune "04375", district "136", province "15".
    """
    return bool(scope & set(_line(unit_code)))


def _line(code: str) -> Iterable[str]:
    """The code and the codes above it; an unknown code stands alone."""
    yield code
    district = _districts().get(code, code)
    if district in _districts().values():
        yield from (district, PROVINCE_CODE)


_KIND_WORDS = {"xã": "(?:xa|x)", "phường": "(?:phuong|p)", "thị trấn": "(?:thi tran|tt)"}
_DISTRICT_WORDS = r"(?:huyen|thixa|thanh pho|tp|tx|quan|h)"
_NAME_ENDS = rf"(?=\s*(?:,|$)|\s+(?:{_DISTRICT_WORDS}|tinh)\b)"
_PROVINCE_PLAIN = unaccented(PROVINCE)


def find_unit(text: str, day: date) -> Unit | None:
    """The commune that a place or office names, e.g. "UBND xã Mồ Dề, huyện Mù Cang Chải, tỉnh Yên Bái".

    Compared without diacritics; a named district or province must fit. None when no commune of that day
    fits, or more than one.
    """
    plain = _plain(text)
    there = [unit for unit in units_valid_on(day) if _fits_above(unit, plain)]
    found = [unit for unit in there if _is_named(unit, plain)] or [unit for unit in there if _leads(unit, plain)]
    for sharper in (_has_district_behind, _has_its_letters):
        if len(found) > 1:
            found = [unit for unit in found if sharper(unit, text)] or found
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> str:
    """Lower case without diacritics; dots are blanks, other marks commas; "thị xã" in one word, not a xã."""
    marked = re.sub(r"[^\w\s]+", ",", unaccented(tidy(text)).replace(".", " "))
    return re.sub(r"\bthi xa\b", "thixa", " ".join(marked.split()))


def _names(unit: Unit) -> tuple[str, ...]:
    return (unit.name, *unit.also)


def _is_named(unit: Unit, plain: str) -> bool:
    names = "|".join(unaccented(name) for name in _names(unit))
    return re.search(rf"\b{_KIND_WORDS[unit.kind]}\s+(?:{names}){_NAME_ENDS}", plain) is not None


def _leads(unit: Unit, plain: str) -> bool:
    """Written without its kind, as in "Mồ Dề, Mù Cang Chải, Yên Bái": first part, its district behind it."""
    first = plain.split(",")[0].strip()
    return first in map(unaccented, _names(unit)) and _has_district_behind(unit, plain)


def _has_district_behind(unit: Unit, text: str) -> bool:
    behind = [part.strip() for part in _plain(text).split(",")[1:]]
    if behind and behind[-1] in {_PROVINCE_PLAIN, f"tinh {_PROVINCE_PLAIN}"}:
        behind.pop()  # the city has the same name
    return any(part.endswith(_district_name(unit)) for part in behind)


def _has_its_letters(unit: Unit, text: str) -> bool:
    """Diacritics included; tells Minh Quân from Minh Quán."""
    return any(name_key(name) in name_key(text) for name in _names(unit))


def _district_name(unit: Unit) -> str:
    return re.sub(r"^(?:huyen|thi xa|thanh pho) ", "", unaccented(unit.district))


def _fits_above(unit: Unit, plain: str) -> bool:
    """No district or province is named that is not the unit's own."""
    districts = re.findall(rf"\b{_DISTRICT_WORDS}\s+([a-z ]+?){_NAME_ENDS}", plain)
    provinces = re.findall(r"\btinh\s+([a-z ]+?)\s*(?:,|$)", plain)
    return all(name == _district_name(unit) for name in districts) and all(
        name == _PROVINCE_PLAIN for name in provinces
    )


_NAME = r"[^\W\d][^,;:]*?"
_GAP = r"[\s,;-]+"
_COMMUNE = rf"(?:(?<!thị )(?:xã|phường|thị trấn|tt)\s+|(?:tt|p)\.\s*){_NAME}"
_DISTRICT = rf"(?:(?:huyện|quận|thị xã|thành phố|tp|tx|h)\s+|(?:tp|tx|h)\.\s*){_NAME}"
_ABOVE = rf"(?:{_GAP}(?:tỉnh|thành phố|tp)\s+{_NAME}|,\s*{_NAME})*"
_TAIL = re.compile(
    rf"(?:^|(?<=[\s,;(-]))(?:{_COMMUNE}(?:{_GAP}{_DISTRICT})?{_ABOVE}|{_DISTRICT}{_ABOVE}|tỉnh\s+{_NAME})[\s.)]*$",
    re.IGNORECASE,
)


def administrative_part(text: str) -> str:
    """The tail of a place that names its xã, huyện, tỉnh, word for word; "" when it names none."""
    found = _TAIL.search(tidy(text))
    return found[0].strip(" .)") if found else ""
