"""The one table that says what each finding means for the outcome. docs/matching.md shows it; a test compares them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from digitize.books.persons import DECLARANT
from digitize.matching.compare.agreement import Agreement, Comparison


class Effect(StrEnum):
    """What a finding does to the outcome, in the words of the docs."""

    AGREES = "thống nhất"
    DIFFERS = "sai khác"
    OPEN = "không so được"


_USUAL = {
    Agreement.EQUAL: Effect.AGREES,
    Agreement.ALIAS: Effect.AGREES,
    Agreement.PARTIAL: Effect.AGREES,
    Agreement.MISSING: Effect.OPEN,
    Agreement.DIFFERENT: Effect.DIFFERS,
}
# A bare year agrees with every day of it: whoever has the book must look before the ID number is taken over.
_OF_BIRTH = {**_USUAL, Agreement.PARTIAL: Effect.DIFFERS, Agreement.MISSING: Effect.DIFFERS}
# Of a parent most forms ask the year and no more.
_OF_BIRTH_OF_PARENT = {**_USUAL, Agreement.MISSING: Effect.DIFFERS}

# Of whoever reports an event no form asks the day of birth.
_OF_BIRTH_OF_DECLARANT = {**_OF_BIRTH_OF_PARENT, Agreement.MISSING: Effect.OPEN}

TABLE: Mapping[str, Mapping[Agreement, Effect]] = {
    "name": _USUAL,
    "birth": _OF_BIRTH,
    "birth_of_parent": _OF_BIRTH_OF_PARENT,
    "birth_of_declarant": _OF_BIRTH_OF_DECLARANT,
    "gender": _USUAL,
    "personal_id": _USUAL,
    "mother_name": _USUAL,
    "mother_birth": _USUAL,
    "father_name": _USUAL,
    "father_birth": _USUAL,
    "ethnic": _USUAL,
    "nationality": _USUAL,
    "place_of_birth": _USUAL,
    "hometown": _USUAL,
}
_BIRTH_ROWS = {"mother": "birth_of_parent", "father": "birth_of_parent", DECLARANT: "birth_of_declarant"}  # by role
DEMANDED = ("name", "birth")  # must agree for "consistent"
DEMANDED_OF_DECLARANT = ("name", "personal_id")
ONE_OF = ("gender", "mother_name", "father_name", "personal_id")  # and one of these


def effect(role: str, comparison: Comparison) -> Effect:
    """What this finding means for a person in this role."""
    row = _BIRTH_ROWS.get(role, "birth") if comparison.field == "birth" else comparison.field
    return TABLE[row][comparison.agreement]


def is_consistent(role: str, comparisons: Iterable[Comparison]) -> bool:
    """Nothing differs, name and birth agree, and so does one more basic field."""
    effects = {c.field: effect(role, c) for c in comparisons}
    if Effect.DIFFERS in effects.values():
        return False
    demanded = DEMANDED_OF_DECLARANT if role == DECLARANT else DEMANDED
    more = any(effects[field] is Effect.AGREES for field in ONE_OF)
    return more and all(effects[field] is Effect.AGREES for field in demanded)
