"""What matching found for the persons of an entry, and what officers decided about them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlmodel import col, func, select

from digitize.books.entry import PersonMatch
from digitize.books.follow_up import Choice, Decision, Difference, Standing
from digitize.books.steps import Act, Step
from digitize.errors import InputError, StepNotLawful
from digitize.store.repositories.base import Repository, found, key
from digitize.store.repositories.entries import Entries
from digitize.store.tables import BookRow, EntryRow, MatchDecisionRow, MatchRow, ValueRow

MATCHED = (Step.MATCHED, Step.CHECKED)


class Matches(Repository):
    def add(
        self, entry_id: int, role: str, outcome: str, personal_id: str | None, score: float, detail: Mapping[str, Any]
    ) -> PersonMatch:
        """Adds a finding; the ones before stay. `detail` is JSON. Raises NotFound."""
        self._entry(entry_id)
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
        return tuple(each.found for each in self.standings(entry_id) if each.found)

    def standings(self, entry_id: int) -> tuple[Standing, ...]:
        """What counts for every person: her officer's decision, else the newest finding; as `latest` in both."""
        return tuple(self._standings(EntryRow.id == entry_id))

    def of_book(self, book_id: int) -> tuple[Standing, ...]:
        """The standings of all entries of a book that are matched, entry by entry."""
        return tuple(self._standings(EntryRow.book_id == book_id))

    def decide(
        self, entry_id: int, role: str, choice: Choice, personal_id: str | None, outcome: str,
        differences: Iterable[Difference], source: str, why: str,
    ) -> Decision:  # fmt: skip
        """Adds an officer's decision; it counts until she takes it back or the entry is keyed anew.

        Raises NotFound, InputError without a reason, StepNotLawful before confirmation and after handing over.
        """
        entry = self._entry(entry_id)
        if not why.strip():
            raise InputError("Hãy ghi căn cứ của quyết định.")
        if entry.step == Step.CONFIRMED and choice is not Choice.WITHDRAWN:
            Entries(self._transaction).advance(entry_id, Act.MATCH)
        elif entry.step not in MATCHED:
            raise StepNotLawful(f"Trường hợp số {entry_id} không ở bước đối chiếu nên không quyết định được.")
        row = MatchDecisionRow(
            entry_id=entry_id, book_id=entry.book_id, role=role, choice=choice.value, personal_id=personal_id,
            outcome=outcome, differences=[dict(each) for each in differences], source=source, why=why.strip(),
            by=self._actor.account, at=self._now,
        )  # fmt: skip
        with self._transaction.change("match.decide", "decision", row):
            pass
        return as_decision(row)

    def decisions(self, entry_id: int) -> tuple[Decision, ...]:
        """All ever made about the entry's persons, oldest first; empty for an entry out of scope."""
        made = select(MatchDecisionRow).where(MatchDecisionRow.entry_id == entry_id)
        return tuple(as_decision(row) for row in self._session.exec(made.order_by(col(MatchDecisionRow.id))))

    def looked_up_again(self, book_id: int, source: str, entries: int, changed: int) -> None:
        """Journals that a book was looked up once more, for findings that did not change are not added again."""
        book = self._session.exec(select(BookRow).where(BookRow.id == book_id)).first()
        told = {"source": source, "entries": entries, "changed": changed}
        self._transaction.note("match.again", "book", key(found(book, "sổ", book_id).id), told)

    def _entry(self, entry_id: int) -> EntryRow:
        row = self._session.exec(select(EntryRow).where(EntryRow.id == entry_id)).first()
        return found(row, "trường hợp", entry_id)

    def _standings(self, which: Any) -> Iterable[Standing]:
        keyed = dict(
            self._session.exec(
                select(EntryRow.id, func.max(ValueRow.at))
                .join(ValueRow, col(ValueRow.entry_id) == col(EntryRow.id), isouter=True)
                .where(which)
                .group_by(col(EntryRow.id))
            ).all()
        )
        told = [*self._rows(MatchRow, which), *self._rows(MatchDecisionRow, which)]
        current = [row for row in told if (at := keyed.get(row.entry_id)) is None or row.at >= at]
        for entry_id, rows in groupby(sorted(current, key=lambda row: row.entry_id), lambda row: row.entry_id):
            yield from _by_role(entry_id, list(rows))

    def _rows(self, row: Any, which: Any) -> Sequence[Any]:
        of_entries = select(row).join(EntryRow, col(EntryRow.id) == row.entry_id).where(which)
        return self._session.exec(of_entries.order_by(row.id)).all()


def _by_role(entry_id: int, rows: Sequence[MatchRow | MatchDecisionRow]) -> Iterable[Standing]:
    """Of one entry, oldest first; roles in the order in which they were first told of."""
    newest = {row.role: as_match(row) for row in rows if isinstance(row, MatchRow)}
    decided = {row.role: as_decision(row) for row in rows if isinstance(row, MatchDecisionRow)}
    for role in dict.fromkeys([*newest, *decided]):
        decision = decided.get(role)
        counts = decision is not None and decision.choice is not Choice.WITHDRAWN
        if role in newest or counts:
            yield Standing(entry_id, role, newest.get(role), decision if counts else None)


def as_match(row: MatchRow) -> PersonMatch:
    return PersonMatch(
        key(row.id), row.entry_id, row.role, row.outcome, row.personal_id, row.score, row.detail, row.by, row.at
    )


def as_decision(row: MatchDecisionRow) -> Decision:
    return Decision(
        key(row.id), row.entry_id, row.role, Choice(row.choice), row.personal_id, row.outcome,
        tuple(row.differences), row.source, row.why, row.by, row.at,
    )  # fmt: skip
