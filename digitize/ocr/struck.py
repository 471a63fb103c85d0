"""Words struck out, and what was written above them in their stead (OpenCV)."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.ocr.ink import draw_in, with_room
from digitize.ocr.layout import Layout, Place
from digitize.ocr.rows import around
from digitize.ocr.strokes import find_strokes

# All are parts of the usual height of a value's box on the page, chosen on 10 drawn pages with corrections.
BESIDE = 0.6  # from the stroke to the upper and lower edge of its line
BAND = 0.3  # from the stroke to the upper edge of the struck word's small letters
LETTER, TALL, AIR = 0.15, 0.35, 0.08  # the least height of a letter above, of what counts as writing; room around it
ABOVE = 1.45  # from the stroke to the upper edge of what was written above it
BEFORE, BEHIND = 1.2, 1.5  # how far to the sides that reaches


def without_struck(
    layout: Layout, ink: NDArray[np.uint8], pen: NDArray[np.uint8]
) -> tuple[Layout, dict[str, tuple[Box, ...]]]:
    """The layout without struck words, and by item field the rooms as they were where words are struck.

    `ink` is without leaders; rulings are left in it, since strokes look like them; `pen` is without both. What is
    written above struck words stands in their place.
    """
    unit = median([box.y1 - box.y0 for place in layout.places for box in place.boxes] or [0])
    strokes = {
        box: found
        for place in layout.places
        for box in place.boxes
        if place.item.field and (found := find_strokes(ink, box, unit))
    }
    if not strokes:
        return layout, {}
    inks = ink, pen
    places, above, before = list[Place](), list[Box](), dict[str, tuple[Box, ...]]()
    for place in layout.places:
        if not any(box in strokes for box in place.boxes):
            places.append(place)
            continue
        pieces = [_pieces(inks, box, strokes.get(box, []), unit) for box in place.boxes]
        kept = tuple(box for boxes, _ in pieces for box in boxes)
        rooms = dict(zip(place.boxes, place.rooms, strict=True))
        places.append(replace(place, boxes=kept, rooms=tuple(rooms.get(box, with_room(box, box)) for box in kept)))
        above += [box for _, written in pieces for box in written]
        before[str(place.item.field)] = place.rooms
    return replace(layout, places=tuple(_free_of(place, above) for place in places)), before


def _pieces(
    inks: tuple[NDArray[np.uint8], NDArray[np.uint8]], box: Box, strokes: Sequence[Box], unit: float
) -> tuple[list[Box], list[Box]]:
    """The box without its struck words, from left to right, and which of these pieces stand above them.

    `inks` is all ink, and that without rulings: what is written above in a table's cell may touch them.
    """
    ink, free = inks
    pieces, written, x = list[Box](), list[Box](), box.x0
    for stroke in strokes:
        middle = (stroke.y0 + stroke.y1) // 2
        top, bottom = max(box.y0, int(middle - BESIDE * unit)), min(box.y1, int(middle + BESIDE * unit))
        pieces += _drawn(ink, Box(x, top, stroke.x0, bottom))
        above = _written_above(free, stroke, unit)
        pieces += above
        written += above
        x = stroke.x1
    if strokes:
        return [*pieces, *_drawn(ink, Box(x, top, box.x1, bottom))], written
    return [box], []


def _drawn(ink: NDArray[np.uint8], box: Box) -> list[Box]:
    """The box drawn in to its writing, if it holds any."""
    drawn = draw_in(ink, box) if box.x1 - box.x0 > (box.y1 - box.y0) / 4 else None
    return [drawn] if drawn else []


def _written_above(ink: NDArray[np.uint8], stroke: Box, unit: float) -> list[Box]:
    """The box around the writing that stands above a struck word and does not belong to the line above."""
    middle = (stroke.y0 + stroke.y1) // 2
    x0, x1 = max(0, int(stroke.x0 - BEFORE * unit)), int(stroke.x1 + BEHIND * unit)
    y0, y1 = max(0, int(middle - ABOVE * unit)), int(middle - BAND * unit)
    part = ink[y0:y1, x0:x1]
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(part))
    letters = [
        Box(int(x), int(y), int(x + w), int(y + h))
        for x, y, w, h, _ in stats[1:]
        if y > 1 and h >= LETTER * unit and x > 0 and x + w < x1 - x0
    ]
    if not letters:
        return []
    found = around(letters)
    over = [letter for letter in letters if letter.x0 < stroke.x1 - x0 and letter.x1 > stroke.x0 - x0]
    if y1 - y0 - min((letter.y0 for letter in over), default=y1 - y0) < TALL * unit:
        return []  # the heads of the struck letters themselves
    room = int(AIR * unit)
    return [Box(x0 + found.x0 - room, max(0, y0 + found.y0 - room), x0 + found.x1 + room, y1 + room)]


def _free_of(place: Place, above: Sequence[Box]) -> Place:
    """The place without boxes that hold nothing but what stands above a struck word of another line."""
    both = zip(place.boxes, place.rooms, strict=True)
    kept = [(box, room) for box, room in both if box in above or not _lies_in(box, above)]
    return replace(place, boxes=tuple(box for box, _ in kept), rooms=tuple(room for _, room in kept))


def _lies_in(box: Box, others: Sequence[Box]) -> bool:
    area = (box.x1 - box.x0) * (box.y1 - box.y0)
    shared = [
        max(0, min(box.x1, other.x1) - max(box.x0, other.x0)) * max(0, min(box.y1, other.y1) - max(box.y0, other.y0))
        for other in others
    ]
    return any(part > area / 2 for part in shared)
