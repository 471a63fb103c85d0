"""The demo's road on all sample scans with the real engine, run once for the whole session."""

import json
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from digitize.access.actor import setup_actor
from digitize.books.book import BookCounts, PageState
from digitize.books.dates import parse_date
from digitize.books.entry import Entry
from digitize.books.forms import get_form
from digitize.books.steps import Step
from digitize.ocr.engine import Engine
from digitize.settings import REPOSITORY
from digitize.store.unit_of_work import Workspace, verify_journal
from digitize.workflow.demo import run_demo
from tests.engines import Silent

SAMPLES = REPOSITORY / "sample_scans"
PAGES = 17


def counts(workspace: Workspace) -> tuple[BookCounts, ...]:
    with workspace.view(setup_actor()) as work:
        return work.books.counts()


def entries(workspace: Workspace) -> list[tuple[Entry, str]]:
    """Every entry with the name of its sample."""
    with workspace.view(setup_actor()) as work:
        found = [entry for count in work.books.counts() for entry in work.entries.of_book(count.book.book_id)]
        pages = [work.pages.get(entry.page_id) for entry in found]
    names = [
        Path(page.file_name).stem + (f".p{page.page_of_file:04d}" if "pdf" in page.file_name else "") for page in pages
    ]
    return list(zip(found, names, strict=True))


def matched(workspace: Workspace) -> list[tuple[Entry, str]]:
    return [(entry, name) for entry, name in entries(workspace) if entry.step is Step.MATCHED]


def truth_of(name: str) -> dict[str, str]:
    told = json.loads((SAMPLES / f"{name}.truth.json").read_text("utf-8"))
    return {column: field["text"] for column, field in told["entries"][0]["fields"].items()}


def test_every_page_is_read_as_its_form(demo_workspace: Workspace) -> None:
    for count in counts(demo_workspace):
        with demo_workspace.view(setup_actor()) as work:
            pages = work.pages.of_book(count.book.book_id)
        assert {page.state for page in pages} == {PageState.READ}
        assert {page.form_id for page in pages} == {f"{count.book.kind.value}-2015"}
    assert sum(count.pages_read for count in counts(demo_workspace)) == PAGES
    assert len(entries(demo_workspace)) == PAGES


def test_one_entry_of_each_kind_went_all_the_way(demo_workspace: Workspace) -> None:
    assert Counter(entry.step for entry, _ in entries(demo_workspace)) == {Step.MATCHED: 3, Step.READ: PAGES - 3}
    assert {entry.form_id for entry, _ in matched(demo_workspace)} == {"KS-2015", "KH-2015", "KT-2015"}
    assert {entry.keyed_by for entry, _ in matched(demo_workspace)} == {"demo-officer"}


def test_what_is_confirmed_is_what_the_page_says(demo_workspace: Workspace) -> None:
    for entry, name in matched(demo_workspace):
        assert {column: value.text for column, value in entry.values.items() if value.text} == truth_of(name)


def test_matches_are_as_expected(demo_workspace: Workspace) -> None:
    expected = json.loads((SAMPLES / "expected_matches.json").read_text("utf-8"))
    for entry, name in matched(demo_workspace):
        with demo_workspace.view(setup_actor()) as work:
            found = {match.role: match.outcome for match in work.matches.latest(entry.entry_id)}
        assert found == expected[name]


def test_the_journal_holds_and_says_that_it_was_a_demo(demo_workspace: Workspace) -> None:
    assert verify_journal(demo_workspace, setup_actor()) is None
    for entry, _ in matched(demo_workspace):
        with demo_workspace.view(setup_actor()) as work:
            (confirmed,) = [line for line in work.journal.of("entry", entry.entry_id) if line.act == "entry.confirm"]
        assert (confirmed.account, "demo" in confirmed.why) == ("demo-officer", True)


@pytest.mark.parametrize("kind", ["KS.2017", "KH.2021", "KT.2022"])
def test_exported_rows_say_what_was_confirmed(demo_workspace: Workspace, kind: str) -> None:
    ((entry, name),) = [(e, name) for e, name in matched(demo_workspace) if e.form_id.startswith(kind[:2])]
    stem = demo_workspace.settings.workspace / "export" / f"xã Suối Mơ-{kind}.01"
    header, row = load_workbook(f"{stem}.xlsx").active.iter_rows(values_only=True)
    exported, form = dict(zip(header, row, strict=True)), get_form(entry.form_id)
    ticked = {box.field: box.export_code for box in form.checkboxes if truth_of(name).get(box.field) == box.code}
    for column, text in truth_of(name).items():
        if form.kind_of(column) in {"gender", "code"} or column not in exported:
            continue
        date = parse_date(text) if "ngay" in column.lower() and "BangChu" not in column else None
        assert exported[column] == (date.dotted if date else text), column
    assert {column: exported[column] for column in ticked if column in exported}.items() <= ticked.items()
    day = parse_date(truth_of(name)["ngayDangKy"])
    assert day is not None
    with ZipFile(f"{stem}.zip") as packed:
        (pdf,) = packed.namelist()
        assert pdf == f"{kind}.01.{day.year}-{day.month:02d}-{day.day:02d}.{truth_of(name)['so']}.pdf"
        assert packed.read(pdf).startswith(b"%PDF-")


def test_a_second_run_changes_and_doubles_nothing(demo_workspace: Workspace) -> None:
    before = entries(demo_workspace), counts(demo_workspace)
    engine: Engine = Silent()  # a page read once more would lose its entry's candidates
    run_demo(demo_workspace, engine, SAMPLES, lambda told: None)
    assert (entries(demo_workspace), counts(demo_workspace)) == before
    assert verify_journal(demo_workspace, setup_actor()) is None
