"""Signed-in sessions: the browser holds an opaque id, the store only its SHA-256."""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlmodel import col, select

from digitize.access.account import Account
from digitize.access.actor import Actor
from digitize.store.repositories.accounts import Accounts, as_account
from digitize.store.repositories.base import Repository
from digitize.store.tables import AccountRow, SessionRow
from digitize.store.transaction import Transaction

SIGN_OF_LIFE = timedelta(minutes=1)  # last_seen is written no more often


class Sessions(Repository):
    def __init__(self, transaction: Transaction, hours: float) -> None:
        super().__init__(transaction)
        self._hours = hours

    def open(self, account: Account | str) -> str:
        """The opaque id of a new session. Only the gate may, after the password was shown."""
        name = account if isinstance(account, str) else account.name
        opaque = token_urlsafe(32)
        row = SessionRow(
            id_hash=hash_of(opaque), account=name, created_at=self._now, last_seen_at=self._now,
            expires_at=self._now + timedelta(hours=self._hours),
        )  # fmt: skip
        with self._transaction.change("session.open", "session", row):
            pass
        return opaque

    def actor_of(self, opaque: str) -> Actor | None:
        """Who holds the session now; None when it is unknown, revoked or over, or the account inactive."""
        found = self._live(opaque)
        return as_account(found[1]).actor() if found else None

    def seen(self, opaque: str) -> tuple[Actor | None, bool]:
        """Who holds it, and whether its last sign of life is so old that it should be written again."""
        found = self._live(opaque)
        if found is None:
            return None, False
        return as_account(found[1]).actor(), self._now - found[0].last_seen_at > SIGN_OF_LIFE

    def touch(self, opaque: str) -> None:
        """Writes a sign of life."""
        found = self._live(opaque)
        if found:
            with self._transaction.quiet():
                found[0].last_seen_at = self._now
                self._session.flush()

    def revoke(self, opaque: str) -> None:
        """Ends the session at once; an unknown one is no error."""
        found = self._live(opaque)
        if found:
            self._revoke(found[0])

    def revoke_all(self, account: str) -> None:
        """Ends all sessions of one's own account, or for administrators of one in scope.

        Raises NotFound, AccessDenied.
        """
        Accounts(self._transaction).get(account)
        live = select(SessionRow).where(SessionRow.account == account, col(SessionRow.revoked_at).is_(None))
        for row in self._session.exec(live).all():
            self._revoke(row)

    def _live(self, opaque: str) -> tuple[SessionRow, AccountRow] | None:
        live = (
            select(SessionRow, AccountRow)
            .join(AccountRow, col(SessionRow.account) == col(AccountRow.name))
            .where(SessionRow.id_hash == hash_of(opaque), col(SessionRow.revoked_at).is_(None))
            .where(SessionRow.expires_at > self._now, col(AccountRow.active))
        )
        return self._session.exec(live).first()

    def _revoke(self, row: SessionRow) -> None:
        with self._transaction.change("session.revoke", "session", row):
            row.revoked_at = self._now


def hash_of(opaque: str) -> str:
    return sha256(opaque.encode()).hexdigest()
