"""The workspace and its units of work: one transaction of one actor, all or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from digitize.access.actor import Actor
from digitize.errors import StaleEntry
from digitize.settings import Settings
from digitize.store.archive import Archive
from digitize.store.database import DEFERRED, begin_writing, connect, migrate
from digitize.store.repositories.accounts import Accounts
from digitize.store.repositories.books import Books
from digitize.store.repositories.completeness import Wholeness
from digitize.store.repositories.costs import Costs
from digitize.store.repositories.custody import Custody
from digitize.store.repositories.duplicates import Duplicates
from digitize.store.repositories.edits import Edits
from digitize.store.repositories.entries import Entries
from digitize.store.repositories.follow_ups import FollowUps
from digitize.store.repositories.imports import Imports
from digitize.store.repositories.inventory import Inventory
from digitize.store.repositories.journal import Journal
from digitize.store.repositories.leases import Leases
from digitize.store.repositories.matches import Matches
from digitize.store.repositories.national import National
from digitize.store.repositories.packages import Packages
from digitize.store.repositories.pages import Pages
from digitize.store.repositories.plans import Plans
from digitize.store.repositories.problems import Problems
from digitize.store.repositories.questions import Questions
from digitize.store.repositories.queues import Queues
from digitize.store.repositories.readiness import Readiness
from digitize.store.repositories.readings import Readings
from digitize.store.repositories.reports import Reports
from digitize.store.repositories.samples import Samples
from digitize.store.repositories.search import Search
from digitize.store.repositories.sessions import Sessions
from digitize.store.repositories.tallies import Tallies
from digitize.store.transaction import Transaction
from digitize.store.turns import Turns


class UnitOfWork:
    """The repositories of one transaction."""

    def __init__(self, transaction: Transaction, session_hours: float) -> None:
        self.transaction = transaction
        self.plans = Plans(transaction)
        self.books = Books(transaction)
        self.inventory = Inventory(transaction)
        self.custody = Custody(transaction)
        self.tallies = Tallies(transaction)
        self.wholeness = Wholeness(transaction)
        self.pages = Pages(transaction)
        self.problems = Problems(transaction)
        self.entries = Entries(transaction)
        self.edits = Edits(transaction)
        self.leases = Leases(transaction)
        self.questions = Questions(transaction)
        self.queues = Queues(transaction)
        self.matches = Matches(transaction)
        self.follow_ups = FollowUps(transaction)
        self.duplicates = Duplicates(transaction)
        self.packages = Packages(transaction)
        self.national = National(transaction)
        self.costs = Costs(transaction)
        self.imports = Imports(transaction)
        self.readiness = Readiness(transaction)
        self.reports = Reports(transaction)
        self.readings = Readings(transaction)
        self.samples = Samples(transaction)
        self.search = Search(transaction)
        self.accounts = Accounts(transaction)
        self.sessions = Sessions(transaction, session_hours)
        self.journal = Journal(transaction)


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where an installation keeps its books: database and archive. Safe to share between threads."""

    settings: Settings
    engine: Engine
    archive: Archive
    turns: Turns | None  # of the writers, where the database lets in one at a time

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Makes the folders where they are missing and brings the database up to date."""
        engine = connect(settings.database_url)
        migrate(engine)
        turns = Turns(engine) if engine.dialect.name == "sqlite" else None
        return cls(settings, engine, Archive(settings.archive), turns)

    @contextmanager
    def unit_of_work(self, actor: Actor) -> Iterator[UnitOfWork]:
        """One transaction that may change things: committed at the end, undone by any error.

        Raises StaleEntry when another writer saved the same entry in between.
        """
        try:
            with self._writing() as session:
                begin_writing(session)
                yield UnitOfWork(Transaction(session, actor, writable=True), self.settings.session_hours)
        except StaleDataError as cause:
            raise StaleEntry("Trường hợp này đã được người khác lưu trong lúc bạn nhập.") from cause

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        if self.turns:
            with self.turns.session() as session:
                yield session
        else:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session

    @contextmanager
    def view(self, actor: Actor) -> Iterator[UnitOfWork]:
        """One moment of the store, for reading: waits for no writer, and no writer waits for it."""
        with Session(self.engine) as session:
            session.connection(execution_options=DEFERRED)
            yield UnitOfWork(Transaction(session, actor, writable=False), self.settings.session_hours)

    def close(self) -> None:
        self.engine.dispose()


def verify_journal(workspace: Workspace, actor: Actor) -> int | None:
    """Number of the first broken link of the journal; None where the chain holds."""
    with workspace.view(actor) as work:
        return work.journal.first_broken()
