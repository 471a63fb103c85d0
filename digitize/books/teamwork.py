"""Several officers at one pile of entries: leases, edits and where two of them met, questions, queues."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from digitize.books.book import Book
from digitize.books.entry import Entry
from digitize.books.kinds import BookKind
from digitize.clock import here

LEASE = timedelta(minutes=10)  # without a sign of life; a closed laptop frees its entry after so long


@dataclass(frozen=True, slots=True)
class Lease:
    """In whose hands an entry is."""

    entry_id: int
    owner: str  # account
    owner_name: str  # full name, else the account
    until: datetime  # UTC, by the server's clock

    @property
    def told(self) -> str:
        """ "Đang do Nông Thị Hoa nhập, đến 10:32": the hour in Vietnam."""
        return f"Đang do {self.owner_name} nhập, đến {here(self.until):%H:%M}"


@dataclass(frozen=True, slots=True)
class EditMark:
    """Which edit this is: `sitting` is drawn anew for every page opened, `number` rises with each edit sent."""

    sitting: str
    number: int


@dataclass(frozen=True, slots=True)
class Collision:
    """Two texts for one field: the officer must choose. To choose either, save it with `seen=version`."""

    column: str
    mine: str | None  # None: not typed, but what she saw is no longer what stands there
    theirs: str
    by: str | None  # account; None: the page was read again by the machine
    by_name: str
    at: datetime | None  # UTC
    version: int  # of the entry when theirs was written


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: the entry as it now stands, the fields that were not taken, and what she must be shown."""

    entry: Entry
    collisions: tuple[Collision, ...] = ()
    unseen: tuple[Collision, ...] = ()  # written by others since, in fields that were not sent


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One change of one field, from the journal."""

    line_id: int  # of the journal
    at: datetime  # UTC
    by: str  # account
    act: str
    before: str | None  # None: no person had keyed it
    after: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Asked about an entry or one field of it; open until answered, and with the asker until settled."""

    question_id: int
    entry_id: int
    book_id: int
    column: str | None
    text: str
    asked_by: str  # account
    asked_at: datetime  # UTC
    to_account: str | None
    to_role: str | None
    answer: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    settled_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.answer is None and self.settled_at is None


class Doubt(StrEnum):
    """How sure the machine is of what nobody has keyed yet."""

    DOUBTFUL = "doubtful"  # one field or more should be looked at closely
    SURE = "sure"
    UNREAD = "unread"  # nothing was read, or all is keyed


class Order(StrEnum):
    """Within the plan's order of kinds."""

    PAGE = "page"
    DOUBT = "doubt"  # most fields expected to be wrong first


@dataclass(frozen=True, slots=True)
class Queue:
    """Which waiting entries an officer wants, and in which order. Without anything: all in scope."""

    book_id: int | None = None
    unit_code: str | None = None
    kind: BookKind | None = None
    doubt: Doubt | None = None
    order: Order = Order.PAGE


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many entries of one book wait for an officer."""

    book: Book
    doubt: Mapping[Doubt, int] = field(default_factory=dict)  # every doubt is a key
    in_other_hands: int = 0  # of these, leased to colleagues or waiting for an answer

    @property
    def total(self) -> int:
        return sum(self.doubt.values())
