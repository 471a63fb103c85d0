"""A level page image -> its form and the candidates of its entries: the order of work of reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box, Candidate, Problem
from digitize.books.forms import Form
from digitize.ocr.agree import held_in_order, held_together, with_dittos
from digitize.ocr.cells import split_cells
from digitize.ocr.engine import Engine, Image, Line, Posterior
from digitize.ocr.entries import entry_bands, moved_down
from digitize.ocr.extract import candidates_of, missing_labels
from digitize.ocr.ink import crop_of, draw_in, ink_of
from digitize.ocr.labels import best_fit
from digitize.ocr.layout import Layout, place_values
from digitize.ocr.leaders import leader_dots
from digitize.ocr.ledger import read_ledger
from digitize.ocr.narrow import read_narrow_again
from digitize.ocr.rulings import find_frame, without_rulings
from digitize.ocr.ticks import find_tick_boxes

SURE_SHARE = 0.95  # of a form's labels; below it a closer look is worth its time
LEAST_SHARE = 0.7  # sample pages fit their own form from 0.93 on, the other two forms up to 0.62
LEAST_WRITTEN = 3  # values of one of several entries; fewer are a stamp or a speck on a form that nobody wrote in
LEAST_SHARE_TOLD = 0.4  # when a person has said which form it is


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read on one page: the form it is, or None, and its entries' candidates by column.

    Of a ledger it is the left page (`side` 0) or the right (1), and `middles` tells how far down the page each entry's
    row stands, 0..1.
    """

    form_id: str | None
    entries: tuple[Mapping[str, Candidate], ...]
    problems: tuple[Problem, ...]
    side: int | None = None
    middles: tuple[float, ...] = ()


def read_entries(engine: Engine, page: Image, forms: Sequence[Form]) -> PageReading:
    """Reads a level page (H x W x 3, BGR) that may be of any of these forms; boxes in its pixels."""
    ink = ink_of(page)
    if ledger := read_ledger(engine, page, ink, [form for form in forms if form.family == "ledger"]):
        entries = with_dittos(held_in_order([held_together(entry.candidates) for entry in ledger.entries]))
        return PageReading(
            ledger.form.form_id, entries, (), ledger.side, tuple(entry.middle for entry in ledger.entries)
        )
    forms = [form for form in forms if form.family == "page"]
    if not forms:
        return _unknown()
    frame = find_frame(ink, forms[0].left_cell)
    lines = engine.lines(page)
    cells = split_cells(lines, frame)
    fit = best_fit(forms, cells.body)
    if fit.share < SURE_SHARE:
        cells = split_cells(_closer(engine, page, lines), frame)
        fit = best_fit(forms, cells.body)
    if fit.share < (LEAST_SHARE if len(forms) > 1 else LEAST_SHARE_TOLD):
        return _unknown()
    bands = entry_bands(fit.form, cells.body, page.shape[0])
    if len(bands) > 1:
        return _read_bands(engine, page, fit.form, bands)
    area = Box(frame.split, frame.box.y0, frame.box.x1, frame.box.y1) if frame else Box(0, 0, *page.shape[1::-1])
    layout = place_values(fit, cells, find_tick_boxes(ink, area), frame)
    layout = only_written(layout, np.where(leader_dots(ink) > 0, np.uint8(0), without_rulings(ink)))
    candidates, problems = candidates_of(layout, _read_places(engine, page, layout))
    return PageReading(fit.form.form_id, (held_together(candidates),), (*problems, *missing_labels(layout)))


def _read_bands(engine: Engine, page: Image, form: Form, bands: Sequence[tuple[int, int]]) -> PageReading:
    """A page with several entries, each read as a page of its own; those that nobody wrote in are none."""
    readings = [read_entries(engine, page[top:bottom], [form]) for top, bottom in bands]
    entries: list[Mapping[str, Candidate]] = []
    problems: list[Problem] = []
    for reading, (top, _) in zip(readings, bands, strict=True):
        if reading.form_id is None:
            problems.append(Problem("entry_cut", "Trang có một trường hợp bị cắt. Hãy quét lại trọn trang."))
        elif len(reading.entries[0]) >= LEAST_WRITTEN:
            entries.append(moved_down(reading.entries[0], top))
            problems += reading.problems
    return PageReading(form.form_id, held_in_order(entries or [{}]), tuple(dict.fromkeys(problems)))


def _unknown() -> PageReading:
    message = "Không nhận ra biểu mẫu nào trên trang này. Kiểm tra ảnh hoặc chọn biểu mẫu bằng tay."
    return PageReading(None, (), (Problem("form_unknown", message),))


def _closer(engine: Engine, page: Image, lines: Sequence[Line]) -> list[Line]:
    """The lines with the narrow ones read again: labels get lost when their print is small beside a large pen."""
    crops = [page[line.box.y0 : line.box.y1, line.box.x0 : line.box.x1] for line in lines]
    posteriors = read_narrow_again(engine, crops, [line.posterior for line in lines])
    return [Line(line.box, posterior) for line, posterior in zip(lines, posteriors, strict=True)]


def only_written(layout: Layout, ink: NDArray[np.uint8]) -> Layout:
    """The layout with every box drawn in to its ink, and without the boxes that hold none."""
    places = []
    for place in layout.places:
        drawn = [draw_in(ink, box, place.label_behind and box is place.boxes[0]) for box in place.boxes]
        places.append(replace(place, boxes=tuple(box for box in drawn if box)))
    return replace(layout, places=tuple(places))


def _read_places(engine: Engine, page: Image, layout: Layout) -> dict[str, list[Posterior]]:
    """Reads every box of every place in one call."""
    wanted = [(place.item.field, box) for place in layout.places if place.item.field for box in place.boxes]
    crops = [crop_of(page, box) for _, box in wanted]
    posteriors = read_narrow_again(engine, crops, engine.read(crops))
    read: dict[str, list[Posterior]] = {}
    for (field, _), posterior in zip(wanted, posteriors, strict=True):
        read.setdefault(str(field), []).append(posterior)
    return read
