"""A workspace of its own for every test, the people of two communes, and a book on its way."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy2
from typing import Any

import pytest

from digitize.access.actor import PERSON_ROLES, Actor, Agency, Role, setup_actor, worker_actor
from digitize.books.book import Book, Page
from digitize.books.doubts import Doubt
from digitize.books.entry import Alternative, Box, Candidate, Entry
from digitize.books.kinds import BookKind
from digitize.books.steps import Act
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace

HERE, ELSEWHERE, DISTRICT = "04468", "04249", "137"  # Mồ Dề and Yên Thịnh; the district of the first


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated once and copied for every test."""
    folder = tmp_path_factory.mktemp("empty")
    Workspace.open(Settings(workspace=folder)).close()
    return folder / "digitize.db"


@pytest.fixture
def workspace(tmp_path: Path, empty_database: Path) -> Iterator[Workspace]:
    copy2(empty_database, tmp_path)
    opened = Workspace.open(Settings(workspace=tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def make_actor() -> Callable[..., Actor]:
    def make(
        account: str = "officer", *scope: str, agency: Agency = Agency.POLICE, roles: frozenset[Role] = PERSON_ROLES
    ) -> Actor:
        return Actor(account, agency, HERE, roles, frozenset(scope or {HERE}))

    return make


@pytest.fixture
def officer(make_actor: Callable[..., Actor]) -> Actor:
    return make_actor()


@pytest.fixture
def stranger(make_actor: Callable[..., Actor]) -> Actor:
    return make_actor("stranger", ELSEWHERE)


@pytest.fixture
def add_account(
    workspace: Workspace, make_actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Actor]:
    """An account in the store, with which nobody will sign in, and its actor."""
    monkeypatch.setattr("pwdlib.PasswordHash.hash", lambda _, password: password)

    def add(name: str, *scope: str, **more: Any) -> Actor:
        actor = make_actor(name, *scope, **more)
        with workspace.unit_of_work(setup_actor()) as work:
            work.accounts.add(name, f"Cán bộ {name}", "x", actor.agency, HERE, actor.roles, actor.scope)
        return actor

    return add


@pytest.fixture
def make_book(workspace: Workspace) -> Callable[..., Book]:
    def make(kind: BookKind = BookKind.BIRTH, unit: str = HERE, volume: str = "01") -> Book:
        with workspace.unit_of_work(setup_actor()) as work:
            return work.books.add(kind, unit, "xã Mồ Dề", DISTRICT, "UBND xã Mồ Dề", 2017, volume)

    return make


@pytest.fixture
def queue(workspace: Workspace) -> Callable[..., Page]:
    def add(book: Book, letter: str = "a") -> Page:
        with workspace.unit_of_work(setup_actor()) as work:
            return work.pages.add(book.book_id, letter * 64, f"{letter}.jpg", 1, 1200, 1700).page

    return add


def reading(text: str = "LÒ THỊ SAO") -> tuple[str, dict[str, Candidate]]:
    others, doubts = (Alternative("LÒ THỊ SAU", 0.07),), (Doubt.STAMP,)
    candidate = Candidate(text, text.lower(), 0.91, Box(10, 20, 300, 60), others, b"ink", doubts)
    return "KS-2015", {"nksHoTen": candidate}


@pytest.fixture
def read(workspace: Workspace) -> Callable[..., tuple[Entry, ...]]:
    """Leases the next page and lays down one entry per text."""

    def read_next(*texts: str) -> tuple[Entry, ...]:
        with workspace.unit_of_work(worker_actor()) as work:
            page = work.pages.lease("w1", 60)
            assert page is not None
            return work.pages.finish(page.page_id, "w1", [reading(text) for text in texts or ("LÒ THỊ SAO",)])

    return read_next


@pytest.fixture
def entry(
    workspace: Workspace, officer: Actor, make_book: Callable[..., Book], queue: Callable[..., Page],
    read: Callable[..., tuple[Entry, ...]],
) -> Entry:  # fmt: skip
    """One entry of a birth book, in review."""
    queue(make_book())
    (new,) = read()
    with workspace.unit_of_work(officer) as work:
        return work.entries.advance(new.entry_id, Act.REVIEW)
