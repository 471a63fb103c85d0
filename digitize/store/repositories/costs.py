"""Entries and keyed fields by length, for the cost sheet."""

from collections import Counter
from datetime import datetime

from sqlmodel import case, col, func, select

from digitize.books.cost import Rates, Work
from digitize.books.kinds import BookKind
from digitize.books.steps import FINISHED
from digitize.store.repositories.base import Repository
from digitize.store.tables import BookRow, EntryRow, ValueRow


class Costs(Repository):
    def work_done(self, since: datetime, until: datetime, rates: Rates) -> tuple[Work, ...]:
        """Confirmed entries last changed between the moments, by kind in the plan's order; empty fields left off."""
        done = (col(EntryRow.step).in_(FINISHED), EntryRow.changed_at > since, EntryRow.changed_at <= until)
        entries = self._session.exec(
            select(BookRow.kind, func.count())
            .join(EntryRow, col(EntryRow.book_id) == col(BookRow.id))
            .where(*done)
            .group_by(col(BookRow.kind))
        )
        number = dict(entries.all())
        length = func.length(func.trim(ValueRow.text))
        place = case((length <= rates.short, 0), (length <= rates.medium, 1), else_=2)
        rows = self._session.exec(
            select(BookRow.kind, place, func.count())
            .join(EntryRow, col(EntryRow.book_id) == col(BookRow.id))
            .join(ValueRow, col(ValueRow.entry_id) == col(EntryRow.id))
            .where(*done, length > 0)
            .group_by(col(BookRow.kind), place)
        )
        fields: dict[str, Counter[int]] = {}
        for kind, at, count in rows:
            fields.setdefault(kind, Counter())[at] = count
        return tuple(
            Work(kind, number[kind.value], _three(fields.get(kind.value, Counter())))
            for kind in BookKind
            if kind.value in number
        )


def _three(counted: Counter[int]) -> tuple[int, int, int]:
    return counted[0], counted[1], counted[2]
