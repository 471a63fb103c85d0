"""Entries on their way from read to handed over, and the values people keyed for them."""

from collections.abc import Iterable, Mapping

from sqlmodel import col, exists, not_, select, tuple_
from sqlmodel.sql.expression import SelectOfScalar

from digitize.books.entry import Entry
from digitize.books.steps import Act, Step, step_after
from digitize.errors import AccessDenied, StaleEntry, StepNotLawful
from digitize.store.repositories.accounts import Accounts
from digitize.store.repositories.base import Repository, found
from digitize.store.repositories.holding import demand_free, in_other_hands, locked, release
from digitize.store.repositories.keying import shelf_of, write
from digitize.store.repositories.questions import settle_all
from digitize.store.repositories.shelving import as_entries, as_entry, move, raise_version
from digitize.store.tables import BookRow, CandidateInkRow, EntryRow, PageRow, ValueRow

PLACE = (BookRow.priority, BookRow.id, PageRow.sequence, EntryRow.ordinal)  # the plan's order


class Entries(Repository):
    def get(self, entry_id: int) -> Entry:
        """Raises NotFound."""
        return as_entries(self._session, [self._row(entry_id)])[0]

    def of_book(self, book_id: int) -> tuple[Entry, ...]:
        """In the book's order; empty for a book out of scope."""
        return self._all(in_plan_order().where(EntryRow.book_id == book_id))

    def texts_of_book(self, book_id: int, columns: Iterable[str]) -> dict[tuple[int, str], str]:
        """What people keyed in these columns, by entry and column; empty for a book out of scope."""
        keyed = (
            select(ValueRow.entry_id, ValueRow.column, ValueRow.text)
            .join(EntryRow, col(ValueRow.entry_id) == col(EntryRow.id))
            .where(EntryRow.book_id == book_id, col(ValueRow.column).in_(columns))
        )
        return {(entry_id, column): text for entry_id, column, text in self._session.exec(keyed)}

    def inks(self, entry_id: int) -> dict[str, bytes]:
        """What the reader saw, packed, by column; empty for an entry out of scope or keyed from the picture."""
        seen = select(CandidateInkRow).where(CandidateInkRow.entry_id == entry_id)
        return {row.column: row.ink for row in self._session.exec(seen)}

    def of_page(self, page_id: int) -> tuple[Entry, ...]:
        """From the top of the page down."""
        return self._all(in_plan_order().where(EntryRow.page_id == page_id))

    def free_of_book(self, book_id: int) -> tuple[Entry, ...]:
        """Entries of a book that wait for an officer and are in nobody else's hands, in the book's order."""
        return self._all(self._free().where(EntryRow.book_id == book_id))

    def is_free(self, entry_id: int) -> bool:
        """Whether the entry waits for an officer and is in nobody else's hands. Raises NotFound."""
        self._row(entry_id)
        return bool(self._all(self._free().where(EntryRow.id == entry_id)))

    def keyed_before(self, entry_id: int) -> Entry | None:
        """The nearest entry in front of this one, in the order of its book, for which a person keyed something."""
        row = self._row(entry_id)
        at = select(PageRow.sequence).where(PageRow.id == row.page_id).scalar_subquery()
        in_front = tuple_(col(PageRow.sequence), col(EntryRow.ordinal)) < tuple_(at, row.ordinal)
        keyed = exists().where(col(ValueRow.entry_id) == col(EntryRow.id))
        same_book = EntryRow.book_id == row.book_id
        backwards = in_plan_order().order_by(None).order_by(*(col(column).desc() for column in PLACE[2:]))
        return next(iter(self._all(backwards.where(same_book, keyed, in_front).limit(1))), None)

    def advance(self, entry_id: int, act: Act, why: str = "", expected_version: int | None = None) -> Entry:
        """Takes the entry where the act leads. Raises StepNotLawful, StaleEntry."""
        row = self._current(entry_id, expected_version)
        after = step_after(Step(row.step), act)
        with self._transaction.change(f"entry.{act}", "entry", row, why):
            if act is Act.REVIEW:
                row.keyed_by = self._actor.account
            move(row, after, self._now)
        return self.get(entry_id)

    def save_value(self, entry_id: int, column: str, text: str, expected_version: int | None = None) -> Entry:
        """Saves what a person keyed for one field. Raises StepNotLawful, StaleEntry."""
        return self.save_values(entry_id, {column: text}, expected_version)

    def save_values(self, entry_id: int, values: Mapping[str, str], expected_version: int | None = None) -> Entry:
        """Saves several fields in one act; only an entry in review takes values.

        Raises StepNotLawful, StaleEntry, EntryHeld, EntryAsked.
        """
        row = self._current(entry_id, expected_version)
        demand_free(self._transaction, entry_id)
        if row.step != Step.IN_REVIEW:
            raise StepNotLawful(f"Trường hợp số {entry_id} không ở bước nhập nên không sửa được.")
        with self._transaction.change("entry.save", "entry", row) as deed:
            write(self._transaction, row, dict(values), deed)
        return self.get(entry_id)

    def confirm(
        self, entry_id: int, values: Mapping[str, str], expected_version: int | None = None, why: str = ""
    ) -> Entry:
        """The officer vouches for every value given, and the entry is confirmed: one act.

        Raises StepNotLawful unless the entry is in review, StaleEntry when somebody saved in between,
        EntryHeld, EntryAsked.
        """
        row = self._current(entry_id, expected_version)
        demand_free(self._transaction, entry_id)
        after = step_after(Step(row.step), Act.CONFIRM)
        shelf = shelf_of(self._session, row)
        with self._transaction.change(f"entry.{Act.CONFIRM}", "entry", row, why) as deed:
            move(row, after, self._now)
            write(self._transaction, row, dict(values), deed, shelf=shelf)
        settle_all(self._transaction, entry_id)
        release(self._transaction, entry_id)
        return as_entry(row, shelf.candidates, shelf.values.values())

    def decide(self, entry_id: int, column: str, text: str, expected_version: int, why: str) -> Entry:
        """Another text than the confirmed one is right: it is written, and the entry goes back to be confirmed again.

        One act. Raises StepNotLawful, StaleEntry.
        """
        row = self._current(entry_id, expected_version)
        after = step_after(Step(row.step), Act.SEND_BACK)
        with self._transaction.change("entry.decide", "entry", row, why) as deed:
            move(row, after, self._now)
            write(self._transaction, row, {column: text}, deed)
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

    def _demand_assistant(self, account: str, book_id: int) -> None:
        if account not in {assistant.name for assistant in Accounts(self._transaction).assistants(book_id)}:
            raise AccessDenied("Người hỗ trợ phải là cán bộ của cơ quan kia, được giao đơn vị giữ sổ này.")

    def _row(self, entry_id: int) -> EntryRow:
        return found(
            self._session.exec(select(EntryRow).where(EntryRow.id == entry_id)).first(), "trường hợp", entry_id
        )

    def _current(self, entry_id: int, expected_version: int | None) -> EntryRow:
        row = locked(self._session, entry_id)
        if expected_version is not None and row.version != expected_version:
            raise StaleEntry(f"Trường hợp số {entry_id} đã được người khác lưu trong lúc bạn nhập.")
        return row

    def _free(self) -> SelectOfScalar[EntryRow]:
        waiting = in_plan_order().where(col(EntryRow.step).in_((Step.READ, Step.IN_REVIEW)))
        return waiting.where(not_(in_other_hands(self._actor, self._now)))

    def _all(self, query: SelectOfScalar[EntryRow]) -> tuple[Entry, ...]:
        return as_entries(self._session, self._session.exec(query).all())


def in_plan_order() -> SelectOfScalar[EntryRow]:
    return (
        select(EntryRow)
        .join(PageRow, col(EntryRow.page_id) == col(PageRow.id))
        .join(BookRow, col(EntryRow.book_id) == col(BookRow.id))
        .order_by(*map(col, PLACE))
    )
