"""Finding entries by what people keyed; every search and every entry opened from it is journalled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy import select as select_columns
from sqlmodel import and_, col, or_, select

from digitize.books.entry import Entry
from digitize.books.search_keys import Asked, search_keys
from digitize.store.repositories.base import Repository, found, key
from digitize.store.repositories.shelving import as_entries
from digitize.store.tables import BookRow, EntryRow, SearchKeyRow, ValueRow
from digitize.store.transaction import Transaction

MOST_KEYS = 8  # of one entry that one question may fit, such as the Nguyễn of a family of four
BEHIND = "\U0010ffff"  # sorts behind every letter: ends the range of keys with one beginning


@dataclass(frozen=True, slots=True)
class Within:
    """Which books are searched; None for all."""

    kind: str | None = None
    year: int | None = None
    unit_code: str | None = None


class Search(Repository):
    def find(self, ways: Sequence[Asked], within: Within, limit: int) -> tuple[Entry, ...]:
        """Entries in scope that fit one of the ways, in the order of what fits: the closest names first."""
        if not ways:
            return ()
        fitting = (
            select(SearchKeyRow.entry_id)
            .where(or_(*map(_fits, ways)), col(SearchKeyRow.book_id).in_(_books(within)))
            .order_by(col(SearchKeyRow.what), col(SearchKeyRow.key))
            .limit(limit * MOST_KEYS)
        )
        ids = list(dict.fromkeys(self._session.exec(fitting)))[:limit]
        rows = self._session.exec(select(EntryRow).where(col(EntryRow.id).in_(ids))).all()
        return as_entries(self._session, sorted(rows, key=lambda row: ids.index(key(row.id))))

    def note(self, text: str, within: Within, entries: Sequence[int]) -> None:
        """Journals who looked for what and which entries were shown."""
        told = {"kind": within.kind, "year": within.year, "unit_code": within.unit_code}
        self._transaction.note("entry.search", "search", "", {"text": text, **told, "entries": list(entries)})

    def look(self, entry_id: int, columns: Sequence[str] = ()) -> None:
        """Journals that an entry, or the ink of some of its fields, is shown. Raises NotFound."""
        found(self._session.exec(select(EntryRow).where(EntryRow.id == entry_id)).first(), "trường hợp", entry_id)
        self._transaction.note("entry.look", "entry", entry_id, {"columns": list(columns)} if columns else {})


def lay_search_keys(transaction: Transaction, row: EntryRow, values: Mapping[str, ValueRow]) -> None:
    """Makes the keys of an entry anew from its values, by column, within the act that changed them."""
    session = transaction.session
    wanted = search_keys({column: value.text for column, value in values.items()})
    there = {
        (old.what, old.key): old for old in session.exec(select(SearchKeyRow).where(SearchKeyRow.entry_id == row.id))
    }
    for gone in there.keys() - wanted:
        session.delete(there[gone])
    for what, text in wanted - there.keys():
        session.add(SearchKeyRow(what=what, key=text, entry_id=key(row.id), book_id=row.book_id))


def _fits(way: Asked) -> ColumnElement[bool]:
    of_kind, key_ = col(SearchKeyRow.what) == way.what, col(SearchKeyRow.key)
    return and_(of_kind, key_ == way.key if way.whole else and_(key_ >= way.key, key_ < way.key + BEHIND))


def _books(within: Within) -> Select[Any]:
    books = select_columns(col(BookRow.id))
    for column, wanted in (
        (BookRow.kind, within.kind),
        (BookRow.year, within.year),
        (BookRow.unit_code, within.unit_code),
    ):
        books = books if wanted is None else books.where(col(column) == wanted)
    return books
