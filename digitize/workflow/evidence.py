"""What speaks for and against a citizen being the person of the book: sentences with weights, strongest first."""

from collections.abc import Iterable
from dataclasses import dataclass

from digitize.books.persons import Person
from digitize.matching.compare import Agreement, Comparison
from digitize.matching.decide import WEIGHTS, Judged, MatchResult, judge, match_person
from digitize.matching.entries import column_of
from digitize.matching.population import Citizen, Population

LOOKED_AT = 12  # citizens among whom an officer's choice is looked up again

FIELD_TITLES = {
    "personal_id": "Số định danh",
    "name": "Họ, chữ đệm, tên",
    "gender": "Giới tính",
    "birth": "Ngày, tháng, năm sinh",
    "mother_name": "Họ tên mẹ",
    "mother_birth": "Năm sinh mẹ",
    "father_name": "Họ tên cha",
    "father_birth": "Năm sinh cha",
    "ethnic": "Dân tộc",
    "nationality": "Quốc tịch",
    "place_of_birth": "Nơi sinh",
    "hometown": "Quê quán",
}
# The order in which a person is looked up: ID number, name, gender, birth, parents (Thông tư 01/2022/TT-BTP, Điều 11,
# as summarised; domain notes 2.2). How the national software orders its own form is not public.
LOOK_UP_ORDER = tuple(FIELD_TITLES)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One field of the book beside the citizen's. `weight` in hundredths of the score: above 0 it speaks for her."""

    field: str  # attribute of Person
    column: str  # the Ministry's, of the book's side
    kind: str  # "basic" or "other"
    agreement: Agreement
    book: str
    population: str
    sentence: str  # "" where equal says all
    weight: int

    @property
    def title(self) -> str:
        return FIELD_TITLES[self.field]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A citizen beside the person of the book."""

    citizen: Citizen
    score: float
    is_possible: bool
    evidence: tuple[Evidence, ...]  # in the order of looking up
    differences: tuple[dict[str, str], ...]

    @property
    def outcome(self) -> str:
        """What it is when an officer says that this is the person."""
        return "discrepant" if self.differences else "consistent"


def likenesses(person: Person, population: Population) -> tuple[MatchResult, tuple[Likeness, ...]]:
    """What matching says now, and every citizen it would show, best first. Raises ExtractMissing."""
    result = match_person(person, population)
    return result, tuple(_likeness(person.role, judged) for judged in result.candidates)


def likeness_of(person: Person, citizen: Citizen) -> Likeness:
    """One citizen, whoever found her."""
    return _likeness(person.role, judge(person, citizen))


def citizen_near(person: Person, population: Population, personal_id: str) -> Citizen | None:
    """The citizen of this number among those near the person; None for anybody else."""
    near = population.candidates(person, LOOKED_AT)
    return next((citizen for citizen in near if citizen.personal_id == personal_id), None)


def told_differences(role: str, differences: Iterable[Comparison]) -> tuple[dict[str, str], ...]:
    """Differences as findings and decisions keep them."""
    return tuple(
        {
            "field": column_of(role, each.field), "kind": each.kind.value, "book": each.book,
            "population": each.population, "why": each.verdict.why,
        }
        for each in differences
    )  # fmt: skip


def _likeness(role: str, judged: Judged) -> Likeness:
    evidence = sorted((_evidence(role, each) for each in judged.comparisons), key=_place)
    differences = told_differences(role, [each for each in judged.comparisons if each.agreement is Agreement.DIFFERENT])
    return Likeness(judged.citizen, judged.score, judged.is_possible, tuple(evidence), differences)


def _evidence(role: str, told: Comparison) -> Evidence:
    return Evidence(
        told.field, _column(role, told), told.kind.value, told.agreement, told.book, told.population, told.verdict.why,
        _weight(told),
    )  # fmt: skip


def _column(role: str, told: Comparison) -> str:
    """ "" where the book has no column for it, as for the parents of an adult."""
    return column_of(role, told.field) if told.book else ""


def _weight(told: Comparison) -> int:
    if told.agreement is Agreement.MISSING:
        return 0
    return round(100 * WEIGHTS[told.field] * told.verdict.strength * (2 * told.verdict.similarity - 1))


def _place(evidence: Evidence) -> int:
    return LOOK_UP_ORDER.index(evidence.field)
