"""How fast entries are found: searches over books of drawn people, beside how many there are.

make bench-search BENCH="--entries 50000"
"""

import argparse
import json
import random
import tempfile
import time
from datetime import datetime
from pathlib import Path
from statistics import median

from sqlalchemy import insert
from sqlmodel import SQLModel

from digitize.access.actor import Actor, Agency, Role
from digitize.access.actor import setup_actor as setup
from digitize.books.kinds import BookKind
from digitize.books.search_keys import search_keys
from digitize.books.steps import Step
from digitize.settings import Settings
from digitize.store.tables import EntryRow, SearchKeyRow, ValueRow
from digitize.store.unit_of_work import Workspace
from digitize.workflow import search

BOOKS = 200
SURNAMES = ["NGUYỄN", "NGUYỄN", "NGUYỄN", "TRẦN", "LÊ", "LÒ", "HOÀNG", "TRIỆU", "NÔNG", "ĐẶNG", "LÝ", "BÀN"]
MIDDLE = ["VĂN", "THỊ", "THỊ", "ĐỨC", "MINH", "NGỌC", "XUÂN", "THANH"]
GIVEN = ["AN", "HOA", "HẠNH", "SAO", "MAI", "HÙNG", "DŨNG", "LAN", "HÒA", "THẢO", "QUÂN", "SƠN", "TÙNG", "LINH"]
ASKED = (
    *("nguyen", "nguyen thi", "nguyễn thị hoa", "hoa", "bàn xuân tùng", "3/2/1999", "2/1999", "1999", "015198"),
    *("015198000123", "45", "không có ai"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=50_000)
    entries = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Settings(workspace=Path(folder)))
        _fill(workspace, entries)
        whole = Actor("bench", Agency.POLICE, "15", frozenset({Role.OFFICER}), frozenset({"15"}))
        commune = Actor("bench", Agency.POLICE, "24999", frozenset({Role.OFFICER}), frozenset({"24999"}))
        times = [_ask(workspace, actor, text) for actor in (whole, commune) for text in ASKED]
        workspace.close()
    slowest = max(each["ms"] for each in times)
    print(json.dumps({"entries": entries, "slowest_ms": slowest}))


def _fill(workspace: Workspace, entries: int) -> None:
    rng = random.Random(5)
    with workspace.unit_of_work(setup()) as work:
        books = [
            work.books.add(
                BookKind.BIRTH, ("24999", "04468")[at % 2], "xã", ("140", "137")[at % 2], "UBND xã", 1998 + at % 20,
                f"{at:02d}",
            )
            for at in range(BOOKS)
        ]  # fmt: skip
        pages = [work.pages.add(book.book_id, f"{book.book_id:064x}", "a.jpg", 1, 10, 10).page for book in books]
        with work.transaction.quiet():
            session = work.transaction.session
            rows: dict[type[SQLModel], list[dict[str, object]]] = {EntryRow: [], ValueRow: [], SearchKeyRow: []}
            for number in range(1, entries + 1):
                at = number % BOOKS
                _lay(rows, rng, number, (pages[at].page_id, books[at].book_id), work.transaction.now)
            for table, told in rows.items():
                session.execute(insert(table), told)


def _lay(
    rows: dict[type[SQLModel], list[dict[str, object]]],
    rng: random.Random,
    number: int,
    place: tuple[int, int],
    now: datetime,
) -> None:
    """One birth with child, both parents and who declared it."""
    page_id, book_id = place
    texts = _texts(rng, number)
    rows[EntryRow].append(
        {"id": number, "page_id": page_id, "book_id": book_id, "ordinal": number, "form_id": "KS-2015",
         "step": Step.CONFIRMED.value, "changed_at": now, "version": 1}
    )  # fmt: skip
    rows[ValueRow] += [
        {"entry_id": number, "column": column, "text": text, "by": "bench", "at": now} for column, text in texts.items()
    ]
    rows[SearchKeyRow] += [
        {"what": what, "key": key, "entry_id": number, "book_id": book_id} for what, key in search_keys(texts)
    ]


def _texts(rng: random.Random, number: int) -> dict[str, str]:
    born = f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/{rng.randint(1998, 2017)}"
    names = {
        column: " ".join([rng.choice(SURNAMES), rng.choice(MIDDLE), rng.choice(GIVEN)])
        for column in ("nksHoTen", "meHoTen", "chaHoTen", "nycHoTen")
    }
    return names | {
        "so": str(number % 300 + 1),
        "ngayDangKy": born,
        "nksNgaySinh": born,
        "nksSoDinhDanh": f"015{rng.randint(0, 999_999_999):09d}",
        "meNgaySinh": str(rng.randint(1960, 1999)),
        "chaNgaySinh": str(rng.randint(1960, 1999)),
    }


def _ask(workspace: Workspace, actor: Actor, text: str) -> dict[str, float]:
    """The median of five whole searches, the journal's row included."""
    took = []
    for _ in range(5):
        begun = time.perf_counter()
        hits = search.search(workspace, actor, text)
        took.append(1000 * (time.perf_counter() - begun))
    print(f"{next(iter(actor.scope)):6} {text:16} {len(hits):4} found {median(took):8.1f} ms, worst {max(took):8.1f}")
    return {"ms": round(max(took), 1)}


if __name__ == "__main__":
    main()
