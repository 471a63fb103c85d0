"""From findings to one of four outcomes. Only full agreement is ever accepted without an officer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf

from digitize.books.persons import Person
from digitize.matching.compare import Agreement, Comparison, compare
from digitize.matching.population import Citizen, Population
from digitize.matching.table import Effect, effect, is_consistent
from digitize.matching.weigh import FAMILY, PARENT_NAMES, Evidence, NameShares, sibling_bits, weigh
from digitize.matching.weigh.weights import Prior, Weights, frozen


class Outcome(StrEnum):
    """The three cases of the plan, and the one in which an officer must choose."""

    CONSISTENT = "consistent"  # thống nhất
    DISCREPANT = "discrepant"  # tìm thấy, chưa thống nhất
    NOT_FOUND = "not_found"  # không tìm thấy
    SEVERAL = "several"  # chưa phân biệt được, hoặc chưa đủ căn cứ


# The role tells the gender, not the book: a citizen of the other one is somebody else, not a discrepancy.
GENDERED_ROLES = frozenset({"mother", "father", "husband", "wife", "adoptive_mother", "adoptive_father"})

# The book tells them by name and year: among namesakes of a commune that is nobody, unless the family is found too.
OF_A_FAMILY = frozenset({"mother", "father", "adoptive_mother", "adoptive_father"})

GROUNDS = ("birth", "mother_name", "father_name", "personal_id")  # a name alone is nobody
COMPARED_CLOSELY = 8
HELPS = 1.0  # bits from which the family counts as found too
SURE = 0.99  # probability from which the second, wider step is not needed
CROWD = 0.5  # probability of many unlikely candidates together from which an officer should look
TOLD = 5  # candidates in an answer


@dataclass(frozen=True, slots=True)
class Judged:
    """A citizen with everything that speaks for and against her."""

    citizen: Citizen
    comparisons: tuple[Comparison, ...]
    evidence: tuple[Evidence, ...]
    as_sibling: float  # bits of the same findings for a brother or sister of hers who is not in the extract
    family: float = 0.0  # bits that the other people of the entry add
    probability: float = 0.0  # that she is the person, set when all candidates are known

    @property
    def bits(self) -> float:
        return sum(e.bits for e in self.evidence) + self.family

    @property
    def told(self) -> tuple[Evidence, ...]:
        """All evidence, that of the family included."""
        if not self.family:
            return self.evidence
        why = "hợp với người khác của trường hợp" if self.family > 0 else "không hợp với người khác của trường hợp"
        return (*self.evidence, Evidence(FAMILY, round(self.family, 2), f"{why} (nơi cư trú, tuổi trong CSDL dân cư)"))

    @property
    def score(self) -> float:
        """The probability as it is told."""
        return round(self.probability, 3)

    def differences(self, role: str) -> tuple[Comparison, ...]:
        """What differs for a person in this role, as the table has it."""
        return tuple(c for c in self.comparisons if effect(role, c) is Effect.DIFFERS)

    @property
    def is_possible(self) -> bool:
        """Not a namesake, and something besides the name speaks for her."""
        return not self.is_namesake and any(e.bits > 0 for e in self.evidence if e.field in GROUNDS)

    @property
    def is_namesake(self) -> bool:
        """Another birth date and other parents, or no parents told: somebody else, however equal the name."""
        if self.of("birth").agreement is not Agreement.DIFFERENT or self.has_her_number:
            return False
        parents = [bits for field in PARENT_NAMES if (bits := self._bits_of(field))]
        return max(parents) < 0 if parents else self._bits_of("birth") < 0

    @property
    def has_her_number(self) -> bool:
        return self.of("personal_id").agreement is Agreement.EQUAL

    @property
    def is_of_other_gender(self) -> bool:
        return self.of("gender").agreement is Agreement.DIFFERENT

    @property
    def is_told_by_name_only(self) -> bool:
        """The name agrees, and the book tells nothing that could speak for or against her besides."""
        silent = all(self.of(field).agreement is Agreement.MISSING for field in GROUNDS)
        return silent and self._bits_of("name") > 0

    @property
    def is_known_by_year(self) -> bool:
        """Of the birth only the year could be compared, and no parent, number or family helps."""
        return not self.is_helped and self.of("birth").verdict.strength < 1

    @property
    def is_helped(self) -> bool:
        """Something besides name, birth and gender speaks for her: the number, a parent, the family."""
        return self.has_her_number or self.family >= HELPS or any(self._bits_of(field) > 0 for field in PARENT_NAMES)

    def namesakes(self, people: int) -> float:
        """How many of so many people agree by chance as she does, where nothing helps; else 0."""
        own = sum(self._bits_of(field) for field in ("name", "birth", "gender"))
        return 0.0 if self.is_helped else people * 2.0**-own

    def _bits_of(self, field: str) -> float:
        return next(e.bits for e in self.evidence if e.field == field)

    def of(self, field: str) -> Comparison:
        return next(c for c in self.comparisons if c.field == field)


@dataclass(frozen=True, slots=True)
class MatchResult:
    """What matching found for one person. `personal_id` is None unless the person was found."""

    role: str
    outcome: Outcome
    personal_id: str | None
    score: float  # of the best candidate, 0 without one
    candidates: tuple[Judged, ...]  # best first, at most TOLD
    differences: tuple[Comparison, ...]  # to the citizen found; empty when none was

    @property
    def margin(self) -> float:
        """How much likelier the best candidate is than the next; 0 without one."""
        scores = [*(j.probability for j in self.candidates), 0.0, 0.0]
        return round(scores[0] - scores[1], 3)


def judge(person: Person, citizen: Citizen, shares: NameShares) -> Judged:
    """Compares and weighs."""
    comparisons = compare(person, citizen)
    evidence = weigh(person, citizen, comparisons, shares)
    return Judged(citizen, comparisons, evidence, sibling_bits(person, citizen, comparisons, evidence, shares))


def decide(role: str, judged: Iterable[Judged], people: int, weights: Weights | None = None) -> MatchResult:
    """The outcome for a person, given the citizens she was compared with, in any order, of an extract of `people`."""
    known = weights or frozen()
    ranked = rank(judged, people, known)
    score = ranked[0].score if ranked else 0.0
    if not ranked or not (_is_anybody_near(ranked, known) or ranked[0].is_told_by_name_only):
        return MatchResult(role, Outcome.NOT_FOUND, None, score, tuple(ranked[:TOLD]), ())
    best, candidates = ranked[0], tuple(j for j in ranked[:TOLD] if not j.is_namesake)
    if best.probability < known.found or not best.is_possible or (role in OF_A_FAMILY and best.is_known_by_year):
        return MatchResult(role, Outcome.SEVERAL, None, score, candidates, ())
    outcome = Outcome.CONSISTENT if is_consistent(role, best.comparisons) else Outcome.DISCREPANT
    return MatchResult(role, outcome, best.citizen.personal_id, score, candidates, best.differences(role))


def rank(judged: Iterable[Judged], people: int, weights: Weights) -> list[Judged]:
    """Most probable first."""
    known = sorted(judged, key=lambda j: (not j.is_namesake, j.bits), reverse=True)
    bits = [-inf if j.is_namesake else j.bits for j in known]
    told = probabilities(bits, [j.as_sibling for j in known], people, weights.prior)
    return [replace(j, probability=probability) for j, probability in zip(known, told, strict=True)]


def probabilities(bits: Sequence[float], siblings: Sequence[float], people: int, prior: Prior) -> list[float]:
    """Each citizen competes with the others, with her own absent siblings, and with nobody of the extract being it."""
    each = prior.present / max(people, prior.least_people)
    odds = [each * 2.0**told for told in bits]
    absent = 1 - prior.present + sum(each * prior.siblings * 2.0**told for told in siblings)
    return [odd / (absent + sum(odds)) for odd in odds]


def match_person(person: Person, population: Population) -> MatchResult:
    """Looks a person up in the population. Raises ExtractMissing."""
    return decide(person.role, candidates_of(person, population), population.extract().rows)


def candidates_of(person: Person, population: Population) -> list[Judged]:
    """Whoever may be the person, judged; the wider step is taken when the first leaves doubt."""
    people, found = population.extract().rows, _judged(person, population, {}, wider=False)
    ranked = rank(found.values(), people, frozen())
    if not ranked or ranked[0].probability < SURE:
        found = _judged(person, population, found, wider=True)
    return list(found.values())


def _judged(person: Person, population: Population, known: dict[str, Judged], wider: bool) -> dict[str, Judged]:
    shares, found = population.shares(), dict(known)
    for citizen in population.candidates(person, COMPARED_CLOSELY, wider):
        if citizen.personal_id not in found:
            judged = judge(person, citizen, shares)
            if person.role not in GENDERED_ROLES or not judged.is_of_other_gender:
                found[citizen.personal_id] = judged
    return found


def _is_anybody_near(ranked: Sequence[Judged], weights: Weights) -> bool:
    best = ranked[0].probability
    return best >= weights.possible or sum(j.probability for j in ranked) >= CROWD
