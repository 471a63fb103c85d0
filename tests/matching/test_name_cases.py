"""Labelled pairs of names are the source of truth for comparing: `same`, `near` (an officer should look) or `other`.

What is known to come out wrong says so in its own column, with what comes out; a case that is mended must say so too.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from digitize.matching.compare import Agreement
from digitize.matching.compare.names import compare_names

with (Path(__file__).parent / "name_cases.csv").open(encoding="utf-8", newline="") as _file:
    CASES = list(csv.DictReader(_file))
NEAR = 0.8


def found(book: str, population: str) -> str:
    verdict = compare_names(book, population)
    if verdict.agreement is Agreement.EQUAL:
        return "same"
    return "near" if verdict.similarity >= NEAR else "other"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['book']} / {case['population']}")
def test_every_labelled_pair(case: dict[str, str]) -> None:
    assert found(case["book"], case["population"]) == (case["known_wrong"] or case["expected"])
    assert case["known_wrong"] != case["expected"]


def test_there_are_enough_of_each_with_a_note() -> None:
    counts = Counter(case["expected"] for case in CASES)
    assert sum(counts.values()) >= 500
    assert set(counts) == {"same", "near", "other"} and min(counts.values()) >= 100
    assert all(case["note"] for case in CASES)
    assert len({(case["book"], case["population"]) for case in CASES}) == len(CASES)
    assert sum(bool(case["known_wrong"]) for case in CASES) <= 10
