"""Doubts that officers marked, and second readings of single fields."""

from collections.abc import Mapping

from sqlmodel import col, select

from digitize.books.quality import Reading
from digitize.store.repositories.base import Repository, found
from digitize.store.tables import EntryRow, FieldDoubtRow, SecondReadingRow


class Readings(Repository):
    def mark(self, entry_id: int, column: str, is_doubtful: bool) -> None:
        """Marks a field as doubtful, or takes the mark away. Raises NotFound."""
        entry = self._entry(entry_id)
        there = self._session.exec(
            select(FieldDoubtRow).where(FieldDoubtRow.entry_id == entry_id, FieldDoubtRow.column == column)
        ).first()
        if is_doubtful == (there is not None):
            return
        with self._transaction.change("entry.doubt", "entry", entry) as deed:
            deed.after["doubtful"] = {column: is_doubtful}
            if there:
                self._session.delete(there)
            else:
                self._session.add(
                    FieldDoubtRow(
                        entry_id=entry_id, column=column, book_id=entry.book_id, by=self._actor.account, at=self._now
                    )
                )

    def marked(self, book_id: int) -> Mapping[int, frozenset[str]]:
        """Entry -> its columns that are marked, of one book."""
        marks: dict[int, frozenset[str]] = {}
        for row in self._session.exec(select(FieldDoubtRow).where(FieldDoubtRow.book_id == book_id)):
            marks[row.entry_id] = marks.get(row.entry_id, frozenset()) | {row.column}
        return marks

    def add(
        self, entry_id: int, column: str, first: tuple[str, str], text: str, decides: bool = False, why: str = ""
    ) -> Reading:
        """Adds what was read; `first` is the confirmed text and who vouched for it. Raises NotFound."""
        entry = self._entry(entry_id)
        row = SecondReadingRow(
            entry_id=entry_id, book_id=entry.book_id, column=column, first_text=first[0], first_by=first[1], text=text,
            decides=decides, by=self._actor.account, at=self._now,
        )  # fmt: skip
        with self._transaction.change("entry.decide" if decides else "entry.read_again", "reading", row, why):
            pass
        return as_reading(row)

    def all(self, book_id: int | None = None) -> tuple[Reading, ...]:
        """Of one book or all in scope, oldest first."""
        added = select(SecondReadingRow).order_by(col(SecondReadingRow.id))
        if book_id is not None:
            added = added.where(SecondReadingRow.book_id == book_id)
        return tuple(as_reading(row) for row in self._session.exec(added))

    def _entry(self, entry_id: int) -> EntryRow:
        return found(
            self._session.exec(select(EntryRow).where(EntryRow.id == entry_id)).first(), "trường hợp", entry_id
        )


def as_reading(row: SecondReadingRow) -> Reading:
    return Reading(
        row.entry_id, row.book_id, row.column, row.first_text, row.first_by, row.text, row.decides, row.by, row.at
    )
