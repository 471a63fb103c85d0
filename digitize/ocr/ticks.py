"""Printed check boxes, and whether something was put into them or around them (OpenCV)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.ocr.ink import A4_WIDTH_MM

Coverage = NDArray[np.float32]  # 0..1

SQUARE_MM = (2.5, 9.0)  # side of a check box on A4
TICKED = 0.045  # part of a box's inside that is ink when it is ticked
RINGED = 0.85  # part of the directions in which ink stands around a box that was circled
FROM_MIDDLE = 1.2  # of a box's side: how far from its middle a ring is looked for
BEARINGS = np.linspace(0, 2 * np.pi, 72, endpoint=False)
BROKEN = 0.55, 0.2, 0.5, 0.3  # drawn at least of an outline in a known column: of all sides, of one side, of the
ALONE = 0.85, 0.6, 0.9, 0.6  # corners, more than of what stands just outside; the same where nothing tells the column
CELL = 0.6  # of the page's width: a narrower area is a cell
ALONE_MM = 3.6  # letters of print are smaller
FULL = 0.86  # of the box around it: a ring fills 0.79
BESIDE_COLUMN, OTHER_SIDE = 0.3, 0.15  # of a side: how far boxes of one column stand and measure apart


@dataclass(frozen=True, slots=True)
class TickBox:
    """A printed square, how much of its inside is ink (0..1), and in how much of all directions ink is around it."""

    box: Box
    ink: float
    ring: float = 0.0

    @property
    def ticked(self) -> bool:
        return self.ink >= TICKED or self.ring >= RINGED

    @property
    def sureness(self) -> float:
        """0.5 for ink at the threshold, 1 from twice the threshold on; a ring is never quite sure."""
        if self.ink < TICKED <= self.ring:
            return round(0.5 + 0.5 * abs(self.ring - RINGED), 4)
        return round(0.5 + 0.5 * min(1.0, abs(self.ink - TICKED) / TICKED), 4)


def find_tick_boxes(ink: NDArray[np.uint8], pen: NDArray[np.uint8], area: Box, wanted: int) -> list[TickBox]:
    """The `wanted` printed squares that stand in a column inside `area`, top to bottom; fewer where fewer are seen.

    `ink` is all ink of the page, `pen` that without rulings.

    First come those with four clean sides, then those of the same size below and above them whose outline is broken.
    """
    if not wanted:
        return []
    part = ink[area.y0 : area.y1, area.x0 : area.x1]
    mm = ink.shape[1] / A4_WIDTH_MM
    closed = _closed(part, *(round(side * mm) for side in SQUARE_MM))
    squares = max((_in_column(box, closed) for box in closed), key=len, default=[])[:wanted]
    if squares:
        squares = _with_broken(part, squares, wanted)
    elif part.shape[1] < CELL * ink.shape[1]:  # a whole page has too many letters that look like a broken box
        squares = _with_broken(part, _first_drawn(part, mm), wanted)
    pen = pen[area.y0 : area.y1, area.x0 : area.x1]
    return [
        TickBox(_moved(box, area), _inside_ink(part, box), _around_ink(pen, box))
        for box in sorted(squares, key=lambda box: box.y0)
    ]


def _closed(ink: NDArray[np.uint8], least: int, most: int) -> list[Box]:
    """Squares of these sides whose outline is whole."""
    contours, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    squares: list[Box] = []
    around = [(cv2.boundingRect(contour), cv2.contourArea(contour)) for contour in contours]
    for (x, y, w, h), filled in sorted(around, key=lambda each: -each[0][2] * each[0][3]):
        box = Box(x, y, x + w, y + h)
        square = least <= w <= most and least <= h <= most and 0.85 < w / h < 1.18 and filled >= FULL * w * h
        if square and _outlined(ink, box) and not any(_overlap(box, other) for other in squares):
            squares.append(box)
    return squares


def _in_column(box: Box, others: Sequence[Box]) -> list[Box]:
    """Those of the others that are of the same size and stand below or above the box, itself among them."""
    side = box.x1 - box.x0
    off, more = BESIDE_COLUMN * side, OTHER_SIDE * side + 1
    return [other for other in others if abs(other.x0 - box.x0) < off and abs(other.x1 - other.x0 - side) <= more]


def _with_broken(ink: NDArray[np.uint8], squares: Sequence[Box], wanted: int) -> list[Box]:
    """The squares and those of their column whose outline is crossed or broken, the best drawn first."""
    if not squares or len(squares) >= wanted:
        return list(squares)
    side, x0 = (int(median(each)) for each in zip(*((box.x1 - box.x0, box.x0) for box in squares), strict=True))
    off, more = round(BESIDE_COLUMN * side), round(OTHER_SIDE * side)
    left = max(0, x0 - off)
    strip = ink[:, left : x0 + side + 2 * off]
    broken = [
        _moved(box, Box(left, 0, 0, 0)) for box in _best_drawn(strip, range(side - more, side + more + 1), BROKEN)
    ]
    kept = list(squares)
    for box in broken:
        if len(kept) < wanted and not any(_overlap(box, other) for other in kept):
            kept.append(box)
    return kept


def _first_drawn(ink: NDArray[np.uint8], mm: float) -> list[Box]:
    """The best drawn square of any size larger than letters, if there is one."""
    return _best_drawn(ink, range(round(ALONE_MM * mm), round(SQUARE_MM[1] * mm), 2), ALONE)[:1]


def _best_drawn(ink: NDArray[np.uint8], sides: Iterable[int], drawn_at_least: tuple[float, ...]) -> list[Box]:
    """Squares that are drawn for the most part and stand in white, best first; they may overlap."""
    drawn = (cv2.dilate(ink, np.ones((3, 3), np.uint8)) / np.float32(255)).astype(np.float32)
    found: list[tuple[float, Box]] = []
    for side in sides:
        scores = _outlines(drawn, side, drawn_at_least)
        peaks = (scores > 0) & (scores == cv2.dilate(scores, np.ones((9, 9), np.uint8)))
        found += [
            (float(scores[y, x]), Box(int(x), int(y), int(x) + side, int(y) + side)) for y, x in np.argwhere(peaks)
        ]
    return [box for _, box in sorted(found, key=lambda each: -each[0])]


def _outlines(drawn: Coverage, side: int, at_least: tuple[float, ...]) -> Coverage:
    """How well a square of this side is drawn whose corner is at each pixel; 0 where it is none."""
    gap = max(4, side // 8)
    if min(drawn.shape) < side + 2 * gap:
        return np.zeros((1, 1), np.float32)
    padded = np.pad(drawn, gap)
    level, upright = (
        np.asarray(cv2.boxFilter(padded, -1, kernel, anchor=(0, 0)), np.float32) for kernel in ((side, 1), (1, side))
    )
    rows, columns = drawn.shape[0] - side + 1, drawn.shape[1] - side + 1

    def at(sums: Coverage, dy: int, dx: int) -> Coverage:
        return sums[gap + dy : gap + dy + rows, gap + dx : gap + dx + columns]

    last = side - 1
    outline = np.stack([at(level, 0, 0), at(level, last, 0), at(upright, 0, 0), at(upright, 0, last)])
    beyond = (at(level, -gap, 0) + at(level, last + gap, 0) + at(upright, 0, -gap) + at(upright, 0, last + gap)) / 4
    corners = sum((at(padded, dy, dx) for dy in (0, last) for dx in (0, last)), np.float32(0)) / 4
    whole, least = outline.mean(axis=0), outline.min(axis=0)
    is_drawn = (whole >= at_least[0]) & (least >= at_least[1]) & (corners >= at_least[2])
    is_square = is_drawn & (whole - beyond > at_least[3])
    return np.where(is_square, whole - beyond / 2, np.float32(0))


def _outlined(ink: NDArray[np.uint8], box: Box) -> bool:
    """Whether all four sides are drawn: letters and ticks are square too, but not closed."""
    part = ink[box.y0 : box.y1, box.x0 : box.x1] > 0
    rim = max(2, (box.x1 - box.x0) // 8)
    sides = (part[:rim].any(0), part[-rim:].any(0), part[:, :rim].any(1), part[:, -rim:].any(1))
    return all(side.mean() > 0.8 for side in sides)


def _overlap(a: Box, b: Box) -> bool:
    return min(a.x1, b.x1) > max(a.x0, b.x0) and min(a.y1, b.y1) > max(a.y0, b.y0)


def _moved(box: Box, area: Box) -> Box:
    return Box(area.x0 + box.x0, area.y0 + box.y0, area.x0 + box.x1, area.y0 + box.y1)


def _inside_ink(ink: NDArray[np.uint8], box: Box) -> float:
    rim = max(3, (box.x1 - box.x0) // 5)
    inside = ink[box.y0 + rim : box.y1 - rim, box.x0 + rim : box.x1 - rim]
    return float((inside > 0).mean()) if inside.size else 0.0


def _around_ink(pen: NDArray[np.uint8], box: Box) -> float:
    """In which part of all directions ink stands outside the square, close to it."""
    side = box.x1 - box.x0
    reach = np.arange(0.5 * side, FROM_MIDDLE * side)
    x = ((box.x0 + box.x1) / 2 + np.cos(BEARINGS)[:, None] * reach).round().astype(int)
    y = ((box.y0 + box.y1) / 2 + np.sin(BEARINGS)[:, None] * reach).round().astype(int)
    edge = max(3, side // 8)
    outside = (x < box.x0 - edge) | (x >= box.x1 + edge) | (y < box.y0 - edge) | (y >= box.y1 + edge)
    outside &= (x >= 0) & (y >= 0) & (x < pen.shape[1]) & (y < pen.shape[0])
    hit = outside & (pen[y.clip(0, pen.shape[0] - 1), x.clip(0, pen.shape[1] - 1)] > 0)
    return float(hit.any(axis=1).mean())
