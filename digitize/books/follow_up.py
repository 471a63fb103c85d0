"""What becomes of a finding: who counts as found, what differs, and the follow-up list (danh sách theo dõi riêng)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from digitize.books.dates import PartialDate, parse_date
from digitize.books.entry import PersonMatch
from digitize.books.kinds import BookKind

Difference = Mapping[str, str]  # field (the Ministry's column), kind, book, population, why

# Births registered from this day on are the source for the population database (Thông tư 01/2022/TT-BTP, Điều 4, as
# summarised; domain notes 2.2).
BOOK_IS_SOURCE = PartialDate(1, 1, 2016)


class Choice(StrEnum):
    """What an officer decides about a person; added, never overwritten."""

    SAME = "same"  # this citizen is the person of the book
    NOBODY = "nobody"  # none of those who were shown
    WITHDRAWN = "withdrawn"  # her decision no longer counts: what matching found does


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer decided about one person, and why."""

    decision_id: int
    entry_id: int
    role: str
    choice: Choice
    personal_id: str | None
    outcome: str  # as of PersonMatch; of a withdrawn decision ""
    differences: tuple[Difference, ...]
    source: str  # where the citizen's data came from: the extract's file, or the typing sheet
    why: str
    by: str  # account
    at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts for one person of an entry: the officer's decision, else the newest finding."""

    entry_id: int
    role: str
    found: PersonMatch | None  # None: nothing was looked up by machine
    decision: Decision | None

    @property
    def outcome(self) -> str:
        if self.decision:
            return self.decision.outcome
        return self.found.outcome if self.found else "not_found"

    @property
    def personal_id(self) -> str | None:
        if self.decision:
            return self.decision.personal_id
        return self.found.personal_id if self.found else None

    @property
    def differences(self) -> tuple[Difference, ...]:
        if self.decision:
            return self.decision.differences
        return tuple(self.found.detail.get("differences", ())) if self.found else ()

    @property
    def score(self) -> float:
        return self.found.score if self.found else 0.0

    @property
    def margin(self) -> float:
        """How far the best candidate is ahead of the second, 0..1: what makes an outcome certain."""
        scores = [each["score"] for each in self.found.detail.get("candidates", ())] if self.found else []
        return float(scores[0] - scores[1]) if len(scores) > 1 else self.score

    @property
    def source(self) -> str:
        """Which data answered: the extract's file name, or the typing sheet; "" where it was not kept."""
        if self.decision:
            return self.decision.source
        return str(self.found.detail.get("extract", {}).get("source", "")) if self.found else ""


class Direction(StrEnum):
    """Which side is to be put right."""

    POPULATION = "population"
    BOOK = "book"
    KEYING = "keying"
    VERIFY = "verify"


DIRECTION_TITLES = {
    Direction.POPULATION: "Điều chỉnh CSDL dân cư theo sổ",
    Direction.BOOK: "Cải chính, bổ sung hộ tịch",
    Direction.KEYING: "Nhập sai, sửa lại theo sổ",
    Direction.VERIFY: "Hai cơ quan xác minh",
}


class FollowState(StrEnum):
    """How far a difference is."""

    OPEN = "open"
    VERIFYING = "verifying"
    SETTLED = "settled"
    GONE = "gone"  # a later look-up no longer shows it


STATE_TITLES = {
    FollowState.OPEN: "Chưa xử lý",
    FollowState.VERIFYING: "Đang xác minh",
    FollowState.SETTLED: "Đã xử lý",
    FollowState.GONE: "Không còn khác biệt",
}


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One difference on the follow-up list."""

    follow_up_id: int
    entry_id: int
    book_id: int
    role: str
    column: str
    kind: str  # "basic" or "other"
    personal_id: str | None
    book_text: str
    population_text: str
    why: str
    direction: Direction
    state: FollowState
    responsible: str | None  # account
    note: str  # how it ended
    opened_by: str
    opened_at: datetime  # UTC
    changed_by: str
    changed_at: datetime  # UTC


def proposed_direction(kind: BookKind, registered: str) -> Direction:
    """Births registered from 01/01/2016 are the source; of everything else both offices verify who is right."""
    date = parse_date(registered)
    is_source = kind is BookKind.BIRTH and date is not None and date.year is not None
    return Direction.POPULATION if is_source and date and not date.is_before(BOOK_IS_SOURCE) else Direction.VERIFY


def to_verify(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """What two offices must settle: a date of which one side only tells less is nothing that anybody got wrong."""
    return tuple(each for each in differences if not _tells_less(each["book"], each["population"]))


def _tells_less(book: str, population: str) -> bool:
    ours, theirs = parse_date(book), parse_date(population)
    if ours is None or theirs is None or ours.precision == theirs.precision:
        return False
    return not ours.is_before(theirs) and not theirs.is_before(ours)


def is_changed(
    before: Standing | None, outcome: str, personal_id: str | None, differences: Sequence[Difference]
) -> bool:
    """Whether a look-up says something else than the one before, for a list of what a new extract changed."""
    if before is None or before.found is None:
        return True
    told = before.found
    same = (told.outcome, told.personal_id) == (outcome, personal_id)
    return not same or _texts(told.detail.get("differences", ())) != _texts(differences)


def _texts(differences: Sequence[Difference]) -> set[tuple[str, str, str]]:
    return {(each["field"], each["book"], each["population"]) for each in differences}
