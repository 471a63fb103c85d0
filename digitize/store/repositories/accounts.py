"""Accounts and their passwords (Argon2id)."""

from collections.abc import Iterable
from functools import cache

from pwdlib import PasswordHash
from sqlmodel import col, select

from digitize.access.account import Account
from digitize.access.actor import PERSON_ROLES, Agency, Permission, Role
from digitize.access.scope import covers, is_within
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
        """One's own account, any for the gate, and for administrators those in their scope.

        Raises NotFound, AccessDenied.
        """
        return as_account(self._row(name))

    def all(self) -> tuple[Account, ...]:
        """Those in the administrator's scope, by name. Raises AccessDenied."""
        self._actor.demand(Permission.ADMINISTER)
        by_name = select(AccountRow).order_by(col(AccountRow.name))
        return tuple(as_account(row) for row in self._session.exec(by_name) if self._is_in_scope(row))

    def assistants(self, book_id: int) -> tuple[Account, ...]:
        """Active officers of the other agency whose scope covers the book: who may assist in keying it."""
        book = found(self._session.exec(select(BookRow).where(BookRow.id == book_id)).first(), "sổ", book_id)
        return tuple(
            account
            for account in self._of_book(book)
            if Role.OFFICER in account.roles and account.agency is not self._actor.agency
        )

    def colleagues(self, book_id: int) -> tuple[Account, ...]:
        """Others who may answer a question about the book: active, of either agency, with a scope that covers it."""
        book = found(self._session.exec(select(BookRow).where(BookRow.id == book_id)).first(), "sổ", book_id)
        return tuple(
            account
            for account in self._of_book(book)
            if account.name != self._actor.account and account.actor().may(Permission.ANSWER)
        )

    def set_password(self, name: str, password: str) -> None:
        """One's own, or for administrators those in their scope. Raises NotFound, AccessDenied."""
        row, password_hash = self._row(name), HASHING.hash(password)
        with self._transaction.change("account.set_password", "account", row) as deed:
            row.password_hash = password_hash
            deed.after["password"] = "changed"

    def deactivate(self, name: str) -> None:
        """The account signs in no more and its sessions end at once. Raises NotFound."""
        row = self._row(name)
        with self._transaction.change("account.deactivate", "account", row):
            row.active = False

    def _of_book(self, book: BookRow) -> list[Account]:
        active = select(AccountRow).where(col(AccountRow.active)).order_by(col(AccountRow.full_name))
        accounts = map(as_account, self._session.exec(active))
        return [account for account in accounts if covers(account.scope, book.unit_code, book.district_code)]

    def _find(self, name: str) -> AccountRow | None:
        return self._session.exec(select(AccountRow).where(AccountRow.name == name)).first()

    def _row(self, name: str) -> AccountRow:
        """Raises AccessDenied for who is no administrator, NotFound for an account beyond the administrator's scope."""
        if name == self._actor.account or self._actor.may(Permission.SIGN_IN):
            return found(self._find(name), "tài khoản", name)
        self._actor.demand(Permission.ADMINISTER)
        row = self._find(name)
        return found(row if row and self._is_in_scope(row) else None, "tài khoản", name)

    def _is_in_scope(self, row: AccountRow) -> bool:
        return is_within(frozenset(row.scope), self._actor.scope)

    def _demand_grantable(self, roles: frozenset[Role], scope: frozenset[str]) -> None:
        if not roles <= PERSON_ROLES:
            raise AccessDenied("Không giao vai trò của hệ thống cho người dùng.")
        if not is_within(scope, self._actor.scope):
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
