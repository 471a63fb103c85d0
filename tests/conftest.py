"""What several rooms need: the real engine, the command line in this process, the demo's workspace; for app/ and
browser/ a workspace with people and a page read, and the web application serving it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from digitize import cli
from digitize.access.actor import Actor, Agency, Role, setup_actor, worker_actor
from digitize.books.entry import Box, Candidate
from digitize.books.kinds import BookKind
from digitize.cli import common
from digitize.ocr.engine import Engine
from digitize.settings import REPOSITORY, Settings
from digitize.store.unit_of_work import Workspace
from digitize.workflow.demo import run_demo
from tests.engines import Remembering

SAMPLES = REPOSITORY / "sample_scans"
PASSWORD = "mat-khau-thu-nghiem"
PEOPLE = {
    "operator": ({Role.OPERATOR}, Agency.POLICE, "24999"),
    "officer": ({Role.OFFICER}, Agency.CIVIL_STATUS, "24999"),
    "police": ({Role.OFFICER}, Agency.POLICE, "24999"),
    "checker": ({Role.CHECKER}, Agency.CIVIL_STATUS, "24999"),
    "lead": ({Role.TEAM_LEAD}, Agency.CIVIL_STATUS, "24999"),
    "administrator": ({Role.ADMINISTRATOR}, Agency.CIVIL_STATUS, "15"),
    "stranger": (set(Role) - {Role.WORKER, Role.GATE}, Agency.CIVIL_STATUS, "04249"),
}


@dataclass(frozen=True)
class Served:
    """A running server and the workspace it serves."""

    workspace: Workspace
    port: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers in lower case, body; underscores of header names stand for hyphens."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, told, text

    def sign_in(self, name: str, password: str = PASSWORD, **headers: str) -> tuple[int, dict[str, str], str]:
        form = urlencode({"name": name, "password": password, "next": "/books"})
        return self.ask("POST", "/sign-in", form, **{"origin": self.origin, **headers})

    def cookie(self, name: str) -> str:
        """The cookie of a new session of this person."""
        status, headers, _ = self.sign_in(name)
        assert status == 303
        return headers["set-cookie"].split(";")[0]


@dataclass(frozen=True)
class Ran:
    """A command that was run to its end."""

    exit_code: int
    out: str
    err: str

    @property
    def told(self) -> list[str]:
        """What it says on standard error, without progress bars."""
        return [line for line in self.err.splitlines() if ": " in line]


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The real engine with its real weights."""
    from digitize.ocr.paddle import DETECTOR, PaddleEngine

    if not (Settings().models / DETECTOR).exists():
        pytest.fail(f"models/{DETECTOR} is missing; run: make models")
    return PaddleEngine(Settings().models)


@pytest.fixture(scope="session")
def remembering(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The real engine, asked only once for each image of the session."""
    return Remembering(engine, tmp_path_factory.mktemp("remembered"))


@pytest.fixture
def digitize(
    remembering: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """The command line as `digitize ...` would run it, in an empty folder with a workspace of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIGITIZE_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setattr(common, "load_engine", lambda settings: remembering)

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["digitize", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        told = capsys.readouterr()
        return Ran(int(left.value.code or 0), told.out, told.err)

    return run


@pytest.fixture(scope="session")
def demo_workspace(remembering: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """What the demo leaves behind: all sample scans read by the real engine, three entries handed over."""
    workspace = Workspace.open(Settings(workspace=tmp_path_factory.mktemp("demo")))
    run_demo(workspace, remembering, SAMPLES, lambda told: None)
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace with one account a role and the first two births of the samples, read as their truth says."""
    workspace = Workspace.open(Settings(workspace=tmp_path_factory.mktemp("peopled")))
    with workspace.unit_of_work(setup_actor()) as work:
        for name, (roles, agency, scope) in PEOPLE.items():
            work.accounts.add(name, f"Cán bộ {name}", PASSWORD, agency, scope, roles, {scope})
    _take_in(workspace, "ks_01", "ks_02")
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def person() -> Callable[[str], Actor]:
    def actor(name: str) -> Actor:
        roles, agency, scope = PEOPLE[name]
        return Actor(name, agency, scope, frozenset(roles), frozenset({scope}))

    return actor


@pytest.fixture(scope="module")
def served(peopled: Workspace) -> Iterator[Served]:
    """The application as it really runs: a uvicorn process on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with serving(peopled, port):
        yield Served(peopled, port)


@contextmanager
def serving(workspace: Workspace, port: int) -> Iterator[None]:
    command = "from digitize.app.main import serve; from digitize.settings import Settings; serve(Settings())"
    surroundings = os.environ | {"DIGITIZE_WORKSPACE": str(workspace.settings.workspace), "DIGITIZE_PORT": str(port)}
    with subprocess.Popen([sys.executable, "-c", command], env=surroundings) as process:
        try:
            _wait_until_up(process, port)
            yield
        finally:
            process.terminate()


def _wait_until_up(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server does not listen")


def _take_in(workspace: Workspace, *samples: str) -> None:
    with workspace.unit_of_work(setup_actor()) as work:
        book = work.books.add(BookKind.BIRTH, "24999", "xã Suối Mơ", "140", "UBND xã Suối Mơ", 2017, "01")
        for sample in samples:
            sha256 = workspace.archive.put((SAMPLES / f"{sample}.jpg").read_bytes())
            work.pages.add(book.book_id, sha256, f"{sample}.jpg", 1, 1654, 2339)
    for sample in samples:
        truth = json.loads((SAMPLES / f"{sample}.truth.json").read_text("utf-8"))
        read = {column: _candidate(column, field) for column, field in truth["entries"][0]["fields"].items()}
        with workspace.unit_of_work(worker_actor()) as work:
            page = work.pages.lease("test", 60)
            assert page is not None
            work.pages.finish(page.page_id, "test", [(truth["form"], read)])


def _candidate(column: str, field: dict[str, object]) -> Candidate:
    """The names of mothers are doubtful, everything else was read well."""
    corners = field.get("box")
    box = Box(*corners) if isinstance(corners, list) else None
    text = str(field["text"])
    return Candidate(text, text, 0.4 if column == "meHoTen" else 0.99, box)
