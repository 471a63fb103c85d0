"""Books of the units in scope, and how far the work on them has come."""

from collections.abc import Sequence

from sqlmodel import col, func, select

from digitize.access.scope import is_within
from digitize.books.book import Book, BookCounts, PageState, UnitProgress, add_up
from digitize.books.kinds import BookKind
from digitize.books.steps import Step
from digitize.errors import AlreadyThere, NotFound
from digitize.store.repositories.base import Repository, found, key
from digitize.store.tables import BookRow, EntryRow, PageRow


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
        order = (BookRow.priority, BookRow.unit_code, BookRow.year, BookRow.volume)
        return tuple(as_book(row) for row in self._session.exec(select(BookRow).order_by(*map(col, order))))

    def counts(self) -> tuple[BookCounts, ...]:
        """Pages by state and entries by step, for every book in scope."""
        pages = self._session.exec(
            select(PageRow.book_id, PageRow.state, func.count()).group_by(col(PageRow.book_id), col(PageRow.state))
        ).all()
        entries = self._session.exec(
            select(EntryRow.book_id, EntryRow.step, func.count()).group_by(col(EntryRow.book_id), col(EntryRow.step))
        ).all()
        return tuple(_counts(book, _of(book, pages), _of(book, entries)) for book in self.all())

    def progress(self) -> tuple[UnitProgress, ...]:
        """The counts added up per unit and kind."""
        return add_up(self.counts())


def as_book(row: BookRow) -> Book:
    return Book(
        key(row.id), BookKind(row.kind), row.unit_code, row.unit_name, row.district_code, row.authority, row.year,
        row.volume, row.opened_at,
    )  # fmt: skip


def _of(book: Book, grouped: Sequence[tuple[int, str, int]]) -> dict[str, int]:
    return {group: number for book_id, group, number in grouped if book_id == book.book_id}


def _counts(book: Book, pages: dict[str, int], entries: dict[str, int]) -> BookCounts:
    return BookCounts(
        book=book,
        pages=sum(pages.values()),
        pages_read=pages.get(PageState.READ, 0),
        pages_failed=pages.get(PageState.FAILED, 0),
        entries={step: entries.get(step, 0) for step in Step},
    )
