"""A finished book of a thousand births in the simulated province, and how long its package takes.

Forty pages are drawn; every entry's picture is one of them, shifted by a few pixels and compressed anew: a thousand
files of which no two are alike, at 200 dpi and some 600 kB each, as a scanner delivers them.
"""

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image, ImageChops
from sqlalchemy import insert

from benchmarks.drawn_pages import pen_page
from digitize.access.actor import Actor, Agency, Role, setup_actor
from digitize.books.book import PageState
from digitize.books.forms import get_form
from digitize.books.kinds import BookKind
from digitize.books.steps import Step
from digitize.store.tables import BookRow, EntryRow, PageRow, ValueRow
from digitize.store.unit_of_work import Workspace
from digitize.workflow.hand_over import export_book
from digitize.workflow.package_check import check_package
from drawing.filling import fill_form

ENTRIES = 1_000
DRAWN = 40
FORM = get_form("KS-2015")
UNIT, YEAR, VOLUME = "04468", 2020, "01"  # after the years of the other books
OPENED, CONFIRMED = datetime(2024, 1, 2, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)
QUALITY = 88  # of the scanner's JPEG
LEAD = Actor("bench", Agency.POLICE, "15", frozenset({Role.TEAM_LEAD}), frozenset({"15"}))


def package_seconds(workspace: Workspace, seed: int) -> tuple[float, float]:
    """Seconds and processor seconds to write the book's package and to check it; the validator must find no fault."""
    book_id = _find(workspace) or _lay(workspace, Random(seed), seed)
    begun, processor = time.perf_counter(), time.process_time()
    report = export_book(workspace, LEAD, book_id)
    written = time.perf_counter()
    look = check_package(report.excel)
    done = time.perf_counter()
    assert (report.entries, look.rows, look.pdfs, look.errors) == (ENTRIES, ENTRIES, ENTRIES, 0), look.counts
    size = sum(path.stat().st_size for path in report.paths) // 1_000_000
    print(f"package of {ENTRIES}, {size} MB: written in {written - begun:.1f} s, checked in {done - written:.1f} s")
    return done - begun, time.process_time() - processor


def _find(workspace: Workspace) -> int | None:
    with workspace.view(setup_actor()) as work:
        book = work.books.find(BookKind.BIRTH, UNIT, YEAR, VOLUME)
    return book.book_id if book else None


def _lay(workspace: Workspace, rng: Random, seed: int) -> int:
    book_id, first_id = 1_000_000, 10_000_000
    pages = [pen_page(FORM, number, seed).image.convert("RGB") for number in range(DRAWN)]
    day = date(YEAR, 1, 3)
    writings = [fill_form(FORM, rng, at + 1, day + timedelta(days=at * 350 // ENTRIES)) for at in range(ENTRIES)]
    shas = [workspace.archive.put(_picture(pages[at % DRAWN], at // DRAWN)) for at in range(ENTRIES)]
    book = {
        "id": book_id, "kind": BookKind.BIRTH.value, "priority": BookKind.BIRTH.priority, "unit_code": UNIT,
        "unit_name": "xã Mồ Dề", "district_code": "137", "authority": "UBND xã Mồ Dề", "year": YEAR, "volume": VOLUME,
        "opened_at": OPENED,
    }  # fmt: skip
    rows: list[tuple[Any, list[dict[str, Any]]]] = [
        (BookRow, [book]),
        (PageRow, [_page(first_id + at, book_id, at, sha, pages[0].size) for at, sha in enumerate(shas)]),
        (EntryRow, [_entry(first_id + at, book_id) for at in range(ENTRIES)]),
        (ValueRow, [row for at, each in enumerate(writings) for row in _values(first_id + at, each.fields)]),
    ]
    with workspace.unit_of_work(setup_actor()) as work, work.transaction.quiet():
        for table, laid in rows:
            work.transaction.session.execute(insert(table), laid)
    return book_id


def _picture(page: Image.Image, shift: int) -> bytes:
    file = BytesIO()
    ImageChops.offset(page, shift, 2 * shift).save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def _page(page_id: int, book_id: int, at: int, sha256: str, size: tuple[int, int]) -> dict[str, Any]:
    return {
        "id": page_id, "book_id": book_id, "sha256": sha256, "file_name": f"{at + 1:04d}.jpg", "page_of_file": 1,
        "sequence": at + 1, "width": size[0], "height": size[1], "state": PageState.READ.value, "attempts": 1,
    }  # fmt: skip


def _entry(entry_id: int, book_id: int) -> dict[str, Any]:
    return {
        "id": entry_id, "page_id": entry_id, "book_id": book_id, "ordinal": 1, "form_id": FORM.form_id,
        "step": Step.CONFIRMED.value, "changed_at": CONFIRMED, "version": 1, "doubt": 0.0,
    }  # fmt: skip


def _values(entry_id: int, fields: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for column, text in fields.items():
        yield {"entry_id": entry_id, "column": column, "text": text, "by": "bench", "at": CONFIRMED,
               "version": 1}  # fmt: skip
