"""A level page image -> its form and the candidates of its entries: the order of work of reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box, Candidate, Problem
from digitize.books.forms import Form
from digitize.ocr.agree import held_in_order, held_together, with_dittos
from digitize.ocr.aside import IN_MARGIN, Aside, under_stamps
from digitize.ocr.cells import split_cells
from digitize.ocr.corrections import with_struck
from digitize.ocr.engine import Engine, Image, Line, Posterior
from digitize.ocr.entries import entry_bands, lines_between, moved, moved_down
from digitize.ocr.extract import candidates_of, missing_labels
from digitize.ocr.fitting import PART_OF_FORM, SURE_SHARE, recognise
from digitize.ocr.ink import draw_in, ink_of, with_room, without_rims
from digitize.ocr.layout import Layout, place_values
from digitize.ocr.leaders import leader_dots
from digitize.ocr.ledger import read_ledger
from digitize.ocr.lines import read_closer, read_lines, read_rooms
from digitize.ocr.overrun import doubted_overruns, with_overruns
from digitize.ocr.rows import band_of
from digitize.ocr.rulings import Frame, find_frame, without_rulings
from digitize.ocr.stamps import find_stamps, without_stamps
from digitize.ocr.stray import without_back
from digitize.ocr.struck import without_struck
from digitize.ocr.ticks import find_tick_boxes

LEAST_WRITTEN = 3  # values of one of several entries; fewer are a stamp or a speck on a form that nobody wrote in


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read on one page: the form it is, or None, and its entries' candidates by column.

    Of a ledger it is the left page (`side` 0) or the right (1), and `middles` tells how far down the page each entry's
    row stands, 0..1. `aside` is what stands on the page and is nobody's value.
    """

    form_id: str | None
    entries: tuple[Mapping[str, Candidate], ...]
    problems: tuple[Problem, ...]
    side: int | None = None
    middles: tuple[float, ...] = ()
    aside: tuple[Aside, ...] = ()


def read_entries(engine: Engine, page: Image, forms: Sequence[Form]) -> PageReading:
    """Reads a level page (H x W x 3, BGR) that may be of any of these forms; boxes in its pixels."""
    page = without_back(page)
    stamps = find_stamps(page)
    reading = _read_entries(engine, without_stamps(page, stamps), forms)
    return _with_stamps(reading, forms, stamps) if stamps else reading


def _with_stamps(reading: PageReading, forms: Sequence[Form], stamps: Sequence[Box]) -> PageReading:
    """The reading with the stamps that lie on the page, and what they lie on doubtful."""
    aside = (*reading.aside, *(Aside("stamp", box) for box in stamps))
    form = next((form for form in forms if form.form_id == reading.form_id), None)
    if form is None:
        return replace(reading, aside=aside)
    entries, told = under_stamps(form, reading.entries, stamps)
    return replace(reading, entries=entries, problems=(*reading.problems, *told), aside=aside)


def _read_entries(
    engine: Engine, page: Image, forms: Sequence[Form], lines: Sequence[Line] | None = None
) -> PageReading:
    """Reads a page, or a part of one whose `lines` were read with the whole."""
    ink = ink_of(page)
    if ledger := read_ledger(engine, page, ink, [form for form in forms if form.family == "ledger"]):
        entries = with_dittos(held_in_order([held_together(entry.candidates) for entry in ledger.entries]))
        return PageReading(
            ledger.form.form_id, entries, ledger.problems, ledger.side, tuple(entry.middle for entry in ledger.entries)
        )
    forms = [form for form in forms if form.family == "page"]
    if not forms:
        return _unknown()
    frame = find_frame(ink, forms[0].left_cell)
    pen = without_rulings(ink)
    sharp = without_rims(page, ink)
    sharp = np.asarray(cv2.subtract(sharp, leader_dots(sharp)), np.uint8)
    writing = np.asarray(cv2.bitwise_and(sharp, pen), np.uint8)
    lines, upright = read_lines(engine, page, writing) if lines is None else (lines, [])
    cells = split_cells(lines, frame)
    seen = recognise(forms, cells.body)
    if seen is None or seen.fit.share < SURE_SHARE:
        lines = read_closer(engine, page, lines)
        cells = split_cells(lines, frame)
        seen = recognise(forms, cells.body)
    if seen is None:
        return _unknown()
    fit = seen.fit
    bands = entry_bands(fit.form, cells.body, page.shape[0])
    if len(bands) > 1:
        return _with_margin(_read_bands(engine, page, fit.form, bands, lines), upright, frame)
    area = Box(frame.split, frame.box.y0, frame.box.x1, frame.box.y1) if frame else Box(0, 0, *page.shape[1::-1])
    layout = place_values(fit, cells, find_tick_boxes(ink, pen, area, len(fit.form.checkboxes)), frame)
    layout, overrun = with_overruns(layout, writing)
    layout = only_written(layout, writing, [line.box for line in lines])
    layout, struck = without_struck(layout, sharp, writing)
    rooms = {str(place.item.field): place.rooms for place in layout.places if place.item.field}
    candidates, problems = candidates_of(layout, _read_places(engine, page, rooms))
    if struck:
        candidates, told = with_struck(layout.form, candidates, _read_places(engine, page, struck))
        problems = (*problems, *told)
    if overrun:
        candidates, told = doubted_overruns(layout.form, candidates, overrun)
        problems = (*problems, *told)
    problems = (*([PART_OF_FORM] if seen.is_part else ()), *problems, *missing_labels(layout))
    aside = tuple(Aside("signature", box) for box in layout.signatures)
    reading = PageReading(fit.form.form_id, (held_together(candidates),), problems, aside=aside)
    return _with_margin(reading, upright, frame)


def _with_margin(reading: PageReading, upright: Sequence[Box], frame: Frame | None) -> PageReading:
    """The reading with what is written upright beside the frame, which nothing reads: the officer is told."""
    beside = [
        Aside("margin", box) for box in upright if frame and not frame.box.x0 < (box.x0 + box.x1) / 2 < frame.box.x1
    ]
    if not beside:
        return reading
    return replace(reading, problems=(*reading.problems, IN_MARGIN), aside=(*reading.aside, *beside))


def _read_bands(
    engine: Engine, page: Image, form: Form, bands: Sequence[tuple[int, int]], lines: Sequence[Line]
) -> PageReading:
    """A page with several entries, each read as a page of its own; those that nobody wrote in are none."""
    readings = [
        _read_entries(engine, page[top:bottom], [form], lines_between(lines, top, bottom)) for top, bottom in bands
    ]
    entries: list[Mapping[str, Candidate]] = []
    problems, aside = list[Problem](), list[Aside]()
    for reading, (top, _) in zip(readings, bands, strict=True):
        if reading.form_id is None:
            problems.append(Problem("entry_cut", "Trang có một trường hợp bị cắt. Hãy quét lại trọn trang."))
        elif len(reading.entries[0]) >= LEAST_WRITTEN:
            entries.append(moved_down(reading.entries[0], top))
            problems += reading.problems
            aside += [Aside(each.what, moved(each.box, top)) for each in reading.aside]
    told = tuple(dict.fromkeys(problems))
    return PageReading(form.form_id, held_in_order(entries or [{}]), told, aside=tuple(aside))


def _unknown() -> PageReading:
    message = "Không nhận ra biểu mẫu nào trên trang này. Kiểm tra ảnh hoặc chọn biểu mẫu bằng tay."
    return PageReading(None, (), (Problem("form_unknown", message),))


def only_written(layout: Layout, ink: NDArray[np.uint8], lines: Sequence[Box]) -> Layout:
    """The layout with every box drawn in to its ink, and without the boxes that hold none; `lines` of the page."""
    places = []
    for place in layout.places:
        behind = [place.label_behind, *[False] * len(place.boxes)]
        drawn = [
            (box, blank)
            for blank, is_label_behind in zip(place.boxes, behind, strict=False)
            if (box := draw_in(ink, blank, is_label_behind, band_of(blank, lines)))
        ]
        rooms = tuple(with_room(box, blank) for box, blank in drawn)
        places.append(replace(place, boxes=tuple(box for box, _ in drawn), rooms=rooms))
    return replace(layout, places=tuple(places))


def _read_places(engine: Engine, page: Image, rooms: Mapping[str, Sequence[Box]]) -> dict[str, list[Posterior]]:
    """What stands in every room, by field."""
    posteriors = iter(read_rooms(engine, page, [room for of_field in rooms.values() for room in of_field]))
    return {field: [next(posteriors) for _ in of_field] for field, of_field in rooms.items()}
