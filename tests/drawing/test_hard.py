"""Hard pages: whatever happened to a page, the truth still says where its ink lies and what it means."""

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from random import Random

import numpy as np
import pytest
from PIL import Image, ImageDraw

from digitize.books.forms import get_form
from drawing.bend import Bend, bend
from drawing.camera import Camera, photograph
from drawing.filling import fill_form
from drawing.fonts import VERSIONS, font
from drawing.hard import DAMAGES, STAMPS, HardPage, draw_hard
from drawing.ink import BLUE, MARKS, Mark, Pen, tick
from drawing.page import FRAME, draw_sheet
from drawing.sheet import Sheet
from drawing.slips import OVERRUNS, Correction, Overrun, Slips
from drawing.stamps import stamp_lines, stamp_round
from drawing.wear import fade, shine_through, stain

PEN = Pen("patrick-hand", BLUE, 0.8)
DAY = date(2018, 5, 6)
FORM = get_form("KS-2015")


@pytest.fixture(autouse=True)
def packaged_face(monkeypatch: pytest.MonkeyPatch) -> None:
    """Noto Serif for every face that is asked for by a name of the list."""
    serif = files("fontpkg_noto_serif").joinpath("files", "NotoSerif[wdth,wght].ttf")
    font.cache_clear()
    monkeypatch.setattr("drawing.fonts.font_file", lambda name, weight=400: (VERSIONS[name], Path(str(serif)))[1])


def drawn(slips: Slips, seed: int = 4) -> Sheet:
    rng = Random(seed)
    return draw_sheet(FORM, fill_form(FORM, rng, 7, DAY), PEN, "tinos", rng, slips)


def dark_share(image: Image.Image, box: Sequence[float], than: int = 40) -> float:
    """Share of the box that is clearly darker than the paper beside it."""
    part = np.asarray(image.convert("L").crop(tuple(round(edge) for edge in box)), np.int16)
    return float((part < np.percentile(part, 90) - than).mean())


def around(boxes: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return (min(x0), min(y0), max(x1), max(y1))


@pytest.mark.parametrize("above", [True, False], ids=["above", "behind"])
@pytest.mark.parametrize(("column", "word"), [("nksHoTen", 2), ("nksDanToc", None)])
def test_a_correction_stands_apart_from_what_was_struck_out(column: str, word: int | None, above: bool) -> None:
    sheet = drawn(Slips(corrections={column: Correction("Páo", word, above)}))
    struck, value = sheet.aside[f"struck {column}"], sheet.boxes[column]
    assert struck.text == "Páo"
    assert len(value) == len(sheet.writing.fields[column].split())
    right = value[word or 0]
    gone = around(struck.boxes)
    if above:
        assert right[3] <= gone[1] + 8
    else:
        assert right[0] > gone[2]
    for box in (right, gone):
        assert dark_share(sheet.image, box) > 0.08


def test_struck_ink_is_crossed_by_a_stroke() -> None:
    plain, struck = drawn(Slips()), drawn(Slips(corrections={"nksDanToc": Correction("Mông", None, above=False)}))
    (box,) = struck.aside["struck nksDanToc"].boxes
    beyond = (box[2] + 2, box[1], box[2] + 6, box[3])  # the stroke is longer than the word
    assert dark_share(struck.image, beyond) > 0
    assert plain.aside == {}


@pytest.mark.parametrize("how", OVERRUNS)
def test_an_overrunning_value_leaves_its_blank(how: Overrun) -> None:
    sheet = drawn(Slips(overruns={"meHoTen": how}))
    (blank,) = sheet.blanks[("meHoTen",)]
    words = sheet.boxes["meHoTen"]
    assert len(words) == len(sheet.writing.fields["meHoTen"].split())
    if how == "below":
        assert words[-1][1] > blank.baseline - 12
    else:
        assert words[-1][2] > blank.x1 + 20
    if how == "climbs":
        assert words[-1][3] < words[0][3] - 8
    assert all(dark_share(sheet.image, word) > 0.05 for word in words)


@pytest.mark.parametrize("mark", MARKS)
def test_every_way_to_tick_leaves_its_own_ink(mark: Mark) -> None:
    page, square = Image.new("RGB", (120, 120), "white"), (40.0, 40.0, 80.0, 80.0)
    tick(page, square, PEN, Random(2), mark)
    inside = dark_share(page, (46, 46, 74, 74)) if mark != "filled" else np.asarray(page)[46:74, 46:74, 0].mean() < 128
    outside = np.asarray(page, np.int16)[:38].min() < 128
    assert bool(inside) == (mark != "circled")
    assert outside == (mark == "circled")


def test_a_note_in_the_margin_stands_beside_the_frame() -> None:
    sheet = drawn(Slips(margin_note="Đã cấp trích lục"))
    note = sheet.aside["note"]
    assert note.text == "Đã cấp trích lục"
    assert len(note.boxes) == 4
    assert all(box[2] < FRAME[0] and box[3] <= FRAME[3] and box[1] >= FRAME[1] for box in note.boxes)
    assert all(dark_share(sheet.image, box) > 0.05 for box in note.boxes)


@pytest.mark.parametrize("stamp", [stamp_round, stamp_lines])
def test_a_stamp_lies_in_its_box_and_lets_writing_through(stamp: object) -> None:
    page = Image.new("RGB", (600, 600), "white")
    ImageDraw.Draw(page).line((0, 300, 600, 300), fill=(20, 20, 20), width=9)
    text, (x0, y0, x1, y1) = stamp(page, (300, 300), "tinos", Random(1))  # type: ignore[operator]
    pixels = np.asarray(page, np.int16)
    red = (pixels[..., 0] - pixels[..., 1]) > 60
    rows, columns = np.nonzero(red)
    assert text.isupper()
    assert x0 - 2 <= columns.min() and columns.max() <= x1 + 2
    assert y0 - 2 <= rows.min() and rows.max() <= y1 + 2
    assert (pixels[300] < 40).all()


def test_faded_ink_loses_more_than_print() -> None:
    sheet = drawn(Slips())
    pens = [box for parts in sheet.boxes.values() for box in parts]
    faded = np.asarray(fade(sheet.image, pens, 0.6, 1), np.float64)
    before = np.asarray(sheet.image, np.float64)
    x0, y0, x1, y1 = (int(edge) for edge in sheet.boxes["nksHoTen"][0])
    lost = (255 - faded[y0:y1, x0:x1]).sum() / (255 - before[y0:y1, x0:x1]).sum()
    frame = (255 - faded[600:1800, FRAME[0]]).sum() / (255 - before[600:1800, FRAME[0]]).sum()
    assert lost < 0.6 < frame


def test_the_back_shines_through_mirrored_and_stains_darken() -> None:
    page, back = Image.new("RGB", (400, 600), "white"), Image.new("RGB", (400, 600), "white")
    ImageDraw.Draw(back).rectangle((20, 200, 120, 400), fill="black")
    seen = np.asarray(shine_through(page, back, 0.3, 1).convert("L"), np.float64)
    assert seen[300, 320] < 235 < seen[300, 80]
    stained = np.asarray(stain(page, 3, 2))
    assert stained.mean() < 254
    assert stained[..., 2].mean() < stained[..., 0].mean()  # brown


@pytest.mark.parametrize("side", ["left", "right"])
def test_boxes_go_along_when_the_page_is_bent(side: str) -> None:
    page, marks = Image.new("RGB", (800, 1200), "white"), {}
    for number, at in enumerate([(30, 100), (60, 1080), (400, 600), (700, 90), (740, 1100)]):
        box = (float(at[0]), float(at[1]), at[0] + 40.0, at[1] + 30.0)
        ImageDraw.Draw(page).rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill="black")
        marks[str(number)] = [box]
    bent, boxes = bend(page, marks, Bend(side="left" if side == "left" else "right", shade=0.0))
    grey = np.asarray(bent.convert("L"))
    for (x0, y0, x1, y1), *_ in boxes.values():
        near = grey[round(y0) - 12 : round(y1) + 12, max(0, round(x0) - 12) : round(x1) + 12]
        rows, columns = np.nonzero(near < 128)
        left = max(0, round(x0) - 12)
        assert abs(columns.min() + left - x0) < 4 and abs(columns.max() + left + 1 - x1) < 4
        assert abs(rows.min() + round(y0) - 12 - y0) < 4 and abs(rows.max() + round(y0) - 11 - y1) < 4
    assert boxes["2"] == [pytest.approx(marks["2"][0], abs=0.5)]  # far from the binding nothing moves


def test_a_thumb_covers_its_box_and_keeps_off_the_middle() -> None:
    page = Image.new("RGB", (500, 700), "white")
    seen, boxes = photograph(page, {}, Camera(thumb=True, grain=0.0), 3)
    x0, y0, x1, y1 = boxes["thumb"]
    middle = np.asarray(seen)[(y0 + y1) // 2, (x0 + x1) // 2].astype(int)
    assert middle[0] > middle[2] + 25  # skin
    assert np.asarray(seen)[350, 275].min() > 235


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damage_keeps_the_truth(damage: str) -> None:
    page = draw_hard(FORM, damage, ("patrick-hand",), ("tinos",), Random(5))
    assert set(page.boxes) == set(page.fields)
    width, height = page.image.size
    assert all(0 <= x0 < x1 <= width and 0 <= y0 < y1 <= height for x0, y0, x1, y1 in page.boxes.values())
    shown = {column: box for column, box in page.boxes.items() if not _under_thumb(box, page.aside)}
    least = 12 if damage in ("faded", "worn", "shadow") else 40
    assert all(dark_share(page.image, box, least) > 0.02 for box in shown.values())
    _check_aside(page, damage)


def _check_aside(page: HardPage, damage: str) -> None:
    kinds = {name.split(" ")[0] if name.startswith("struck") else name for name in page.aside}
    wanted = {
        "corrected": {"struck"},
        "margin note": {"note"},
        "thumb": {"thumb"},
        "worn": {"struck", "note", STAMPS[0]},
    }
    assert kinds == wanted.get(damage, {damage} if damage in STAMPS else set())
    assert bool(page.touched) or damage not in ("corrected", "overrun", *STAMPS)


def _under_thumb(box: Sequence[int], aside: Mapping[str, tuple[str, Sequence[int]]]) -> bool:
    _, (x0, y0, x1, y1) = aside.get("thumb", ("", (0, 0, 0, 0)))
    return min(box[2], x1) > max(box[0], x0) and min(box[3], y1) > max(box[1], y0)


def test_the_same_seed_draws_the_same_page() -> None:
    first, second, third = (draw_hard(FORM, "corrected", ("itim",), ("tinos",), Random(seed)) for seed in (1, 1, 2))
    assert first.fields == second.fields != third.fields
    assert np.array_equal(np.asarray(first.image), np.asarray(second.image))


def test_an_unknown_damage_is_refused() -> None:
    with pytest.raises(ValueError, match="burnt"):
        draw_hard(FORM, "burnt", ("itim",), ("tinos",), Random(1))
