"""Blocking: the few keys by which near citizens are fetched, so that nobody scans the whole extract."""

from collections.abc import Iterable, Iterator, Sequence
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
NAME_NEAR, MOTHER_NEAR = 60, 80  # likeness of whole names, 0..100; two wrong letters leave 85


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

    rows: NDArray[np.int64]
    names: Sequence[str]
    mothers: Sequence[str]
    born: NDArray[np.int64]

    def only(self, places: NDArray[np.int64]) -> "Near":
        """Those at these places."""
        if len(places) == len(self.rows):
            return self
        names, mothers = ([column[place] for place in places] for column in (self.names, self.mothers))
        return Near(self.rows[places], names, mothers, self.born[places])


Row = tuple[int, str, str, int]  # row number, name, mother, born


def columns(rows: Iterable[Row]) -> Near:
    """Rows as columns; every row is let go of at once, so that the collector has nothing to follow."""
    numbers, names, mothers, born = [], [], [], []
    for number, name, mother, day in rows:
        numbers.append(number)
        names.append(name)
        mothers.append(mother)
        born.append(day)
    return Near(np.array(numbers, np.int64), names, mothers, np.array(born, np.int64))


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
    asked = [Probe(key, getattr(keys, key), year) for key in ("name", "mother", "father")]
    return tuple(probe for probe in asked if probe.value) + tuple(_days(keys))


def wider_probes_of(keys: Keys) -> tuple[Probe, ...]:
    """The second step, when the first left doubt: slower, and blind to fewer mistakes. See `share_year` too."""
    asked = [Probe(key, getattr(keys, key)) for key in ("name", "mother", "father")]
    asked += [] if keys.born % 100 else [Probe("given", keys.given, _years(keys, 1))]
    return tuple(probe for probe in asked if probe.value)


def share_year(wanted: int, born: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Who is born in the year, and in the month or on a day of that number where the book tells it; by `Keys.born`."""
    year: NDArray[np.bool_] = (born // 10000 == wanted // 10000) & (wanted > 0)
    if not wanted % 100:
        return year
    part: NDArray[np.bool_] = (born // 100 == wanted // 100) | (born % 100 == wanted % 100)
    return year & part


def nearest(wanted: Keys, found: Near, limit: int) -> list[int]:
    """Places in `found` of the nearest, nearest first; a quick rank that nobody sees.

    Whoever has neither a name nor a mother that is like the one wanted is nobody near.
    """
    if not len(found.rows):
        return []
    near = _likeness(wanted.name, found.names, NAME_NEAR) + 0.5 * _likeness(wanted.mother, found.mothers, MOTHER_NEAR)
    places = np.flatnonzero(near)
    rank = near[places] + 40 * _date_nearness(wanted.born, found.born[places])
    return [int(place) for place in places[np.argsort(-rank, kind="stable")[:limit]]]


def _likeness(wanted: str, found: Sequence[str], least: float) -> NDArray[np.float32]:
    """0..100, and 0 where it is less than `least`."""
    if not wanted:
        return np.zeros(len(found), np.float32)
    likeness: NDArray[np.float32] = cdist([wanted], found, scorer=ratio, score_cutoff=least)[0]
    return likeness


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


def _days(keys: Keys) -> Iterator[Probe]:
    """The day, day and month swapped, the same day of the years beside."""
    if keys.born % 100:
        days = {keys.born, _swapped(keys.born), keys.born - 10000, keys.born + 10000}
        yield Probe("", "", tuple((day, day) for day in sorted(days)))


def _swapped(born: int) -> int:
    year, month, day = born // 10000, born // 100 % 100, born % 100
    return born if not PartialDate(month, day, year).is_plausible else year * 10000 + day * 100 + month
