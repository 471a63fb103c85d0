"""The lines of a page: found by the engine, parted where nothing is written, skimmed; values are read."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.ocr.engine import Engine, Image, Line, Posterior
from digitize.ocr.ink import crop_of

GAP = 2.0  # of a line's height: wider stretches without writing are not read
BESIDE = 0.4  # of it: what is read beside the writing; the engine's own boxes leave out commas at their end


def read_lines(engine: Engine, page: Image, writing: NDArray[np.uint8], closely: bool = False) -> list[Line]:
    """All text on the page (H x W x 3, BGR); `writing`: 255 on ink without leaders, rulings; `closely` as in find."""
    boxes = [part for box in engine.find(page, closely) for part in written_parts(writing, box)]
    posteriors = engine.skim([crop_of(page, box) for box in boxes])
    return [Line(box, posterior) for box, posterior in zip(boxes, posteriors, strict=True)]


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
