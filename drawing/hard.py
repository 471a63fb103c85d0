"""Pages that are hard to read, one kind of damage at a time; what stands on them is known all the same.

`python -m drawing.hard FOLDER` draws one page of each kind to look at.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from PIL import Image

from digitize.books.forms import Form, get_form
from drawing.bend import Bend, bend
from drawing.camera import THUMB, Camera, photograph
from drawing.filling import fill_form
from drawing.ink import BLACK, BLUE, Box, Mark, Pen
from drawing.page import draw_page, draw_sheet
from drawing.paper import Scanner, scan
from drawing.sheet import Aside, Sheet
from drawing.slips import MARGIN_NOTES, NO_SLIPS, some_corrections, some_overruns
from drawing.stamps import stamp_lines, stamp_round
from drawing.wear import fade, shine_through, stain

DAMAGES = (
    "corrected",
    "overrun",
    "margin note",
    "boxes crossed",
    "boxes filled",
    "boxes circled",
    "round stamp",
    "rectangular stamp",
    "stained",
    "faded",
    "bleed-through",
    "curved gutter",
    "shadow",
    "blurred",
    "thumb",
    "worn",  # several at once
)
STAMPS = ("round stamp", "rectangular stamp")
TRIES = 30
MARKS: dict[str, Mark] = {"boxes crossed": "cross", "boxes filled": "filled", "boxes circled": "circled"}


@dataclass(frozen=True, slots=True)
class HardPage:
    """A picture and the truth: text and box by column; `aside` holds what is nobody's value, by what it is.

    Keys of `aside`: "struck COLUMN", "note", "round stamp", "rectangular stamp", "thumb". `touched` are the columns
    that were corrected or overran, or that a stamp or a thumb lies on.
    """

    image: Image.Image
    form: Form
    fields: Mapping[str, str]
    boxes: Mapping[str, Sequence[int]]
    aside: Mapping[str, tuple[str, Sequence[int]]]
    touched: frozenset[str]


def draw_hard(form: Form, damage: str, hands: Sequence[str], faces: Sequence[str], rng: Random) -> HardPage:
    """A page of a form in one of these hands and print faces. Raises ValueError for a damage not in DAMAGES."""
    if damage not in DAMAGES:
        raise ValueError(f"no damage is called {damage!r}")
    for _ in range(TRIES):
        pen = Pen(rng.choice(hands), rng.choice((BLUE, BLACK)), rng.uniform(0.8, 1.05))
        try:
            sheet = _written(form, damage, pen, rng.choice(faces), rng)
        except ValueError:  # this pen is too wide for that value
            continue
        return _seen(form, _worn(sheet, form, damage, rng), damage, rng)
    raise ValueError(f"no pen fits {form.form_id}")


def _written(form: Form, damage: str, pen: Pen, face: str, rng: Random) -> Sheet:
    """The clean page with what went wrong in writing it, stamped."""
    writing = fill_form(form, rng, rng.randrange(1, 300), _some_day(form, rng))
    slips, many = NO_SLIPS, damage == "worn"
    if damage == "corrected" or many:
        slips = replace(slips, corrections=some_corrections(form, writing, rng, 1 if many else 3))
    if damage == "overrun":
        slips = replace(slips, overruns=some_overruns(form, writing, rng, 3))
    if damage == "margin note" or many:
        slips = replace(slips, margin_note=rng.choice(MARGIN_NOTES))
    if damage in MARKS:
        slips = replace(slips, mark=MARKS[damage])
    sheet = draw_sheet(form, writing, pen, face, rng, slips)
    if damage in STAMPS or many:
        _stamp(sheet, STAMPS[0] if many else damage, rng)
    return sheet


def _stamp(sheet: Sheet, kind: str, rng: Random) -> None:
    """Over some value's writing, on the lower half as a rule."""
    boxes = sorted((box for parts in sheet.boxes.values() for box in parts), key=lambda box: box[1])
    x0, y0, x1, y1 = rng.choice(boxes[len(boxes) // 2 :] if rng.random() < 0.7 else boxes)
    centre = rng.uniform(x0, x1) + rng.uniform(-60, 60), (y0 + y1) / 2 + rng.uniform(-30, 30)
    text, box = (stamp_round if kind == STAMPS[0] else stamp_lines)(sheet.image, centre, sheet.face, rng)
    sheet.aside[kind] = Aside(text, [box])


def _worn(sheet: Sheet, form: Form, damage: str, rng: Random) -> Sheet:
    """The page after some years."""
    seed, image = rng.randrange(2**32), sheet.image
    many = damage == "worn"
    if damage == "faded" or many:
        ink = [box for parts in sheet.boxes.values() for box in parts]
        image = fade(image, ink, rng.uniform(0.25, 0.4) if many else rng.uniform(0.5, 0.72), seed)
    if damage == "bleed-through" or many:
        back, _ = _other_page(form, sheet, rng)
        image = shine_through(image, back, rng.uniform(0.1, 0.2) if many else rng.uniform(0.16, 0.38), seed)
    if damage == "stained" or many:
        image = stain(image, 1 if many else rng.randrange(2, 5), seed)
    return replace(sheet, image=image)


def _other_page(form: Form, sheet: Sheet, rng: Random) -> tuple[Image.Image, dict[str, list[Box]]]:
    for _ in range(TRIES):
        writing = fill_form(form, rng, rng.randrange(1, 300), _some_day(form, rng))
        try:
            return draw_page(form, writing, sheet.pen, sheet.face, rng)
        except ValueError:
            continue
    raise ValueError(f"no pen fits {form.form_id}")


def _seen(form: Form, sheet: Sheet, damage: str, rng: Random) -> HardPage:
    """The page as it comes from the scanner or the camera."""
    image, seed = sheet.image, rng.randrange(2**32)
    ink: Mapping[str, Sequence[Box]] = {**sheet.boxes, **{name: aside.boxes for name, aside in sheet.aside.items()}}
    if damage in ("curved gutter", "worn"):
        image, ink = bend(image, ink, some_bend(rng, gentle=damage == "worn"))
    blur = rng.uniform(1.4, 2.1) if damage == "blurred" else 0.6
    image, boxes = scan(image, ink, Scanner(rng.uniform(-1.2, 1.2), blur_sigma=blur), seed)
    if damage in ("shadow", "thumb"):
        image, boxes = photograph(image, boxes, _some_camera(damage, rng), seed)
    texts = {name: aside.text for name, aside in sheet.aside.items()} | {THUMB: ""}
    aside = {name: (text, boxes[name]) for name, text in texts.items() if name in boxes}
    fields = sheet.writing.fields
    touched = {*sheet.slips.corrections, *sheet.slips.overruns}
    over = [box for name, (_, box) in aside.items() if name in (THUMB, *STAMPS)]
    touched |= {column for column in fields for box in over if _meet(boxes[column], box)}
    placed = {column: boxes[column] for column in fields}
    return HardPage(image, form, fields, placed, aside, frozenset(touched))


def _meet(a: Sequence[int], b: Sequence[int]) -> bool:
    return min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])


def some_bend(rng: Random, gentle: bool = False) -> Bend:
    """A page near its binding, as on a scanner or under a camera."""
    much = 0.4 if gentle else 1.0
    return Bend(
        side="left" if rng.random() < 0.7 else "right",
        sway=much * rng.uniform(-0.02, 0.03),
        shrink=much * rng.uniform(0.01, 0.05),
        steep=rng.uniform(0.4, 0.8),
        reach=rng.uniform(0.22, 0.38),
        shade=rng.uniform(0.25, 0.6),
    )


def _some_camera(damage: str, rng: Random) -> Camera:
    dark = damage == "shadow"
    return Camera(
        tilt_degrees=rng.uniform(-3, 3),
        perspective=rng.uniform(0, 0.02),
        shadow=rng.uniform(0.45, 0.7) if dark else 0.1,
        falloff=rng.uniform(0.25, 0.5) if dark else 0.1,
        thumb=damage == "thumb",
    )


def _some_day(form: Form, rng: Random) -> date:
    first = form.years[0] or 1985
    last = form.years[1] if len(form.years) > 1 else 2024
    return date(first, 1, 1) + timedelta(days=rng.randrange(365 * (last - first) + 300))


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    forms = [get_form(form_id) for form_id in ("KS-2015", "KH-2015", "KT-2015", "KS-2006")]
    for number, damage in enumerate(DAMAGES):
        page = draw_hard(forms[number % 4], damage, ("patrick-hand", "itim"), ("tinos",), Random(number))
        name = damage.replace(" ", "_")
        page.image.save(folder / f"{name}.jpg", quality=88)
        truth = {
            "form": page.form.form_id,
            "fields": {column: {"text": text, "box": page.boxes[column]} for column, text in page.fields.items()},
            "aside": {what: {"text": text, "box": box} for what, (text, box) in page.aside.items()},
        }
        (folder / f"{name}.truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
