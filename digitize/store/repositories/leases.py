"""Leases of entries. Times are the server's; a beat of the heart is not journalled, every change of hands is."""

from sqlmodel import col, select

from digitize.access.actor import Permission
from digitize.books.teamwork import LEASE, Lease
from digitize.errors import EntryAsked, EntryHeld
from digitize.store.repositories.base import Repository
from digitize.store.repositories.holding import as_lease, lease_row, locked, release, take
from digitize.store.tables import LeaseRow


class Leases(Repository):
    def of(self, entry_id: int) -> Lease | None:
        """In whose hands the entry is; None: in nobody's, or it is out of scope."""
        row = lease_row(self._session, entry_id)
        return as_lease(self._session, row) if row and row.until > self._now else None

    def running(self) -> tuple[Lease, ...]:
        """All that run now in scope, by entry."""
        live = select(LeaseRow).where(LeaseRow.until > self._now).order_by(col(LeaseRow.entry_id))
        return tuple(as_lease(self._session, row) for row in self._session.exec(live))

    def take(self, entry_id: int) -> Lease | None:
        """The actor's lease; else that of the colleague who has the entry, None while an answer is waited for.

        Raises NotFound.
        """
        entry = locked(self._session, entry_id)
        try:
            return as_lease(self._session, take(self._transaction, entry))
        except EntryHeld:
            return self.of(entry_id)
        except EntryAsked:
            return None

    def give_back(self, entry_id: int) -> None:
        """Raises NotFound."""
        locked(self._session, entry_id)
        release(self._transaction, entry_id)

    def take_over(self, entry_id: int, why: str = "") -> Lease | None:
        """Also before a colleague's time is over; who does not key herself frees it.

        Raises AccessDenied, NotFound.
        """
        entry = locked(self._session, entry_id)
        row = lease_row(self._session, entry_id)
        if row and row.owner != self._actor.account and row.until > self._now:
            self._take_from(row, why)
        return as_lease(self._session, take(self._transaction, entry)) if self._keys else None

    @property
    def _keys(self) -> bool:
        return self._actor.may(Permission.REVIEW)

    def _take_from(self, row: LeaseRow, why: str) -> None:
        with self._transaction.change("entry.take_over", "entry", row, why):
            row.until = self._now
            if self._keys:
                row.owner, row.since, row.until = self._actor.account, self._now, self._now + LEASE
