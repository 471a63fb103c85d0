"""How far two texts agree, and why, in a sentence that a person can read."""

from dataclasses import dataclass
from enum import StrEnum


class Agreement(StrEnum):
    """What comparing two values can come to."""

    EQUAL = "equal"
    ALIAS = "alias"  # two ways of telling the same thing
    PARTIAL = "partial"  # agrees as far as both sides tell it
    MISSING = "missing"  # one side is silent or unreadable: nothing to compare
    DIFFERENT = "different"


class Kind(StrEnum):
    """Basic information is what a citizen is looked up by (Thông tư 01/2022/TT-BTP, Điều 11, as summarised)."""

    BASIC = "basic"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one comparator.

    `similarity` 0..1; `strength` 0..1 is the share of its field's weight that this comparison can carry,
    e.g. a half for a date of which only the year can be compared. `grade` names what kind of slip it looks like,
    where the agreement alone does not tell it.
    """

    agreement: Agreement
    similarity: float
    why: str = ""
    strength: float = 1.0
    grade: str = ""

    @property
    def level(self) -> str:
        """What the finding is weighed by, as weights.toml names it."""
        return self.grade or self.agreement.value


@dataclass(frozen=True, slots=True)
class Comparison:
    """A verdict on one field of a person and a citizen."""

    field: str  # attribute of Person
    kind: Kind
    book: str
    population: str
    verdict: Verdict

    @property
    def agreement(self) -> Agreement:
        return self.verdict.agreement


EQUAL = Verdict(Agreement.EQUAL, 1.0)


def missing(why: str) -> Verdict:
    """Nothing to compare."""
    return Verdict(Agreement.MISSING, 0.0, why)


NOT_IN_BOOK = missing("sổ không ghi")
NOT_IN_POPULATION = missing("CSDL dân cư không có")


def different(similarity: float, why: str, grade: str = "") -> Verdict:
    """A difference that a person should see."""
    return Verdict(Agreement.DIFFERENT, round(similarity, 3), why, grade=grade)


def silent(book: str, population: str) -> Verdict | None:
    """The verdict when a side is empty, else None."""
    if not book or book.isspace():
        return NOT_IN_BOOK
    if not population or population.isspace():
        return NOT_IN_POPULATION
    return None
