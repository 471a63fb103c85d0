"""Writers of one process take turns, and whoever finds nobody waiting commits for all since the last commit.

SQLite lets one writer in at a time and a commit waits for the disk. One transaction that holds what many wrote costs
one wait; nobody is told that her part is in the store before it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

from sqlalchemy import Connection, Engine
from sqlmodel import Session

MOST = 8  # parts of one transaction: who came first does not wait for ever


class Batch:
    """One transaction and those who wait for its end."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.size = 0
        self.error: Exception | None = None
        self._transaction = connection.begin()
        self._done = Event()

    def close(self) -> None:
        """Commits; what goes wrong is told to everybody who waits."""
        try:
            self.demand_open()
            self._transaction.commit()
        except Exception as error:
            self.error = error
        finally:
            self.connection.close()
            self._done.set()

    def demand_open(self) -> None:
        """A full disk takes the whole transaction back, and committing nothing would raise no error."""
        if not self.connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
            raise RuntimeError("the database took the transaction back")

    def wait(self) -> None:
        """Until what was written is on the disk."""
        self._done.wait()
        if self.error:
            raise RuntimeError("the transaction could not be committed") from self.error


class Turns:
    """Of one SQLite database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = Lock()
        self._count = Lock()
        self._waiting = 0
        self._batch: Batch | None = None

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session of which the part is undone by any error; after the block what it wrote is on the disk."""
        with self._my_turn() as batch:
            with Session(batch.connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
                yield session
                session.commit()
            batch.demand_open()
        batch.wait()

    @contextmanager
    def _my_turn(self) -> Iterator[Batch]:
        self._add(1)
        with self._turn:
            self._add(-1)
            batch = self._batch = self._batch or self._begun()
            batch.size += 1
            try:
                yield batch
            finally:
                if not self._waiting or batch.size >= MOST:
                    self._batch = None
                    batch.close()

    def _begun(self) -> Batch:
        connection = self._engine.connect()
        try:
            return Batch(connection)
        except BaseException:
            connection.close()
            raise

    def _add(self, change: int) -> None:
        with self._count:
            self._waiting += change
