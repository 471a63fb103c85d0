"""Writers that share commits: each has all of hers on the disk when she is told so, or is told that she has not."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from sqlalchemy.exc import OperationalError

from digitize.access.actor import setup_actor
from digitize.books.kinds import BookKind
from digitize.store.unit_of_work import verify_journal

WRITERS = 12


def add_book(workspace, volume, fails=False):
    with workspace.unit_of_work(setup_actor()) as work:
        work.books.add(BookKind.BIRTH, "24999", "xã Suối Mơ", "140", "UBND xã Suối Mơ", 2017, volume)
        if fails:
            raise KeyError(volume)


def volumes(workspace):
    """As another process sees them: what is not committed is not there."""
    with sqlite3.connect(workspace.settings.workspace / "digitize.db") as other:
        return {volume for (volume,) in other.execute("SELECT volume FROM book")}


def at_once(workspace, act):
    together = Barrier(WRITERS)

    def write(number):
        together.wait()
        return act(number)

    with ThreadPoolExecutor(WRITERS) as threads:
        return list(threads.map(write, range(WRITERS)))


def test_what_a_writer_was_told_is_on_the_disk(workspace):
    def write(number):
        add_book(workspace, f"{number:02d}")
        return f"{number:02d}" in volumes(workspace)

    assert all(at_once(workspace, write))
    assert verify_journal(workspace, setup_actor()) is None


def test_who_fails_takes_nobody_along(workspace):
    def write(number):
        with suppress(KeyError):
            add_book(workspace, f"{number:02d}", fails=number % 3 == 0)

    at_once(workspace, write)
    assert volumes(workspace) == {f"{number:02d}" for number in range(WRITERS) if number % 3}
    assert verify_journal(workspace, setup_actor()) is None


def test_a_transaction_that_the_database_took_back_is_told_and_the_next_one_goes_on(workspace):
    with pytest.raises((RuntimeError, OperationalError)), workspace.unit_of_work(setup_actor()) as work:
        work.books.add(BookKind.BIRTH, "24999", "xã Suối Mơ", "140", "UBND xã Suối Mơ", 2017, "01")
        work.transaction.session.connection().connection.driver_connection.execute("ROLLBACK")  # as a full disk does
    assert volumes(workspace) == set()
    add_book(workspace, "02")
    assert volumes(workspace) == {"02"}
