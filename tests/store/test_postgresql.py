"""A real PostgreSQL server, started for these tests: migrations, counts kept by triggers, journal, edits at once.

The tests named at the end are those of SQLite, run again on a database of their own.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from glob import glob
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError, OperationalError

from digitize.access.actor import Actor
from digitize.books.entry import Entry
from digitize.settings import Settings
from digitize.store.database import connect, migrate
from digitize.store.tables import METADATA
from digitize.store.unit_of_work import Workspace

MISSING = "Không có máy chủ PostgreSQL để thử. Cài bằng lệnh:  scripts/system_packages.sh postgresql"
START_SECONDS = 30
NUMBERS = count(1)
AsUrl = Callable[[str], str]


@pytest.fixture(scope="module")
def url_of() -> Iterator[AsUrl]:
    """Address of a database by its name, on a server that listens on a socket of this folder only."""
    with TemporaryDirectory(prefix="digitize-pg-") as folder:
        user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
        if user:
            shutil.chown(folder, user)
        data = f"{folder}/data"
        subprocess.run(
            [_program("initdb"), "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "--locale=C", "-E", "UTF8"],
            check=True, stdout=subprocess.DEVNULL, user=user, cwd=folder,
        )  # fmt: skip
        server = subprocess.Popen(
            [_program("postgres"), "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
            stderr=subprocess.DEVNULL, user=user, cwd=folder,
        )  # fmt: skip
        try:
            _wait_for(connect(f"postgresql+psycopg://postgres@/postgres?host={folder}"))
            yield lambda name: f"postgresql+psycopg://postgres@/{name}?host={folder}"
        finally:
            server.terminate()
            server.wait(START_SECONDS)


def _program(name: str) -> str:
    found = shutil.which(name) or next(iter(sorted(glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)), None)
    return found or pytest.fail(MISSING)


def _wait_for(engine: Engine) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            engine.connect().close()
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return engine.dispose()


def _make_database(url_of: AsUrl, template: str) -> str:
    name = f"d{next(NUMBERS)}"
    engine = connect(url_of("postgres")).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return name


@pytest.fixture(scope="module")
def migrated(url_of: AsUrl) -> str:
    """A database at head, copied for every test."""
    name = _make_database(url_of, "template0")
    engine = connect(url_of(name))
    migrate(engine)
    engine.dispose()
    return name


@pytest.fixture
def workspace(tmp_path: Path, url_of: AsUrl, migrated: str) -> Iterator[Workspace]:
    opened = Workspace.open(Settings(workspace=tmp_path, database_url=url_of(_make_database(url_of, migrated))))
    yield opened
    opened.close()


def test_the_migrations_make_the_tables_of_the_code_go_down_and_up_again(workspace: Workspace) -> None:
    with workspace.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    migrate(workspace.engine, "base")
    assert inspect(workspace.engine).get_table_names() == ["alembic_version"]
    migrate(workspace.engine)
    assert set(inspect(workspace.engine).get_table_names()) == {*METADATA.tables, "alembic_version"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET account = 'nobody'",
        "DELETE FROM journal",
        "TRUNCATE journal",
        "INSERT INTO journal SELECT 999, at, account, agency, unit, act, subject_kind, subject_id, before, after, why,"
        " previous_hash, hash FROM journal WHERE id = 1",
        "DELETE FROM person_match",
        "DELETE FROM match_decision",
    ],
)
def test_the_database_refuses_to_change_what_was_added(workspace: Workspace, entry: Entry, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), workspace.engine.begin() as connection:
        connection.execute(text(statement))


def test_data_outlive_the_way_down_to_the_counts_and_up(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    with workspace.unit_of_work(officer) as work:
        work.entries.confirm(entry.entry_id, {"nksHoTen": "LÒ THỊ SAO"})
        before = (work.tallies.standings(), _without_doubts(work.entries.of_book(entry.book_id)))
    migrate(workspace.engine, "0004")
    migrate(workspace.engine)
    with workspace.view(officer) as work:
        assert (work.tallies.standings(), list(work.entries.of_book(entry.book_id))) == before


def _without_doubts(entries: Sequence[Entry]) -> list[Entry]:
    """They came after the counts, and go on the way down to them."""
    return [
        replace(entry, candidates={column: replace(each, doubts=()) for column, each in entry.candidates.items()})
        for entry in entries
    ]


from tests.store.test_edits import (  # noqa: E402, F401
    hoa,
    keyed_by_mai,
    mai,
    test_confirming_twice_is_one_confirmation,
    test_two_confirmations_at_once_are_one,
)
from tests.store.test_journal import test_times_stand_in_the_order_of_the_lines  # noqa: E402, F401
from tests.store.test_leases import test_two_at_once_do_not_both_get_it  # noqa: E402, F401
from tests.store.test_queues import (  # noqa: E402, F401
    pile,
    test_counts_tell_doubt_and_whats_in_other_hands,
    test_most_doubtful_first_within_a_kind,
)
from tests.store.test_tallies import (  # noqa: E402, F401
    test_a_book_already_in_the_civil_status_database_is_not_progress,
    test_an_entry_counts_on_the_day_of_its_act,
    test_kept_counts_are_what_a_recount_says,
    test_progress_is_told_from_them,
    test_what_is_there_already_is_counted_when_the_counts_come,
    worked,
)
