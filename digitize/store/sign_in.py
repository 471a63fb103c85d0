"""Signing in and out, as the gate of the web application asks for it.

Argon2 takes its time on purpose, so the password is checked between two short transactions: the first
counts the try, the second opens the session. Counting first also counts tries made at the same moment.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from unicodedata import normalize

from sqlmodel import col, func, select

from digitize.access.actor import Actor, gate_actor
from digitize.errors import SignInFailed, TooManySignIns
from digitize.store.repositories.accounts import HASHING, hash_of_nobody
from digitize.store.tables import AccountRow, SignInRow
from digitize.store.transaction import Transaction
from digitize.store.unit_of_work import Workspace

FAILURES = 5
WITHIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a good password gives: the opaque id for the browser, and who it is."""

    session_id: str
    actor: Actor


def sign_in(workspace: Workspace, name: str, password: str) -> SignedIn:
    """Raises SignInFailed, and TooManySignIns after five failures of one name within 15 minutes."""
    with workspace.unit_of_work(gate_actor()) as work:
        stored = _count_try(work.transaction, name)
    if not HASHING.verify(password, stored or hash_of_nobody()) or stored is None:
        with workspace.unit_of_work(gate_actor()) as work:
            work.transaction.note("account.refuse", "account", name if stored else "unknown", {"why": "password"})
        raise SignInFailed("Tên đăng nhập hoặc mật khẩu không đúng.")
    with workspace.unit_of_work(gate_actor()) as work:
        _forget_tries(work.transaction, name)
        account = work.accounts.get(name)
        return SignedIn(work.sessions.open(account), account.actor())


def actor_of(workspace: Workspace, session_id: str) -> Actor | None:
    """Who holds the session now; None when it is unknown, revoked or over, or the account inactive."""
    with workspace.view(gate_actor()) as work:
        actor, is_quiet = work.sessions.seen(session_id)
    if is_quiet:
        with workspace.unit_of_work(gate_actor()) as work:
            work.sessions.touch(session_id)
    return actor


def sign_out(workspace: Workspace, session_id: str) -> None:
    """Ends the session; the journal names the person who held it."""
    actor = actor_of(workspace, session_id)
    if actor:
        with workspace.unit_of_work(actor) as work:
            work.sessions.revoke(session_id)


def _count_try(transaction: Transaction, name: str) -> str | None:
    """The stored password hash of an active account, or None. Raises TooManySignIns."""
    session, tried = transaction.session, _hash_of_name(name)
    failures = select(func.count()).where(
        SignInRow.name_hash == tried, SignInRow.at > transaction.now - WITHIN, ~col(SignInRow.cleared)
    )
    if session.exec(failures).one() >= FAILURES:
        raise TooManySignIns("Tài khoản tạm khóa vì đăng nhập sai quá nhiều lần.")
    with transaction.quiet():
        session.add(SignInRow(name_hash=tried, at=transaction.now))
        session.flush()
    account = session.exec(select(AccountRow).where(AccountRow.name == name, col(AccountRow.active))).first()
    return account.password_hash if account else None


def _forget_tries(transaction: Transaction, name: str) -> None:
    """After a good password the count starts anew; the rows stay."""
    with transaction.quiet():
        for row in transaction.session.exec(select(SignInRow).where(SignInRow.name_hash == _hash_of_name(name))):
            row.cleared = True
        transaction.session.flush()


def _hash_of_name(name: str) -> str:
    return sha256(normalize("NFC", name).casefold().encode()).hexdigest()
