"""What matching found for the persons of an entry."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, func, select

from digitize.books.entry import PersonMatch
from digitize.store.repositories.base import Repository, found, key
from digitize.store.tables import EntryRow, MatchRow, ValueRow


class Matches(Repository):
    def add(
        self, entry_id: int, role: str, outcome: str, personal_id: str | None, score: float, detail: Mapping[str, Any]
    ) -> PersonMatch:
        """Adds a finding; the ones before stay. `detail` is JSON. Raises NotFound."""
        found(self._session.exec(select(EntryRow).where(EntryRow.id == entry_id)).first(), "trường hợp", entry_id)
        row = MatchRow(
            entry_id=entry_id, role=role, outcome=outcome, personal_id=personal_id, score=score, detail=dict(detail),
            by=self._actor.account, at=self._now,
        )  # fmt: skip
        with self._transaction.change("match.add", "match", row):
            pass
        return as_match(row)

    def latest(self, entry_id: int) -> tuple[PersonMatch, ...]:
        """The newest finding for every role, in the order in which the roles were first matched.

        What was found before a value was keyed is of another text, perhaps of another person: it no longer counts.
        """
        added = select(MatchRow).where(MatchRow.entry_id == entry_id).order_by(col(MatchRow.id))
        keyed = self._session.exec(select(func.max(ValueRow.at)).where(ValueRow.entry_id == entry_id)).one()
        if keyed is not None:
            added = added.where(MatchRow.at >= keyed)
        return tuple({row.role: as_match(row) for row in self._session.exec(added)}.values())


def as_match(row: MatchRow) -> PersonMatch:
    return PersonMatch(
        key(row.id), row.entry_id, row.role, row.outcome, row.personal_id, row.score, row.detail, row.by, row.at
    )
