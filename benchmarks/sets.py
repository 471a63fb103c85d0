"""The sets of pages that make bench-pages reads: each page is drawn and read by itself, in any process."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import cv2
import numpy as np
from PIL import Image

from benchmarks.drawn_pages import (
    DrawnPage,
    Truth,
    hard_page,
    ledger_spread,
    page_spread,
    pen_page,
    photographed,
    real_page,
    turned,
)
from benchmarks.overlay import overlay
from benchmarks.tally import PageTold, is_ticked, judge
from digitize.books.entry import Box
from digitize.books.forms import Form, all_forms, get_form
from digitize.ocr.engine import Image as Pixels
from digitize.ocr.ink import ink_of
from digitize.ocr.paddle import PaddleEngine
from digitize.ocr.rulings import find_frame, without_rulings
from digitize.ocr.ticks import find_tick_boxes
from digitize.scans.files import load_page
from digitize.scans.prepare import prepare
from digitize.settings import REPOSITORY
from digitize.workflow.read import read_page
from drawing.hard import DAMAGES
from drawing.slips import can_overrun
from training import held_out
from training.hands import Hands

MODELS = REPOSITORY / "models"
SAMPLES = sorted((REPOSITORY / "sample_scans").glob("*.truth.json"))
PEER = "PP-OCRv6_small_rec"
SEED = 1218
FOLD = 0.02  # of a spread's width: how far the fold may be off


@dataclass(frozen=True, slots=True)
class Job:
    """One page of a set; with `picture` its overlay is wanted."""

    set: str
    number: int
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job: a reading, or, where none was made, whether each thing asked for was right."""

    job: Job
    told: PageTold | None = None
    right: tuple[bool, ...] = ()
    picture: bytes = b""


def _page_forms() -> list[Form]:
    return [form for form in all_forms().values() if form.family == "page"]


def _with_boxes() -> list[Form]:
    return [form for form in _page_forms() if form.checkboxes]


def _ledgers() -> list[Form]:
    return [form for form in all_forms().values() if form.family == "ledger"]


@cache
def _hands() -> Hands:
    return held_out.hands()


def _pens(number: int) -> DrawnPage:
    return pen_page(_nth(_page_forms(), number), number, SEED)


def _photo(number: int) -> DrawnPage:
    return photographed(_pens(number), number)


def _real(number: int) -> DrawnPage:
    return real_page(_nth(_page_forms(), number), _hands(), number, SEED)


def _turned(number: int) -> DrawnPage:
    """Lying to the left, upside down and lying to the right in turn; every second page photographed."""
    page = pen_page(_nth(_page_forms(), number), number, SEED + 2)
    return turned(photographed(page, number) if number % 2 else page, 1 + number // 2 % 3)


def _spread(number: int) -> DrawnPage:
    return page_spread(_nth(_page_forms(), number), number, SEED)


def _ledger(number: int) -> DrawnPage:
    return ledger_spread(_nth(_ledgers(), number), number, SEED)


def _hard(damage: str) -> Callable[[int], DrawnPage]:
    """Every kind of damage begins with another form, so that few pages show many forms."""
    forms = _with_boxes() if damage.startswith("boxes") else _page_forms()
    forms = [form for form in forms if can_overrun(form)] if damage == "overrun" else forms
    first = DAMAGES.index(damage)
    return lambda number: hard_page(_nth(forms, number + first), damage, number, SEED)


def _sample(number: int) -> DrawnPage:
    truth = json.loads(SAMPLES[number].read_text("utf-8"))
    path = SAMPLES[number].parent / truth["image"]
    with path.open("rb") as file:
        image = Image.fromarray(load_page(file, path.name, truth["page"])[:, :, ::-1])
    entries = tuple(
        Truth({c: f["text"] for c, f in e["fields"].items()}, {c: f["box"] for c, f in e["fields"].items()})
        for e in truth["entries"]
    )
    return DrawnPage(image, get_form(truth["form"]), entries)


def _nth(forms: list[Form], number: int) -> Form:
    return forms[number % len(forms)]


READ: Mapping[str, Callable[[int], DrawnPage]] = {
    "pens": _pens,
    "photographs": _photo,
    "real ink": _real,
    "ledgers": _ledger,
    "turned": _turned,
    "spreads": _spread,
    "PP-OCRv6, pens": _pens,
    "PP-OCRv6, real": _real,
    **{damage: _hard(damage) for damage in DAMAGES},
    "samples": _sample,
}


@cache
def _engine(recogniser: str | None) -> PaddleEngine:
    cv2.setNumThreads(1)
    return PaddleEngine(MODELS, recogniser=recogniser) if recogniser else PaddleEngine(MODELS)


def do(job: Job) -> Done:
    """Draws the page of the job and reads it, or looks at its squares or its fold alone."""
    if job.set == "squares":
        return Done(job, right=_squares(job.number))
    if job.set == "folds":
        return Done(job, right=(_fold(_spread(job.number)),))
    page, file = READ[job.set](job.number), BytesIO()
    page.image.save(file, "JPEG", quality=88)
    engine = _engine(PEER if job.set.startswith("PP-OCRv6") else None)
    reading = read_page(engine, file, "page.jpg", 1, list(all_forms().values())).reading
    told = judge(page, reading)
    return Done(job, told, picture=overlay(page, reading.entries, told.fields) if job.picture else b"")


def pixels(image: Image.Image) -> Pixels:
    return np.ascontiguousarray(np.asarray(image, np.uint8)[:, :, ::-1])


def squares_a_page() -> float:
    """Check boxes on a page of set "squares", on average."""
    return sum(len(form.checkboxes) for form in _with_boxes()) / len(_with_boxes())


def _squares(number: int) -> tuple[bool, ...]:
    """Check boxes judged by preparation, frame and squares alone; all wrong where their number is not right.

    They are ticked, crossed, filled or circled; every second page is photographed.
    """
    page = pen_page(_nth(_with_boxes(), number), number, SEED + 3, mark_boxes=True)
    page = photographed(page, number) if number % 2 else page
    ink = ink_of(prepare(pixels(page.image))[0].image)
    frame = find_frame(ink, page.form.left_cell)
    if frame is None:
        return (False,) * len(page.form.checkboxes)
    cell = Box(frame.split, frame.box.y0, frame.box.x1, frame.box.y1)
    squares = find_tick_boxes(ink, without_rulings(ink), cell, len(page.form.checkboxes))
    if len(squares) != len(page.form.checkboxes):
        return (False,) * len(page.form.checkboxes)
    pairs = zip(page.form.checkboxes, squares, strict=True)
    return tuple(square.ticked == is_ticked(box, page.entries[0]) for box, square in pairs)


def _fold(page: DrawnPage) -> bool:
    """Whether preparation parts the spread in two pages near its fold."""
    pages = prepare(pixels(page.image))
    if len(pages) != 2 or page.fold is None:
        return False
    height, width = pages[0].image.shape[:2]
    edge = pages[0].on_input(Box(width - 1, height // 2, width, height // 2 + 1))  # half way down: corners may be bent
    return abs(edge.x1 - page.fold) < FOLD * page.image.width
