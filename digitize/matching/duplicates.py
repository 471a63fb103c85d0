"""The same birth in two books, and parents whose children do not agree about them: pairs for clerical review (pure).

Siblings and twins share parents, home and sometimes the day; only the child's own name tells the same birth from a
twin's, so that a pair whose names are two names is never listed as the same birth.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from digitize.books.persons import Person
from digitize.matching.block import born_key
from digitize.matching.compare.agreement import Agreement
from digitize.matching.compare.dates import compare_dates, compare_years
from digitize.matching.compare.names import compare_names
from digitize.matching.words import plain_name, plain_word, words_of

NAME_NEAR = 0.8
CROWDED = 200  # children under one key; more share a very common name and a year, and say nothing


class Finding(StrEnum):
    """What a pair of entries may be."""

    SAME_BIRTH = "same_birth"  # một việc sinh ghi hai lần
    TWINS = "twins"  # sinh đôi: không phải ghi trùng
    PARENT_DIFFERS = "parent_differs"  # anh chị em, thông tin cha mẹ không khớp


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that an officer should see beside each other."""

    first: Hashable
    second: Hashable
    finding: Finding
    why: str


def pairs_of(children: Mapping[Hashable, Person]) -> Iterator[Pair]:
    """Every suspicious pair among children of birth entries, by the entry's key; each pair once."""
    for first, second in _near(children):
        if pair := _pair(first, children[first], second, children[second]):
            yield pair


def _near(children: Mapping[Hashable, Person]) -> Iterator[tuple[Hashable, Hashable]]:
    """Entries that share a day or year and a word of the names, so that nobody compares all with all."""
    under: dict[tuple[object, ...], list[Hashable]] = defaultdict(list)
    for key, child in children.items():
        for block in _blocks(child):
            under[block].append(key)
    seen: set[tuple[Hashable, Hashable]] = set()
    for keys in under.values():
        if len(keys) <= CROWDED:
            for pair in combinations(keys, 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _blocks(child: Person) -> Iterator[tuple[object, ...]]:
    born, mother = born_key(child.birth), plain_name(child.mother_name)
    words: Sequence[str] = [plain_word(word) for word in words_of(child.name)]
    if words and born:
        yield "name", plain_name(child.name), born // 10000
        yield "given", words[-1], born
    if mother and born:
        yield "mother and day", mother, born
    if mother and (father := plain_name(child.father_name)):
        yield "parents", mother, father


def _pair(first: Hashable, one: Person, second: Hashable, other: Person) -> Pair | None:
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
        why = birth.why or name.why or "cùng họ tên, ngày sinh, cha mẹ"
        near = birth.agreement is not Agreement.DIFFERENT or birth.similarity >= 0.5
        return Pair(first, second, Finding.SAME_BIRTH, why) if near and birth.agreement != Agreement.MISSING else None
    if same_day and birth.strength == 1 and known:
        return Pair(first, second, Finding.TWINS, "cùng cha mẹ và ngày sinh, khác tên")
    return _differing_parents(first, one, second, other) if known else None


def _is_another(agreement: Agreement, similarity: float) -> bool:
    return agreement is Agreement.DIFFERENT and similarity < NAME_NEAR


def _is_same_name(one: str, other: str, similarity: float) -> bool:
    """Near, and the given name itself is not another one: Páo and Pao may be twins, Páo and Páo are not."""
    given = [words_of(name)[-1:] for name in (one, other)]
    return similarity >= NAME_NEAR and (given[0] == given[1] or similarity >= 0.95)


def _differing_parents(first: Hashable, one: Person, second: Hashable, other: Person) -> Pair | None:
    """Brothers and sisters whose books tell their parents' names or years otherwise."""
    verdicts = {
        "tên mẹ": compare_names(one.mother_name, other.mother_name),
        "tên cha": compare_names(one.father_name, other.father_name),
        "năm sinh mẹ": compare_years(one.mother_birth, other.mother_birth),
        "năm sinh cha": compare_years(one.father_birth, other.father_birth),
    }
    told = [f"{what}: {v.why}" for what, v in verdicts.items() if v.agreement is Agreement.DIFFERENT]
    return Pair(first, second, Finding.PARENT_DIFFERS, "; ".join(told)) if told else None
