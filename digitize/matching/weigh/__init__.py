"""How much each finding speaks for or against a citizen, in bits, after Fellegi and Sunter."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from digitize.books.codelists import FEMALE, MALE, gender_code
from digitize.books.persons import Person
from digitize.matching.compare.agreement import Agreement, Comparison
from digitize.matching.population import Citizen
from digitize.matching.weigh.names import name_bits, surname_bits
from digitize.matching.weigh.shares import NameShares
from digitize.matching.weigh.weights import frozen
from digitize.matching.words import words_of

__all__ = ["FAMILY", "PARENT_NAMES", "Evidence", "NameShares", "sibling_bits", "weigh"]

# The table of weights.toml by which a field that is no name is weighed.
_KINDS = {
    "birth": "birth",
    "gender": "gender",
    "personal_id": "personal_id",
    "mother_birth": "parent_birth",
    "father_birth": "parent_birth",
    "ethnic": "ethnic",
    "nationality": "nationality",
    "place_of_birth": "place",
    "hometown": "place",
}
PARENT_NAMES = ("mother_name", "father_name")
BIRTH_OF = {"mother_name": "mother_birth", "father_name": "father_birth"}
_OWN = {"name", "birth", "gender", "personal_id"}  # what brothers and sisters do not share
_PARENTS = {"mother_name": FEMALE, "father_name": MALE}


FAMILY = "family"  # what the other people of the entry add
AS_TOLD = "trùng khớp"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One finding: bits for the citizen (negative: against), 0 where there is nothing to compare."""

    field: str  # attribute of Person, or FAMILY
    bits: float
    why: str = ""


def weigh(
    person: Person, citizen: Citizen, comparisons: Sequence[Comparison], shares: NameShares
) -> tuple[Evidence, ...]:
    """The evidence of each comparison, in their order."""
    gender = _gender(person)
    bits = {c.field: _bits(c, gender, shares) for c in comparisons}
    if same_clan(person, citizen):
        known = surname_bits(person.father_name, citizen.father_name, MALE, shares)
        bits["father_name"] = min(bits["father_name"], max(bits["father_name"] - known, 0.0))
    for field in PARENT_NAMES:
        if bits[field] <= 0:
            bits[BIRTH_OF[field]] = 0.0  # the year of another mother tells nothing
    return tuple(Evidence(c.field, round(bits[c.field], 2), c.verdict.why or AS_TOLD) for c in comparisons)


def sibling_bits(
    person: Person,
    citizen: Citizen,
    comparisons: Sequence[Comparison],
    evidence: Sequence[Evidence],
    shares: NameShares,
) -> float:
    """What the findings speak for a brother or sister of hers: all that siblings share, now and then the day too."""
    shared = sum(e.bits for e in evidence if e.field not in _OWN)
    clan = surname_bits(person.name, citizen.full_name, _gender(person), shares)
    same_day = any(c.field == "birth" and c.verdict.level == "equal" for c in comparisons)
    return shared + clan + (log2(frozen().prior.twin / frozen().chance["birth"]["equal"]) if same_day else 0.0)


def same_clan(person: Person, citizen: Citizen) -> bool:
    """Child and father share the surname on both sides, so that the father's tells nothing more."""
    return _first(person.name) == _first(person.father_name) and _first(citizen.full_name) == _first(
        citizen.father_name
    )


@lru_cache(maxsize=1_000)
def _code(gender: str) -> str:
    code = gender_code(gender) or ""
    return code if code in (MALE, FEMALE) else ""


def _gender(person: Person) -> str:
    return _code(person.gender)


def _first(name: str) -> str:
    return next(iter(words_of(name)), "")


def _bits(comparison: Comparison, gender: str, shares: NameShares) -> float:
    if comparison.agreement is Agreement.MISSING:
        return 0.0
    if kind := _KINDS.get(comparison.field):
        return frozen().bits[kind][comparison.verdict.level]
    changed = frozen().name.changed[comparison.field]
    of = _PARENTS.get(comparison.field, gender)
    return name_bits(comparison.book, comparison.population, of, changed, shares)
