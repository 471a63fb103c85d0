"""Accounts and their passwords (Argon2id)."""

from collections.abc import Iterable
from functools import cache

from pwdlib import PasswordHash
from sqlmodel import col, select

from digitize.access.account import Account
from digitize.access.actor import PERSON_ROLES, Agency, Permission, Role
from digitize.access.scope import covers
from digitize.errors import AccessDenied, AlreadyThere
from digitize.store.repositories.base import Repository, found
from digitize.store.tables import AccountRow, BookRow

HASHING = PasswordHash.recommended()  # Argon2id


class Accounts(Repository):
    def add(
        self, name: str, full_name: str, password: str, agency: Agency, unit: str, roles: Iterable[Role],
        scope: Iterable[str], demo: bool = False,
    ) -> Account:  # fmt: skip
        """Raises AlreadyThere, and AccessDenied for a scope wider than the administrator's or a system role."""
        roles, scope = frozenset(roles), frozenset(scope)
        self._demand_grantable(roles, scope)
        if self._find(name):
            raise AlreadyThere(f"Tài khoản {name} đã có.")
        row = AccountRow(
            name=name, full_name=full_name, password_hash=HASHING.hash(password), agency=agency.value, unit=unit,
            roles=sorted(roles), scope=sorted(scope), demo=demo,
        )  # fmt: skip
        with self._transaction.change("account.add", "account", row):
            pass
        return as_account(row)

    def get(self, name: str) -> Account:
        """One's own account, or any for administrators and the gate. Raises NotFound, AccessDenied."""
        if not self._actor.may(Permission.SIGN_IN):
            self._demand_self_or_administrator(name)
        return as_account(self._row(name))

    def all(self) -> tuple[Account, ...]:
        """For administrators. Raises AccessDenied."""
        self._actor.demand(Permission.ADMINISTER)
        return tuple(as_account(row) for row in self._session.exec(select(AccountRow).order_by(col(AccountRow.name))))

    def assistants(self, book_id: int) -> tuple[Account, ...]:
        """Active officers of the other agency whose scope covers the book: who may assist in keying it."""
        book = found(self._session.exec(select(BookRow).where(BookRow.id == book_id)).first(), "sổ", book_id)
        others = select(AccountRow).where(AccountRow.agency != self._actor.agency.value, col(AccountRow.active))
        accounts = (as_account(row) for row in self._session.exec(others.order_by(col(AccountRow.full_name))))
        return tuple(
            account
            for account in accounts
            if Role.OFFICER in account.roles and covers(account.scope, book.unit_code, book.district_code)
        )

    def set_password(self, name: str, password: str) -> None:
        """One's own, or anybody's for administrators. Raises NotFound, AccessDenied."""
        self._demand_self_or_administrator(name)
        with self._transaction.change("account.set_password", "account", self._row(name)) as deed:
            self._row(name).password_hash = HASHING.hash(password)
            deed.after["password"] = "changed"

    def deactivate(self, name: str) -> None:
        """The account signs in no more and its sessions end at once. Raises NotFound."""
        row = self._row(name)
        with self._transaction.change("account.deactivate", "account", row):
            row.active = False

    def _find(self, name: str) -> AccountRow | None:
        return self._session.exec(select(AccountRow).where(AccountRow.name == name)).first()

    def _row(self, name: str) -> AccountRow:
        return found(self._find(name), "tài khoản", name)

    def _demand_self_or_administrator(self, name: str) -> None:
        if name != self._actor.account:
            self._actor.demand(Permission.ADMINISTER)

    def _demand_grantable(self, roles: frozenset[Role], scope: frozenset[str]) -> None:
        if not roles <= PERSON_ROLES:
            raise AccessDenied("Không giao vai trò của hệ thống cho người dùng.")
        if not all(covers(self._actor.scope, unit, unit) for unit in scope):
            raise AccessDenied("Không giao phạm vi rộng hơn phạm vi của chính mình.")


@cache
def hash_of_nobody() -> str:
    """What the password for an unknown account is checked against, so that it takes as long as for a known one."""
    return HASHING.hash("nobody")


def as_account(row: AccountRow) -> Account:
    return Account(
        row.name, row.full_name, Agency(row.agency), row.unit, frozenset(map(Role, row.roles)), frozenset(row.scope),
        row.active, row.demo,
    )  # fmt: skip
