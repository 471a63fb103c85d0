"""The ruling of a ledger's page: its columns, its rows, and rows struck out from side to side (OpenCV)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.ocr.ink import A4_WIDTH_MM
from digitize.ocr.rulings import find_rulings

WIDE, TALL = 0.5, 0.4  # a ledger's rulings: part of the page's width, of its height
ACROSS = 0.9  # of the width between the outermost upright rulings
FEWEST_COLUMNS, FEWEST_ROWS = 2, 3
NEAR_MM = 2.5  # rulings closer than this are one, drawn twice or broken
EVEN, FEWEST_EVEN = 0.08, 3  # rows of one height differ by so much of it; so many must agree before any is mended
SLOPES = (0.005, -0.005, 0.01, -0.01, 0.018, -0.018)  # of strokes drawn through a row by hand
STEP = 4  # columns of pixels of which one is looked at
INSIDE = 0.2  # of a row's height: so far from its edges a stroke is no ruling


@dataclass(frozen=True, slots=True)
class Grid:
    """The ruling of a page: x of its column edges, y of its row edges, both ascending; the first row holds heads.

    `struck` are the rows, from 0, through which a stroke runs.
    """

    columns: tuple[int, ...]
    rows: tuple[int, ...]
    struck: frozenset[int] = frozenset()


def find_grid(ink: NDArray[np.uint8]) -> Grid | None:
    """The ruling of a ledger's page, `ink` 255 on ink; None where there are too few rulings for one."""
    levels, uprights = find_rulings(ink, WIDE, TALL)
    near = NEAR_MM * ink.shape[1] / A4_WIDTH_MM
    columns = _apart([(box.x0 + box.x1) // 2 for box in uprights], near)
    across = ACROSS * (columns[-1] - columns[0]) if columns else 0  # a table in a page form fills its left cell only
    rows = _apart([_middle(box) for box in levels if box.x1 - box.x0 >= across], near)
    if len(columns) < FEWEST_COLUMNS + 1 or len(rows) < FEWEST_ROWS + 1:
        return None
    rows = [rows[0], *_evened(rows[1:])]
    slanted = [y for slope in SLOPES for y in _slanted(ink, slope)]
    return Grid(tuple(columns), tuple(rows), _struck(rows, [*map(_middle, levels), *slanted]))


def _slanted(ink: NDArray[np.uint8], slope: float) -> list[int]:
    """How far down the middles of long strokes stand that fall by `slope`."""
    thick = cv2.dilate(ink, np.ones((3, 3), np.uint8))[:, ::STEP]  # what slants a little still runs level for a while
    height, width = thick.shape
    shear = np.array([(1, 0, 0), (-slope * STEP, 1, slope * STEP * width / 2)], np.float32)
    seen = cv2.warpAffine(thick, shear, (width, height), flags=cv2.INTER_NEAREST)
    runs = cv2.morphologyEx(seen, cv2.MORPH_OPEN, np.ones((1, int(WIDE * width)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(runs)
    return [round(y + h / 2 + slope * STEP * (x + w / 2 - width / 2)) for x, y, w, h, _ in stats[1:]]


def _middle(box: Box) -> int:
    return (box.y0 + box.y1) // 2


def _apart(places: Sequence[int], near: float) -> list[int]:
    kept: list[int] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > near:
            kept.append(place)
    return kept


def _evened(rows: Sequence[int]) -> list[int]:
    """Where most rows are of one height: with rulings where one is missing, without strokes that divide a row."""
    gaps = [below - above for above, below in pairwise(rows)]
    height = max(gaps, key=lambda gap: (sum(_alike(gap, other) for other in gaps), gap))
    if sum(_alike(height, other) for other in gaps) < FEWEST_EVEN:
        return list(rows)
    evened = [rows[0]]
    for number, row in enumerate(rows[1:], start=1):
        gap = row - evened[-1]
        following = rows[number + 1] - evened[-1] if number + 1 < len(rows) else 0
        if not _alike(height, gap) and _alike(height, following):
            continue
        parts = round(gap / height)
        if parts > 1 and _alike(parts * height, gap):
            evened += [evened[-1] + gap * part // parts for part in range(1, parts)]
        evened.append(row)
    return evened


def _alike(height: float, other: float) -> bool:
    return abs(other - height) <= EVEN * height


def _struck(rows: Sequence[int], levels: Sequence[int]) -> frozenset[int]:
    """Rows below the heads inside which a long level stroke runs."""
    inside = [(above + INSIDE * (below - above), below - INSIDE * (below - above)) for above, below in pairwise(rows)]
    return frozenset(
        number
        for number, (first, last) in enumerate(inside)
        if number and any(first < level < last for level in levels)
    )
