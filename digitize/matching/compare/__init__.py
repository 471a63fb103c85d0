"""A person of a book beside a citizen of the extract, field by field. Residence is never compared."""

from collections.abc import Callable

from digitize.books.persons import Person
from digitize.matching.compare.agreement import Agreement, Comparison, Kind, Verdict
from digitize.matching.compare.dates import compare_dates, compare_years
from digitize.matching.compare.names import compare_names
from digitize.matching.compare.terms import (
    compare_ethnic_groups,
    compare_genders,
    compare_nationalities,
    compare_personal_ids,
    compare_places,
)
from digitize.matching.population import Citizen

__all__ = ["Agreement", "Comparison", "Kind", "Verdict", "compare"]

Comparator = Callable[[str, str], Verdict]

# field of Person, field of Citizen, kind of information, comparator
FIELDS: tuple[tuple[str, str, Kind, Comparator], ...] = (
    ("name", "full_name", Kind.BASIC, compare_names),
    ("birth", "date_of_birth", Kind.BASIC, compare_dates),
    ("gender", "gender", Kind.BASIC, compare_genders),
    ("personal_id", "personal_id", Kind.BASIC, compare_personal_ids),
    ("mother_name", "mother_name", Kind.BASIC, compare_names),
    ("mother_birth", "mother_birth_year", Kind.BASIC, compare_years),
    ("father_name", "father_name", Kind.BASIC, compare_names),
    ("father_birth", "father_birth_year", Kind.BASIC, compare_years),
    ("ethnic", "ethnicity", Kind.OTHER, compare_ethnic_groups),
    ("nationality", "nationality", Kind.OTHER, compare_nationalities),
    ("place_of_birth", "place_of_birth", Kind.OTHER, compare_places),
    ("hometown", "hometown", Kind.OTHER, compare_places),
)


def compare(person: Person, citizen: Citizen) -> tuple[Comparison, ...]:
    """One comparison per field of FIELDS, in that order."""
    return tuple(_comparison(person, citizen, *row) for row in FIELDS)


def _comparison(
    person: Person, citizen: Citizen, ours: str, theirs: str, kind: Kind, comparator: Comparator
) -> Comparison:
    book, population = getattr(person, ours), getattr(citizen, theirs)
    return Comparison(ours, kind, book, population, comparator(book, population))
