"""Counting the words of the names of a whole extract."""

from collections import Counter
from collections.abc import Iterable

from digitize.books.codelists import gender_code
from digitize.matching.weigh.names import parts_of
from digitize.matching.weigh.shares import NameCounts
from digitize.matching.words import words_of


class NameCounter:
    """Counts names as they pass by."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], Counter[str]] = {
            (part, gender): Counter() for part in ("surname", "middle", "given") for gender in ("", "1", "2")
        }

    def add(self, name: str, gender: str) -> None:
        words, code = words_of(name), gender_code(gender)
        for part, word in zip(parts_of(words), words, strict=True):
            self.counts[part, ""][word] += 1
            if code in ("1", "2"):
                self.counts[part, code][word] += 1


def count_names(names: Iterable[tuple[str, str]]) -> NameCounts:
    """Counts of words by part of the name and gender; `names` are full names and genders."""
    counter = NameCounter()
    for name, gender in names:
        counter.add(name, gender)
    return counter.counts
