"""Ink on a page, and the box that a value's writing fills (OpenCV)."""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.ocr.engine import Image

A4_WIDTH_MM = 210
BESIDE = 0.25  # of a line's height: room at the sides of what is read, so that no letter stands at the very edge
STROKE, SCRAP = 0.2, 0.6  # of a line's height: what is smaller is a speck; a label's letter cut by the box is no wider
CLIMB = 0.18  # of a line's height: pens climb out of the line that the detector found
REACH_LEFT, REACH_RIGHT = 0.1, 0.6  # of a line's height: how far from a stroke its dots stand
LEAST_WRITING = 0.02  # ink of a value, as a part of its line's height squared


def ink_of(page: Image) -> NDArray[np.uint8]:
    """255 where there is ink, 0 on paper."""
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    window = max(15, page.shape[1] // 40) | 1
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 14)
    return np.asarray(ink, np.uint8)


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
