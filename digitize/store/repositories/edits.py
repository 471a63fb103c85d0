"""What officers send from their desks: each edit once, and no text over one that its writer has not seen."""

from collections.abc import Mapping

from sqlmodel import select

from digitize.books.steps import Act, Step, step_after
from digitize.books.teamwork import Collision, EditMark, Saved
from digitize.errors import StepNotLawful
from digitize.store.repositories.base import Repository
from digitize.store.repositories.holding import locked, release, take
from digitize.store.repositories.keying import Shelf, shelf_of, write
from digitize.store.repositories.questions import settle_all
from digitize.store.repositories.shelving import as_entry
from digitize.store.tables import AccountRow, EditRow, EntryRow, ValueRow

DONE = frozenset({Step.CONFIRMED, Step.CHECKED, Step.MATCHED, Step.HANDED_OVER})


class Edits(Repository):
    def save(self, entry_id: int, values: Mapping[str, str], seen: int, mark: EditMark) -> Saved:
        """Saves what does not collide. Raises EntryHeld, EntryAsked, StepNotLawful, NotFound."""
        row = locked(self._session, entry_id)
        last, shelf = self._edit(entry_id, mark), shelf_of(self._session, row)
        if _is_done(last, mark):
            return _saved(row, shelf, unseen=self._unseen(shelf, {}, seen, mark))
        self._hold(row)
        new, collisions = self._compared(shelf, values, seen, mark)
        self._write(row, new, mark, shelf)
        if not collisions:
            self._note(entry_id, mark, last)
        return _saved(row, shelf, collisions, self._unseen(shelf, values, seen, mark))

    def confirm(
        self, entry_id: int, values: Mapping[str, str], shown: Mapping[str, str], seen: int, mark: EditMark,
        why: str = "",
    ) -> Saved:  # fmt: skip
        """The officer vouches for `values`, and for what is `shown` of all else unless it changed since she saw it.

        Raises as `save`.
        """
        row = locked(self._session, entry_id)
        last, shelf = self._edit(entry_id, mark), shelf_of(self._session, row)
        if _is_done(last, mark) or self._is_confirmed_so(row, shelf, values):
            return _saved(row, shelf)
        self._hold(row)
        new, collisions = self._compared(shelf, values, seen, mark)
        collisions = (*collisions, *self._unseen(shelf, values, seen, mark))
        if collisions:
            self._write(row, new, mark, shelf)
            return _saved(row, shelf, collisions)
        with self._transaction.change(f"entry.{Act.CONFIRM}", "entry", row, why) as deed:
            row.step, row.keyed_by = step_after(Step(row.step), Act.CONFIRM).value, self._actor.account
            write(self._transaction, row, {**shown, **values}, deed, mark.sitting, shelf)
        settle_all(self._transaction, entry_id)
        release(self._transaction, entry_id)
        self._note(entry_id, mark, last)
        return _saved(row, shelf)

    def take_back(
        self, entry_id: int, column: str, text: str | None, seen: int, mark: EditMark, why: str = ""
    ) -> Saved:
        """The field is again as it once was; None: as nobody had keyed it. Raises as `save`."""
        row = locked(self._session, entry_id)
        last, shelf = self._edit(entry_id, mark), shelf_of(self._session, row)
        if _is_done(last, mark):
            return _saved(row, shelf)
        self._hold(row)
        there = shelf.values.get(column)
        if there and _is_foreign(there, seen, mark) and there.text != text:
            return _saved(row, shelf, (self._collision(there, text),))
        with self._transaction.change("entry.take_back", "entry", row, why) as deed:
            write(self._transaction, row, {column: text}, deed, mark.sitting, shelf)
        self._note(entry_id, mark, last)
        return _saved(row, shelf, unseen=self._unseen(shelf, {}, seen, mark))

    def _hold(self, row: EntryRow) -> None:
        take(self._transaction, row)
        if row.step != Step.IN_REVIEW:
            raise StepNotLawful(f"Trường hợp số {row.id} không ở bước nhập nên không sửa được.")

    def _compared(
        self, shelf: Shelf, values: Mapping[str, str], seen: int, mark: EditMark
    ) -> tuple[dict[str, str], tuple[Collision, ...]]:
        """What is new and collides with nothing, and what collides."""
        there = shelf.values
        collisions = {
            column: self._collision(there[column], text)
            for column, text in values.items()
            if column in there and _is_foreign(there[column], seen, mark) and there[column].text != text
        }
        new = {
            column: text
            for column, text in values.items()
            if column not in collisions and not _is_there(there.get(column), text, mark)
        }
        return new, tuple(collisions.values())

    def _write(self, row: EntryRow, values: Mapping[str, str], mark: EditMark, shelf: Shelf) -> None:
        if values:
            with self._transaction.change("entry.save", "entry", row) as deed:
                write(self._transaction, row, dict(values), deed, mark.sitting, shelf)

    def _unseen(self, shelf: Shelf, values: Mapping[str, str], seen: int, mark: EditMark) -> tuple[Collision, ...]:
        """What stands in fields she did not type into and was not there when she opened the entry."""
        there = shelf.values
        keyed = [
            self._collision(value, None)
            for column, value in there.items()
            if column not in values and _is_foreign(value, seen, mark)
        ]
        read = [
            Collision(candidate.column, None, candidate.text, None, "", None, candidate.version)
            for candidate in shelf.candidates
            if candidate.column not in there and candidate.version > seen
        ]
        return (*keyed, *read)

    def _collision(self, value: ValueRow, mine: str | None) -> Collision:
        name = self._session.exec(select(AccountRow.full_name).where(AccountRow.name == value.by)).first()
        return Collision(value.column, mine, value.text, value.by, name or value.by, value.at, value.version)

    def _is_confirmed_so(self, row: EntryRow, shelf: Shelf, values: Mapping[str, str]) -> bool:
        there = {column: value.text for column, value in shelf.values.items()}
        return row.step in DONE and row.keyed_by == self._actor.account and {**there, **values} == there

    def _note(self, entry_id: int, mark: EditMark, last: EditRow | None) -> None:
        edit = last or EditRow(entry_id=entry_id, sitting=mark.sitting, number=mark.number)
        with self._transaction.quiet():
            edit.number = mark.number
            self._session.add(edit)
            self._session.flush()

    def _edit(self, entry_id: int, mark: EditMark) -> EditRow | None:
        edit = select(EditRow).where(EditRow.entry_id == entry_id, EditRow.sitting == mark.sitting)
        return self._session.exec(edit).first()


def _saved(
    row: EntryRow, shelf: Shelf, collisions: tuple[Collision, ...] = (), unseen: tuple[Collision, ...] = ()
) -> Saved:
    return Saved(as_entry(row, shelf.candidates, shelf.values.values()), collisions, unseen)


def _is_done(last: EditRow | None, mark: EditMark) -> bool:
    return last is not None and mark.number <= last.number


def _is_foreign(value: ValueRow, seen: int, mark: EditMark) -> bool:
    return value.version > seen and value.sitting != mark.sitting


def _is_there(value: ValueRow | None, text: str, mark: EditMark) -> bool:
    """The same page has saved the same text: an answer was lost on its way."""
    return value is not None and (value.sitting, value.text) == (mark.sitting, text)
