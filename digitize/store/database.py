"""The database: SQLite as shipped, PostgreSQL ready. What one engine does differently stands here alone."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from digitize.errors import WorkError

MIGRATIONS = Path(__file__).with_name("migrations")
DEFERRED = {"deferred": True}  # execution option of a transaction that only reads
KEPT_OPEN = 40  # connections, as many as threads answer at once; opening one takes as long as a question
JOURNAL_LOCK = 1218  # key of the advisory lock, any constant


def connect(url: str) -> Engine:
    """An engine for the URL. On SQLite: WAL, every commit on the disk, foreign keys enforced."""
    engine = create_engine(url, pool_size=KEPT_OPEN)
    if engine.dialect.name == "sqlite":
        make_folder_of(url)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def make_folder_of(url: str) -> None:
    """The folder of a SQLite file, closed to other users of the machine."""
    file = make_url(url).database
    if file and file != ":memory:":
        Path(file).parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver begins transactions by itself, late and deferred; the "begin" event below does it instead.
    connection.isolation_level = None
    for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at once: two writers wait for each other instead of failing half way.
    deferred = connection.get_execution_options().get("deferred", False)
    connection.exec_driver_sql("BEGIN DEFERRED" if deferred else "BEGIN IMMEDIATE")


def begin_writing(session: Session) -> None:
    """One writer at a time: the journal's chain has one head, and its times stand in its order."""
    session.connection()  # on SQLite that takes the write lock
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": JOURNAL_LOCK})


def migrate(engine: Engine, revision: str = "head") -> None:
    """Brings the tables to the revision; upgrades unless it is given as "base" or an earlier one.

    Raises WorkError when the database cannot be used, or is of a newer version of the program.
    """
    try:
        with engine.begin() as connection:
            config = alembic_config(connection)
            if revision == "head":
                command.upgrade(config, revision)
            else:
                command.downgrade(config, revision)
    except CommandError as cause:
        raise WorkError("Kho làm việc do một phiên bản khác, mới hơn, của chương trình tạo ra.") from cause
    except DatabaseError as cause:
        raise WorkError(
            "Không mở được cơ sở dữ liệu của kho làm việc: tệp hỏng, đang bị khóa hoặc không ghi được."
        ) from cause


def alembic_config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
