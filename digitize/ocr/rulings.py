"""Rulings of a page: its frame, the cells and tables in it (OpenCV)."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.ocr.ink import A4_WIDTH_MM

EDGE_MM, THICK_MM = 2.5, 2.5  # how near the frame's own edge a ruling is that edge; no ruling is thicker
RIM_MM = 3.0  # along the edges of the picture
WIDE, TALL = 0.5, 0.035  # a table's rulings: part of the cell's width, of the page's height
LONG = 0.18  # a ruling is at least this part of the page's height or width
STEP = 4  # pixels along a stroke that are looked at as one, solid or not
RULING_MM = 14.0  # longer straight strokes are printed


@dataclass(frozen=True, slots=True)
class Frame:
    """The ruled frame of a page form: outer box, and where the right cell begins.

    `levels` and `uprights` are the rulings of tables in the left cell.
    """

    box: Box
    split: int
    levels: tuple[Box, ...] = ()
    uprights: tuple[Box, ...] = ()


def find_frame(ink: NDArray[np.uint8], left_cell: float) -> Frame | None:
    """The frame, if its rulings can be seen; `left_cell` is where the form expects the split (0..1)."""
    upright = _rulings(ink, (1, int(ink.shape[0] * LONG)))
    rim = int(RIM_MM * ink.shape[1] / A4_WIDTH_MM)
    inside = [box for box in upright if box.x0 > rim and box.x1 < ink.shape[1] - rim]  # a paper's edge is no ruling
    upright = inside if len(inside) > 1 else upright
    straight = [box for box in upright if box.x1 - box.x0 <= THICK_MM * ink.shape[1] / A4_WIDTH_MM]  # nor is one askew
    upright = straight if len(straight) > 1 else upright
    if len(upright) < 2:
        return None
    upright = _joined(upright, ink)
    left, right = upright[0].x0, upright[-1].x1
    tall = max(upright, key=lambda box: box.y1 - box.y0)
    inner = [b for b in upright if left + 0.4 * (right - left) < b.x0 < left + 0.9 * (right - left)]
    expected = left + left_cell * (right - left)
    split = min(inner, key=lambda box: abs(box.x0 - expected)).x0 if inner else int(expected)
    return Frame(Box(left, tall.y0, right, tall.y1), split, *_table_rulings(ink, Box(left, tall.y0, split, tall.y1)))


def _joined(upright: list[Box], ink: NDArray[np.uint8]) -> list[Box]:
    """The upright rulings from the first to the last that a level ruling joins; a paper's edge on a desk stands alone.

    All of them where no level ruling is seen.
    """
    near = int(EDGE_MM * ink.shape[1] / A4_WIDTH_MM)
    joined = set[int]()
    for level in _rulings(ink, (int(ink.shape[1] * WIDE), 1)):
        start = [i for i, box in enumerate(upright) if abs(box.x0 - level.x0) <= near]
        end = [i for i, box in enumerate(upright) if abs(box.x1 - level.x1) <= near]
        if start and end and start[0] < end[-1]:
            joined |= {start[0], end[-1]}
    return upright[min(joined) : max(joined) + 1] if joined else upright


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
    along, across = (STEP, 1) if kernel[0] > kernel[1] else (1, STEP)
    solid = cv2.erode(closed, np.ones((across, along), np.uint8), anchor=(0, 0))[::across, ::along]
    strokes = runs_of(np.asarray(solid, np.uint8), max(1, kernel[0] // along), max(1, kernel[1] // across))
    _, _, stats, _ = cv2.connectedComponentsWithStats(strokes)
    found = [
        Box(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:] * (along, across, along, across, 1)
    ]
    return sorted(found, key=lambda box: box.x0)


def without_rulings(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink without long straight strokes, level or upright."""
    long = int(RULING_MM * ink.shape[1] / A4_WIDTH_MM)
    rulings = cv2.dilate(cv2.max(runs_of(ink, long, 1), runs_of(ink, 1, long)), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.subtract(ink, rulings), np.uint8)


def runs_of(ink: NDArray[np.uint8], wide: int, high: int) -> NDArray[np.uint8]:
    """The ink in straight runs of at least this width, or height, the other being 1; what is off the page is ink.

    A morphological opening in steps that double: where rulings are sought OpenCV's takes three times as long.
    """
    if wide > 1:
        return np.ascontiguousarray(runs_of(np.ascontiguousarray(ink.T), high, wide).T)
    before = high // 2
    whole = _over(np.pad(ink, ((before, high - 1 - before), (0, 0)), constant_values=255), high, np.minimum)
    return _over(np.pad(whole, ((high - 1 - before, before), (0, 0))), high, np.maximum)


def _over(pixels: NDArray[np.uint8], rows: int, least_or_most: np.ufunc) -> NDArray[np.uint8]:
    """The least, or the most, of every so many rows."""
    done = 1
    while done < rows:
        step = min(done, rows - done)
        pixels, done = least_or_most(pixels[step:], pixels[:-step]), done + step
    return pixels
