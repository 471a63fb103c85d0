"""Ink on a page, and the box that a value's writing fills (OpenCV)."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.ocr.engine import Image

A4_WIDTH_MM = 210
NEAR, FAR = 1 / 190, 1 / 40  # of a page's width: strokes are darker than what is so near, rims only than what is far
CORE = 0.35  # of the second difference: the least in the midst of a stroke
STROKES = 0.26  # the least around it on the average; rims have 0.06 to 0.22, writing 0.3 and more, where blurred 0.2
AIR = 0.08  # of the writing's height: how far a box is drawn around it
ABOVE = 0.11  # of the box's height, above and below what is read: more would make letters narrower
BESIDE = 0.4  # of it, at the sides, so that no letter stands at the very edge
OUTSIDE = 0.3  # of a line's own height: how far its letters reach out of it
STROKE, SCRAP = 0.2, 0.6  # of a line's height: what is smaller is a speck; a label's letter cut by the box is no wider
LETTER, ALONE = 0.3, 1.0  # of it: what is lower counts only where a letter is no farther; else it is dirt
CLIMB = 0.18  # of a line's height: pens climb out of the line that the detector found
REACH_LEFT, REACH_RIGHT = 0.1, 0.35  # of a line's height: how far from a stroke its dots stand; further off are leaders
LEAST_WRITING = 0.02  # ink of a value, as a part of its line's height squared


def ink_of(page: Image) -> NDArray[np.uint8]:
    """255 where there is ink, 0 on paper."""
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _side(FAR * page.shape[1]), 14
    )
    return np.asarray(ink, np.uint8)


def _side(pixels: float) -> int:
    """An odd number of about so many pixels."""
    return max(3, round(pixels)) | 1


def without_rims(page: Image, ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink (255) without what has no sharp edge: rims of stains, folds, shadows; rulings stay."""
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    near, far = (_side(part * page.shape[1]) for part in (NEAR, FAR))
    sharp, deep = (cv2.bitwise_and(cv2.subtract(cv2.blur(grey, (side, side)), grey), ink) for side in (near, far))
    core = cv2.addWeighted(sharp, 1, deep, -CORE, 0)  # above 0: there it is sharp enough
    sharp, deep = (cv2.boxFilter(each, cv2.CV_16U, (near, near), normalize=False) for each in (sharp, deep))
    strokes = cv2.bitwise_and(ink, _above_0(cv2.addWeighted(sharp, 1, deep, -STROKES, 0)))
    core = cv2.dilate(cv2.bitwise_and(core, strokes), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.bitwise_and(strokes, _above_0(core)), np.uint8)


def _above_0(values: NDArray[Any]) -> NDArray[np.uint8]:
    """255 where the values are; ten times as fast as np.where."""
    return np.asarray(cv2.compare(np.asarray(values), np.zeros(1), cv2.CMP_GT), np.uint8)


def draw_in(
    ink: NDArray[np.uint8], box: Box, label_behind: bool = False, band: tuple[float, float] = (-np.inf, np.inf)
) -> Box | None:
    """The box drawn in, or out a little, to the writing in it; None when it holds no more than specks.

    Specks away from any stroke are what is left of a leader or of the colon before it; with a `label_behind` a
    scrap at the right edge is the first letter of that label. Outside the `band` (first and last row) lie other lines:
    a stroke belongs to the line in whose band its middle is.
    """
    height, width = box.y1 - box.y0, box.x1 - box.x0
    climb = int(CLIMB * height)
    reach_out = OUTSIDE * min(band[1] - band[0], height)
    y0, y1 = int(max(0, box.y0 - climb, band[0] - reach_out)), int(min(len(ink), box.y1 + climb, band[1] + reach_out))
    part = np.ascontiguousarray(ink[y0:y1, box.x0 : box.x1])
    _, labels, stats, _ = cv2.connectedComponentsWithStats(part)
    left, top, wide, tall = (
        stats[:, i] for i in (cv2.CC_STAT_LEFT, cv2.CC_STAT_TOP, cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)
    )
    middles = y0 + top + tall / 2
    is_own = (middles > band[0]) & (middles < band[1]) & (y0 + top < box.y1) & (y0 + top + tall > box.y0)
    is_scrap = (left + wide >= width) & (wide < SCRAP * height) & label_behind
    is_stroke = (np.maximum(wide, tall) >= STROKE * height) & ~is_scrap & is_own
    is_stroke[0] = False
    is_stroke &= _is_among_letters(left, left + wide, is_stroke & (tall >= LETTER * height), ALONE * height)
    strokes = is_stroke[labels].astype(np.uint8)
    if int(strokes.sum()) < LEAST_WRITING * height * height:
        return None
    before, behind = int(REACH_LEFT * height), int(REACH_RIGHT * height)
    reach = cv2.dilate(strokes, np.ones((2 * height + 1, before + behind + 1), np.uint8), anchor=(behind, height))
    is_near = np.zeros(len(stats), bool)
    is_near[labels[reach > 0]] = True
    rows, columns = np.nonzero((is_near & ~is_scrap & is_own & (np.arange(len(stats)) > 0))[labels])
    air = max(1, int(AIR * (int(rows.max()) - int(rows.min()))))
    return Box(
        box.x0 + max(0, int(columns.min()) - air),
        y0 + max(0, int(rows.min()) - air),
        min(box.x1, box.x0 + int(columns.max()) + air),
        min(y1, y0 + int(rows.max()) + air),
    )


def _is_among_letters(
    begin: NDArray[Any], end: NDArray[Any], is_letter: NDArray[np.bool_], far: float
) -> NDArray[np.bool_]:
    """Which parts stand no farther than that beside one that is large enough for a letter; all, where none is."""
    if not is_letter.any():
        return np.ones(len(begin), np.bool_)
    gaps = np.maximum(begin[:, None] - end[is_letter], begin[is_letter] - end[:, None])
    return np.asarray(gaps.min(axis=1) <= far, np.bool_)


def with_room(box: Box, blank: Box) -> Box:
    """A drawn-in box with the room around it that reading wants; at its sides only as far as its blank goes."""
    above, beside = (int((box.y1 - box.y0) * share) for share in (ABOVE, BESIDE))
    x0, x1 = max(blank.x0, box.x0 - beside), min(blank.x1, box.x1 + beside)
    return Box(min(x0, box.x0), max(0, box.y0 - above), max(x1, box.x1, x0 + 8), box.y1 + above)


def crop_of(page: Image, box: Box) -> Image:
    """The pixels of a box."""
    return page[box.y0 : box.y1, box.x0 : box.x1]
