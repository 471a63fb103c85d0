"""A real Chromium, and a server that can be killed: it stands up again half a second later."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from digitize.access.actor import setup_actor, worker_actor
from digitize.books.entry import Alternative, Box, Candidate
from digitize.books.kinds import BookKind
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace
from tests.conftest import PASSWORD, PEOPLE, SAMPLES, Served

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
ENTRIES = 14  # of the pile, all on one page
READ = {
    "so": ("01", 0.99), "quyenSo": ("01/2017", 0.99), "ngayDangKy": ("05/05/2017", 0.99),
    "nksHoTen": ("HOÀNG HỮU THẮNG", 0.99), "nksNgaySinh": ("09/01/2017", 0.99), "nksGioiTinh": ("Nam", 0.99),
    "nksDanToc": ("Tày", 0.6), "meHoTen": ("NÔNG THỊ HOA", 0.4), "meNgaySinh": ("1990", 0.99),
    "chaHoTen": ("HOÀNG HỮU BÌNH", 0.99),
}  # fmt: skip
# Imports once, then serves in children: whoever kills one gets the next within a second, on the same port.
UNDYING = """
import os, time
from digitize.app.main import serve
from digitize.settings import Settings
while True:
    child = os.fork()
    if child == 0:
        serve(Settings())
    print(child, flush=True)
    os.waitpid(child, 0)
    time.sleep(0.4)
"""


@pytest.fixture(scope="module")  # while it stands no other test can run a loop of its own
def browser() -> Iterator[Browser]:
    assert CHROMIUM.exists(), "Chromium is missing; install it with: apt-get install -y chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1366, "height": 768}) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


class Pile:
    """A served workspace with many entries, each test taking fresh ones; its server can be killed."""

    def __init__(self, served: Served, process: subprocess.Popen[str]) -> None:
        self.served = served
        self._process = process
        self._next = 0
        self._server = self._read_pid()

    def take(self) -> int:
        """An entry that no test has had."""
        self._next += 1
        assert self._next <= ENTRIES
        return self._next

    def values(self, entry: int) -> dict[str, str]:
        """What people keyed for the entry, as the store has it now."""
        with self.served.workspace.view(setup_actor()) as work:
            return {column: value.text for column, value in work.entries.get(entry).values.items()}

    def acts(self, entry: int) -> list[str]:
        with self.served.workspace.view(setup_actor()) as work:
            return [line.act for line in work.journal.of("entry", entry)]

    def kill(self) -> None:
        """kill -9 of the server; the next one is on its way when this returns."""
        os.kill(self._server, signal.SIGKILL)
        self._server = self._read_pid()

    def is_up(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.served.port)) == 0

    def _read_pid(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())

    def stop(self) -> None:
        self._process.kill()
        os.kill(self._server, signal.SIGKILL)


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pile]:
    workspace = Workspace.open(Settings(workspace=tmp_path_factory.mktemp("pile")))
    with workspace.unit_of_work(setup_actor()) as work:
        for name, (roles, agency, scope) in PEOPLE.items():
            work.accounts.add(name, f"Cán bộ {name}", PASSWORD, agency, scope, roles, {scope})
        book = work.books.add(BookKind.BIRTH, "24999", "xã Suối Mơ", "140", "UBND xã Suối Mơ", 2017, "01")
        sha256 = workspace.archive.put((SAMPLES / "ks_01.jpg").read_bytes())
        work.pages.add(book.book_id, sha256, "ks_01.jpg", 1, 1654, 2339)
    with workspace.unit_of_work(worker_actor()) as work:
        leased = work.pages.lease("test", 60)
        assert leased is not None
        work.pages.finish(leased.page_id, "test", [("KS-2015", _read(number)) for number in range(ENTRIES)])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    surroundings = os.environ | {"DIGITIZE_WORKSPACE": str(workspace.settings.workspace), "DIGITIZE_PORT": str(port)}
    with subprocess.Popen(
        [sys.executable, "-c", UNDYING], env=surroundings, stdout=subprocess.PIPE, text=True
    ) as process:
        pile = Pile(Served(workspace, port), process)
        try:
            while not pile.is_up():
                assert process.poll() is None, "the server did not start"
                time.sleep(0.05)
            yield pile
        finally:
            pile.stop()
    workspace.close()


def _read(number: int) -> dict[str, Candidate]:
    boxes = {column: Box(300, 300 + 60 * row, 900, 350 + 60 * row) for row, column in enumerate(READ)}
    read = {column: Candidate(text, text, sure, boxes[column]) for column, (text, sure) in READ.items()}
    others = (Alternative("NÔNG THỊ HOÀ", 0.3, literal=True), Alternative("NÔNG THỊ HÒA", 0.2))
    number_read = f"{number + 1:02d}"
    read["so"] = replace(read["so"], text=number_read, norm=number_read)
    return read | {"meHoTen": replace(read["meHoTen"], alternatives=others)}


@pytest.fixture
def sign_in() -> Callable[[Page, str, str], None]:
    """Led to the sign-in first, then on to the page that was asked for."""

    def enter(page: Page, address: str, name: str) -> None:
        page.goto(address)
        page.get_by_label("Tên đăng nhập").fill(name)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.keyboard.press("Enter")

    return enter


@pytest.fixture
def at_desk(pile: Pile, sign_in: Callable[[Page, str, str], None]) -> Callable[..., None]:
    """Opens an entry of the pile as an officer and waits until its first doubtful field has the focus."""

    def open_entry(page: Page, entry: int, name: str = "officer") -> None:
        sign_in(page, f"{pile.served.origin}/review?entry={entry}", name)
        expect(page.get_by_label("Dân tộc", exact=True)).to_be_focused(timeout=30_000)

    return open_entry
