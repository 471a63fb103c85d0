"""What is kept about the quality of a book: second readings of fields, samples of entries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Reading:
    """What another person read in a field, or a third one decided. Added, never changed."""

    entry_id: int
    book_id: int
    column: str
    first_text: str  # what stood confirmed then
    first_by: str  # account
    text: str
    decides: bool
    by: str  # account
    at: datetime  # UTC


class Verdict(StrEnum):
    """What a sample says of its book."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SampleCheck:
    """What a person found in one entry of a sample. Added, never changed."""

    entry_id: int
    keyed_by: str | None
    looked: Mapping[str, int]  # kind of field -> how many were looked at
    wrong: Mapping[str, str]  # column -> kind of field
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sample:
    """Entries drawn from a book by a seed, and how many wrong ones let the book pass."""

    sample_id: int
    book_id: int
    seed: str
    size: int  # entries of the book when it was drawn
    accept: int
    entries: tuple[int, ...]
    drawn_by: str
    drawn_at: datetime
    verdict: Verdict | None
    checks: tuple[SampleCheck, ...]

    @property
    def wrong(self) -> int:
        """Entries found wrong so far."""
        return sum(bool(check.wrong) for check in self.checks)
