"""Strokes through words: level, slanted, or to and fro until the word is a tangle (OpenCV)."""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.ocr.rows import around

Ink = NDArray[np.uint8]

# All lengths are parts of the usual height of a value's box on the page. Chosen on 240 struck and 200 clean lines in 17
# pens; of as many in 17 others 41 of 60 level strokes, 50 of 60 double ones, 39 of 60 slanted ones and 24 of 60 zigzags
# were found. Since figures that touch are no tangles any more, 3 of 997 clean lines in training's pens are taken for
# struck instead of 22, and 42 of 338 words struck to and fro are found instead of 72; a clean number cut up costs more.
SLOPES = (0.03, -0.03, 0.06, -0.06, 0.12, -0.12, 0.19, -0.19, 0.27, -0.27)
LONG, FLAT = 1.0, 0.2  # a stroke through words: at least so long, at most so high; bars of letters are mostly shorter
WITHIN = 0.3  # above and below a stroke stands the word that it strikes
END = 0.2  # of a stroke's end is looked at
SHORT_CROSSED, SHORT_FREE = (0.25, 0.25), 0.12  # of a short level stroke's columns have letters above, below; free ends
THICK = 2  # pixels at least: where school cursive joins its letters, a level run is thinner
LONG_CROSSED, LONG_FREE, LONGER = (
    (0.3, 0.15),
    0.04,
    1.4,
)  # of one so long that no letter has it; underlines have few below
RIM = (
    5,
    13,
)  # pixels, high and wide, around a stroke that are its own: it may slant a little otherwise than looked for
WIDE, TALL = 0.6, 0.3  # the least sides of a tangle
HOLES, HOLES_ALONG, DENSE = 5, 1.5, 0.3  # it encloses, in all and along its width; of its box it fills
MANY, IN_TWO, IN_THREE = 7, 0.08, 0.02  # of its columns have two above each other, if there are so many, or three
MORE_THAN_FIGURES = 9  # so many are a tangle wherever they stand
LEAST_HOLE, LARGEST_HOLE = 3, 0.25  # pixels; part of the square of the usual height


def find_strokes(ink: Ink, box: Box, unit: float) -> list[Box]:
    """Strokes through words in a value's box, left to right; all through the same word are one."""
    part = np.ascontiguousarray(ink[box.y0 : box.y1, box.x0 : box.x1])
    level = [(stroke, _goes_on(ink, _moved(stroke, box), unit)) for stroke in _level(part, unit)]
    found = [stroke for stroke, goes_on in level if not goes_on and _crosses(part, stroke, unit, is_level=True)]
    part = _without(part, [stroke for stroke, goes_on in level if goes_on])
    joined = np.asarray(cv2.connectedComponentsWithStats(part)[2][1:], np.int32)
    if any(width >= LONGER * unit for width in joined[:, cv2.CC_STAT_WIDTH]):
        found += [stroke for slope in SLOPES for stroke in _slanted(part, slope, unit)]
    words: list[Box] = []
    for stroke in sorted((*found, *_tangles(part, joined, unit)), key=lambda stroke: stroke.x0):
        if words and stroke.x0 <= words[-1].x1 + unit / 3:
            words[-1] = around((words[-1], stroke))
        else:
            words.append(stroke)
    return [_moved(word, box) for word in words]


def _moved(part: Box, box: Box) -> Box:
    return Box(box.x0 + part.x0, box.y0 + part.y0, box.x0 + part.x1, box.y0 + part.y1)


def _without(part: Ink, strokes: list[Box]) -> Ink:
    part = part.copy()
    for stroke in strokes:
        part[stroke.y0 : stroke.y1, stroke.x0 : stroke.x1] = 0
    return part


def _level(part: Ink, unit: float) -> list[Box]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(_runs(part, unit))
    thin = [each for each in stats[1:] if THICK <= each[3] - 2 <= FLAT * unit - 2]  # grown by a pixel on each side
    return [Box(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in thin]


def _runs(part: Ink, unit: float) -> Ink:
    """Level runs of ink, at least LONG."""
    level = cv2.morphologyEx(part, cv2.MORPH_OPEN, np.ones((1, max(3, int(LONG * unit))), np.uint8))
    return np.asarray(cv2.dilate(level, np.ones((3, 3), np.uint8)), np.uint8)


def _slanted(part: Ink, slope: float, unit: float) -> list[Box]:
    """Strokes that fall by `slope`: level ones in a picture whose columns are moved up by it."""
    height, width = part.shape
    room = int(abs(slope) * width / 2) + 1
    shear = np.array([(1, 0, 0), (-slope, 1, slope * width / 2 + room)], np.float32)
    seen = np.asarray(cv2.warpAffine(part, shear, (width, height + 2 * room), flags=cv2.INTER_NEAREST), np.uint8)
    strokes = [stroke for stroke in _level(seen, unit) if _crosses(seen, stroke, unit, is_level=False)]
    return [_back(stroke, slope, slope * width / 2 + room, height) for stroke in strokes]


def _back(stroke: Box, slope: float, lowered: float, height: int) -> Box:
    ends = sorted(int((stroke.y0 + stroke.y1) / 2 - lowered + slope * x) for x in (stroke.x0, stroke.x1))
    return Box(stroke.x0, max(0, ends[0]), stroke.x1, min(height, ends[1] + 1))


def _goes_on(ink: Ink, stroke: Box, unit: float) -> bool:
    """Whether the stroke is part of a longer one, as rulings are, that runs out of the box."""
    rows, beyond = slice(max(0, stroke.y0 - 2), stroke.y1 + 2), int(unit)
    sides = ink[rows, max(0, stroke.x0 - beyond) : stroke.x0], ink[rows, stroke.x1 : stroke.x1 + beyond]
    return any(side.size > 0 and float(side.any(axis=0).mean()) > 0.9 for side in sides)


def _crosses(part: Ink, stroke: Box, unit: float, is_level: bool) -> bool:
    """Whether letters stand above and below the stroke, and its ends run out of them.

    An underline or a dash has no letters on both sides; joined letters and their bars end in a letter.
    """
    over, under, free = _beside(part, stroke, unit)
    is_long = stroke.x1 - stroke.x0 >= LONGER * unit
    if is_long and over >= LONG_CROSSED[0] and under >= LONG_CROSSED[1] and free >= LONG_FREE * unit:
        return True
    return is_level and over >= SHORT_CROSSED[0] and under >= SHORT_CROSSED[1] and free >= SHORT_FREE * unit


def _beside(part: Ink, stroke: Box, unit: float) -> tuple[float, float, int]:
    """The part of the stroke's columns that has letters above and below, and its columns at the ends that have none."""
    letters = np.where(cv2.dilate(_runs(part, unit), np.ones(RIM, np.uint8)) > 0, np.uint8(0), part)
    reach, end = int(WITHIN * unit), round(END * unit)
    left = max(0, stroke.x0 - end)
    columns = slice(left, stroke.x1 + end)
    over = letters[max(0, stroke.y0 - reach) : max(0, stroke.y0 - 1), columns].sum(axis=0) > 0
    under = letters[stroke.y1 + 1 : stroke.y1 + reach, columns].sum(axis=0) > 0
    drawn = part[max(0, stroke.y0 - 1) : stroke.y1 + 1, columns].sum(axis=0) > 0
    alone = drawn & ~over & ~under
    first, last = stroke.x0 - left, stroke.x1 - left
    free = int(alone[: first + end // 2].sum()) + int(alone[last - end // 2 :].sum())
    return float(over[first:last].mean()), float(under[first:last].mean()), free


def _tangles(part: Ink, joined: NDArray[np.int32], unit: float) -> list[Box]:
    """Words struck to and fro: they enclose more small pieces of paper than letters do.

    `joined` tells of each piece of ink its left, top, width, height and area.
    """
    large = (
        (joined[:, 2] >= WIDE * unit)
        & (joined[:, 3] >= TALL * unit)
        & (joined[:, 4] >= DENSE * joined[:, 2] * joined[:, 3])
    )
    if not large.any():
        return []
    framed = np.pad(part, 1)
    _, _, holes, _ = cv2.connectedComponentsWithStats((framed == 0).astype(np.uint8), connectivity=4)
    is_hole = (holes[:, 4] >= LEAST_HOLE) & (holes[:, 4] < LARGEST_HOLE * unit * unit) & (holes[:, 0] > 0)
    found = []
    for x, y, width, height, _ in joined[large]:
        ends = holes[:, 0] + holes[:, 2] - 1, holes[:, 1] + holes[:, 3] - 1
        within = (holes[:, 0] > x) & (holes[:, 1] > y) & (ends[0] <= x + width) & (ends[1] <= y + height)
        inner = holes[is_hole & within]
        if len(inner) >= max(HOLES, HOLES_ALONG * width / unit) and _are_tangled(inner, x + 1, width):
            found.append(Box(int(x), int(y), int(x + width), int(y + height)))
    return found


def _are_tangled(holes: NDArray[np.int32], left: int, width: int) -> bool:
    """Whether there are more holes than figures that touch enclose, or they stand above each other.

    Those of figures stand side by side, but for an 8's.
    """
    piled = np.zeros(width, np.int32)
    for x, _, wide, _, _ in holes:
        piled[x - left : x - left + wide] += 1
    in_two, in_three = float((piled > 1).mean()), float((piled > 2).mean())
    return len(holes) >= MORE_THAN_FIGURES or in_three >= IN_THREE or (len(holes) >= MANY and in_two >= IN_TWO)
