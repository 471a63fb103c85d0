"""The population helps the reading: what citizens are called, weighed against the ink of the page.

It orders citizens and offers another reading; what an officer confirmed is never changed by it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import exp, log, log2

import numpy as np

from digitize.books.persons import Person
from digitize.matching.compare import FIELDS, Agreement, compare
from digitize.matching.decide import Judged
from digitize.matching.entries import column_of
from digitize.matching.population import Citizen
from digitize.matching.weigh import NameShares, weigh
from digitize.ocr.likelihood import fits

INKED = ("name", "birth", "mother_name", "mother_birth", "father_name", "father_birth")  # attributes of Person
AS_READ, AS_KEYED = 0.98, 0.05  # that a difference is the reader's, and that it is an officer's, not the book's
TOLD = 3.0  # times better: below it the ink does not decide

Inks = Mapping[str, bytes]  # what the reader saw, packed, by the Ministry's column
_CITIZEN_OF = {ours: theirs for ours, theirs, *_ in FIELDS}
_COMPARATORS = {ours: comparator for ours, _, _, comparator in FIELDS}


@dataclass(frozen=True, slots=True)
class InkFit:
    """How much better the ink of one field fits what the citizen is called than what was keyed."""

    field: str
    column: str
    book: str
    population: str
    nats: float  # above 0 for the citizen

    @property
    def is_offer(self) -> bool:
        """Whether the ink fits clearly better than what was keyed: for an officer to look at once more."""
        return self.nats > log(TOLD)

    @property
    def sentence(self) -> str:
        """ "" where the ink does not decide."""
        times = min(round(exp(min(abs(self.nats), 10))), 1000)
        if times < TOLD:
            return ""
        better, worse = (self.population, self.book) if self.nats > 0 else (self.book, self.population)
        more = "trên " if times == 1000 else ""
        return f"Nét chữ hợp với «{better}» hơn «{worse}» {more}{times} lần."


def ink_fits(person: Person, citizen: Citizen, inks: Inks) -> tuple[InkFit, ...]:
    """Of every field that has ink and on which the two sides differ; a date told as far as it goes is no difference."""
    return tuple(fit for field in INKED if (fit := _fit(person, citizen, field, inks)))


def ranked(
    person: Person, judged: Iterable[Judged], inks: Inks, shares: NameShares, doubt: float = AS_KEYED
) -> list[tuple[Judged, float]]:
    """Citizens with the bits that speak for them, the ink heard; most first. `doubt` as for `ink_bits`."""
    weighed = [(each, each.bits + ink_bits(person, each, inks, shares, doubt)) for each in judged]
    return sorted(weighed, key=lambda one: -one[1])


def ink_bits(person: Person, judged: Judged, inks: Inks, shares: NameShares, doubt: float = AS_KEYED) -> float:
    """Bits that the ink adds. A field may differ because the book does, or because it was read wrongly (`doubt`).

    A misread field weighs what equal text would, less what the citizen's own text fits the ink worse; how rare the name
    is weighs the same for all who are compared.
    """
    told = {each.field: each.bits for each in judged.evidence}
    added = 0.0
    for fit in ink_fits(person, judged.citizen, inks):
        as_keyed = replace(judged.citizen, **{_CITIZEN_OF[fit.field]: fit.book})
        same = weigh(person, as_keyed, compare(person, as_keyed), shares)
        misread = next(each.bits for each in same if each.field == fit.field) + fit.nats / log(2)
        both = np.logaddexp2(log2(doubt) + misread, log2(1 - doubt) + told[fit.field])
        added += float(both) - told[fit.field]
    return added


def _fit(person: Person, citizen: Citizen, field: str, inks: Inks) -> InkFit | None:
    if person.role != "child" and field.startswith(("mother", "father")):
        return None  # the book tells parents of the child only
    book, population, column = (
        getattr(person, field),
        getattr(citizen, _CITIZEN_OF[field]),
        column_of(person.role, field),
    )
    if column not in inks or _COMPARATORS[field](book, population).agreement is not Agreement.DIFFERENT:
        return None
    ours, theirs = fits(inks[column], (book, _as_written(book, population)))
    return InkFit(field, column, book, population, theirs - ours)


def _as_written(book: str, population: str) -> str:
    """A date with the separators of the book, for the ink has those: "09.01.2017" beside "9/1/2017" is "09/01/2017"."""
    parts = re.findall(r"\d+", population)
    between = re.split(r"\d+", book)
    if len(parts) < 2 or len(between) != len(parts) + 1:
        return population
    return "".join(text for pair in zip(between, parts, strict=False) for text in pair) + between[-1]
