"""Books of the units in scope, and how far the work on them has come."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from digitize.access.scope import is_within
from digitize.books.book import Book, BookCounts, UnitProgress, add_up
from digitize.books.kinds import BookKind
from digitize.books.steps import Step
from digitize.errors import AlreadyThere, NotFound
from digitize.store.repositories.base import Repository, found, key
from digitize.store.tables import BookRow, TallyRow

BOOK = tuple(
    col(column)
    for column in (
        BookRow.id, BookRow.kind, BookRow.unit_code, BookRow.unit_name, BookRow.district_code, BookRow.authority,
        BookRow.year, BookRow.volume, BookRow.opened_at, BookRow.ahead_why,
    )
)  # fmt: skip
PLACE = tuple(map(col, (BookRow.priority, BookRow.unit_code, BookRow.year, BookRow.volume)))  # the plan's order
AHEAD = 0  # priority of a book that is taken before all others


class Books(Repository):
    def add(
        self, kind: BookKind, unit_code: str, unit_name: str, district_code: str, authority: str, year: int, volume: str
    ) -> Book:
        """Opens a book. Raises NotFound for a unit out of scope, AlreadyThere for a volume that is open."""
        if not is_within({unit_code}, self._actor.scope):
            raise NotFound(f"Không có đơn vị {unit_code} trong phạm vi của tài khoản.")
        if self.find(kind, unit_code, year, volume):
            raise AlreadyThere(f"Sổ {kind.value} năm {year}, quyển {volume} của đơn vị {unit_code} đã có.")
        row = BookRow(
            kind=kind.value, priority=kind.priority, unit_code=unit_code, unit_name=unit_name,
            district_code=district_code, authority=authority, year=year, volume=volume, opened_at=self._now,
        )  # fmt: skip
        with self._transaction.change("book.add", "book", row):
            pass
        return as_book(row)

    def put_ahead(self, book_id: int, why: str | None) -> Book:
        """Takes the book before its kind's turn in every queue; without a reason it goes back. Raises NotFound."""
        row = found(self._session.exec(select(BookRow).where(BookRow.id == book_id)).first(), "sổ", book_id)
        with self._transaction.change("book.put_ahead", "book", row, why or ""):
            row.ahead_why = why
            row.priority = AHEAD if why else BookKind(row.kind).priority
        return as_book(row)

    def find(self, kind: BookKind, unit_code: str, year: int, volume: str) -> Book | None:
        same_volume = select(BookRow).where(
            BookRow.kind == kind.value, BookRow.unit_code == unit_code, BookRow.year == year, BookRow.volume == volume
        )
        row = self._session.exec(same_volume).first()
        return as_book(row) if row else None

    def fetched(self, book_id: int, file_name: str) -> None:
        """Journals that a file of the book's transfer package was taken out. Raises NotFound."""
        self.get(book_id)
        self._transaction.note("book.fetch", "book", book_id, {"file": file_name})

    def get(self, book_id: int) -> Book:
        """Raises NotFound."""
        row = self._session.exec(select(BookRow).where(BookRow.id == book_id)).first()
        return as_book(found(row, "sổ", book_id))

    def all(self) -> tuple[Book, ...]:
        """In the plan's order of kinds, then by unit, year and volume."""
        query = select(*BOOK).order_by(*PLACE)
        return tuple(book_of(row) for row in self._session.execute(query))

    def counts(self) -> tuple[BookCounts, ...]:
        """Pages by state and entries by step, for every book in scope."""
        kept = (TallyRow.pages, TallyRow.pages_read, TallyRow.pages_failed, *(getattr(TallyRow, step) for step in Step))
        query = select(*BOOK, *kept).join(TallyRow, col(TallyRow.book_id) == col(BookRow.id))
        return tuple(_counts(*row) for row in self._session.execute(query.order_by(*PLACE)))

    def progress(self) -> tuple[UnitProgress, ...]:
        """The counts added up per unit and kind."""
        return add_up(self.counts())


def as_book(row: BookRow) -> Book:
    return Book(
        key(row.id), BookKind(row.kind), row.unit_code, row.unit_name, row.district_code, row.authority, row.year,
        row.volume, row.opened_at, row.ahead_why,
    )  # fmt: skip


def book_of(row: Sequence[Any]) -> Book:
    """From the columns of BOOK: whole rows of 6,500 books take far longer to load."""
    return Book(row[0], BookKind(row[1]), *row[2 : len(BOOK)])


def _counts(*row: Any) -> BookCounts:
    pages, pages_read, pages_failed, *entries = row[len(BOOK) :]
    return BookCounts(book_of(row), pages, pages_read, pages_failed, dict(zip(Step, entries, strict=True)))
