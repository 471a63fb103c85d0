"""The demo: the sample scans of a fictitious commune along the whole road, with the real engine.

Running it again goes on with the same workspace: what is there stays.
"""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitize.access.actor import Actor, Agency, Role, setup_actor, worker_actor
from digitize.books.book import Book
from digitize.books.entry import Entry
from digitize.books.forms import get_form
from digitize.books.kinds import BookKind
from digitize.books.steps import Step
from digitize.campaign.custody import Direction, Party, Place
from digitize.campaign.inventory import Condition
from digitize.ocr.engine import Engine
from digitize.store.unit_of_work import Workspace
from digitize.workflow import custody
from digitize.workflow.hand_over import export_book
from digitize.workflow.match import load_population, match, open_population
from digitize.workflow.review import confirm
from digitize.workflow.take_in import open_book, take_in
from digitize.workflow.work import read_queued

WHY = "Dữ liệu trình diễn (demo)"
CONFIRMED = 3  # entries that the demo officer confirms; the rest waits for whoever tries the program


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account marked as demo; all share one password that is new at every run."""

    name: str
    full_name: str
    agency: Agency
    role: Role


ACCOUNTS = (
    DemoAccount("demo-operator", "Người quét (demo)", Agency.CIVIL_STATUS, Role.OPERATOR),
    DemoAccount("demo-officer", "Công chức hộ tịch (demo)", Agency.CIVIL_STATUS, Role.OFFICER),
    DemoAccount("demo-police", "Công an xã (demo)", Agency.POLICE, Role.OFFICER),
    DemoAccount("demo-checker", "Người kiểm tra (demo)", Agency.CIVIL_STATUS, Role.CHECKER),
    DemoAccount("demo-lead", "Tổ trưởng (demo)", Agency.CIVIL_STATUS, Role.TEAM_LEAD),
    DemoAccount("demo-admin", "Quản trị (demo)", Agency.CIVIL_STATUS, Role.ADMINISTRATOR),
)


def run_demo(workspace: Workspace, engine: Engine, samples: Path, tell: Callable[[str], None]) -> str:
    """Takes the sample scans along the whole road; returns the password of the demo accounts."""
    books = json.loads((samples / "books.json").read_text("utf-8"))
    password = _make_accounts(workspace, books[0])
    actors = _actors(workspace)
    tell(f"1. Nạp bản trích dân cư: {load_population(workspace, setup_actor(), samples / 'population.csv').rows} người")
    tell(f"   Giao nhận sổ: {_lend(workspace, actors, books)} quyển")
    tell(f"2. Nạp ảnh quét: {_take_in(workspace, actors['demo-operator'], books, samples)} trang mới")
    pages = read_queued(
        workspace, worker_actor(), engine, "demo", lambda page, outcome: tell(f"   {page.file_name}: {outcome}")
    )
    tell(f"3. Đọc bằng PaddleOCR: {pages} trang")
    confirmed = _confirm_some(workspace, actors["demo-officer"], samples)
    tell(f"4. Xác nhận theo sổ (demo-officer): {len(confirmed)} trường hợp")
    for outcome in _match(workspace, actors["demo-officer"], confirmed):
        tell(f"5. Đối chiếu: {outcome}")
    for path in _export(workspace, actors["demo-lead"]):
        tell(f"6. Xuất: {path}")
    return password


def _make_accounts(workspace: Workspace, book: Mapping[str, Any]) -> str:
    password = secrets.token_urlsafe(9)
    unit = str(book["unit_code"])
    with workspace.unit_of_work(setup_actor()) as work:
        there = {account.name for account in work.accounts.all()}
        for account in ACCOUNTS:
            if account.name in there:
                work.accounts.set_password(account.name, password)
            else:
                work.accounts.add(
                    account.name, account.full_name, password, account.agency, unit, [account.role], [unit], demo=True
                )
    return password


def _actors(workspace: Workspace) -> dict[str, Actor]:
    with workspace.view(setup_actor()) as work:
        return {account.name: account.actor() for account in work.accounts.all() if account.demo}


def _lend(workspace: Workspace, actors: Mapping[str, Actor], books: list[dict[str, Any]]) -> int:
    """The registration authority lends its books to the police, who acknowledge them; once only."""
    operator, officer, police = actors["demo-operator"], actors["demo-officer"], actors["demo-police"]
    ids = {_book(workspace, operator, told).book_id for told in books}
    at_home = [each for each in custody.whereabouts(workspace, officer) if each.place is Place.AT_HOME]
    conditions = {each.book.book_id: frozenset({Condition.GOOD}) for each in at_home if each.book.book_id in ids}
    if conditions:
        giver = Party("Công chức hộ tịch (demo)", "Công chức tư pháp - hộ tịch")
        receiver = Party("Công an xã (demo)", "Cán bộ Công an xã")
        due = custody.due_day(workspace, officer)
        lent = custody.give(workspace, officer, Direction.LEND, conditions, giver, receiver, due=due, note=WHY)
        custody.receive(workspace, police, lent.handover_id, conditions)
    return len(conditions)


def _take_in(workspace: Workspace, actor: Actor, books: list[dict[str, Any]], samples: Path) -> int:
    pages = 0
    lent = {each.book.book_id for each in custody.whereabouts(workspace, actor) if each.place is Place.LENT}
    for told in books:
        book = _book(workspace, actor, told)
        if book.book_id not in lent:  # whoever tried the program has given it back
            continue
        for name in told["files"]:
            with (samples / name).open("rb") as file:
                pages += sum(taken.pages for taken in take_in(workspace, actor, book.book_id, [(name, file)]))
    return pages


def _book(workspace: Workspace, actor: Actor, told: Mapping[str, Any]) -> Book:
    kind = BookKind(told["kind"])
    with workspace.view(actor) as work:
        there = work.books.find(kind, told["unit_code"], told["year"], told["volume"])
    return there or open_book(
        workspace, actor, kind, told["unit_code"], told["unit_name"], told["district_code"], told["authority"],
        told["year"], told["volume"],
    )  # fmt: skip


def _confirm_some(workspace: Workspace, officer: Actor, samples: Path) -> list[Entry]:
    """One entry of each kind, keyed letter for letter from the truth beside the sample, as an officer would."""
    with workspace.view(officer) as work:
        firsts = [work.entries.of_book(book.book_id)[:1] for book in work.books.all()]
        chosen = [(entry, work.pages.get(entry.page_id)) for first in firsts for entry in first][:CONFIRMED]
    return [
        confirm(workspace, officer, entry.entry_id, _truth(samples, page.file_name, entry.form_id), why=WHY)
        for entry, page in chosen
        if entry.step in (Step.READ, Step.IN_REVIEW)
    ]


def _truth(samples: Path, file_name: str, form_id: str) -> dict[str, str]:
    """Every field of the form as the sample's truth tells it; what that leaves out is empty on the page."""
    truth = json.loads((samples / file_name).with_suffix(".truth.json").read_text("utf-8"))
    told = truth["entries"][0]["fields"]
    return {column: told[column]["text"] if column in told else "" for column in get_form(form_id).columns()}


def _match(workspace: Workspace, officer: Actor, entries: list[Entry]) -> Iterator[str]:
    population = open_population(workspace.settings)
    for entry in entries:
        found = match(workspace, officer, population, entry.entry_id)
        yield f"trường hợp {entry.entry_id}: " + ", ".join(f"{person.role} {person.outcome}" for person in found)


def _export(workspace: Workspace, lead: Actor) -> Iterator[Path]:
    out = workspace.settings.workspace / "export"
    with workspace.view(lead) as work:
        books = [count.book for count in work.books.counts() if count.entries[Step.MATCHED]]
    for book in books:
        yield from export_book(workspace, lead, book.book_id, out, trial=True).paths
