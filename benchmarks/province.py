"""A simulated province: how fast screens, report and package of the campaign are with every book of the plan.

python -m benchmarks.province [--entries 640000] [--books 6500] [--seed 1218] [--workspace FOLDER]

173 communes and 9 districts keep books drawn from the seed; entries stand at the step that their book has reached, on a
day of the campaign. No pictures, no candidates, of the values only the entry number; one finished book of a thousand
births has both (benchmarks/province_book.py). The report is that of the whole province, as of a day in the middle of
the work: added up and written as .docx, .xlsx and PDF. With --workspace the province is kept and used again.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel
from streamlit.testing.v1 import AppTest

from benchmarks.province_book import LEAD, package_seconds
from digitize.access.actor import Actor, Agency, Role, setup_actor
from digitize.books.book import PageState
from digitize.books.kinds import BookKind
from digitize.books.steps import Step
from digitize.campaign.inventory import Condition
from digitize.campaign.units import Keeper, keepers_on
from digitize.settings import Settings
from digitize.store.tables import (
    BookRow,
    EntryRow,
    HandoverBookRow,
    HandoverRow,
    PageRow,
    StockRow,
    ValueRow,
)
from digitize.store.unit_of_work import Workspace
from digitize.workflow import inventory
from digitize.workflow.monthly_report import monthly_report, write_report

KINDS = (BookKind.BIRTH, BookKind.MARRIAGE, BookKind.DEATH, BookKind.MARITAL_STATUS, BookKind.ADOPTION,
         BookKind.PARENT_CHILD, BookKind.CHANGE, BookKind.GUARDIANSHIP, BookKind.DIVORCE_NOTE)  # fmt: skip
WEIGHTS = (40, 20, 15, 12, 3, 4, 3, 2, 1)
REPORT_DAY = date(2024, 7, 15)
FIRST_DAY = datetime(2023, 9, 1, 2, tzinfo=UTC)
DAYS = 480  # over which the work of the simulated province is spread
LAST_STEPS = (Step.READ, Step.IN_REVIEW, Step.CONFIRMED, Step.CHECKED, Step.MATCHED, Step.HANDED_OVER)
STEP_WEIGHTS = (8, 2, 12, 8, 10, 60)
SCREENS = ("progress", "inventory", "custody", "completeness", "books", "plan")
VIEWS = ("Bảng", "Biểu đồ", "Sổ vướng", "Từng sổ")
AT_ONCE = 20_000  # rows of one insert
ROUNDS = 3
PEOPLE = {"province": ("15", Role.TEAM_LEAD), "district": ("135", Role.TEAM_LEAD), "commune": ("04468", Role.OFFICER)}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A book of the simulated province."""

    book_id: int
    keeper: Keeper
    kind: BookKind
    year: int
    volume: str
    entries: int
    step: Step | None  # None: nothing has been scanned
    day: datetime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=640_000)
    parser.add_argument("--books", type=int, default=6_500)
    parser.add_argument("--seed", type=int, default=1218)
    parser.add_argument("--workspace", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Settings(workspace=asked.workspace or Path(folder)))
        entries = _count(workspace) or _fill(workspace, asked.books, asked.entries, asked.seed)
        wall, processor = zip(*_measure(workspace), strict=True)
        report, package = _report_seconds(workspace), package_seconds(workspace, asked.seed)
        workspace.close()
    told = {"entries": entries, "screen_p95_s": _p95(wall), "report_s": report[0], "package_1000_s": package[0]}
    told |= {"screen_p95_processor_s": _p95(processor), "report_processor_s": report[1]}
    told |= {"package_1000_processor_s": package[1]}
    print(json.dumps({key: round(value, 3) for key, value in told.items()}))


def _count(workspace: Workspace) -> int:
    with workspace.view(setup_actor()) as work:
        return sum(count.entries_total for count in work.books.counts())


def _fill(workspace: Workspace, books: int, entries: int, seed: int) -> int:
    begun = time.perf_counter()
    drawn = _draw(random.Random(seed), books, entries)
    with workspace.unit_of_work(setup_actor()) as work, work.transaction.quiet():
        _lay(work.transaction.session, _handovers(drawn))
        for table in (BookRow, StockRow, HandoverBookRow, PageRow, EntryRow, ValueRow):
            _lay(work.transaction.session, ((table, row) for row in _rows(table, drawn)))
    placed = sum(book.entries for book in drawn if book.step)
    print(f"{len(drawn)} books, {placed} entries laid down in {time.perf_counter() - begun:.0f} s")
    return placed


def _draw(rng: random.Random, books: int, entries: int) -> list[Drawn]:
    """Communes keep most, districts some, the province a few; sizes vary, and all together they are what was asked."""
    keepers = keepers_on()
    weights = [4 if len(keeper.code) < 5 else 10 for keeper in keepers]
    sizes = [rng.lognormvariate(0, 0.6) for _ in range(books)]
    scale = entries / sum(sizes)
    seen: dict[tuple[str, BookKind, int], int] = {}
    drawn = []
    for number, size in enumerate(sizes, start=1):
        keeper = rng.choices(keepers, weights)[0]
        kind, year = rng.choices(KINDS, WEIGHTS)[0], rng.randint(1965, 2019)
        volume = seen[keeper.code, kind, year] = seen.get((keeper.code, kind, year), 0) + 1
        step = None if rng.random() < 0.01 else rng.choices(LAST_STEPS, STEP_WEIGHTS)[0]
        day = FIRST_DAY + timedelta(days=rng.randint(0, DAYS))
        drawn.append(Drawn(number, keeper, kind, year, f"{volume:02d}", max(round(size * scale), 1), step, day))
    return drawn


def _lay(session: Session, rows: Iterator[tuple[type[SQLModel], dict[str, Any]]]) -> None:
    waiting: list[dict[str, Any]] = []
    table: type[SQLModel] | None = None
    for table, row in rows:
        waiting.append(row)
        if len(waiting) >= AT_ONCE:
            session.execute(insert(table), waiting)
            waiting.clear()
    if waiting and table:
        session.execute(insert(table), waiting)


def _handovers(drawn: list[Drawn]) -> Iterator[tuple[type[SQLModel], dict[str, Any]]]:
    """One set of minutes per book that was scanned; two thirds are back at home."""
    for book in drawn:
        if book.step:
            yield HandoverRow, _handover(book)


def _handover(book: Drawn) -> dict[str, Any]:
    at = book.day - timedelta(days=10)
    is_back = book.step is Step.HANDED_OVER
    return {
        "id": book.book_id, "unit_code": book.keeper.code, "unit_name": book.keeper.name,
        "district_code": book.keeper.district_code, "year": at.year, "number": book.book_id,
        "direction": "return" if is_back else "lend", "giver": "A", "giver_title": "", "receiver": "B",
        "receiver_title": "", "place": "", "due": (at + timedelta(days=30)).date(), "note": "", "given_by": "bench",
        "given_at": at, "received_by": "bench", "received_at": at,
    }  # fmt: skip


def _rows(table: type[SQLModel], drawn: list[Drawn]) -> Iterator[dict[str, Any]]:
    number = 0
    for book in drawn:
        if table is BookRow:
            yield _book(book)
        elif table is StockRow:
            yield _stock(book)
        elif table is HandoverBookRow and book.step:
            yield {"handover_id": book.book_id, "book_id": book.book_id, "conditions": ["good"],
                   "received_conditions": ["good"], "note": ""}  # fmt: skip
        elif book.step and table in (PageRow, EntryRow, ValueRow):
            for ordinal in range(1, book.entries + 1):
                number += 1
                yield _of_entry(table, book, number, ordinal)


def _book(book: Drawn) -> dict[str, Any]:
    return {
        "id": book.book_id, "kind": book.kind.value, "priority": book.kind.priority, "unit_code": book.keeper.code,
        "unit_name": book.keeper.name, "district_code": book.keeper.district_code, "authority": book.keeper.authority,
        "year": book.year, "volume": book.volume, "opened_at": FIRST_DAY,
    }  # fmt: skip


def _stock(book: Drawn) -> dict[str, Any]:
    conditions = [Condition.GOOD.value] if book.book_id % 4 else [Condition.TORN.value, Condition.FADED.value]
    return {
        "book_id": book.book_id, "first_number": 1, "last_number": book.entries, "entries": book.entries,
        "pages": book.entries, "conditions": conditions, "electronic": book.step is None and book.book_id % 2 == 0,
        "note": "", "by": "bench", "at": FIRST_DAY,
    }  # fmt: skip


def _of_entry(table: type[SQLModel], book: Drawn, number: int, ordinal: int) -> dict[str, Any]:
    if table is PageRow:
        return {
            "id": number, "book_id": book.book_id, "sha256": f"{number:064x}", "file_name": f"{ordinal:04d}.jpg",
            "page_of_file": 1, "sequence": ordinal, "width": 1654, "height": 2339, "state": PageState.READ.value,
            "attempts": 1,
        }  # fmt: skip
    if table is ValueRow:
        return {
            "entry_id": number,
            "column": "so",
            "text": f"{ordinal:02d}",
            "by": "bench",
            "at": book.day,
            "version": 1,
        }
    assert book.step is not None
    return {
        "id": number, "page_id": number, "book_id": book.book_id, "ordinal": 1, "form_id": "KS-2015",
        "step": book.step.value, "changed_at": book.day + timedelta(days=ordinal % 3), "version": 1, "doubt": 0.0,
    }  # fmt: skip


def _measure(workspace: Workspace) -> list[tuple[float, float]]:
    """Seconds and processor seconds of every round of every screen and view, as each person sees it."""
    times: list[tuple[float, float]] = []
    for name, (unit, role) in PEOPLE.items():
        actor = Actor("bench", Agency.CIVIL_STATUS, unit, frozenset({role}), frozenset({unit}))
        for screen in SCREENS:
            if screen != "plan" or role is Role.TEAM_LEAD:
                times += _time(f"{name} {screen}", lambda s=screen, a=actor: _show(workspace, a, s))
        for view in VIEWS:
            times += _time(f"{name} progress, {view}", lambda v=view, a=actor: _show(workspace, a, "progress", v))
        _time(f"{name} inventory.xlsx", lambda a=actor: inventory.export_excel(workspace, a, None))
    return times


def _report_seconds(workspace: Workspace) -> tuple[float, float]:
    """Seconds and processor seconds of the slowest round."""

    def write() -> None:
        report = monthly_report(workspace, LEAD, REPORT_DAY)
        for form in ("docx", "xlsx", "pdf"):
            write_report(report, form)

    return max(_time(f"report as of {REPORT_DAY}", write))


def _time(what: str, act: Any) -> list[tuple[float, float]]:
    act()  # imports and caches
    rounds = []
    for _ in range(ROUNDS):
        at, at_processor = time.perf_counter(), time.process_time()
        act()
        rounds.append((time.perf_counter() - at, time.process_time() - at_processor))
    print(f"{what:34} {max(rounds)[0]:6.2f} s, processor {max(spent for _, spent in rounds):6.2f} s", flush=True)
    return rounds


def _screen(workspace, actor, path, view):  # type: ignore[no-untyped-def]  # AppTest runs its source alone
    import streamlit as st

    from digitize.app.navigation import SCREENS

    if view:
        st.session_state["progress_view-"] = view
    next(screen for screen in SCREENS if screen.path == path).show(workspace, actor)


def _show(workspace: Workspace, actor: Actor, path: str, view: str = "") -> None:
    shown = AppTest.from_function(_screen, args=(workspace, actor, path, view), default_timeout=60).run()
    assert not shown.exception, (path, view, shown.exception[0].message)


def _p95(seconds: Sequence[float]) -> float:
    ordered = sorted(seconds)
    return round(ordered[min(int(0.95 * len(ordered)), len(ordered) - 1)], 3)


if __name__ == "__main__":
    main()
