"""Births that may stand in two books: what an officer decides about a pair, journalled, with a way back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PairChoice(StrEnum):
    """What an officer decides about a pair; added, never overwritten."""

    SAME = "same"  # it is what was found: one birth told twice, or parents told in two ways
    DIFFERENT = "different"  # it is not
    WITHDRAWN = "withdrawn"  # the decision before no longer counts


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two entries that share a key; `first` is the smaller number."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class PairDecision:
    """What an officer decided about two entries, and why."""

    pair: NearPair
    finding: str  # what had been found, as matching tells it
    seen: str  # the sentence that the officer saw; when another one is told now, the pair is open again
    choice: PairChoice
    why: str
    by: str  # account
    at: datetime  # UTC
