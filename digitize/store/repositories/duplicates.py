"""Births that may stand in two books: entries that share a key, and what officers decided about them."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from digitize.books.duplicates import NearPair, PairChoice, PairDecision
from digitize.books.search_keys import BIRTH, PARENTS, PARENTS_TOLD
from digitize.books.steps import FINISHED
from digitize.errors import InputError
from digitize.store.repositories.base import Repository, found
from digitize.store.tables import EntryRow, PairDecisionRow, SearchKeyRow, ValueRow


class Duplicates(Repository):
    def near(self, book_id: int | None, limit: int) -> tuple[NearPair, ...]:
        """Pairs of confirmed births with a key in common, at least one of them of the book (None: of any book).

        Whoever has the same parents is a pair only where the books do not tell the parents alike.
        """
        one, other = aliased(SearchKeyRow), aliased(SearchKeyRow)
        if book_id is None:
            asked = and_(col(one.entry_id) < col(other.entry_id), _is_keyed(one))
        else:  # as a list, or each key of all books would be asked for its entry
            asked = col(one.entry_id).in_(
                select(EntryRow.id).where(EntryRow.book_id == book_id, col(EntryRow.step).in_(FINISHED))
            )
        near = (
            select(one.entry_id, other.entry_id)
            .join(other, and_(col(one.what) == col(other.what), col(one.key) == col(other.key)))
            .where(
                or_(col(one.what) == BIRTH, and_(col(one.what) == PARENTS, _told_otherwise(one, other))),
                col(one.entry_id) != col(other.entry_id),
                asked,
                _is_keyed(other),
            )
            .distinct()
            .limit(limit)
        )
        return tuple(NearPair(*ids) for ids in sorted({(min(ids), max(ids)) for ids in self._session.exec(near)}))

    def texts(self, entry_ids: Iterable[int], columns: Iterable[str]) -> dict[int, dict[str, str]]:
        """What people keyed in these columns, by entry; nothing of entries out of scope."""
        keyed = select(ValueRow.entry_id, ValueRow.column, ValueRow.text).where(
            col(ValueRow.entry_id).in_({*entry_ids}), col(ValueRow.column).in_({*columns})
        )
        told: dict[int, dict[str, str]] = {}
        for entry_id, column, text in self._session.exec(keyed):
            told.setdefault(entry_id, {})[column] = text
        return told

    def decide(self, pair: NearPair, finding: str, seen: str, choice: PairChoice, why: str) -> PairDecision:
        """Adds a decision. Raises NotFound for entries out of scope, InputError without a reason."""
        if not why.strip():
            raise InputError("Hãy ghi căn cứ của quyết định.")
        first, _ = (self._entry(each) for each in (pair.first, pair.second))
        row = PairDecisionRow(
            first_id=pair.first, second_id=pair.second, book_id=first.book_id, finding=finding, seen=seen,
            choice=choice.value, why=why.strip(), by=self._actor.account, at=self._now,
        )  # fmt: skip
        with self._transaction.change("pair.decide", "pair", row):
            pass
        return _as_decision(row)

    def decisions(self) -> tuple[PairDecision, ...]:
        """All ever made about pairs of which both entries are in scope, oldest first."""
        here = select(EntryRow.id)
        made = select(PairDecisionRow).where(col(PairDecisionRow.second_id).in_(here)).order_by(col(PairDecisionRow.id))
        return tuple(map(_as_decision, self._session.exec(made)))

    def _entry(self, entry_id: int) -> EntryRow:
        row = self._session.exec(select(EntryRow).where(EntryRow.id == entry_id)).first()
        return found(row, "trường hợp", entry_id)


def _is_keyed(row: type[SearchKeyRow]) -> ColumnElement[bool]:
    """Of a confirmed entry; asks the entry's own table, so that the actor's scope is added to it."""
    return select(EntryRow.id).where(EntryRow.id == row.entry_id, col(EntryRow.step).in_(FINISHED)).exists()


def _told_otherwise(one: type[SearchKeyRow], other: type[SearchKeyRow]) -> ColumnElement[bool]:
    """The parents' names or years are not written alike."""
    ours, theirs = aliased(SearchKeyRow), aliased(SearchKeyRow)
    alike = select(ours.entry_id).where(
        col(ours.what) + "" == PARENTS_TOLD,  # so that SQLite goes by the entry, not through all keys of this kind
        ours.entry_id == one.entry_id, ours.key == theirs.key,
        theirs.what == PARENTS_TOLD, theirs.entry_id == other.entry_id,
    )  # fmt: skip
    return ~alike.exists()


def _as_decision(row: PairDecisionRow) -> PairDecision:
    pair, choice = NearPair(row.first_id, row.second_id), PairChoice(row.choice)
    return PairDecision(pair, row.finding, row.seen, choice, row.why, row.by, row.at)
