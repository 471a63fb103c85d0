"""How the work stood at the end of a day, told by the counts that the database keeps."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlmodel import case, col, func, select

from digitize.books.handover import ReceiptKind
from digitize.books.steps import SETTLED, Step
from digitize.store.repositories.base import Repository
from digitize.store.repositories.packages import open_books
from digitize.store.tables import DayRow, PackageRow, ReceiptRow


@dataclass(frozen=True, slots=True)
class StoodThen:
    """Entries by book and step at the end of a day; `unfinished`: books with anything open then or come since."""

    steps: dict[int, Counter[Step]]
    unfinished: frozenset[int]


class Reports(Repository):
    def stood(self, day: date) -> StoodThen:
        """Every book in scope with entries; the day is one of Vietnam."""
        then = [func.sum(case((col(DayRow.day) <= day, getattr(DayRow, step.value)), else_=0)) for step in Step]
        now = func.sum(sum(getattr(DayRow, step.value) for step in Step))
        counts = select(DayRow.book_id, now, *then).group_by(col(DayRow.book_id))
        steps, unfinished = dict[int, Counter[Step]](), set(open_books(self._session))
        for book_id, entries_now, *numbers in self._session.execute(counts):
            counted = Counter({step: int(number) for step, number in zip(Step, numbers, strict=True) if number})
            if counted:
                steps[book_id] = counted
            if counted.keys() - SETTLED or entries_now > counted.total():
                unfinished.add(book_id)
        return StoodThen(steps, frozenset(unfinished))

    def received(self, day: date) -> dict[int, int]:
        """Entries of the package of each book that was received and not returned until the day."""
        rows = self._session.exec(
            select(ReceiptRow.book_id, ReceiptRow.kind, PackageRow.entries)
            .join(PackageRow, col(ReceiptRow.package_id) == col(PackageRow.id))
            .where(ReceiptRow.on <= day)
            .order_by(col(ReceiptRow.id))
        )
        last = {book_id: (kind, entries) for book_id, kind, entries in rows}
        return {book_id: entries for book_id, (kind, entries) in last.items() if kind != ReceiptKind.RETURNED}
