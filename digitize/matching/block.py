"""Blocking: the few keys by which near citizens are fetched, so that nobody scans the whole extract."""

from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from digitize.books.dates import PartialDate, parse_date
from digitize.books.names import split_name, tidy, unaccented
from digitize.books.personal_id import personal_id_digits
from digitize.books.persons import Person
from digitize.matching.population import Citizen


@dataclass(frozen=True, slots=True)
class Keys:
    """What citizens are fetched and ranked by: unaccented, "" where unknown."""

    personal_id: str
    name: str
    given: str
    year: str
    born: str  # dotted date, "" unless the day is known
    mother: str
    father: str


# Each probe survives another mistake: a name misread, a year wrong, one parent missing.
PROBES: tuple[tuple[str, ...], ...] = (
    ("personal_id",),
    ("name",),
    ("born",),
    ("given", "year"),
    ("mother", "year"),
    ("father", "year"),
    ("mother", "given"),
)

Probe = tuple[tuple[str, str], ...]


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
    """Column and value pairs to ask for, one tuple per query; a date is also asked for with day and month swapped."""
    asked = [tuple((column, getattr(keys, column)) for column in probe) for probe in PROBES]
    if swapped := _swapped(keys.born):
        asked.append((("born", swapped),))
    return tuple(probe for probe in asked if all(value for _, value in probe))


def nearness(wanted: Keys, found: Keys) -> float:
    """A quick rank 0..1 for choosing whom to compare closely; no score that anybody sees."""
    rank = 0.5 * ratio(wanted.name, found.name) + 0.25 * _date_nearness(wanted, found)
    if wanted.personal_id and wanted.personal_id == found.personal_id:
        return 1.0
    parents = ratio(wanted.mother, found.mother) + ratio(wanted.father, found.father)
    return (rank + 0.125 * parents) / 100


def _keys(personal_id: str, name: str, birth: str, mother: str, father: str) -> Keys:
    plain = unaccented(tidy(name))
    date = parse_date(birth)
    return Keys(
        personal_id=personal_id,
        name=plain,
        given=split_name(plain).given,
        year=str(date.year) if date else "",
        born=date.dotted if date and date.precision == "day" else "",
        mother=unaccented(tidy(mother)),
        father=unaccented(tidy(father)),
    )


def _swapped(born: str) -> str:
    if not born:
        return ""
    day, month, year = (int(part) for part in born.split("."))
    date = PartialDate(month, day, year)
    return date.dotted if day != month and date.is_plausible else ""


def _date_nearness(wanted: Keys, found: Keys) -> float:
    if wanted.born and found.born:
        return ratio(wanted.born, found.born)
    return 70.0 if wanted.year and wanted.year == found.year else 0.0
