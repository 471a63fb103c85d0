"""The same birth in two books, and parents whose children do not agree about them: what two entries are (pure).

Siblings and twins share parents, home and sometimes the day; only the child's own name tells the same birth from a
twin's, so that a pair whose names are two names is never listed as the same birth.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from digitize.books.persons import Person
from digitize.matching.compare.agreement import Agreement
from digitize.matching.compare.dates import compare_dates, compare_years
from digitize.matching.compare.names import compare_names
from digitize.matching.words import words_of

NAME_NEAR = 0.8


class Finding(StrEnum):
    """What a pair of entries may be."""

    SAME_BIRTH = "same_birth"  # một việc sinh ghi hai lần
    TWINS = "twins"  # sinh đôi: không phải ghi trùng
    PARENT_DIFFERS = "parent_differs"  # anh chị em, thông tin cha mẹ không khớp


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Why an officer should see two entries beside each other."""

    finding: Finding
    why: str


def suspicion(one: Person, other: Person) -> Suspicion | None:
    """What the children of two birth entries may be to each other; None where nothing is suspicious."""
    name, birth = compare_names(one.name, other.name), compare_dates(one.birth, other.birth)
    mother, father = (
        compare_names(one.mother_name, other.mother_name),
        compare_names(one.father_name, other.father_name),
    )
    if _is_another(mother.agreement, mother.similarity) or _is_another(father.agreement, father.similarity):
        return None
    known = Agreement.MISSING not in (mother.agreement, father.agreement)
    same_day = birth.agreement is Agreement.EQUAL
    if _is_same_name(one.name, other.name, name.similarity):
        why = in_two_books("; ".join(filter(None, (name.why, birth.why))) or "cùng họ tên, ngày sinh, cha mẹ")
        near = birth.agreement is not Agreement.DIFFERENT or birth.similarity >= 0.5
        return Suspicion(Finding.SAME_BIRTH, why) if near and birth.agreement != Agreement.MISSING else None
    if same_day and birth.strength == 1 and known:
        return Suspicion(Finding.TWINS, "cùng cha mẹ và ngày sinh, khác tên")
    return _differing_parents(one, other) if known else None


def _is_another(agreement: Agreement, similarity: float) -> bool:
    return agreement is Agreement.DIFFERENT and similarity < NAME_NEAR


def _is_same_name(one: str, other: str, similarity: float) -> bool:
    """Near, and the given name itself is not another one: Páo and Pao may be twins, Páo and Páo are not."""
    given = [words_of(name)[-1:] for name in (one, other)]
    return similarity >= NAME_NEAR and (given[0] == given[1] or similarity >= 0.95)


def _differing_parents(one: Person, other: Person) -> Suspicion | None:
    """Brothers and sisters whose books tell their parents' names or years otherwise."""
    verdicts = {
        "tên mẹ": compare_names(one.mother_name, other.mother_name),
        "tên cha": compare_names(one.father_name, other.father_name),
        "năm sinh mẹ": compare_years(one.mother_birth, other.mother_birth),
        "năm sinh cha": compare_years(one.father_birth, other.father_birth),
    }
    told = [f"{what}: {v.why}" for what, v in verdicts.items() if v.agreement is Agreement.DIFFERENT]
    return Suspicion(Finding.PARENT_DIFFERS, in_two_books("; ".join(told))) if told else None


def in_two_books(sentence: str) -> str:
    """The comparators tell of a book and the population database; here both sides are books."""
    return re.sub(r"\bsổ (?=ghi|chỉ|không)", "sổ thứ nhất ", sentence).replace("CSDL dân cư", "sổ thứ hai")
