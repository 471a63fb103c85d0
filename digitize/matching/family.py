"""The people of one entry support each other: whoever lives with the mother found is likelier her child.

The declarant, who often is one of them, is supported and supports nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log2

from digitize.books.persons import DECLARANT, Person
from digitize.matching.block import born_key
from digitize.matching.decide import COMPARED_CLOSELY, Judged, MatchResult, candidates_of, decide, judge, rank
from digitize.matching.population import Citizen, Population
from digitize.matching.weigh.weights import frozen
from digitize.matching.words import plain_name

CHILDREN = frozenset({"child", "adopted"})
MOTHERS, FATHERS = frozenset({"mother", "adoptive_mother"}), frozenset({"father", "adoptive_father"})
YEARS_TO_CHILD, YEARS_APART, ANY_AGE = range(14, 61), range(0, 41), range(0, 120)

Candidates = Mapping[str, Sequence[Judged]]  # by role, ranked


def match_family(persons: Sequence[Person], population: Population) -> list[MatchResult]:
    """Every person of an entry in her role, in the order given. Raises ExtractMissing."""
    people = population.extract().rows
    alone = {p.role: rank(candidates_of(p, population), people, frozen()) for p in persons}
    alone |= {p.role: rank(_with_told_year(p, alone, population), people, frozen()) for p in persons}
    return [decide(p.role, _supported(p, alone), people) for p in persons]


def _supported(person: Person, alone: Candidates) -> list[Judged]:
    others = [(role, found) for role, found in alone.items() if role not in (person.role, DECLARANT)]
    return [replace(j, family=sum(_support(person, j, *other) for other in others)) for j in alone[person.role]]


def _support(person: Person, judged: Judged, role: str, partners: Sequence[Judged]) -> float:
    """Bits that a partner adds, be it any of the candidates or nobody of the extract."""
    nobody = max(0.0, 1 - sum(p.probability for p in partners))
    told = sum(p.probability * 2 ** _bits(person, judged.citizen, role, p.citizen) for p in partners)
    return round(log2(nobody + told + 1e-9), 2)


def _bits(person: Person, one: Citizen, role: str, other: Citizen) -> float:
    """How much likelier two citizens are one family than two strangers; only what the extract says of both."""
    bits, weights, year = 0.0, frozen().family, _year(one)
    if one.residence and other.residence:
        bits += weights["one_home" if plain_name(one.residence) == plain_name(other.residence) else "two_homes"]
    if year and _year(other) and abs(year - _year(other)) not in _years_apart(person.role, role):
        bits += weights["ages"]
    if year and not person.birth and (told := _year_told(person.role, role, other)):
        bits += weights["year_told" if told == year else "another_year"]
    return bits


def _years_apart(*roles: str) -> range:
    """Years that may lie between two people of an entry; whoever reports an event may be of any age."""
    if DECLARANT in roles:
        return ANY_AGE
    return YEARS_TO_CHILD if CHILDREN & {*roles} else YEARS_APART


def _year(citizen: Citizen) -> int:
    """Year of birth, 0 when it is not known."""
    return born_key(citizen.date_of_birth) // 10000


def _year_told(role: str, child_role: str, child: Citizen) -> int:
    """The parent's year as the extract tells it with the child; 0 when it does not, or it is no child."""
    if child_role not in CHILDREN or role not in MOTHERS | FATHERS:
        return 0
    return born_key(child.mother_birth_year if role in MOTHERS else child.father_birth_year) // 10000


def _with_told_year(person: Person, alone: Candidates, population: Population) -> list[Judged]:
    """Of a parent without a year in the book, those too who are born in the year that the child found tells."""
    known = list(alone[person.role])
    children = [(role, found[0]) for role, found in alone.items() if role in CHILDREN and found]
    for role, child in children:
        year = _year_told(person.role, role, child.citizen)
        if year and not person.birth and child.probability >= frozen().found:
            found = population.candidates(replace(person, birth=str(year)), COMPARED_CLOSELY, wider=True)
            ids = {j.citizen.personal_id for j in known}
            known += [judge(person, c, population.shares()) for c in found if c.personal_id not in ids]
    return known
