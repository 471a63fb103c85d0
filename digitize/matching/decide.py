"""From comparisons to one of four outcomes. Only full agreement is ever accepted without an officer."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from digitize.books.persons import Person
from digitize.matching.compare import Agreement, Comparison, Kind, compare
from digitize.matching.population import Citizen, Population


class Outcome(StrEnum):
    """The three cases of the plan, and the one in which an officer must choose."""

    CONSISTENT = "consistent"  # thống nhất
    DISCREPANT = "discrepant"  # tìm thấy, chưa thống nhất
    NOT_FOUND = "not_found"  # không tìm thấy
    SEVERAL = "several"  # chưa phân biệt được, hoặc chưa đủ căn cứ


# Share of each field in the score. Ours: name and birth lead, parents tell namesakes apart (domain notes, 5).
WEIGHTS = {
    "name": 0.35,
    "birth": 0.30,
    "gender": 0.05,
    "personal_id": 0.40,
    "mother_name": 0.12,
    "mother_birth": 0.03,
    "father_name": 0.12,
    "father_birth": 0.03,
    "ethnic": 0.02,
    "nationality": 0.01,
    "place_of_birth": 0.02,
    "hometown": 0.03,
}
OTHER_ID_WEIGHT = 0.15  # a wrong ID number speaks less against a person than the right one speaks for her

# Thresholds. FOUND is where a plain weighted score kept precision .9996 with half of the people absent (FEBRL 4);
# the others are ours, set on synthetic Vietnamese names and to be judged on real pairs before they are trusted.
FOUND = 0.75  # weighted agreement of the fields that both sides tell
ENOUGH = (
    0.63  # agreeing weight of basic fields: name, gender and a bare year (0.55) or a near date (0.61) are not enough
)
NAME_NEAR = 0.80  # below, it is somebody else (a twin), unless the ID number is the same
MARGIN = 0.04  # two candidates nearer than this are not told apart by score alone

# The role tells the gender, not the book: a citizen of the other one is somebody else, not a discrepancy.
GENDERED_ROLES = frozenset({"mother", "father", "husband", "wife", "adoptive_mother", "adoptive_father"})

PARENT_NAMES = ("mother_name", "father_name")
COMPARED_CLOSELY = 12
TOLD = 5  # candidates in an answer


@dataclass(frozen=True, slots=True)
class Judged:
    """A citizen with everything that speaks for and against her."""

    citizen: Citizen
    comparisons: tuple[Comparison, ...]
    agreement: float  # 0..1, of the fields that both sides tell
    support: float  # agreeing weight of the basic fields

    @property
    def score(self) -> float:
        """0..1: agreement, lowered where there is little to go by."""
        return round(self.agreement * min(1.0, self.support / ENOUGH), 3)

    @property
    def differences(self) -> tuple[Comparison, ...]:
        """What differs, and a birth date that could not be compared in full."""
        unsure = {Agreement.PARTIAL, Agreement.MISSING}
        return tuple(
            c
            for c in self.comparisons
            if c.agreement is Agreement.DIFFERENT or (c.field == "birth" and c.agreement in unsure)
        )

    @property
    def is_possible(self) -> bool:
        near = _is_near(self._of("name")) or self._agrees("personal_id")
        return near and self.agreement >= FOUND and not self.is_namesake

    @property
    def is_namesake(self) -> bool:
        """Another birth date and other parents: somebody else, however equal the name."""
        parents = [p for p in map(self._of, PARENT_NAMES) if p.agreement is not Agreement.MISSING]
        others = bool(parents) and not any(_is_near(parent) for parent in parents)
        return others and self._of("birth").agreement is Agreement.DIFFERENT and not self._agrees("personal_id")

    @property
    def is_found(self) -> bool:
        return self.is_possible and self.support >= ENOUGH

    @property
    def is_consistent(self) -> bool:
        """Nothing differs, name and birth agree, and so does gender, a parent or the ID number."""
        more = any(self._agrees(field) for field in ("gender", "mother_name", "father_name", "personal_id"))
        return self.is_found and not self.differences and self._agrees("name") and self._agrees("birth") and more

    @property
    def is_of_other_gender(self) -> bool:
        return self._of("gender").agreement is Agreement.DIFFERENT

    @property
    def differs_in_basics(self) -> bool:
        return any(c.kind is Kind.BASIC and c.agreement is Agreement.DIFFERENT for c in self.comparisons)

    def _of(self, field: str) -> Comparison:
        return next(c for c in self.comparisons if c.field == field)

    def _agrees(self, field: str) -> bool:
        return self._of(field).agreement in (Agreement.EQUAL, Agreement.ALIAS)


@dataclass(frozen=True, slots=True)
class MatchResult:
    """What matching found for one person. `personal_id` is None unless the person was found."""

    role: str
    outcome: Outcome
    personal_id: str | None
    score: float  # of the best candidate, 0 without one
    candidates: tuple[Judged, ...]  # best first, at most TOLD
    differences: tuple[Comparison, ...]  # to the citizen found; empty when none was


def judge(person: Person, citizen: Citizen) -> Judged:
    """Compares and weighs."""
    comparisons = compare(person, citizen)
    told = [c for c in comparisons if c.agreement is not Agreement.MISSING]
    weighed = [(c, _weight(c)) for c in told]
    total = sum(weight for _, weight in weighed)
    agreeing = sum(weight * _similarity(c) for c, weight in weighed)
    support = sum(weight * _similarity(c) for c, weight in weighed if c.kind is Kind.BASIC)
    return Judged(citizen, comparisons, round(agreeing / total, 4) if total else 0.0, round(support, 4))


def decide(role: str, judged: Sequence[Judged]) -> MatchResult:
    """The outcome for a person, given the citizens she was compared with, in any order."""
    ranked = sorted(judged, key=lambda j: (j.is_possible, j.score, j.support), reverse=True)[:TOLD]
    score = ranked[0].score if ranked else 0.0
    candidates = tuple(j for j in ranked if j.is_possible)
    if not candidates:
        return MatchResult(role, Outcome.NOT_FOUND, None, score, tuple(ranked), ())
    best = candidates[0]
    if not best.is_found or any(not _told_apart(best, other) for other in candidates[1:]):
        return MatchResult(role, Outcome.SEVERAL, None, score, candidates, ())
    outcome = Outcome.CONSISTENT if best.is_consistent else Outcome.DISCREPANT
    return MatchResult(role, outcome, best.citizen.personal_id, score, candidates, best.differences)


def match_person(person: Person, population: Population) -> MatchResult:
    """Looks a person up in the population. Raises ExtractMissing."""
    judged = [judge(person, citizen) for citizen in population.candidates(person, COMPARED_CLOSELY)]
    if person.role in GENDERED_ROLES:
        judged = [j for j in judged if not j.is_of_other_gender]
    return decide(person.role, judged)


def _weight(comparison: Comparison) -> float:
    if comparison.field == "personal_id" and comparison.agreement is Agreement.DIFFERENT:
        return OTHER_ID_WEIGHT
    return WEIGHTS[comparison.field] * comparison.verdict.strength


def _similarity(comparison: Comparison) -> float:
    """Any two names share letters: a parent's name that is not near says nothing for the person."""
    far = comparison.field in PARENT_NAMES and not _is_near(comparison)
    return 0.0 if far else comparison.verdict.similarity


def _is_near(name: Comparison) -> bool:
    return name.verdict.similarity >= NAME_NEAR


def _told_apart(best: Judged, other: Judged) -> bool:
    if best.score - other.score >= MARGIN:
        return True
    return not best.differs_in_basics and other.differs_in_basics
