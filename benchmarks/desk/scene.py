"""A workspace with large pages, officers with live sessions and entries that wait; and the server that serves it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path

from PIL import Image

from digitize.access.actor import Agency, Role, gate_actor, setup_actor, worker_actor
from digitize.books.entry import Box, Candidate
from digitize.books.kinds import BookKind
from digitize.settings import REPOSITORY, Settings
from digitize.store.tables import AccountRow
from digitize.store.unit_of_work import UnitOfWork, Workspace
from digitize.workflow.match import load_population
from tests.conftest import PASSWORD, PEOPLE

SAMPLES = REPOSITORY / "sample_scans"
BIRTHS = ("ks_01", "ks_02", "ks_03", "ks_04", "ks_05", "ks_06")
BESIDE = ("kh_01", "kh_02", "kh_03", "kt_01", "kt_02", "kt_03", "kt_04")
SPREAD = (4960, 3508)  # pixels: two A4 pages at 300 dpi
DOUBTFUL = ("nksDanToc", "meHoTen")
UNIT, DISTRICT = "24999", "140"
MEMORY = {"now": "VmRSS", "peak": "VmHWM"}


@dataclass(frozen=True, slots=True)
class Spread:
    """A page of two samples side by side, and what the left one says."""

    jpeg: bytes
    form_id: str
    read: dict[str, Candidate]


@dataclass(frozen=True, slots=True)
class Served:
    """A running server of its own process."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def megabytes(self, when: str) -> float:
        """Resident memory "now" or at its "peak"."""
        told = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in told.splitlines() if line.startswith(MEMORY[when]))
        return int(line.split()[1]) / 1024

    def processor_seconds(self) -> float:
        told = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def spreads(count: int) -> Iterator[Spread]:
    """Large pages, no two alike; each is one birth that was read well but for two doubtful fields."""
    pairs = zip(cycle(BIRTHS), cycle(BESIDE), strict=False)  # 6 and 7 have no common divisor: 42 differ
    halves = {name: _half(name) for name in (*BIRTHS, *BESIDE)}
    for left, right in islice(pairs, count):
        page = Image.new("RGB", SPREAD)
        page.paste(halves[left], (0, 0))
        page.paste(halves[right], (SPREAD[0] // 2, 0))
        file = BytesIO()
        page.save(file, "JPEG", quality=90)
        yield Spread(file.getvalue(), *_read(left))


def _half(name: str) -> Image.Image:
    with Image.open(SAMPLES / f"{name}.jpg") as image:
        return image.convert("RGB").resize((SPREAD[0] // 2, SPREAD[1]), Image.Resampling.BICUBIC)


def _read(name: str) -> tuple[str, dict[str, Candidate]]:
    truth = json.loads((SAMPLES / f"{name}.truth.json").read_text("utf-8"))
    with Image.open(SAMPLES / f"{name}.jpg") as image:
        grown = SPREAD[1] / image.height
    return truth["form"], {
        column: Candidate(
            field["text"], field["text"], 0.6 if column in DOUBTFUL else 0.99,
            Box(*(round(grown * side) for side in field["box"])) if field.get("box") else None,
        )
        for column, field in truth["entries"][0]["fields"].items()
    }  # fmt: skip


def make_pile(workspace: Workspace, pages: list[Spread], plain_entries: int) -> tuple[list[int], list[int]]:
    """People, a population extract, a book of large pages and one of small ones: the ids of their entries."""
    load_population(workspace, setup_actor(), SAMPLES / "population.csv")
    with workspace.unit_of_work(setup_actor()) as work:
        for name, (roles, agency, scope) in PEOPLE.items():
            work.accounts.add(name, f"Cán bộ {name}", PASSWORD, agency, scope, roles, {scope})
    large = _lay(workspace, "01", [(page.jpeg, page) for page in pages], SPREAD)
    small = (SAMPLES / "ks_01.jpg").read_bytes()
    return large, _lay(workspace, "02", [(small, pages[0])] * plain_entries, (1654, 2339))


def _lay(workspace: Workspace, volume: str, pages: list[tuple[bytes, Spread]], size: tuple[int, int]) -> list[int]:
    """A book whose pages hold an entry each."""
    with workspace.unit_of_work(setup_actor()) as work:
        book = work.books.add(BookKind.BIRTH, UNIT, "xã Suối Mơ", DISTRICT, "UBND xã Suối Mơ", 2017, volume)
        for number, (jpeg, _) in enumerate(pages, 1):
            sha256 = workspace.archive.put(jpeg + bytes(number))  # no two files alike
            work.pages.add(book.book_id, sha256, "a.jpg", 1, *size)
    with workspace.unit_of_work(worker_actor()) as work:
        return [_finish(work, spread) for _, spread in pages]


def _finish(work: UnitOfWork, spread: Spread) -> int:
    page = work.pages.lease("bench", 600)
    assert page is not None
    work.pages.finish(page.page_id, "bench", [(spread.form_id, spread.read)])
    return work.entries.of_page(page.page_id)[0].entry_id


def open_session(workspace: Workspace, name: str) -> str:
    """Session id of a person."""
    with workspace.unit_of_work(gate_actor()) as work:
        return work.sessions.open(name)


def open_sessions(workspace: Workspace, count: int) -> list[str]:
    """Session ids of so many officers. Their passwords are never asked for, so none is hashed."""
    names = [f"officer-{number:03d}" for number in range(count)]
    with workspace.unit_of_work(gate_actor()) as work:
        with work.transaction.quiet():
            for name in names:
                work.transaction.session.add(
                    AccountRow(
                        name=name, full_name=name, password_hash="", agency=Agency.CIVIL_STATUS.value, unit=UNIT,
                        roles=[Role.OFFICER.value], scope=[UNIT],
                    )
                )  # fmt: skip
            work.transaction.session.flush()
        return [work.sessions.open(name) for name in names]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def served(settings: Settings) -> Iterator[Served]:
    """The application as `digitize serve` starts it."""
    port = free_port()
    surroundings = {"DIGITIZE_WORKSPACE": str(settings.workspace), "DIGITIZE_PORT": str(port)}
    with running([sys.executable, "-m", "digitize", "serve", "--no-worker"], port, surroundings) as process:
        yield Served(port, process)


@contextmanager
def running(command: list[str], port: int, surroundings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A server's process from when it listens until it is no longer needed."""
    with subprocess.Popen(
        command, env=os.environ | surroundings, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            while not _listens(port):
                if process.poll() is not None:
                    raise RuntimeError(f"the server ended before it listened: {' '.join(command)}")
                time.sleep(0.05)
            yield process
        finally:
            process.terminate()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
