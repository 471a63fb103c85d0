"""What speaks for and against a citizen being the person of the book: sentences with weights, strongest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from digitize.books.persons import Person
from digitize.matching.compare import Agreement, Comparison, compare
from digitize.matching.decide import Judged, MatchResult
from digitize.matching.entries import column_of
from digitize.matching.family import match_family
from digitize.matching.population import Citizen, Population
from digitize.matching.weigh import FAMILY
from digitize.matching.weigh import Evidence as Weighed
from digitize.workflow.ink import InkFit, Inks, ink_fits, ranked

NAMESAKES = 0.001  # of chance, from which an officer is told that it may be one
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
    sentence: str
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
    told: tuple[str, ...] = ()  # what the other people of the entry say of her, and whether she may be a namesake


def likenesses(
    persons: Sequence[Person], role: str, population: Population, inks: Inks
) -> tuple[MatchResult, tuple[Likeness, ...]]:
    """What matching says now of one of an entry's people, and every citizen it would show, best first, the ink heard.

    Raises ExtractMissing.
    """
    person = next(each for each in persons if each.role == role)
    result = next(each for each in match_family(persons, population) if each.role == role)
    heard = ranked(person, result.candidates, inks, population.shares())
    people = population.extract().rows
    return result, tuple(_likeness(person, judged, inks, people) for judged, _ in heard)


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


def _likeness(person: Person, judged: Judged, inks: Inks, people: int) -> Likeness:
    pairs = zip(judged.comparisons, judged.evidence, strict=True)
    evidence = sorted((_evidence(person.role, *pair) for pair in pairs), key=_place)
    told = [f"{each.why} ({round(each.bits):+d})" for each in judged.told if each.field == FAMILY]
    told += filter(None, [namesakes_told(judged.namesakes(people))])
    return Likeness(judged.citizen, judged.score, tuple(evidence), ink_fits(person, judged.citizen, inks), tuple(told))


def namesakes_told(chance: float) -> str:
    """How often somebody absent agrees so by chance; "" where that hardly ever happens, or where nobody would ask."""
    if not NAMESAKES <= chance < 0.5:
        return ""
    return (
        "Ngoài họ tên, giới tính, ngày sinh không có gì khác nói là người này. "
        f"Cứ {round(1 / chance):n} người không có trong bản trích thì một người trùng ngẫu nhiên với ai đó như thế."
    )


def _evidence(role: str, told: Comparison, weighed: Weighed) -> Evidence:
    column = column_of(role, told.field) if told.book else ""
    return Evidence(
        told.field, column, told.kind.value, told.agreement, told.book, told.population, weighed.why,
        round(weighed.bits),
    )  # fmt: skip


def _place(evidence: Evidence) -> int:
    return LOOK_UP_ORDER.index(evidence.field)
