"""Kept counts of the books in scope: by book, and by day."""

from datetime import date
from typing import Any

from sqlmodel import col, func, select

from digitize.books.kinds import BookKind
from digitize.campaign.inventory import Period
from digitize.campaign.progress import Counts, Standing
from digitize.clock import day_here
from digitize.store.repositories.base import Repository
from digitize.store.repositories.books import BOOK, PLACE, book_of
from digitize.store.repositories.inventory import PERIOD
from digitize.store.tables import BookRow, DayRow, StockRow, TallyRow

OF_PAGES = ("pages", "pages_read", "pages_failed")
STEPS = ("scanned", "read", "in_review", "confirmed", "checked", "matched", "handed_over")
DONE = ("confirmed", "checked", "matched", "handed_over")
TO_KEY = func.coalesce(StockRow.electronic, False).is_(False)  # not in the civil-status database already


class Tallies(Repository):
    def standings(self) -> tuple[Standing, ...]:
        """Every book that is to be keyed, in the plan's order; those in the civil-status database already left out."""
        counts = (getattr(TallyRow, name) for name in (*OF_PAGES, *STEPS))
        query = (
            select(*BOOK, col(TallyRow.moved_at), _expected(), *counts)  # type: ignore[call-overload]
            .join(TallyRow, col(TallyRow.book_id) == col(BookRow.id))
            .outerjoin(StockRow, col(StockRow.book_id) == col(BookRow.id))
            .where(TO_KEY)
            .order_by(*PLACE)
        )
        return tuple(_standing(*row) for row in self._session.execute(query))

    def days(
        self,
        first: date,
        last: date,
        unit_code: str | None = None,
        kinds: frozenset[BookKind] | None = None,
        periods: frozenset[Period] | None = None,
    ) -> dict[date, int]:
        """By how much the entries done rose on each day, first and last included; None stands for all."""
        wanted = [TO_KEY, col(DayRow.day) >= first, col(DayRow.day) <= last]
        wanted += [col(BookRow.unit_code) == unit_code] if unit_code else []
        wanted += [col(BookRow.kind).in_([kind.value for kind in kinds])] if kinds is not None else []
        wanted += [PERIOD.in_([period.value for period in periods])] if periods is not None else []
        query = (
            select(DayRow.day, func.sum(_done()))  # type: ignore[call-overload]
            .join(BookRow, col(BookRow.id) == col(DayRow.book_id))
            .outerjoin(StockRow, col(StockRow.book_id) == col(BookRow.id))
            .where(*wanted)
            .group_by(col(DayRow.day))
        )
        return {day: int(count) for day, count in self._session.exec(query)}

    def as_of(self, day: date) -> dict[int, int]:
        """Book -> entries done at the end of that day."""
        query = select(DayRow.book_id, func.sum(_done())).where(col(DayRow.day) <= day).group_by(col(DayRow.book_id))
        return {book_id: int(count) for book_id, count in self._session.exec(query)}


def _done() -> Any:
    return sum((getattr(DayRow, step) for step in DONE[1:]), start=getattr(DayRow, DONE[0]))


def _expected() -> Any:
    """Counted entries; else the span of numbers; else whatever is in the program."""
    span = col(StockRow.last_number) - col(StockRow.first_number) + 1
    there = sum((getattr(TallyRow, step) for step in STEPS[1:]), start=getattr(TallyRow, STEPS[0]))
    return func.coalesce(StockRow.entries, span, there)


def _standing(*row: Any) -> Standing:
    moved_at, expected, *counts = row[len(BOOK) :]
    return Standing(book_of(row), Counts(1, int(expected), *counts), day_here(moved_at) if moved_at else None)
