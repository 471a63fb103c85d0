"""An entry of a book: what the engine proposes and what an officer confirmed are different types."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from digitize.books.doubts import Doubt
from digitize.books.steps import Step


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the upright page image (after EXIF orientation)."""

    x0: int
    y0: int
    x1: int
    y1: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the same ink, with its probability 0..1.

    `literal` marks what the ink alone spells, where the suggestion was chosen for what the field may say.
    """

    text: str
    confidence: float
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the engine read for one field. A suggestion, never a fact."""

    text: str  # as read; where ink and sense disagree, what is probably meant
    norm: str  # normal form for comparing; never stored over the text
    confidence: float  # 0..1
    box: Box | None  # None where the value was derived or the page has no place for it
    alternatives: tuple[Alternative, ...] = ()
    ink: bytes = field(default=b"", compare=False, repr=False)  # what the reader saw, see ocr.likelihood; b"": not kept
    doubts: tuple[Doubt, ...] = ()  # why a person has to look at it, whatever the confidence

    def doubted(self, doubt: Doubt, most: float) -> Self:
        """The same with this doubt, and with at most this confidence."""
        return replace(self, confidence=min(self.confidence, most), doubts=(*self.doubts, doubt))

    @property
    def literal(self) -> str:
        """What the ink alone spells, letter for letter."""
        return next((other.text for other in self.alternatives if other.literal), self.text)


@dataclass(frozen=True, slots=True)
class ConfirmedValue:
    """What the book says, letter for letter, vouched for by an officer."""

    text: str
    confirmed_by: str  # account


@dataclass(frozen=True, slots=True)
class Entry:
    """One case (trường hợp) of a book. Keys of the mappings are the Ministry's column names."""

    entry_id: int
    form_id: str
    step: Step
    candidates: Mapping[str, Candidate] = field(default_factory=dict)
    values: Mapping[str, ConfirmedValue] = field(default_factory=dict)
    page_id: int = 0  # 0 where the entry was read without a store
    book_id: int = 0
    ordinal: int = 1  # place on the page, from 1
    keyed_by: str | None = None  # account
    assisted_by: str | None = None  # account of the other agency
    version: int = 0  # rises with every saved change; tells a stale copy


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """What matching found for one person of an entry. Added, never overwritten: the newest counts."""

    match_id: int
    entry_id: int
    role: str  # "child", "mother", ...
    outcome: str  # "consistent", "discrepant", "not_found", "several"
    personal_id: str | None
    score: float
    detail: Mapping[str, Any]  # differences and candidates, as matching tells them
    matched_by: str  # account
    matched_at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should look at; `code` is stable, `message` is Vietnamese."""

    code: str
    message: str
