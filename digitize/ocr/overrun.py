"""Values that run on past the end of their blank, over the ruling there (OpenCV)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digitize.books.doubts import Doubt
from digitize.books.entry import Box, Candidate, Problem
from digitize.books.forms import Form
from digitize.ocr.layout import Layout, Place

# All are parts of the line's height.
NEAR = 0.45  # between two letters on both sides of the ruling; what is printed behind it stands farther off (0.65)
WORDS_APART = 0.6
FARTHEST, LEAST = 3.5, 0.35  # past the end of the blank
CLIMB = 0.35  # of a line that climbs there
ROOM = 0.15
SUREST = 0.5  # what is claimed at most: the ruling runs through a letter, print may stand among the rest


def with_overruns(layout: Layout, ink: NDArray[np.uint8]) -> tuple[Layout, tuple[Place, ...]]:
    """The layout with the blanks that a value runs out of as long as the value, and these places.

    `ink`: 255 on the page's ink without leaders and rulings.
    """
    places = tuple(_let_run_on(place, ink) for place in layout.places)
    longer = tuple(place for place, before in zip(places, layout.places, strict=True) if place.boxes != before.boxes)
    return replace(layout, places=places), longer


def _let_run_on(place: Place, ink: NDArray[np.uint8]) -> Place:
    if not place.boxes or place.label_behind or not place.item.printed or place.item.kind == "signature":
        return place
    first, *rest = place.boxes
    return replace(place, boxes=(_run_on(first, ink), *rest))


def _run_on(blank: Box, ink: NDArray[np.uint8]) -> Box:
    """The blank up to where the writing ends that goes on over its end; as it is where none does."""
    height = blank.y1 - blank.y0
    start, stop = max(0, blank.x1 - int(NEAR * height)), blank.x1 + int(FARTHEST * height)
    top = max(0, blank.y0 - int(CLIMB * height))
    columns = start + np.flatnonzero(ink[top : blank.y1, start:stop].any(axis=0))
    if not columns.size or columns[0] > blank.x1:
        return blank
    end, near = int(columns[0]), NEAR * height
    for column in columns.tolist():
        if column - end > near:
            break
        end = column
        near = (WORDS_APART if end > blank.x1 + LEAST * height else NEAR) * height
    if end <= blank.x1 + LEAST * height:
        return blank
    return Box(blank.x0, top, min(ink.shape[1], end + int(ROOM * height)), blank.y1)


def doubted_overruns(
    form: Form, candidates: Mapping[str, Candidate], places: Sequence[Place]
) -> tuple[dict[str, Candidate], tuple[Problem, ...]]:
    """The candidates with those of these places doubtful, and what to tell the officer about them."""
    columns = {column for place in places for column in place.item.columns if column in candidates}
    doubted = {
        column: each.doubted(Doubt.OVERRUN, SUREST) if column in columns else each
        for column, each in candidates.items()
    }
    labels = dict.fromkeys(form.label_of(column) for column in form.columns() if column in columns)
    message = f"Chữ viết tràn ra ngoài dòng kẻ ở: {'; '.join(labels)}. Hãy so với ảnh."
    return doubted, (Problem("overrun", message),) if columns else ()
