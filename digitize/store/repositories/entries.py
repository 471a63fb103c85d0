"""Entries on their way from read to handed over, and the values people keyed for them."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, not_, select, tuple_
from sqlmodel.sql.expression import SelectOfScalar

from digitize.books.entry import Entry
from digitize.books.steps import Act, Step, step_after
from digitize.errors import AccessDenied, StaleEntry, StepNotLawful
from digitize.store.repositories.accounts import Accounts
from digitize.store.repositories.base import Repository, found, key
from digitize.store.repositories.search import lay_search_keys
from digitize.store.repositories.shelving import as_entries, raise_version
from digitize.store.tables import BookRow, EntryRow, PageRow, ValueRow
from digitize.store.transaction import Deed

IN_HAND = timedelta(minutes=30)  # an entry opened or saved so lately is somebody's work
WAITING = (Step.READ.value, Step.IN_REVIEW.value)
PLACE = (BookRow.priority, BookRow.id, PageRow.sequence, EntryRow.ordinal)  # the plan's order


class Entries(Repository):
    def get(self, entry_id: int) -> Entry:
        """Raises NotFound."""
        return as_entries(self._session, [self._row(entry_id)])[0]

    def of_book(self, book_id: int) -> tuple[Entry, ...]:
        """In the book's order; empty for a book out of scope."""
        return self._all(_in_plan_order().where(EntryRow.book_id == book_id))

    def of_page(self, page_id: int) -> tuple[Entry, ...]:
        """From the top of the page down."""
        return self._all(_in_plan_order().where(EntryRow.page_id == page_id))

    def waiting(self, book_id: int | None = None, limit: int = 50) -> tuple[Entry, ...]:
        """Entries that wait for review, of one book or all in scope, in the plan's order."""
        return self._all(_waiting(book_id).limit(limit))

    def free_of_book(self, book_id: int) -> tuple[Entry, ...]:
        """Entries of a book that wait for an officer and are in nobody else's hands, in the book's order."""
        return self._all(_waiting(book_id).where(not_(self._in_other_hands())))

    def is_free(self, entry_id: int) -> bool:
        """Whether the entry waits for an officer and is in nobody else's hands. Raises NotFound."""
        self._row(entry_id)
        free = _waiting(None).where(not_(self._in_other_hands()), EntryRow.id == entry_id)
        return self._session.exec(free).first() is not None

    def next_waiting(self, after_id: int | None = None, book_id: int | None = None) -> Entry | None:
        """The entry waiting behind the given one, else the first of those before it; None: all are done.

        One that a colleague opened or saved within the last half hour is left to her.
        """
        waiting = _waiting(book_id).where(not_(self._in_other_hands())).limit(1)
        if after_id is None:
            return next(iter(self._all(waiting)), None)
        behind = waiting.where(tuple_(*map(col, PLACE)) > tuple_(*self._place(after_id)))
        before = waiting.where(EntryRow.id != after_id)
        return next(iter(self._all(behind) or self._all(before)), None)

    def advance(self, entry_id: int, act: Act, why: str = "", expected_version: int | None = None) -> Entry:
        """Takes the entry where the act leads. Raises StepNotLawful, StaleEntry."""
        row = self._current(entry_id, expected_version)
        after = step_after(Step(row.step), act)
        with self._transaction.change(f"entry.{act}", "entry", row, why):
            row.step = after.value
            if act is Act.REVIEW:
                row.keyed_by = self._actor.account
            raise_version(row, self._now)
        return self.get(entry_id)

    def save_value(self, entry_id: int, column: str, text: str, expected_version: int | None = None) -> Entry:
        """Saves what a person keyed for one field. Raises StepNotLawful, StaleEntry."""
        return self.save_values(entry_id, {column: text}, expected_version)

    def save_values(self, entry_id: int, values: Mapping[str, str], expected_version: int | None = None) -> Entry:
        """Saves several fields in one act; only an entry in review takes values. Raises StepNotLawful, StaleEntry."""
        row = self._current(entry_id, expected_version)
        if row.step != Step.IN_REVIEW:
            raise StepNotLawful(f"Trường hợp số {entry_id} không ở bước nhập nên không sửa được.")
        with self._transaction.change("entry.save", "entry", row) as deed:
            self._write(row, values, deed)
        return self.get(entry_id)

    def confirm(
        self, entry_id: int, values: Mapping[str, str], expected_version: int | None = None, why: str = ""
    ) -> Entry:
        """The officer vouches for every value given, and the entry is confirmed: one act.

        Raises StepNotLawful unless the entry is in review, StaleEntry when somebody saved in between.
        """
        row = self._current(entry_id, expected_version)
        after = step_after(Step(row.step), Act.CONFIRM)
        with self._transaction.change(f"entry.{Act.CONFIRM}", "entry", row, why) as deed:
            row.step = after.value
            self._write(row, values, deed)
        return self.get(entry_id)

    def decide(self, entry_id: int, column: str, text: str, expected_version: int, why: str) -> Entry:
        """Another text than the confirmed one is right: it is written, and the entry goes back to be confirmed again.

        One act. Raises StepNotLawful, StaleEntry.
        """
        row = self._current(entry_id, expected_version)
        after = step_after(Step(row.step), Act.SEND_BACK)
        with self._transaction.change("entry.decide", "entry", row, why) as deed:
            row.step = after.value
            self._write(row, {column: text}, deed)
        return self.get(entry_id)

    def set_keyed(self, entry_id: int, keyed_by: str, assisted_by: str | None = None) -> Entry:
        """Who keyed the entry, and the officer of the other agency who assisted. Raises NotFound, AccessDenied."""
        row = self._row(entry_id)
        if assisted_by is not None:
            self._demand_assistant(assisted_by, row.book_id)
        with self._transaction.change("entry.key", "entry", row):
            row.keyed_by, row.assisted_by = keyed_by, assisted_by
            raise_version(row, self._now)
        return self.get(entry_id)

    def _in_other_hands(self) -> ColumnElement[bool]:
        return and_(
            EntryRow.step == Step.IN_REVIEW.value,
            col(EntryRow.keyed_by).is_not(None),
            col(EntryRow.keyed_by) != self._actor.account,
            col(EntryRow.changed_at) > self._now - IN_HAND,
        )

    def _demand_assistant(self, account: str, book_id: int) -> None:
        if account not in {assistant.name for assistant in Accounts(self._transaction).assistants(book_id)}:
            raise AccessDenied("Người hỗ trợ phải là cán bộ của cơ quan kia, được giao đơn vị giữ sổ này.")

    def _row(self, entry_id: int) -> EntryRow:
        return found(
            self._session.exec(select(EntryRow).where(EntryRow.id == entry_id)).first(), "trường hợp", entry_id
        )

    def _current(self, entry_id: int, expected_version: int | None) -> EntryRow:
        row = self._row(entry_id)
        if expected_version is not None and row.version != expected_version:
            raise StaleEntry(f"Trường hợp số {entry_id} đã được người khác lưu trong lúc bạn nhập.")
        return row

    def _write(self, row: EntryRow, values: Mapping[str, str], deed: Deed) -> None:
        raise_version(row, self._now)
        keyed = self._session.exec(select(ValueRow).where(ValueRow.entry_id == row.id))
        there = {value.column: value.text for value in keyed}
        deed.before["values"] = {column: there[column] for column in values if column in there}
        deed.after["values"] = dict(values)
        for column, text in values.items():
            self._session.merge(
                ValueRow(entry_id=key(row.id), column=column, text=text, by=self._actor.account, at=self._now)
            )
        lay_search_keys(self._transaction, row)

    def _place(self, entry_id: int) -> tuple[int, int, int, int]:
        entry = self._row(entry_id)
        page = self._session.exec(select(PageRow).where(PageRow.id == entry.page_id)).one()
        book = self._session.exec(select(BookRow).where(BookRow.id == entry.book_id)).one()
        return book.priority, entry.book_id, page.sequence, entry.ordinal

    def _all(self, query: SelectOfScalar[EntryRow]) -> tuple[Entry, ...]:
        return as_entries(self._session, self._session.exec(query).all())


def _in_plan_order() -> SelectOfScalar[EntryRow]:
    return (
        select(EntryRow)
        .join(PageRow, col(EntryRow.page_id) == col(PageRow.id))
        .join(BookRow, col(EntryRow.book_id) == col(BookRow.id))
        .order_by(*map(col, PLACE))
    )


def _waiting(book_id: int | None) -> SelectOfScalar[EntryRow]:
    waiting = _in_plan_order().where(col(EntryRow.step).in_(WAITING))
    return waiting if book_id is None else waiting.where(EntryRow.book_id == book_id)
