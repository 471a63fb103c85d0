"""How the work stood at the end of a day. One function over the tables as they are: nothing is kept beside them.

Entries that have not changed since stand as they do now; of the others the journal tells where they stood.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, func, select

from digitize.books.handover import ReceiptKind
from digitize.books.steps import Step
from digitize.store.repositories.base import Repository, key
from digitize.store.repositories.packages import FINISHED, open_books
from digitize.store.tables import EntryRow, JournalRow, PackageRow, ReceiptRow

AT_ONCE = 500  # ids in one IN (...)


@dataclass(frozen=True, slots=True)
class StoodThen:
    """Entries by book and step at a moment; `unfinished`: books with anything open then or since."""

    steps: dict[int, Counter[Step]]
    unfinished: frozenset[int]


class Reports(Repository):
    def stood(self, moment: datetime) -> StoodThen:
        """Every book in scope with entries."""
        steps: dict[int, Counter[Step]] = {}
        unfinished = set(open_books(self._session))
        unchanged = (
            select(EntryRow.book_id, EntryRow.step, func.count())
            .where(EntryRow.changed_at <= moment)
            .group_by(col(EntryRow.book_id), col(EntryRow.step))
        )
        for book_id, step, number in self._session.exec(unchanged):
            steps.setdefault(book_id, Counter())[Step(step)] += number
            if Step(step) not in FINISHED:
                unfinished.add(book_id)
        later = self._session.exec(select(EntryRow.id, EntryRow.book_id).where(EntryRow.changed_at > moment)).all()
        for book_id, then in self._before(moment, [(key(entry_id), book_id) for entry_id, book_id in later]):
            if then is not None:
                steps.setdefault(book_id, Counter())[then] += 1
            if then not in FINISHED:
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

    def _before(self, moment: datetime, entries: Sequence[tuple[int, int]]) -> Iterator[tuple[int, Step | None]]:
        """Book and step of each entry as the journal tells it; None: it was not there yet."""
        for start in range(0, len(entries), AT_ONCE):
            part = entries[start : start + AT_ONCE]
            told = self._session.exec(
                select(JournalRow.subject_id, JournalRow.after)
                .where(JournalRow.subject_kind == "entry", col(JournalRow.subject_id).in_([str(e) for e, _ in part]))
                .where(JournalRow.at <= moment)
                .order_by(col(JournalRow.id))
            )
            steps = {subject: after["step"] for subject, after in told if after and "step" in after}
            yield from ((book_id, Step(steps[str(e)]) if str(e) in steps else None) for e, book_id in part)
