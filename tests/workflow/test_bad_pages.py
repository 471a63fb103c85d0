"""A batch of pages nobody should have scanned: each gets a sentence, what can be read is read, the batch goes on."""

from collections.abc import Iterator
from io import BytesIO

import cv2
import numpy as np
import pytest

from digitize.access.actor import Actor, Agency, Role, worker_actor
from digitize.books.book import PageState
from digitize.books.kinds import BookKind
from digitize.ocr.engine import Engine, Image
from digitize.settings import REPOSITORY, Settings
from digitize.store.unit_of_work import Workspace
from digitize.workflow.quality import pages_to_scan_again
from digitize.workflow.review import open_entry
from digitize.workflow.take_in import open_book, take_in
from digitize.workflow.work import read_queued
from tests.lending import lend

SAMPLES = REPOSITORY / "sample_scans"
ACTOR = Actor(
    "lan", Agency.CIVIL_STATUS, "24999", frozenset({Role.OPERATOR, Role.OFFICER}), frozenset({"24999"})
)  # fmt: skip
SKIN = (110, 140, 205)


def sample(name: str) -> Image:
    return np.asarray(cv2.imread(str(SAMPLES / name)), np.uint8)


def torn(page: Image, rows: slice, columns: slice = slice(None)) -> Image:
    """What is left of the page, on a dark desk."""
    part = page[rows, columns]
    height, width = part.shape[:2]
    desk = np.random.default_rng(7).integers(40, 70, (height + 120, width + 120, 3), dtype=np.uint8)
    desk[60:-60, 60:-60] = part
    return desk


def drawn_by_hand() -> Image:
    page = np.full((2339, 1654, 3), 240, np.uint8)
    for number, y in enumerate(range(300, 1900, 120)):
        cv2.putText(
            page, f"ong Binh {number} lay ba Mai", (200, y), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 2, (90, 40, 20), 3
        )
    return page


def screenshot(page: Image) -> Image:
    shown = page.copy()
    shown[:70], shown[-90:] = (45, 40, 36), (45, 40, 36)
    return shown


def under_a_thumb(page: Image) -> Image:
    held = page.copy()
    cv2.ellipse(held, (40, 1300), (260, 190), 10, 0, 360, SKIN, -1)
    return held


def noted_in_the_margin(page: Image) -> Image:
    """The page with words that run up its left edge, beside the frame."""
    strip = np.full((70, 700, 3), 240, np.uint8)
    cv2.putText(strip, "xem trang 45 quyen 02", (30, 48), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.5, (90, 40, 20), 2)
    noted = page.copy()
    noted[900:1600, 10:80] = np.minimum(noted[900:1600, 10:80], np.rot90(strip))
    return noted


BIRTH = sample("ks_01.jpg")
HALF = BIRTH.shape[0] // 2
BATCH = {
    "top": torn(BIRTH, slice(0, HALF)),
    "bottom": torn(BIRTH, slice(HALF, None)),
    "left": torn(BIRTH, slice(None), slice(0, BIRTH.shape[1] // 2)),
    "other book": sample("kh_01.jpg"),
    "by hand": drawn_by_hand(),
    "screenshot": screenshot(BIRTH),
    "thumb": under_a_thumb(sample("ks_02.jpg")),
    "noted": noted_in_the_margin(sample("ks_03.jpg")),
    "good": sample("ks_04.jpg"),
}


@pytest.fixture(scope="module")
def workspace(remembering: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The batch taken in as a book of births and read."""
    opened = Workspace.open(Settings(workspace=tmp_path_factory.mktemp("bad")))
    open_book(opened, ACTOR, BookKind.BIRTH, "24999", "xã Suối Mơ", "140", "UBND xã Suối Mơ", 2017, "01")
    lend(opened, 1)
    files = [(f"{name}.jpg", BytesIO(cv2.imencode(".jpg", page)[1].tobytes())) for name, page in BATCH.items()]
    assert all(taken.error is None for taken in take_in(opened, ACTOR, 1, files))
    assert read_queued(opened, worker_actor(), remembering, "w1") == len(BATCH)
    yield opened
    opened.close()


def told(workspace: Workspace) -> dict[str, dict[str, str]]:
    """What the operator's list says of each page: sentence by code."""
    listed = pages_to_scan_again(workspace, ACTOR, 1)
    return {bad.page.file_name.removesuffix(".jpg"): {p.code: p.message for p in bad.problems} for bad in listed}


@pytest.mark.parametrize(("name", "code", "words"), [
    ("top", "part_of_form", "quét lại trọn trang"),
    ("left", "part_of_form", "quét lại trọn trang"),
    ("other book", "form_unknown", "là trang sổ kết hôn"),
    ("by hand", "form_unknown", "nhập tay"),
    ("screenshot", "screenshot", "ảnh chụp màn hình"),
    ("thumb", "covered", "che trên trang"),
])  # fmt: skip
def test_each_bad_page_is_told_with_what_to_do(workspace: Workspace, name: str, code: str, words: str) -> None:
    assert words in told(workspace)[name][code]


def test_half_a_page_that_may_be_of_two_forms_is_told_all_the_same(workspace: Workspace) -> None:
    assert {"part_of_form", "form_unknown"} & set(told(workspace)["bottom"])


def test_what_was_found_on_a_torn_page_stays_usable(workspace: Workspace) -> None:
    with workspace.view(ACTOR) as work:
        pages = {page.page_id: page for page in work.pages.of_book(1)}
        entries = {pages[entry.page_id].file_name: entry for entry in work.entries.of_book(1)}
    assert entries["top.jpg"].candidates["nksHoTen"].text == entries["screenshot.jpg"].candidates["nksHoTen"].text
    assert "meHoTen" in entries["top.jpg"].candidates
    problems = open_entry(workspace, ACTOR, entries["top.jpg"].entry_id).problems
    assert "part_of_form" in {problem.code for problem in problems}


def test_the_officer_is_told_of_what_is_written_in_the_margin(workspace: Workspace) -> None:
    with workspace.view(ACTOR) as work:
        pages = {page.page_id: page.file_name for page in work.pages.of_book(1)}
        entries = {pages[entry.page_id]: entry.entry_id for entry in work.entries.of_book(1)}
    codes = {
        name: [problem.code for problem in open_entry(workspace, ACTOR, entries[name]).problems]
        for name in ("noted.jpg", "good.jpg")
    }
    assert "margin_writing" in codes["noted.jpg"] and "margin_writing" not in codes["good.jpg"]


def test_the_batch_goes_on(workspace: Workspace) -> None:
    with workspace.view(ACTOR) as work:
        states = {page.file_name: page.state for page in work.pages.of_book(1)}
    assert (states["good.jpg"], states["thumb.jpg"]) == (PageState.READ, PageState.READ)
    assert not {"part_of_form", "form_unknown"} & set(told(workspace).get("good", ()))
