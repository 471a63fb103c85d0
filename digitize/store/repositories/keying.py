"""Writing what a person keyed into the rows of an entry, within an act of the transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from digitize.store.repositories.base import key
from digitize.store.repositories.search import lay_search_keys
from digitize.store.repositories.shelving import raise_version, reckon_doubt
from digitize.store.tables import CandidateRow, EntryRow, ValueRow
from digitize.store.transaction import Deed, Transaction


def values_of(session: Session, row: EntryRow) -> dict[str, ValueRow]:
    """What people keyed, by column."""
    return {value.column: value for value in session.exec(select(ValueRow).where(ValueRow.entry_id == row.id))}


def candidates_of(session: Session, row: EntryRow) -> Sequence[CandidateRow]:
    return session.exec(select(CandidateRow).where(CandidateRow.entry_id == row.id)).all()


@dataclass(frozen=True, slots=True)
class Shelf:
    """What lies there for one entry, fetched once in a transaction; `write` keeps `values` in step."""

    values: dict[str, ValueRow]  # by column
    candidates: Sequence[CandidateRow]


def shelf_of(session: Session, row: EntryRow) -> Shelf:
    return Shelf(values_of(session, row), candidates_of(session, row))


def write(
    transaction: Transaction, row: EntryRow, values: Mapping[str, str | None], deed: Deed, sitting: str | None = None,
    shelf: Shelf | None = None,
) -> None:  # fmt: skip
    """Puts the texts on the shelf and tells the journal what stood there before; None takes a value away."""
    shelf = shelf or shelf_of(transaction.session, row)
    there, candidates = shelf.values, shelf.candidates
    deed.before["values"] = {column: there[column].text for column in values if column in there}
    deed.after["values"] = dict(values)
    for column, text in values.items():
        if text is not None:
            there[column] = _keyed(transaction, row, there.get(column), column, text)
            there[column].sitting = sitting
        elif column in there:
            transaction.session.delete(there.pop(column))
    reckon_doubt(row, [candidate for candidate in candidates if candidate.column not in there])
    raise_version(row, transaction.now)
    transaction.session.flush()
    lay_search_keys(transaction, row, there)


def _keyed(transaction: Transaction, row: EntryRow, value: ValueRow | None, column: str, text: str) -> ValueRow:
    by, at = transaction.actor.account, transaction.now
    value = value or ValueRow(entry_id=key(row.id), column=column, text=text, by=by, at=at)
    value.text, value.by, value.at, value.version = text, by, at, row.version + 1
    transaction.session.add(value)
    return value
