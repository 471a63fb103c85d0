"""The lines of a page: found by the engine, parted where nothing is written, skimmed; values are read."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.ocr.engine import Engine, Image, Line, Posterior
from digitize.ocr.ink import crop_of

GAP = 2.0  # of a line's height: wider stretches without writing are not read
BESIDE = 0.4  # of it: what is read beside the writing; the engine's own boxes leave out commas at their end
UPRIGHT = 4.0  # times as tall as a page's usual line, and taller than wide: written upwards or downwards


def read_lines(
    engine: Engine, page: Image, writing: NDArray[np.uint8], closely: bool = False
) -> tuple[list[Line], list[Box]]:
    """All text on the page (H x W x 3, BGR), and where something stands upright, which is not read.

    `writing`: 255 on ink without leaders, rulings; `closely` as in find.
    """
    found = engine.find(page, closely)
    tall = UPRIGHT * float(np.median([box.y1 - box.y0 for box in found] or [0]))
    upright = [box for box in found if box.y1 - box.y0 > max(tall, box.x1 - box.x0)]
    boxes = [part for box in found if box not in upright for part in written_parts(writing, box)]
    posteriors = engine.skim([crop_of(page, box) for box in boxes])
    lines = [Line(box, posterior) for box, posterior in zip(boxes, posteriors, strict=True)]
    return lines, [part for box in upright if (part := _written_part(writing, box))]


def _written_part(writing: NDArray[np.uint8], box: Box) -> Box | None:
    rows, columns = (np.flatnonzero(writing[box.y0 : box.y1, box.x0 : box.x1].any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return None
    (x0, x1), (y0, y1) = ((int(each[0]), int(each[-1]) + 1) for each in (columns, rows))
    return Box(box.x0 + x0, box.y0 + y0, box.x0 + x1, box.y0 + y1)


def written_parts(writing: NDArray[np.uint8], box: Box) -> list[Box]:
    """The parts of a line that hold writing, left to right; most of a form is blank."""
    height = box.y1 - box.y0
    columns = np.flatnonzero(writing[box.y0 : box.y1, box.x0 : box.x1].any(axis=0))
    if not columns.size:
        return []
    ends = np.flatnonzero(np.diff(columns) > GAP * height)
    starts = [columns[0], *columns[ends + 1]]
    stops = [*columns[ends], columns[-1]]
    room = int(BESIDE * height)
    return [
        Box(max(0, box.x0 + int(start) - room), box.y0, min(writing.shape[1], box.x0 + int(stop) + room), box.y1)
        for start, stop in zip(starts, stops, strict=True)
    ]


def read_closer(engine: Engine, page: Image, lines: Sequence[Line]) -> list[Line]:
    """The lines read once more with all care: labels get lost when their print is small beside a large pen."""
    posteriors = engine.read([crop_of(page, line.box) for line in lines])
    return [Line(line.box, posterior) for line, posterior in zip(lines, posteriors, strict=True)]


def read_rooms(engine: Engine, page: Image, rooms: Sequence[Box]) -> list[Posterior]:
    """What is written in each room, read with all care."""
    return engine.read([crop_of(page, room) for room in rooms])
