"""The journal: who, office, when, what, before, after, why; append-only; every link checked."""

from collections.abc import Callable
from threading import Thread
from time import sleep

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from digitize.access.actor import Actor, Role, setup_actor
from digitize.books.book import Book
from digitize.books.entry import Entry
from digitize.books.steps import Act
from digitize.errors import AccessDenied
from digitize.store.tables import EntryRow
from digitize.store.unit_of_work import Workspace, verify_journal


def test_a_line_tells_who_office_when_what_before_after_and_why(
    workspace: Workspace, officer: Actor, entry: Entry
) -> None:
    with workspace.unit_of_work(officer) as work:
        work.entries.save_value(entry.entry_id, "nksHoTen", "LÒ THỊ XAO")
        work.entries.confirm(entry.entry_id, {"nksHoTen": "LÒ THỊ SAO", "nksDanToc": "Thái"})
        work.entries.advance(entry.entry_id, Act.SEND_BACK, why="Nhầm quyển")
        lines = work.journal.of("entry", entry.entry_id)
    assert [line.act for line in lines] == [
        "entry.add",
        "entry.review",
        "entry.save",
        "entry.confirm",
        "entry.send_back",
    ]
    confirm, send_back = lines[-2:]
    assert (confirm.account, confirm.agency, confirm.unit) == ("officer", "police", officer.unit)
    assert confirm.at.utcoffset() is not None
    assert confirm.before is not None and confirm.after is not None
    assert confirm.before["values"] == {"nksHoTen": "LÒ THỊ XAO"}
    assert confirm.after["values"] == {"nksHoTen": "LÒ THỊ SAO", "nksDanToc": "Thái"}
    assert (confirm.before["step"], confirm.after["step"]) == ("in_review", "confirmed")
    assert send_back.why == "Nhầm quyển"
    assert lines[0].account == "worker"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET account = 'nobody'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE id = 1",
        "INSERT INTO journal SELECT 999, at, account, agency, unit, act, subject_kind, subject_id, before, after, why,"
        " previous_hash, hash FROM journal WHERE id = 1",
        "UPDATE person_match SET outcome = 'consistent'",
        "DELETE FROM person_match",
        "INSERT OR REPLACE INTO person_match SELECT * FROM person_match",
    ],
)
def test_the_database_refuses_to_change_what_was_added(
    workspace: Workspace, officer: Actor, entry: Entry, statement: str
) -> None:
    with workspace.unit_of_work(officer) as work:
        work.matches.add(entry.entry_id, "child", "not_found", None, 0.0, {})
    with pytest.raises(IntegrityError, match="append-only"), workspace.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE journal SET why = 'khác' WHERE id = 3",
        "UPDATE journal SET at = '2020-01-01 00:00:00.000000' WHERE id = 3",
        "UPDATE journal SET after = json_set(after, '$.form_id', 'KH-2015') WHERE id = 3",
        "DELETE FROM journal WHERE id = 3",
    ],
)
def test_a_changed_or_missing_line_is_found(workspace: Workspace, entry: Entry, tampering: str) -> None:
    assert verify_journal(workspace, setup_actor()) is None
    with workspace.engine.begin() as connection:
        for trigger in ("journal_no_update", "journal_no_delete"):
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text(tampering))
    assert verify_journal(workspace, setup_actor()) == 3


def test_the_head_shows_that_the_end_was_cut_off(workspace: Workspace, entry: Entry) -> None:
    with workspace.view(setup_actor()) as work:
        head = work.journal.head()
    with workspace.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER journal_no_delete"))
        connection.execute(text("DELETE FROM journal WHERE id = (SELECT MAX(id) FROM journal)"))
    with workspace.view(setup_actor()) as work:
        assert work.journal.first_broken() is None
        assert work.journal.head() != head


def test_an_act_that_fails_leaves_neither_change_nor_line(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    with workspace.view(officer) as work:
        head = work.journal.head()
    with pytest.raises(ZeroDivisionError), workspace.unit_of_work(officer) as work:
        work.entries.save_value(entry.entry_id, "nksHoTen", "LÒ THỊ XAO")
        raise ZeroDivisionError
    with workspace.view(officer) as work:
        assert (work.entries.get(entry.entry_id).values, work.journal.head()) == ({}, head)


def test_a_change_outside_an_act_is_refused(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    with pytest.raises(RuntimeError, match="journal"), workspace.unit_of_work(officer) as work:
        work.transaction.session.get_one(EntryRow, entry.entry_id).step = "matched"
    with pytest.raises(RuntimeError, match="journal"), workspace.unit_of_work(officer) as work:
        work.transaction.session.execute(text("UPDATE entry SET step = 'matched'"))


def test_a_view_changes_nothing(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    with pytest.raises(RuntimeError, match="view"), workspace.view(officer) as work:
        work.entries.save_value(entry.entry_id, "nksHoTen", "LÒ THỊ XAO")


def test_an_act_needs_a_role_that_allows_it(
    workspace: Workspace, make_actor: Callable[..., Actor], make_book: Callable[..., Book], entry: Entry
) -> None:
    operator = make_actor("operator", roles=frozenset({Role.OPERATOR}))
    with pytest.raises(AccessDenied), workspace.unit_of_work(operator) as work:
        work.entries.confirm(entry.entry_id, {"nksHoTen": "LÒ THỊ SAO"})
    with pytest.raises(AccessDenied), workspace.unit_of_work(operator) as work:
        work.pages.lease("operator", 60)
    with pytest.raises(AccessDenied), workspace.unit_of_work(operator) as work:
        work.journal.of("account", "officer")


def test_times_stand_in_the_order_of_the_lines(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    def save_too() -> None:
        with workspace.unit_of_work(officer) as work:
            work.entries.save_value(entry.entry_id, "nksDanToc", "Thái")

    second = Thread(target=save_too)
    with workspace.unit_of_work(officer) as work:
        second.start()
        sleep(0.05)
        work.entries.save_value(entry.entry_id, "nksHoTen", "LÒ THỊ SAO")
    second.join()
    with workspace.view(officer) as work:
        times = [line.at for line in work.journal.of("entry", entry.entry_id)]
    assert times == sorted(times)
