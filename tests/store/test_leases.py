"""An entry is in one officer's hands: everybody sees whose, and nothing typed is lost when hands change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest

from digitize.access.actor import Actor, Role
from digitize.books.entry import Entry
from digitize.books.teamwork import LEASE, EditMark, Lease
from digitize.clock import here
from digitize.errors import AccessDenied, EntryHeld
from digitize.store.unit_of_work import Workspace, verify_journal

OFFICER = frozenset({Role.OFFICER})
LEAD = frozenset({Role.TEAM_LEAD})


@pytest.fixture
def hoa(add_account: Callable[..., Actor]) -> Actor:
    return add_account("hoa", roles=OFFICER)


@pytest.fixture
def mai(add_account: Callable[..., Actor]) -> Actor:
    return add_account("mai", roles=OFFICER)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Sets the server's clock forward."""

    def set_forward(by: timedelta) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
                return datetime.now(UTC) + by

        monkeypatch.setattr("digitize.store.transaction.datetime", Clock)

    return set_forward


def take(workspace: Workspace, actor: Actor, entry: Entry) -> Lease | None:
    with workspace.unit_of_work(actor) as work:
        return work.leases.take(entry.entry_id)


def save(workspace: Workspace, actor: Actor, entry: Entry, text: str, number: int = 1) -> None:
    with workspace.unit_of_work(actor) as work:
        work.edits.save(entry.entry_id, {"nksHoTen": text}, entry.version, EditMark(actor.account, number))


def acts(workspace: Workspace, actor: Actor, entry: Entry) -> list[tuple[str, str]]:
    with workspace.view(actor) as work:
        lines = work.journal.of("entry", entry.entry_id)
    return [(line.account, line.act.removeprefix("entry.")) for line in lines if line.account in ("hoa", "mai", "lead")]


def test_the_first_has_it_and_the_second_is_told_who(
    workspace: Workspace, hoa: Actor, mai: Actor, entry: Entry
) -> None:
    first, second = take(workspace, hoa, entry), take(workspace, mai, entry)
    assert first == second
    assert first and (first.owner, first.owner_name) == ("hoa", "Cán bộ hoa")
    assert first.told == f"Đang do Cán bộ hoa nhập, đến {here(first.until):%H:%M}"
    with pytest.raises(EntryHeld, match="Cán bộ hoa"):
        save(workspace, mai, entry, "LÒ THỊ SAU")
    with pytest.raises(EntryHeld), workspace.unit_of_work(mai) as work:
        work.edits.confirm(entry.entry_id, {}, {}, entry.version, EditMark("mai", 2))
    with pytest.raises(EntryHeld), workspace.unit_of_work(mai) as work:
        work.entries.save_value(entry.entry_id, "nksHoTen", "LÒ THỊ SAU")
    with pytest.raises(EntryHeld), workspace.unit_of_work(mai) as work:
        work.entries.confirm(entry.entry_id, {})
    with workspace.view(mai) as work:
        assert work.entries.get(entry.entry_id).values == {}
        assert work.leases.running() == (first,)


def test_two_at_once_do_not_both_get_it(workspace: Workspace, hoa: Actor, mai: Actor, entry: Entry) -> None:
    together, owners = Barrier(2), []

    def open_too(actor: Actor) -> None:
        together.wait()
        lease = take(workspace, actor, entry)
        owners.append(lease and lease.owner)

    threads = [Thread(target=open_too, args=(actor,)) for actor in (hoa, mai)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(owners) == 2 and len(set(owners)) == 1
    assert verify_journal(workspace, hoa) is None


def test_a_sign_of_life_renews_without_a_row_in_the_journal(
    workspace: Workspace, hoa: Actor, entry: Entry, later: Callable[[timedelta], None]
) -> None:
    taken = take(workspace, hoa, entry)
    assert taken
    later(LEASE * 0.6)
    with workspace.unit_of_work(hoa) as work:
        work.edits.save(entry.entry_id, {}, entry.version, EditMark("hoa's", 1))
        renewed = work.leases.of(entry.entry_id)
    assert renewed and renewed.until - taken.until == pytest.approx(LEASE * 0.6, abs=timedelta(seconds=5))
    assert acts(workspace, hoa, entry) == [("hoa", "lease")]


def test_what_runs_out_is_free_and_keeps_its_texts(
    workspace: Workspace, hoa: Actor, mai: Actor, entry: Entry, later: Callable[[timedelta], None]
) -> None:
    save(workspace, hoa, entry, "LÒ THỊ SAO")
    later(LEASE * 1.1)
    with workspace.view(hoa) as work:
        assert work.leases.of(entry.entry_id) is None
    taken = take(workspace, mai, entry)
    assert taken and taken.owner == "mai"
    with workspace.view(mai) as work:
        assert work.entries.get(entry.entry_id).values["nksHoTen"].text == "LÒ THỊ SAO"
    with pytest.raises(EntryHeld, match="Cán bộ mai"):
        save(workspace, hoa, entry, "LÒ THỊ SAU", 2)
    assert acts(workspace, hoa, entry) == [("hoa", "lease"), ("hoa", "save"), ("mai", "lease")]


def test_an_officer_away_for_long_goes_on_where_nobody_came(
    workspace: Workspace, hoa: Actor, entry: Entry, later: Callable[[timedelta], None]
) -> None:
    take(workspace, hoa, entry)
    later(LEASE * 5)
    save(workspace, hoa, entry, "LÒ THỊ SAO")
    with workspace.view(hoa) as work:
        lease = work.leases.of(entry.entry_id)
    assert lease and lease.owner == "hoa"


def test_given_back_it_is_free_at_once(workspace: Workspace, hoa: Actor, mai: Actor, entry: Entry) -> None:
    take(workspace, hoa, entry)
    with workspace.unit_of_work(mai) as work:
        work.leases.give_back(entry.entry_id)  # not hers: nothing happens
        assert work.leases.of(entry.entry_id)
    with workspace.unit_of_work(hoa) as work:
        work.leases.give_back(entry.entry_id)
        assert work.leases.of(entry.entry_id) is None
    lease = take(workspace, mai, entry)
    assert lease and lease.owner == "mai"
    assert acts(workspace, hoa, entry) == [("hoa", "lease"), ("hoa", "release"), ("mai", "lease")]


def test_only_a_team_lead_takes_over_before_the_time(
    workspace: Workspace, hoa: Actor, mai: Actor, add_account: Callable[..., Actor], entry: Entry
) -> None:
    lead, keying_lead = add_account("lead", roles=LEAD), add_account("both", roles=LEAD | OFFICER)
    take(workspace, hoa, entry)
    with pytest.raises(AccessDenied), workspace.unit_of_work(mai) as work:
        work.leases.take_over(entry.entry_id)
    with workspace.unit_of_work(keying_lead) as work:
        lease = work.leases.take_over(entry.entry_id, "nghỉ ốm")
    assert lease and lease.owner == "both"
    with workspace.unit_of_work(lead) as work:
        assert work.leases.take_over(entry.entry_id, "nghỉ ốm") is None
        assert work.leases.of(entry.entry_id) is None
        line = work.journal.of("entry", entry.entry_id)[-1]
    assert (line.act, line.account, line.why) == ("entry.take_over", "lead", "nghỉ ốm")
    taken = take(workspace, mai, entry)
    assert taken and taken.owner == "mai"


def test_confirming_ends_the_lease(workspace: Workspace, hoa: Actor, entry: Entry) -> None:
    save(workspace, hoa, entry, "LÒ THỊ SAO")
    with workspace.unit_of_work(hoa) as work:
        work.edits.confirm(entry.entry_id, {}, {}, entry.version, EditMark("hoa", 2))
        assert work.leases.of(entry.entry_id) is None
