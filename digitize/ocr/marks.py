"""What is drawn on a form: its ruled frame and its check boxes (OpenCV)."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.ocr.engine import Image

EDGE_MM, THICK_MM = 2.5, 2.5  # how near the frame's own edge a ruling is that edge; no ruling is thicker
RIM_MM = 3.0  # along the edges of the picture
WIDE, TALL = 0.5, 0.035  # a table's rulings: part of the cell's width, of the page's height
LONG = 0.18  # a ruling is at least this part of the page's height or width
SQUARE_MM = (2.5, 9.0)  # side of a check box on A4
A4_WIDTH_MM = 210
BESIDE = 0.25  # of a line's height: room at the sides of what is read, so that no letter stands at the very edge
RULING_MM = 14.0  # longer straight strokes are printed
STROKE, SCRAP = 0.2, 0.6  # of a line's height: what is smaller is a speck; a label's letter cut by the box is no wider
CLIMB = 0.18  # of a line's height: pens climb out of the line that the detector found
REACH_LEFT, REACH_RIGHT = 0.1, 0.6  # of a line's height: how far from a stroke its dots stand
LEAST_WRITING = 0.02  # ink of a value, as a part of its line's height squared
TICKED = 0.045  # part of a box's inside that is ink when it is ticked


@dataclass(frozen=True, slots=True)
class Frame:
    """The ruled frame of a page form: outer box, and where the right cell begins.

    `levels` and `uprights` are the rulings of tables in the left cell.
    """

    box: Box
    split: int
    levels: tuple[Box, ...] = ()
    uprights: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class TickBox:
    """A printed square and how much of its inside is ink (0..1)."""

    box: Box
    ink: float

    @property
    def ticked(self) -> bool:
        return self.ink >= TICKED


def ink_of(page: Image) -> NDArray[np.uint8]:
    """255 where there is ink, 0 on paper."""
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    window = max(15, page.shape[1] // 40) | 1
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 14)
    return np.asarray(ink, np.uint8)


def find_frame(ink: NDArray[np.uint8], left_cell: float) -> Frame | None:
    """The frame, if its rulings can be seen; `left_cell` is where the form expects the split (0..1)."""
    upright = _rulings(ink, (1, int(ink.shape[0] * LONG)))
    rim = int(RIM_MM * ink.shape[1] / A4_WIDTH_MM)
    inside = [box for box in upright if box.x0 > rim and box.x1 < ink.shape[1] - rim]  # a paper's edge is no ruling
    upright = inside if len(inside) > 1 else upright
    if len(upright) < 2:
        return None
    left, right = upright[0].x0, upright[-1].x1
    tall = max(upright, key=lambda box: box.y1 - box.y0)
    inner = [b for b in upright if left + 0.4 * (right - left) < b.x0 < left + 0.9 * (right - left)]
    expected = left + left_cell * (right - left)
    split = min(inner, key=lambda box: abs(box.x0 - expected)).x0 if inner else int(expected)
    return Frame(Box(left, tall.y0, right, tall.y1), split, *_table_rulings(ink, Box(left, tall.y0, split, tall.y1)))


def _table_rulings(ink: NDArray[np.uint8], cell: Box) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """Level and upright rulings inside the cell, its own edges left out."""
    edge = int(EDGE_MM * ink.shape[1] / A4_WIDTH_MM)
    part = ink[cell.y0 + edge : cell.y1 - edge, cell.x0 + edge : cell.x1 - edge]
    levels, uprights = find_rulings(part, WIDE, TALL * ink.shape[0] / max(1, part.shape[0]))
    x, y = cell.x0 + edge, cell.y0 + edge
    moved = [tuple(Box(x + b.x0, y + b.y0, x + b.x1, y + b.y1) for b in boxes) for boxes in (levels, uprights)]
    return moved[0], moved[1]


def find_rulings(ink: NDArray[np.uint8], wide: float, tall: float) -> tuple[list[Box], list[Box]]:
    """Level rulings, top to bottom, and upright ones, left to right, at least so long (parts of width and height)."""
    thick = int(THICK_MM * ink.shape[1] / A4_WIDTH_MM)
    kernels = (max(3, int(ink.shape[1] * wide)), 1), (1, max(3, int(ink.shape[0] * tall)))
    levels, uprights = (
        [box for box in _rulings(ink, kernel) if min(box.x1 - box.x0, box.y1 - box.y0) <= thick] for kernel in kernels
    )
    return sorted(levels, key=lambda box: box.y0), uprights


def _rulings(ink: NDArray[np.uint8], kernel: tuple[int, int]) -> list[Box]:
    """Long straight strokes along the kernel, left to right; slightly broken or slanted ones too."""
    closed = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    strokes = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(kernel[::-1], np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(strokes)
    return sorted((Box(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:]), key=lambda box: box.x0)


def find_tick_boxes(ink: NDArray[np.uint8], area: Box) -> list[TickBox]:
    """The printed squares inside `area`, top to bottom."""
    mm = ink.shape[1] / A4_WIDTH_MM
    least, most = (side * mm for side in SQUARE_MM)
    part = ink[area.y0 : area.y1, area.x0 : area.x1]
    contours, _ = cv2.findContours(part, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    squares: list[Box] = []
    for x, y, w, h in sorted((cv2.boundingRect(c) for c in contours), key=lambda b: -b[2] * b[3]):
        box = Box(area.x0 + x, area.y0 + y, area.x0 + x + w, area.y0 + y + h)
        square = least <= w <= most and least <= h <= most and 0.75 < w / h < 1.33
        if square and _outlined(ink, box) and not any(_overlap(box, other) for other in squares):
            squares.append(box)
    return [TickBox(box, _inside_ink(ink, box)) for box in sorted(squares, key=lambda box: box.y0)]


def _outlined(ink: NDArray[np.uint8], box: Box) -> bool:
    """Whether all four sides are drawn: letters and ticks are square too, but not closed."""
    part = ink[box.y0 : box.y1, box.x0 : box.x1] > 0
    rim = max(2, (box.x1 - box.x0) // 8)
    sides = (part[:rim].any(0), part[-rim:].any(0), part[:, :rim].any(1), part[:, -rim:].any(1))
    return all(side.mean() > 0.8 for side in sides)


def _overlap(a: Box, b: Box) -> bool:
    return min(a.x1, b.x1) > max(a.x0, b.x0) and min(a.y1, b.y1) > max(a.y0, b.y0)


def _inside_ink(ink: NDArray[np.uint8], box: Box) -> float:
    rim = max(3, (box.x1 - box.x0) // 5)
    inside = ink[box.y0 + rim : box.y1 - rim, box.x0 + rim : box.x1 - rim]
    return float((inside > 0).mean()) if inside.size else 0.0


def without_rulings(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink without long straight strokes, level or upright."""
    long = int(RULING_MM * ink.shape[1] / A4_WIDTH_MM)
    level, upright = (
        cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(kernel, np.uint8)) for kernel in ((1, long), (long, 1))
    )
    rulings = cv2.dilate(cv2.max(level, upright), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.subtract(ink, rulings), np.uint8)


def draw_in(ink: NDArray[np.uint8], box: Box, label_behind: bool = False) -> Box | None:
    """The box drawn in, or out a little, to the writing in it, some air left; None when it holds no more than specks.

    Specks away from any stroke are what is left of a leader or of the colon before it; with a `label_behind` a
    scrap at the right edge is the first letter of that label.
    """
    height, width = box.y1 - box.y0, box.x1 - box.x0
    climb = int(CLIMB * height)
    y0, y1 = max(0, box.y0 - climb), min(ink.shape[0], box.y1 + climb)
    part = np.ascontiguousarray(ink[y0:y1, box.x0 : box.x1])
    _, labels, stats, _ = cv2.connectedComponentsWithStats(part)
    left, top, wide, tall = (
        stats[:, i] for i in (cv2.CC_STAT_LEFT, cv2.CC_STAT_TOP, cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)
    )
    is_own = (top < box.y1 - y0) & (top + tall > box.y0 - y0)  # what lies wholly outside belongs to another line
    is_scrap = (left + wide >= width) & (wide < SCRAP * height) & label_behind
    is_stroke = (np.maximum(wide, tall) >= STROKE * height) & ~is_scrap & is_own
    is_stroke[0] = False
    strokes = is_stroke[labels].astype(np.uint8)
    if int(strokes.sum()) < LEAST_WRITING * height * height:
        return None
    before, behind = int(REACH_LEFT * height), int(REACH_RIGHT * height)
    reach = cv2.dilate(strokes, np.ones((2 * height + 1, before + behind + 1), np.uint8), anchor=(behind, height))
    is_near = np.zeros(len(stats), bool)
    is_near[labels[reach > 0]] = True
    rows, columns = np.nonzero((is_near & ~is_scrap & is_own & (np.arange(len(stats)) > 0))[labels])
    air = (int(rows.max()) - int(rows.min())) // 5
    return Box(
        box.x0 + max(0, int(columns.min()) - air),
        y0 + max(0, int(rows.min()) - air),
        min(box.x1, box.x0 + int(columns.max()) + air),
        min(y1, y0 + int(rows.max()) + air),
    )


def crop_of(page: Image, box: Box) -> Image:
    """The box with some room at its sides; above and below it has its own, and more would make letters narrower."""
    room = int((box.y1 - box.y0) * BESIDE)
    return page[box.y0 : box.y1, max(0, box.x0 - room) : max(box.x1, box.x0 + 8) + room]
