"""Whether a book is whole: its pages and what they are, its numbers, its closing note."""

from collections.abc import Sequence

from sqlmodel import case, col, func, select

from digitize.books.book import PageState
from digitize.books.sequence import number_in
from digitize.books.steps import Act, Step, step_after
from digitize.campaign.completeness import BY_HAND, HINTS, ClosingNote, Completeness, Gap, PageEnd, PageStanding
from digitize.errors import InputError, StepNotLawful
from digitize.store.repositories.base import Repository, found, key
from digitize.store.repositories.holding import release
from digitize.store.repositories.inventory import Inventory
from digitize.store.repositories.shelving import move
from digitize.store.tables import (
    BookRow,
    ClosingRow,
    EntryRow,
    GapRow,
    PageEndRow,
    PageProblemRow,
    PageRow,
    ValueRow,
)

DONE = (Step.CONFIRMED.value, Step.CHECKED.value, Step.MATCHED.value, Step.HANDED_OVER.value)
BEGUN = (Step.SCANNED.value, Step.READ.value, Step.IN_REVIEW.value)


class Wholeness(Repository):
    def of_book(self, book_id: int) -> Completeness:
        """Raises NotFound."""
        volume = Inventory(self._transaction).get(book_id)
        texts = self._numbers(book_id)
        numbers = [number_in(text) for text in texts]
        closing = self._session.exec(select(ClosingRow).where(ClosingRow.book_id == book_id)).first()
        return Completeness(
            volume=volume,
            pages=self._pages(book_id),
            numbers=tuple(number for number in numbers if number is not None),
            unreadable=sum(number is None for number in numbers),
            gaps=self._gaps(book_id),
            closing=ClosingNote(closing.entries, closing.pages) if closing else None,
        )

    def mark(self, page_id: int, end: PageEnd | None, why: str = "") -> None:
        """What a page without entries is; None takes it back. Its suggestions leave the queue, or come back.

        Raises NotFound, InputError, StepNotLawful for a page with a confirmed entry.
        """
        if end is not None and end not in BY_HAND:
            raise InputError("Trang «đã nhập» là trang có trường hợp đã xác nhận, không đánh dấu bằng tay.")
        page = found(self._session.exec(select(PageRow).where(PageRow.id == page_id)).first(), "trang", page_id)
        there = self._session.exec(select(PageEndRow).where(PageEndRow.page_id == page_id)).first()
        row = there or PageEndRow(page_id=page_id, book_id=page.book_id, end=None, by="", at=self._now)
        self._set_aside(page, end)
        with self._transaction.change("page.end", "page", row, why):
            row.end, row.why = end.value if end else None, why.strip()
            row.by, row.at = self._actor.account, self._now

    def scanned_anew(self, page_id: int) -> None:
        """A page that had to be scanned again has been. Raises NotFound."""
        found(self._session.exec(select(PageRow).where(PageRow.id == page_id)).first(), "trang", page_id)
        row = self._session.exec(select(PageEndRow).where(PageEndRow.page_id == page_id)).first()
        if row and row.end == PageEnd.SCAN_AGAIN:
            self.mark(page_id, None)

    def marked(self, book_id: int) -> dict[int, PageEnd]:
        """Page -> what a person said it is; empty for a book out of scope."""
        said = select(PageEndRow).where(PageEndRow.book_id == book_id, col(PageEndRow.end).is_not(None))
        return {row.page_id: PageEnd(row.end or "") for row in self._session.exec(said)}

    def explain(self, book_id: int, first: int, last: int, why: str) -> None:
        """Why the book lacks these numbers. Raises NotFound, InputError without a reason."""
        self._demand_book(book_id)
        if not why.strip() or last < first:
            raise InputError("Hãy ghi các số bị thiếu (từ số nhỏ đến số lớn) và lý do.")
        there = self._session.exec(select(GapRow).where(GapRow.book_id == book_id, GapRow.first == first)).first()
        row = there or GapRow(book_id=book_id, first=first, last=last, why="", by="", at=self._now)
        with self._transaction.change("book.explain", "book", row, why):
            row.last, row.why, row.by, row.at = last, why.strip(), self._actor.account, self._now

    def close(self, book_id: int, note: ClosingNote) -> None:
        """What the closing note says. Raises NotFound."""
        self._demand_book(book_id)
        there = self._session.exec(select(ClosingRow).where(ClosingRow.book_id == book_id)).first()
        row = there or ClosingRow(book_id=book_id, by="", at=self._now)
        with self._transaction.change("book.close", "book", row):
            row.entries, row.pages, row.by, row.at = note.entries, note.pages, self._actor.account, self._now

    def _set_aside(self, page: PageRow, end: PageEnd | None) -> None:
        entries = self._session.exec(select(EntryRow).where(EntryRow.page_id == page.id)).all()
        if end and any(entry.step in DONE for entry in entries):
            raise StepNotLawful(f"Trang thứ {page.sequence} có trường hợp đã xác nhận: trả trường hợp lại trước đã.")
        if page.state in (PageState.QUEUED, PageState.READING) and end is not None:
            raise StepNotLawful(f"Trang thứ {page.sequence} chưa đọc xong: chờ máy đọc rồi mới ghi được.")
        act, steps = (Act.TAKE_UP, (Step.SET_ASIDE.value,)) if end is None else (Act.SET_ASIDE, BEGUN)
        for entry in entries:
            if entry.step in steps:
                with self._transaction.change(f"entry.{act}", "entry", entry):
                    move(entry, step_after(Step(entry.step), act), self._now)
                release(self._transaction, key(entry.id))

    def _pages(self, book_id: int) -> tuple[PageStanding, ...]:
        done = func.sum(case((col(EntryRow.step).in_(DONE), 1), else_=0))
        begun = func.sum(case((col(EntryRow.step).in_(BEGUN), 1), else_=0))
        counts = {
            page_id: (confirmed, unconfirmed)
            for page_id, confirmed, unconfirmed in self._session.exec(
                select(EntryRow.page_id, done, begun).where(EntryRow.book_id == book_id).group_by(col(EntryRow.page_id))
            )
        }
        ends = {row.page_id: row for row in self._session.exec(select(PageEndRow).where(PageEndRow.book_id == book_id))}
        hints = self._hints(book_id)
        pages = self._session.exec(select(PageRow).where(PageRow.book_id == book_id).order_by(col(PageRow.sequence)))
        return tuple(
            _standing(page, counts.get(key(page.id), (0, 0)), ends.get(key(page.id)), hints.get(key(page.id)))
            for page in pages
        )

    def _hints(self, book_id: int) -> dict[int, PageEnd]:
        noted = select(PageProblemRow.page_id, PageProblemRow.code).where(PageProblemRow.book_id == book_id)
        return {page_id: HINTS[code] for page_id, code in self._session.exec(noted) if code in HINTS}

    def _numbers(self, book_id: int) -> Sequence[str]:
        """Of every confirmed entry, in the book's order; "" where it has none."""
        query = (
            select(func.coalesce(ValueRow.text, ""))
            .select_from(EntryRow)
            .join(PageRow, col(PageRow.id) == col(EntryRow.page_id))
            .outerjoin(ValueRow, (col(ValueRow.entry_id) == col(EntryRow.id)) & (col(ValueRow.column) == "so"))
            .where(EntryRow.book_id == book_id, col(EntryRow.step).in_(DONE))
            .order_by(col(PageRow.sequence), col(EntryRow.ordinal))
        )
        return self._session.exec(query).all()

    def _gaps(self, book_id: int) -> tuple[Gap, ...]:
        rows = self._session.exec(select(GapRow).where(GapRow.book_id == book_id).order_by(col(GapRow.first)))
        return tuple(Gap(row.first, row.last, row.why) for row in rows)

    def _demand_book(self, book_id: int) -> None:
        found(self._session.exec(select(BookRow).where(BookRow.id == book_id)).first(), "sổ", book_id)


def _standing(page: PageRow, counts: tuple[int, int], said: PageEndRow | None, hint: PageEnd | None) -> PageStanding:
    marked = PageEnd(said.end) if said and said.end else None
    return PageStanding(
        key(page.id), page.sequence, page.file_name, *counts, marked, said.why if said and marked else "", hint
    )
