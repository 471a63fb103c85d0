"""What speaks for and against a citizen being the person of the book: sentences with weights, strongest first."""

from dataclasses import dataclass

from digitize.books.persons import Person
from digitize.matching.compare import Agreement, Comparison, compare
from digitize.matching.decide import Judged, MatchResult, match_person
from digitize.matching.entries import column_of
from digitize.matching.population import Citizen, Population
from digitize.workflow.ink import InkFit, Inks, ink_fits, ranked

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
    """One field of the book beside the citizen's, and what it weighs: one more point doubles what speaks for her."""

    field: str  # attribute of Person
    column: str  # the Ministry's, of the book's side; "" where the book has none
    kind: str  # "basic" or "other"
    agreement: Agreement
    book: str
    population: str
    sentence: str  # "" where equal says all
    weight: int  # bits, below 0 against her

    @property
    def title(self) -> str:
        return FIELD_TITLES[self.field]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A citizen beside the person of the book."""

    citizen: Citizen
    score: float
    evidence: tuple[Evidence, ...]  # in the order of looking up
    fits: tuple[InkFit, ...] = ()  # how the page's ink fits what she is called, where it is not what was keyed


def likenesses(person: Person, population: Population, inks: Inks) -> tuple[MatchResult, tuple[Likeness, ...]]:
    """What matching says now, and every citizen it would show, best first, the ink heard. Raises ExtractMissing."""
    result = match_person(person, population)
    heard = ranked(person, result.candidates, inks, population.shares())
    return result, tuple(_likeness(person, judged, inks) for judged, _ in heard)


def citizen_near(person: Person, population: Population, personal_id: str) -> Citizen | None:
    """The citizen of this number among those near the person; None for anybody else."""
    near = (citizen for wider in (False, True) for citizen in population.candidates(person, LOOKED_AT, wider))
    return next((citizen for citizen in near if citizen.personal_id == personal_id), None)


def differences_to(person: Person, citizen: Citizen) -> tuple[dict[str, str], ...]:
    """What both sides tell and tell differently, as findings keep it. An officer has said who it is: a bare year no
    longer leaves open who is meant."""
    different = [each for each in compare(person, citizen) if each.agreement is Agreement.DIFFERENT]
    return tuple(
        {
            "field": column_of(person.role, each.field), "kind": each.kind.value, "book": each.book,
            "population": each.population, "why": each.verdict.why,
        }
        for each in different
    )  # fmt: skip


def _likeness(person: Person, judged: Judged, inks: Inks) -> Likeness:
    fits = ink_fits(person, judged.citizen, inks)
    bits = {each.field: each.bits for each in judged.evidence}
    evidence = [_evidence(person.role, each, bits[each.field]) for each in judged.comparisons]
    return Likeness(judged.citizen, judged.score, tuple(sorted(evidence, key=_place)), fits)


def _evidence(role: str, told: Comparison, bits: float) -> Evidence:
    return Evidence(
        told.field, column_of(role, told.field) if told.book else "", told.kind.value, told.agreement, told.book,
        told.population, told.verdict.why, round(bits),
    )  # fmt: skip


def _place(evidence: Evidence) -> int:
    return LOOK_UP_ORDER.index(evidence.field)
