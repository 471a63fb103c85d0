"""Values of an entry held against each other: what agrees is surer, what cannot be is doubted; no text changes (pure).

The rules and the words for them stand in digitize.books.rules.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from digitize.books.ditto import meant_by_ditto
from digitize.books.entry import Alternative, Candidate
from digitize.books.rules import Finding, Weight, findings, numbers_on_page

Candidates = Mapping[str, Candidate]

MOST = {Weight.CONTRADICTION: 0.5, Weight.HINT: 0.8}  # that is left of the confidence in the columns of a finding
NUMBER = "so"


def held_together(candidates: Candidates) -> dict[str, Candidate]:
    """The same candidates with the confidence that they deserve beside each other."""
    kept = dict(candidates)
    found = findings({column: candidate.text for column, candidate in candidates.items()})
    for finding in found:
        if finding.weight is Weight.AGREEMENT:
            first, second = (candidates[column].confidence for column in finding.columns)
            kept[finding.columns[0]] = _surer(candidates[finding.columns[0]], second, first)
    return _doubted(kept, found)


def held_in_order(entries: Sequence[Candidates]) -> tuple[dict[str, Candidate], ...]:
    """Entries of one page, top to bottom, with the confidence that their numbers deserve beside each other."""
    numbers = [entry[NUMBER].text if NUMBER in entry else "" for entry in entries]
    kept = []
    for i, (entry, found) in enumerate(zip(entries, numbers_on_page(numbers), strict=True)):
        own = _doubted(entry, found)
        if any(finding.weight is Weight.AGREEMENT for finding in found):
            beside = [*entries[max(0, i - 1) : i], *entries[i + 1 : i + 2]]
            least = min(other[NUMBER].confidence for other in beside if NUMBER in other)
            own[NUMBER] = _surer(entry[NUMBER], least, entry[NUMBER].confidence)
        kept.append(own)
    return tuple(kept)


def with_dittos(entries: Sequence[Candidates]) -> tuple[dict[str, Candidate], ...]:
    """Entries of one page with what their ditto marks stand for among the alternatives; the mark stays the text."""
    meant = meant_by_ditto([{column: each.text for column, each in entry.items()} for entry in entries])
    return tuple(
        {column: _offered(each, told[column]) if column in told else each for column, each in entry.items()}
        for entry, told in zip(entries, meant, strict=True)
    )


def _offered(candidate: Candidate, text: str) -> Candidate:
    """Without a probability: it is no reading of the ink."""
    return replace(candidate, alternatives=(*candidate.alternatives, Alternative(text, 0.0)))


def _surer(candidate: Candidate, other: float, own: float) -> Candidate:
    """It is hardly by chance that two values agree: wrong only where both are."""
    return replace(candidate, confidence=round(1 - (1 - own) * (1 - other), 4))


def _doubted(candidates: Candidates, found: Iterable[Finding]) -> dict[str, Candidate]:
    kept = dict(candidates)
    for finding in found:
        for column in set(finding.columns) & kept.keys():
            most = min(kept[column].confidence, MOST.get(finding.weight, 1.0))
            kept[column] = replace(kept[column], confidence=most)
    return kept
