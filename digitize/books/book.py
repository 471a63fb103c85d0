"""A registry book and its pages, with the counts that progress is told by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from digitize.books.kinds import BookKind
from digitize.books.steps import Step

COVER_MARK = "SOHOTICH"  # begins the QR code of a cover sheet


class PageState(StrEnum):
    """How far the reading of a page has come."""

    QUEUED = "queued"
    READING = "reading"
    READ = "read"
    FAILED = "failed"


PAGE_STATE_TITLES = {
    PageState.QUEUED: "Chờ đọc",
    PageState.READING: "Đang đọc",
    PageState.READ: "Đã đọc",
    PageState.FAILED: "Không đọc được",
}


@dataclass(frozen=True, slots=True)
class Book:
    """One volume (quyển) of a civil-status book as a registration authority keeps it."""

    book_id: int
    kind: BookKind
    unit_code: str  # code of the unit that keeps the book, as in the list of units
    unit_name: str
    district_code: str
    authority: str  # registration authority (cơ quan đăng ký hộ tịch), as on the cover
    year: int
    volume: str  # letter for letter as on the cover
    opened_at: datetime  # UTC; when the book was opened here, not the date on its cover
    ahead_why: str | None = None  # why it comes before its kind's turn in the plan's order


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a book, its scan in the archive, and how far its reading has come."""

    page_id: int
    book_id: int
    sha256: str  # of the original file in the archive
    file_name: str  # as taken in
    page_of_file: int  # from 1
    sequence: int  # place in the book, from 1
    width: int  # pixels of the upright image
    height: int
    state: PageState
    form_id: str | None = None  # known once the page has been read
    lease_owner: str | None = None
    lease_until: datetime | None = None  # UTC
    attempts: int = 0
    failure_code: str | None = None
    failure_message: str | None = None


@dataclass(frozen=True, slots=True)
class PageProblem:
    """Something wrong with a page; settled once a person has looked and left it as it is."""

    page_id: int
    code: str  # stable
    message: str  # Vietnamese, with what to do
    kept_by: str | None = None  # account
    kept_at: datetime | None = None  # UTC
    why: str | None = None


@dataclass(frozen=True, slots=True)
class BookCounts:
    """How far the work on one book has come."""

    book: Book
    pages: int
    pages_read: int
    pages_failed: int
    entries: Mapping[Step, int]  # every step is a key

    @property
    def entries_total(self) -> int:
        return sum(count for step, count in self.entries.items() if step is not Step.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """The same counts for all books of one kind in one unit."""

    unit_code: str
    unit_name: str
    district_code: str
    kind: BookKind
    books: int
    pages: int
    pages_read: int
    pages_failed: int
    entries: Mapping[Step, int]

    @property
    def entries_total(self) -> int:
        return sum(count for step, count in self.entries.items() if step is not Step.SET_ASIDE)


def add_up(counts: tuple[BookCounts, ...]) -> tuple[UnitProgress, ...]:
    """Counts per unit and kind, in order of unit code and of the plan."""
    groups: dict[tuple[str, BookKind], list[BookCounts]] = {}
    for count in counts:
        groups.setdefault((count.book.unit_code, count.book.kind), []).append(count)
    ordered = sorted(groups.items(), key=lambda group: (group[0][0], group[0][1].priority))
    return tuple(_sum(group) for _, group in ordered)


def _sum(group: list[BookCounts]) -> UnitProgress:
    book = group[0].book
    return UnitProgress(
        unit_code=book.unit_code,
        unit_name=book.unit_name,
        district_code=book.district_code,
        kind=book.kind,
        books=len(group),
        pages=sum(count.pages for count in group),
        pages_read=sum(count.pages_read for count in group),
        pages_failed=sum(count.pages_failed for count in group),
        entries={step: sum(count.entries[step] for count in group) for step in Step},
    )
