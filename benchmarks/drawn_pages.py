"""Pages for make bench-pages: forms in pens, prints and hands that nothing was tuned on, each from a number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from random import Random

import cv2
import numpy as np
from PIL import Image

from digitize.books.forms import Form, Item
from drawing.bend import Bend, bend
from drawing.blanks import Segment
from drawing.camera import Camera, photograph
from drawing.filling import fill_form
from drawing.hard import draw_hard
from drawing.ink import BLACK, BLUE, MARKS, Pen
from drawing.ledger import draw_spread
from drawing.page import draw_sheet
from drawing.paper import Scanner, scan
from drawing.slips import Slips
from drawing.writing import Writing
from training.hands import Hands, Written
from training.pens import HELD_OUT_PENS, HELD_OUT_PRINTS, ORNATE_CAPITALS

X_HEIGHT = 18.0  # of the drawn pens, in pixels
LEAST_SIZE = 0.62  # of a real hand, before another value is taken
REAL = {"name_upper": "name", "place": "place", "date": "date", "year_or_date": "date", "number": "number"}
CLOSED = {
    "gender": ("Nam",),
    "ethnic": ("Thái", "Mường"),
    "nationality": ("Việt Nam",),
}  # what the hands have words for
HANDS = tuple(hand for hand in HELD_OUT_PENS if hand not in ORNATE_CAPITALS)
TRIES = 30
OUT_OF_SIGHT = 0.25  # of a value's box under a thumb: it is not asked for


@dataclass(frozen=True, slots=True)
class Truth:
    """One entry of a page: text and box by column, as far as it was written."""

    fields: Mapping[str, str]
    boxes: Mapping[str, Sequence[int]]

    def moved(self, move: Callable[[Sequence[int]], Sequence[int]]) -> "Truth":
        return Truth(self.fields, {column: move(box) for column, box in self.boxes.items()})


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A picture, the form on it, its entries; `touched` are the columns that a damage lies on."""

    image: Image.Image
    form: Form
    entries: tuple[Truth, ...]
    in_pen: bool = True
    touched: frozenset[str] = frozenset()
    fold: int | None = None  # column where two pages meet


def pen_page(form: Form, number: int, seed: int, mark_boxes: bool = False) -> DrawnPage:
    """A clean scan in a pen and a print face that nothing was tuned on; `mark_boxes`: ticked in every way there is."""
    rng = Random(f"pens {seed} {number}")
    slips = Slips(mark=rng.choice(MARKS) if mark_boxes else None)
    for _ in range(TRIES):
        pen = Pen(rng.choice(HANDS), rng.choice((BLUE, BLACK)), rng.uniform(0.8, 1.05))
        writing = fill_form(form, rng, rng.randrange(1, 300), _some_day(form, rng))
        try:
            sheet = draw_sheet(form, writing, pen, rng.choice(HELD_OUT_PRINTS), rng, slips)
        except ValueError:  # this pen is too wide for that value
            continue
        image, boxes = scan(sheet.image, sheet.boxes, Scanner(rng.uniform(-1.5, 1.5)), number)
        return DrawnPage(image, form, (Truth(writing.fields, boxes),))
    raise ValueError(f"no pen fits {form.form_id}")


def _some_day(form: Form, rng: Random) -> date:
    first = form.years[0] or 1985
    last = form.years[1] if len(form.years) > 1 else 2024
    return date(first, 1, 1) + timedelta(days=rng.randrange(365 * (last - first) + 300))


def photographed(page: DrawnPage, seed: int) -> DrawnPage:
    """The page on a desk, askew, in uneven light."""
    rng = Random(f"photo {seed}")
    camera = Camera(
        tilt_degrees=rng.uniform(-7, 7),
        perspective=rng.uniform(0, 0.04),
        shadow=rng.uniform(0, 0.55),
        margin=rng.uniform(0.03, 0.1),
        desk=rng.choice(((64, 52, 44), (20, 20, 24), (90, 94, 90), (120, 96, 70))),
        blur_sigma=rng.uniform(0.5, 1.2),
    )
    (entry,) = page.entries
    image, boxes = photograph(page.image, entry.boxes, camera, seed)
    return replace(page, image=image, entries=(Truth(entry.fields, boxes),))


def turned(page: DrawnPage, quarters: int) -> DrawnPage:
    """The page given lying or upside down: turned counter-clockwise by so many quarters."""
    for _ in range(quarters):
        width = page.image.width

        def move(box: Sequence[int], width: int = width) -> Sequence[int]:
            return (box[1], width - box[2], box[3], width - box[0])

        image = page.image.transpose(Image.Transpose.ROTATE_90)
        page = replace(page, image=image, entries=tuple(entry.moved(move) for entry in page.entries))
    return page


def hard_page(form: Form, damage: str, number: int, seed: int) -> DrawnPage:
    """A page with one kind of damage; values that a thumb hides are not asked for."""
    hard = draw_hard(form, damage, HANDS, HELD_OUT_PRINTS, Random(f"{damage} {seed} {number}"))
    _, thumb = hard.aside.get("thumb", ("", (0, 0, 0, 0)))
    fields = {column: text for column, text in hard.fields.items() if _hidden(hard.boxes[column], thumb) < OUT_OF_SIGHT}
    return DrawnPage(hard.image, form, (Truth(fields, hard.boxes),), touched=hard.touched)


def _hidden(box: Sequence[int], by: Sequence[int]) -> float:
    """Share of the box under another."""
    width, height = (max(0, min(box[i + 2], by[i + 2]) - max(box[i], by[i])) for i in (0, 1))
    return width * height / max(1, (box[2] - box[0]) * (box[3] - box[1]))


def ledger_spread(form: Form, number: int, seed: int) -> DrawnPage:
    """A spread of a ledger with some of its rows written."""
    rng = Random(f"ledger {seed} {number}")
    for _ in range(TRIES):
        pen = Pen(rng.choice(HANDS), rng.choice((BLUE, BLACK)), rng.uniform(0.85, 1.05))
        rows = rng.randrange(max(1, form.entries_per_page - 4), form.entries_per_page + 1)
        first, begin = rng.randrange(1, 200), _some_day(form, rng)
        writings = [fill_form(form, rng, first + i, begin + timedelta(days=5 * i)) for i in range(rows)]
        try:
            page, ink = draw_spread(form, writings, pen, rng.choice(HELD_OUT_PRINTS), rng)
        except ValueError:
            continue
        named = {f"{i} {column}": parts for i, boxes in enumerate(ink) for column, parts in boxes.items()}
        image, placed = scan(page, named, Scanner(rng.uniform(-0.8, 0.8)), number)
        entries = [Truth(w.fields, {c: placed[f"{i} {c}"] for c in w.fields}) for i, w in enumerate(writings)]
        return DrawnPage(image, form, tuple(entries), fold=image.width // 2)
    raise ValueError(f"no pen fits {form.form_id}")


def page_spread(form: Form, number: int, seed: int) -> DrawnPage:
    """Two pages of a book side by side, every second one bent into the binding."""
    rng = Random(f"spread {seed} {number}")
    left, right = (pen_page(form, 2 * number + i, seed + 1) for i in (0, 1))
    if number % 2:
        shape = Bend(
            sway=rng.uniform(-0.015, 0.02), shrink=rng.uniform(0.01, 0.03), steep=rng.uniform(0.3, 0.7),
            shade=rng.uniform(0.2, 0.5), reach=rng.uniform(0.15, 0.25),
        )  # fmt: skip
        left, right = _bent(left, replace(shape, side="right")), _bent(right, replace(shape, side="left"))
    gap = rng.randrange(4, 12) if number % 2 else rng.randrange(20, 90)
    size = (left.image.width + gap + right.image.width, max(left.image.height, right.image.height))
    image = Image.new("RGB", size, (120, 114, 104) if number % 2 else (236, 231, 220))
    image.paste(left.image, (0, 0))
    begin = left.image.width + gap
    image.paste(right.image, (begin, 0))
    moved = right.entries[0].moved(lambda box: (box[0] + begin, box[1], box[2] + begin, box[3]))
    return DrawnPage(image, form, (*left.entries, moved), fold=left.image.width + gap // 2)


def _bent(page: DrawnPage, shape: Bend) -> DrawnPage:
    (entry,) = page.entries
    flat = {column: [(float(x0), float(y0), float(x1), float(y1))] for column, (x0, y0, x1, y1) in entry.boxes.items()}
    image, boxes = bend(page.image, flat, shape)
    placed = {column: [round(edge) for edge in box] for column, (box,) in boxes.items()}
    return replace(page, image=image, entries=(Truth(entry.fields, placed),))


def real_page(form: Form, hands: Hands, number: int, seed: int) -> DrawnPage:
    """A clean scan in which every value is real ink of writers that training never saw.

    Names, places, dates and numbers are put together from one writer's words; closed fields from whoever wrote the
    word. Values that no hand has the words for stay blank.
    """
    rng = Random(f"real {seed} {number}")
    face = rng.choice(HELD_OUT_PRINTS)
    sheet = draw_sheet(form, Writing(form.form_id, {}, {}), Pen(face, BLUE), face, rng)
    fields, boxes = dict[str, str](), dict[str, list[tuple[float, float, float, float]]]()
    for item in form.items():
        if not item.field or item.splits_into:
            continue
        written = _fitting(item, hands, rng, sheet.blanks[item.columns][0])
        if written:
            ink, scale = written
            boxes[item.field] = [_paste(sheet.image, ink, scale, sheet.blanks[item.columns][0])]
            fields[item.field] = ink.text
    image, placed = scan(sheet.image, boxes, Scanner(rng.uniform(-1.5, 1.5)), number)
    return DrawnPage(image, form, (Truth(fields, placed),), in_pen=False)


def _fitting(item: Item, hands: Hands, rng: Random, blank: Segment) -> tuple[Written, float] | None:
    """Real ink for this item that fits the blank, and the scale at which it does."""
    if item.kind in CLOSED:
        compose: Callable[[], Written | None] = partial(hands.write, rng, rng.choice(CLOSED[item.kind]))
    elif item.kind in REAL:
        compose = partial(hands.compose, rng, REAL[item.kind])
    else:
        return None
    for _ in range(TRIES):
        written = compose()
        if written is None:
            return None
        if item.kind in REAL and written.kind != REAL[item.kind]:
            continue
        if item.kind == "number" and not (written.text.isdecimal() and len(written.text) < 5):
            continue
        left, right = _span(written)
        scale = min(X_HEIGHT / written.ink.x_height, (blank.x1 - blank.x0) / max(1, right - left))
        if scale >= LEAST_SIZE * X_HEIGHT / written.ink.x_height:
            return written, scale
    return None


def _span(written: Written) -> tuple[int, int]:
    columns = np.flatnonzero(written.ink.alpha.max(axis=0) > 60)
    return int(columns[0]), int(columns[-1]) + 1


def _paste(page: Image.Image, written: Written, scale: float, blank: Segment) -> tuple[float, float, float, float]:
    """Lays the ink on the blank's baseline; returns its box."""
    left, right = _span(written)
    part = written.ink.alpha[:, left:right]
    alpha = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    at = round(blank.x0 + 4), round(blank.baseline - 5 - written.ink.baseline * scale)
    mask = Image.fromarray(alpha)
    page.paste((written.colour[2], written.colour[1], written.colour[0]), at, mask)
    x0, y0, x1, y1 = mask.point(lambda value: 255 * (value > 60)).getbbox() or (0, 0, 1, 1)
    return (at[0] + x0, at[1] + y0, at[0] + x1, at[1] + y1)
