"""Accounts, signing in, and sessions that end at once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import text

from digitize.access.actor import Actor, Agency, Role, gate_actor, setup_actor
from digitize.books.entry import Entry
from digitize.errors import AccessDenied, AlreadyThere, NotFound, SignInFailed, TooManySignIns
from digitize.store.repositories import accounts
from digitize.store.sign_in import actor_of, sign_in, sign_out
from digitize.store.unit_of_work import Workspace

PASSWORD = "Mật khẩu dài của Sao"


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same Argon2id with little work, since the tests sign in often."""
    monkeypatch.setattr(accounts.HASHING, "current_hasher", Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1))
    accounts.hash_of_nobody.cache_clear()


@pytest.fixture
def add_account(workspace: Workspace) -> Callable[..., None]:
    def add(name: str = "sao", agency: Agency = Agency.POLICE, scope: str = "04468", role: Role = Role.OFFICER) -> None:
        with workspace.unit_of_work(setup_actor()) as work:
            work.accounts.add(name, "Lò Thị Sao", PASSWORD, agency, "04468", [role], [scope])

    return add


def test_a_good_password_gives_the_actor_of_the_account(workspace: Workspace, add_account: Callable[..., None]) -> None:
    add_account()
    signed_in = sign_in(workspace, "sao", PASSWORD)
    assert signed_in.actor == Actor("sao", Agency.POLICE, "04468", frozenset({Role.OFFICER}), frozenset({"04468"}))
    assert actor_of(workspace, signed_in.session_id) == signed_in.actor


def test_neither_password_nor_session_id_is_stored(workspace: Workspace, add_account: Callable[..., None]) -> None:
    add_account()
    session_id = sign_in(workspace, "sao", PASSWORD).session_id
    with workspace.engine.begin() as connection:
        account, session, journal = (
            str(connection.execute(text(f"SELECT * FROM {table}")).all()) for table in ("account", "session", "journal")
        )
    assert PASSWORD not in account + journal and session_id not in session + journal
    assert "$argon2id$" in account and "argon2" not in journal


@pytest.mark.parametrize("name", ["sao", "nobody"])
def test_five_failures_lock_the_name_for_a_while(
    workspace: Workspace, add_account: Callable[..., None], name: str
) -> None:
    add_account()
    for _ in range(5):
        with pytest.raises(SignInFailed):
            sign_in(workspace, name, "sai")
    with pytest.raises(TooManySignIns):
        sign_in(workspace, name, PASSWORD)
    with workspace.engine.begin() as connection:
        connection.execute(text("UPDATE sign_in SET at = :then"), {"then": datetime.now(UTC) - timedelta(minutes=16)})
    with pytest.raises(SignInFailed):
        sign_in(workspace, name, "sai")


def test_a_good_password_starts_the_count_anew(workspace: Workspace, add_account: Callable[..., None]) -> None:
    add_account()
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(SignInFailed):
                sign_in(workspace, "sao", "sai")
        sign_in(workspace, "sao", PASSWORD)


def test_an_unknown_name_costs_a_password_check_too(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    def verify(_password: str, hashed: str) -> bool:
        checked.append(hashed)
        return True

    monkeypatch.setattr(accounts.HASHING, "verify", verify)
    with pytest.raises(SignInFailed):
        sign_in(workspace, "nobody", "nobody")
    assert checked == [accounts.hash_of_nobody()]


def test_refused_and_opened_sign_ins_are_in_the_journal(workspace: Workspace, add_account: Callable[..., None]) -> None:
    add_account()
    with pytest.raises(SignInFailed):
        sign_in(workspace, "sao", "sai")
    with pytest.raises(SignInFailed):
        sign_in(workspace, "mật khẩu gõ nhầm ô", "sai")
    with workspace.view(setup_actor()) as work:
        assert [line.act for line in work.journal.of("account", "sao")] == ["account.add", "account.refuse"]
        assert [line.act for line in work.journal.of("account", "unknown")] == ["account.refuse"]


def test_signing_out_ends_the_session_in_the_name_of_its_holder(
    workspace: Workspace, add_account: Callable[..., None]
) -> None:
    add_account()
    kept, ended = (sign_in(workspace, "sao", PASSWORD).session_id for _ in range(2))
    sign_out(workspace, ended)
    assert actor_of(workspace, ended) is None
    assert actor_of(workspace, kept) is not None
    with workspace.engine.begin() as connection:
        acts = connection.execute(text("SELECT account, act FROM journal WHERE act = 'session.revoke'")).all()
    assert acts == [("sao", "session.revoke")]


@pytest.mark.parametrize("session_id", ["", "unknown", "0" * 64])
def test_an_unknown_session_is_nobody(workspace: Workspace, session_id: str) -> None:
    assert actor_of(workspace, session_id) is None


def test_deactivating_ends_every_session_at_once(workspace: Workspace, add_account: Callable[..., None]) -> None:
    add_account()
    session_id = sign_in(workspace, "sao", PASSWORD).session_id
    with workspace.unit_of_work(setup_actor()) as work:
        work.accounts.deactivate("sao")
    assert actor_of(workspace, session_id) is None
    with pytest.raises(SignInFailed):
        sign_in(workspace, "sao", PASSWORD)


def test_revoking_all_ends_every_session(workspace: Workspace, add_account: Callable[..., None]) -> None:
    add_account()
    sessions = [sign_in(workspace, "sao", PASSWORD).session_id for _ in range(2)]
    with workspace.unit_of_work(setup_actor()) as work:
        work.sessions.revoke_all("sao")
    assert [actor_of(workspace, session_id) for session_id in sessions] == [None, None]


def test_a_session_is_over_after_its_hours(workspace: Workspace, add_account: Callable[..., None]) -> None:
    add_account()
    session_id = sign_in(workspace, "sao", PASSWORD).session_id
    with workspace.engine.begin() as connection:
        lasted = connection.execute(text("SELECT expires_at, created_at FROM session")).one()
        connection.execute(text("UPDATE session SET expires_at = created_at"))
    hours = datetime.fromisoformat(lasted[0]) - datetime.fromisoformat(lasted[1])
    assert hours == timedelta(hours=workspace.settings.session_hours)
    assert actor_of(workspace, session_id) is None


def test_a_sign_of_life_is_written_when_the_last_is_old(workspace: Workspace, add_account: Callable[..., None]) -> None:
    add_account()
    session_id = sign_in(workspace, "sao", PASSWORD).session_id
    old = "2026-01-01 00:00:00.000000"
    with workspace.engine.begin() as connection:
        connection.execute(text(f"UPDATE session SET last_seen_at = '{old}'"))
    assert actor_of(workspace, session_id) is not None
    with workspace.engine.begin() as connection:
        assert connection.execute(text("SELECT last_seen_at FROM session")).scalar_one() != old


def test_a_new_password_replaces_the_old(workspace: Workspace, add_account: Callable[..., None]) -> None:
    add_account()
    sao = sign_in(workspace, "sao", PASSWORD).actor
    with workspace.unit_of_work(sao) as work:
        work.accounts.set_password("sao", "Mật khẩu khác")
    assert sign_in(workspace, "sao", "Mật khẩu khác").actor == sao
    with pytest.raises(SignInFailed):
        sign_in(workspace, "sao", PASSWORD)


def test_only_the_gate_opens_sessions(workspace: Workspace, officer: Actor, add_account: Callable[..., None]) -> None:
    add_account()
    with pytest.raises(AccessDenied), workspace.unit_of_work(officer) as work:
        work.sessions.open("sao")
    with workspace.unit_of_work(gate_actor()) as work:
        assert work.sessions.actor_of(work.sessions.open("sao")) is not None


def test_a_name_is_given_once_and_no_system_role_is_given(
    workspace: Workspace, add_account: Callable[..., None]
) -> None:
    add_account()
    with pytest.raises(AlreadyThere):
        add_account()
    with pytest.raises(AccessDenied):
        add_account("robot", role=Role.WORKER)


def test_an_administrator_reaches_no_account_wider_than_his_own(
    workspace: Workspace, make_actor: Callable[..., Actor], add_account: Callable[..., None]
) -> None:
    add_account("province", scope="15")
    add_account("commune", scope="04471")
    administrator = make_actor("administrator", "137")
    with workspace.unit_of_work(administrator) as work:
        assert [account.name for account in work.accounts.all()] == ["commune"]
        for call in (work.accounts.get, work.accounts.deactivate, work.sessions.revoke_all):
            with pytest.raises(NotFound):
                call("province")
        with pytest.raises(NotFound):
            work.accounts.set_password("province", "của tôi")
        with pytest.raises(AccessDenied):
            work.accounts.add("x", "X", PASSWORD, Agency.POLICE, "137", [Role.ADMINISTRATOR], ["15"])


def test_who_assists_is_an_officer_of_the_other_agency(
    workspace: Workspace, officer: Actor, entry: Entry, add_account: Callable[..., None]
) -> None:
    add_account("same_agency")
    add_account("elsewhere", Agency.CIVIL_STATUS, "132")
    add_account("no_officer", Agency.CIVIL_STATUS, role=Role.CHECKER)
    add_account("colleague", Agency.CIVIL_STATUS)
    with workspace.unit_of_work(officer) as work:
        assert [account.name for account in work.accounts.assistants(entry.book_id)] == ["colleague"]
        keyed = work.entries.set_keyed(entry.entry_id, "officer", "colleague")
        assert (keyed.keyed_by, keyed.assisted_by) == ("officer", "colleague")
        for name in ("same_agency", "elsewhere", "no_officer", "nobody"):
            with pytest.raises(AccessDenied):
                work.entries.set_keyed(entry.entry_id, "officer", name)
