"""Tables and migrations say the same, on SQLite as shipped and in the SQL for PostgreSQL."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from digitize.errors import WorkError
from digitize.store.database import alembic_config, connect, migrate
from digitize.store.tables import METADATA
from digitize.store.unit_of_work import Workspace


def test_the_migrations_make_the_tables_of_the_code(workspace: Workspace) -> None:
    with workspace.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_migrations_go_down_and_up_again(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/digitize.db")
    migrate(engine)
    migrate(engine)
    tables = set(inspect(engine).get_table_names())
    migrate(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    migrate(engine)
    assert set(inspect(engine).get_table_names()) == tables == {*METADATA.tables, "alembic_version"}
    engine.dispose()


def test_a_database_of_a_newer_version_is_refused(workspace: Workspace) -> None:
    with workspace.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WorkError, match="mới hơn"):
        migrate(workspace.engine)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "digitize.db").write_text("không phải cơ sở dữ liệu" * 50, "utf-8")
    engine = connect(f"sqlite:///{tmp_path}/digitize.db")
    with pytest.raises(WorkError, match="Không mở được"):
        migrate(engine)
    engine.dispose()


def test_sqlite_keeps_what_it_has_acknowledged(workspace: Workspace) -> None:
    with workspace.engine.connect() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        assert [connection.execute(text(f"PRAGMA {name}")).scalar() for name in pragmas] == ["wal", 2, 1, 10000]


def test_the_sql_for_postgresql_keeps_the_journal_append_only(capsys: pytest.CaptureFixture[str]) -> None:
    config = alembic_config()
    config.set_main_option("dialect", "postgresql")
    command.upgrade(config, "head", sql=True)
    sql = capsys.readouterr().out
    assert "CREATE TABLE journal" in sql
    assert "BEFORE UPDATE OR DELETE OR TRUNCATE ON journal" in sql
    assert "RAISE(ABORT" not in sql
