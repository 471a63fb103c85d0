"""Which way up a page lies."""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.scans.files import PageImage
from digitize.scans.frame import Frame

WORKING_SIDE = 800  # pixels of the longer side
FLAT_FRAME = (400, 400)  # pixels a frame is drawn to, width and height, for looking for its split
ACROSS = 0.9  # of the frame's height or width with ink: a ruling from side to side
EDGE, THICK = 0.05, 0.03  # of the frame: its own edge; no ruling is thicker
MOST_LEVELS = 6  # pixels of FLAT_FRAME's height; a ledger's rows have from 11 on, leaders of a page form up to 2
SPLIT = 0.55  # of the frame's width: the right cell of a page form begins behind it


def rows_run_upright(image: PageImage) -> bool:
    """Whether the writing runs up or down the picture: ink then gathers in columns, not in rows."""
    scale = WORKING_SIDE / max(image.shape[:2])
    grey = cv2.resize(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = np.asarray(
        cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12), np.uint8
    )
    ink[_rulings(ink) > 0] = 0
    level, upright = (_gathered(ink, axis) for axis in (1, 0))
    return upright > level


def _rulings(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Long straight strokes, widened first so that those of a page that lies askew are whole too."""
    wide = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    strokes = [cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones(kernel, np.uint8)) for kernel in ((1, 40), (40, 1))]
    return np.asarray(cv2.dilate(cv2.max(*strokes), np.ones((3, 3), np.uint8)), np.uint8)


def _gathered(ink: NDArray[np.uint8], axis: int) -> float:
    """How unevenly ink is spread over rows (axis 1) or columns (axis 0) that are a few pixels apart.

    Measured in strips, so that a little skew does not even it out.
    """
    strips = np.array_split(ink, 8, axis=axis)
    sums = [strip.sum(axis=axis, dtype=np.float64) for strip in strips]
    return float(sum(np.square(np.diff(s)).sum() / max(1.0, s.sum()) for s in sums))


def stands_on_its_head(frame: Frame) -> bool | None:
    """Whether the narrow cell of a page form, which belongs at the right, is at the left; None for other frames."""
    width, height = FLAT_FRAME
    wanted = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform((frame.corners * frame.scale).astype(np.float32), wanted)
    ink = cv2.warpPerspective(frame.ink, matrix, FLAT_FRAME, flags=cv2.INTER_AREA) > 0
    uprights, levels = _inner_rulings(ink, 0), _inner_rulings(ink, 1)
    if len(levels) > MOST_LEVELS or not uprights.size or np.ptp(uprights) > THICK:
        return None
    split = float(uprights.mean())
    return None if 1 - SPLIT < split < SPLIT else split < 0.5


def _inner_rulings(ink: NDArray[np.bool_], axis: int) -> NDArray[np.float64]:
    """Where (0..1) rulings from one side of the frame to the other stand, away from its own edges."""
    found = np.flatnonzero(ink.mean(axis=axis) > ACROSS) / ink.shape[1 - axis]
    return np.asarray(found[(found > EDGE) & (found < 1 - EDGE)], np.float64)
