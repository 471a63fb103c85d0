"""Pages for make bench-pages: forms in pens, prints and hands that nothing was tuned on, clean and photographed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from random import Random

import cv2
import numpy as np
from PIL import Image

from digitize.books.forms import Form, Item
from drawing.blanks import Segment
from drawing.camera import Camera, photograph
from drawing.filling import fill_form
from drawing.ink import BLACK, BLUE, Pen
from drawing.page import draw_page, draw_sheet
from drawing.paper import Scanner, scan
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
TRIES = 30


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A picture, the form on it, and the truth: text and box by column, as far as it was written."""

    image: Image.Image
    form: Form
    fields: Mapping[str, str]
    boxes: Mapping[str, Sequence[int]]
    in_pen: bool = True


def pen_pages(forms: Sequence[Form], count: int, seed: int) -> Iterator[DrawnPage]:
    """Clean scans: the forms in turn, each page in a pen and a print face that nothing was tuned on."""
    for number in range(count):
        yield _pen_page(forms[number % len(forms)], Random(f"pens {seed} {number}"), number)


def _pen_page(form: Form, rng: Random, number: int) -> DrawnPage:
    hands = [hand for hand in HELD_OUT_PENS if hand not in ORNATE_CAPITALS]
    for _ in range(TRIES):
        pen = Pen(rng.choice(hands), rng.choice((BLUE, BLACK)), rng.uniform(0.8, 1.05))
        writing = fill_form(form, rng, rng.randrange(1, 300), _some_day(form, rng))
        try:
            page, ink = draw_page(form, writing, pen, rng.choice(HELD_OUT_PRINTS), rng)
        except ValueError:  # this pen is too wide for that value
            continue
        image, boxes = scan(page, ink, Scanner(rng.uniform(-1.5, 1.5)), number)
        return DrawnPage(image, form, writing.fields, boxes)
    raise ValueError(f"no pen fits {form.form_id}")


def _some_day(form: Form, rng: Random) -> date:
    first = form.years[0] or 1985
    last = form.years[1] if len(form.years) > 1 else 2024
    return date(first, 1, 1) + timedelta(days=rng.randrange(365 * (last - first) + 300))


def photographed(page: DrawnPage, rng: Random, seed: int) -> DrawnPage:
    """The page on a desk, askew, in uneven light."""
    camera = Camera(
        tilt_degrees=rng.uniform(-7, 7),
        perspective=rng.uniform(0, 0.04),
        shadow=rng.uniform(0, 0.55),
        margin=rng.uniform(0.03, 0.1),
        desk=rng.choice(((64, 52, 44), (20, 20, 24), (90, 94, 90), (120, 96, 70))),
        blur_sigma=rng.uniform(0.5, 1.2),
    )
    image, boxes = photograph(page.image, page.boxes, camera, seed)
    return replace(page, image=image, boxes=boxes)


def real_pages(forms: Sequence[Form], hands: Hands, count: int, seed: int) -> Iterator[DrawnPage]:
    """Clean scans of forms in which every value is real ink of writers that training never saw.

    Names, places, dates and numbers are put together from one writer's words; closed fields from whoever wrote the
    word. Values that no hand has the words for stay blank.
    """
    for number in range(count):
        yield _real_page(forms[number % len(forms)], hands, Random(f"real {seed} {number}"), number)


def _real_page(form: Form, hands: Hands, rng: Random, number: int) -> DrawnPage:
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
    image, turned = scan(sheet.image, boxes, Scanner(rng.uniform(-1.5, 1.5)), number)
    return DrawnPage(image, form, fields, turned, in_pen=False)


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


def spreads(pages: Sequence[DrawnPage], rng: Random) -> Iterator[tuple[Image.Image, int]]:
    """Two pages side by side with a fold between them, and the column of the fold."""
    for left, right in zip(pages[::2], pages[1::2], strict=False):
        fold = rng.randrange(20, 90)
        size = (left.image.width + fold + right.image.width, max(left.image.height, right.image.height))
        image = Image.new("RGB", size, (236, 231, 220))
        image.paste(left.image, (0, 0))
        image.paste(right.image, (left.image.width + fold, 0))
        yield image, left.image.width + fold // 2
