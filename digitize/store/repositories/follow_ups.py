"""The follow-up list: every difference until both offices have settled it."""

from collections.abc import Iterable, Sequence

from sqlmodel import col, select

from digitize.books.follow_up import Difference, Direction, FollowState, FollowUp
from digitize.errors import AccessDenied, InputError, StepNotLawful
from digitize.store.repositories.accounts import Accounts
from digitize.store.repositories.base import Repository, found, key
from digitize.store.tables import EntryRow, FollowUpRow

WAITING = (FollowState.OPEN, FollowState.VERIFYING)


class FollowUps(Repository):
    def reconcile(
        self, entry_id: int, role: str, personal_id: str | None, differences: Iterable[Difference], direction: Direction
    ) -> tuple[FollowUp, ...]:
        """Puts new differences on the list and closes those that are gone; what was settled stays. Raises NotFound."""
        entry = self._session.exec(select(EntryRow).where(EntryRow.id == entry_id)).first()
        book_id = found(entry, "trường hợp", entry_id).book_id
        rows = [row for row in self._of_entry(entry_id) if row.role == role and row.state != FollowState.GONE]
        there = {_place(row): row for row in rows}
        now = {(each["field"], each["book"], each["population"], personal_id): each for each in differences}
        for place, row in there.items():
            if place not in now and row.state in WAITING:
                self._set(row, "follow_up.gone", state=FollowState.GONE.value)
        for place, each in now.items():
            if place not in there:
                self._open(entry_id, book_id, role, personal_id, each, direction)
        return self.of_entry(entry_id)

    def change(
        self, follow_up_id: int, state: FollowState, direction: Direction, responsible: str | None, note: str
    ) -> FollowUp:
        """Whoever verifies says how far it is; every change is in the journal, and none is final.

        Raises NotFound, StepNotLawful for what is gone, InputError when settled without saying how,
        AccessDenied for somebody who is not given the book's unit.
        """
        row = self._row(follow_up_id)
        if row.state == FollowState.GONE or state is FollowState.GONE:
            raise StepNotLawful(f"Mục theo dõi số {follow_up_id} không còn khác biệt để xử lý.")
        if state is FollowState.SETTLED and not note.strip():
            raise InputError("Hãy ghi kết quả xác minh.")
        if responsible and responsible not in {
            each.name for each in Accounts(self._transaction).colleagues(row.book_id)
        }:
            raise AccessDenied("Người phụ trách phải là đồng nghiệp được giao đơn vị giữ sổ này.")
        self._set(
            row, "follow_up.change", state=state.value, direction=direction.value, responsible=responsible,
            note=note.strip(),
        )  # fmt: skip
        return as_follow_up(row)

    def get(self, follow_up_id: int) -> FollowUp:
        """Raises NotFound."""
        return as_follow_up(self._row(follow_up_id))

    def list(self, states: Sequence[FollowState] = WAITING, book_id: int | None = None) -> tuple[FollowUp, ...]:
        """In the order in which they came up."""
        listed = select(FollowUpRow).where(col(FollowUpRow.state).in_(states)).order_by(col(FollowUpRow.id))
        if book_id is not None:
            listed = listed.where(FollowUpRow.book_id == book_id)
        return tuple(map(as_follow_up, self._session.exec(listed)))

    def of_entry(self, entry_id: int) -> tuple[FollowUp, ...]:
        """All, oldest first; empty for an entry out of scope."""
        return tuple(map(as_follow_up, self._of_entry(entry_id)))

    def exported(self, what: str, rows: int) -> None:
        """Journals that a list of people left the house as a file."""
        self._transaction.note("follow_up.export", "people_list", what, {"rows": rows})

    def _of_entry(self, entry_id: int) -> Sequence[FollowUpRow]:
        listed = select(FollowUpRow).where(FollowUpRow.entry_id == entry_id).order_by(col(FollowUpRow.id))
        return self._session.exec(listed).all()

    def _row(self, follow_up_id: int) -> FollowUpRow:
        row = self._session.exec(select(FollowUpRow).where(FollowUpRow.id == follow_up_id)).first()
        return found(row, "mục theo dõi", follow_up_id)

    def _open(
        self, entry_id: int, book_id: int, role: str, personal_id: str | None, told: Difference, direction: Direction
    ) -> None:
        row = FollowUpRow(
            entry_id=entry_id, book_id=book_id, role=role, column=told["field"], kind=told["kind"],
            personal_id=personal_id, book_text=told["book"], population_text=told["population"], why=told["why"],
            direction=direction.value, state=FollowState.OPEN.value, opened_by=self._actor.account,
            opened_at=self._now, changed_by=self._actor.account, changed_at=self._now,
        )  # fmt: skip
        with self._transaction.change("follow_up.open", "follow_up", row):
            pass

    def _set(self, row: FollowUpRow, act: str, **changes: str | None) -> None:
        with self._transaction.change(act, "follow_up", row):
            for name, value in changes.items():
                setattr(row, name, value)
            row.changed_by, row.changed_at = self._actor.account, self._now


def _place(row: FollowUpRow) -> tuple[str, str, str, str | None]:
    return row.column, row.book_text, row.population_text, row.personal_id


def as_follow_up(row: FollowUpRow) -> FollowUp:
    return FollowUp(
        key(row.id), row.entry_id, row.book_id, row.role, row.column, row.kind, row.personal_id, row.book_text,
        row.population_text, row.why, Direction(row.direction), FollowState(row.state), row.responsible, row.note,
        row.opened_by, row.opened_at, row.changed_by, row.changed_at,
    )  # fmt: skip
