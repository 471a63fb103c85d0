"""The lines of a page: found by the engine, parted where nothing is written, read; values looked at once more."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.ocr.decode import best_path
from digitize.ocr.engine import Engine, Image, Line, Posterior
from digitize.ocr.ink import crop_of

GAP = 2.0  # of a line's height: wider stretches without writing are not read
BESIDE = 0.4  # of it: what is read beside the writing; the engine's own boxes leave out commas at their end
SHORT = 0.15  # of it: how much of its room a value may lack at first sight
SURE = 0.98  # of the least sure letter: a value so clear at first sight is not read again


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


def read_rooms(engine: Engine, page: Image, rooms: Sequence[Box], lines: Sequence[Line]) -> list[Posterior]:
    """What is written in each room: of the page's lines where it was clear at first sight, else read by itself."""
    seen = [_at_first_sight(room, lines) for room in rooms]
    crops = [crop_of(page, room) for room, posterior in zip(rooms, seen, strict=True) if posterior is None]
    looked = iter(engine.read(crops))
    return [posterior or next(looked) for posterior in seen]


def _at_first_sight(room: Box, lines: Sequence[Line]) -> Posterior | None:
    """The room's part of the one line that fills it, if every letter there is sure."""
    middle, height = (room.y0 + room.y1) / 2, room.y1 - room.y0
    over = [
        line for line in lines if line.box.y0 < middle < line.box.y1 and line.box.x0 < room.x1 and line.box.x1 > room.x0
    ]
    if len(over) != 1 or over[0].box.x0 > room.x0 + SHORT * height or over[0].box.x1 < room.x1 - SHORT * height:
        return None
    piece = over[0].between(max(over[0].box.x0, room.x0), min(over[0].box.x1, room.x1)).posterior
    return piece if min(best_path(piece).sureness, default=0.0) >= SURE else None
