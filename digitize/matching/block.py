"""Blocking: the few keys by which near citizens are fetched, so that nobody scans the whole extract."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

from digitize.books.dates import PartialDate, parse_date
from digitize.books.personal_id import personal_id_digits
from digitize.books.persons import Person
from digitize.matching.population import Citizen
from digitize.matching.words import plain_name

ANY_TIME = (0, 99_999_999)


@dataclass(frozen=True, slots=True)
class Keys:
    """What citizens are fetched and ranked by: unaccented, "" where unknown."""

    personal_id: str
    name: str
    given: str
    born: int  # 20160305, 20160300, 20160000, 0 = as much as is known
    mother: str
    father: str


@dataclass(frozen=True, slots=True)
class Probe:
    """One question: this value under this key, born in one of these spans; column "" asks for the spans alone."""

    column: str
    value: str
    spans: tuple[tuple[int, int], ...] = (ANY_TIME,)

    def finds(self, keys: Keys) -> bool:
        if self.column and getattr(keys, self.column) != self.value:
            return False
        return any(first <= keys.born <= last for first, last in self.spans)


@dataclass(frozen=True, slots=True)
class Near:
    """Citizens found by probes, in columns, as they are ranked."""

    rows: Sequence[int]
    names: Sequence[str]
    mothers: Sequence[str]
    born: Sequence[int]


def keys_of_citizen(citizen: Citizen) -> Keys:
    """The keys under which a citizen is kept."""
    return _keys(
        citizen.personal_id, citizen.full_name, citizen.date_of_birth, citizen.mother_name, citizen.father_name
    )


def keys_of_person(person: Person) -> Keys:
    """The keys under which a person of a book is looked for."""
    return _keys(
        personal_id_digits(person.personal_id) or "", person.name, person.birth, person.mother_name, person.father_name
    )


def probes_of(keys: Keys) -> tuple[Probe, ...]:
    """The first step: each probe survives another mistake and finds few."""
    year = _years(keys, 1)
    asked = [Probe("personal_id", keys.personal_id), Probe("name", keys.name, year)]
    asked += [Probe("mother", keys.mother, year), Probe("father", keys.father, year)]
    return tuple(probe for probe in asked if probe.value) + tuple(_days(keys))


def wider_probes_of(keys: Keys) -> tuple[Probe, ...]:
    """The second step, when the first left doubt: slower, and blind to fewer mistakes."""
    year = _years(keys, 0 if keys.born % 100 else 1)
    asked = [Probe("name", keys.name), Probe("given", keys.given, year), Probe("mother", keys.mother)]
    asked += [Probe("father", keys.father)]
    return tuple(probe for probe in asked if probe.value) + tuple(_months(keys))


def nearest(wanted: Keys, found: Near, limit: int) -> list[int]:
    """Places in `found` of the nearest, nearest first; a quick rank that nobody sees."""
    if not found.rows:
        return []
    near = _likeness(wanted.name, found.names)
    near += 0.5 * _likeness(wanted.mother, found.mothers)
    near += 40 * _date_nearness(wanted.born, np.fromiter(found.born, np.int64, len(found.born)))
    return [int(place) for place in np.argsort(-near, kind="stable")[:limit]]


def _likeness(wanted: str, found: Sequence[str]) -> NDArray[np.float32]:
    if not wanted:
        return np.zeros(len(found), np.float32)
    return cdist([wanted], found, scorer=ratio)[0]


def _date_nearness(wanted: int, found: NDArray[np.int64]) -> NDArray[np.float64]:
    """1 for the same day, less for a part of it."""
    year = found // 10000 == wanted // 10000
    part = (found % 100 == wanted % 100) | (found // 100 % 100 == wanted // 100 % 100)
    return np.where(found == wanted, 1.0, 0.4 * year + 0.3 * part)


def _keys(personal_id: str, name: str, birth: str, mother: str, father: str) -> Keys:
    plain = plain_name(name)
    return Keys(personal_id, plain, plain.split(" ")[-1], born_key(birth), plain_name(mother), plain_name(father))


@lru_cache(maxsize=100_000)
def born_key(birth: str) -> int:
    """`Keys.born` of a date as it stands in book or extract."""
    date = parse_date(birth)
    return (date.year or 0) * 10000 + (date.month or 0) * 100 + (date.day or 0) if date else 0


def _years(keys: Keys, around: int) -> tuple[tuple[int, int], ...]:
    year = keys.born // 10000
    return (((year - around) * 10000, (year + around) * 10000 + 9999),) if year else (ANY_TIME,)


def is_whole_year(span: tuple[int, int]) -> bool:
    """Whether the span is one year from end to end."""
    return span[0] % 10000 == 0 and span[1] == span[0] + 9999


def _days(keys: Keys) -> Iterator[Probe]:
    """The day, day and month swapped, the same day of the years beside."""
    if keys.born % 100:
        days = {keys.born, _swapped(keys.born), keys.born - 10000, keys.born + 10000}
        yield Probe("", "", tuple((day, day) for day in sorted(days)))


def _months(keys: Keys) -> Iterator[Probe]:
    """Another day of the month, another month of the same day; everybody of a year of which no day is known."""
    if keys.born and not keys.born % 100:
        yield Probe("", "", _years(keys, 0))
    elif keys.born:
        month, day = keys.born // 100 * 100, keys.born // 10000 * 10000 + keys.born % 100
        yield Probe("", "", ((month, month + 99),))
        yield Probe("", "", tuple((day + 100 * other, day + 100 * other) for other in range(1, 13)))


def _swapped(born: int) -> int:
    year, month, day = born // 10000, born // 100 % 100, born % 100
    return born if not PartialDate(month, day, year).is_plausible else year * 10000 + day * 100 + month
