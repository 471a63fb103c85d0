"""Which way up a page lies."""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.scans.files import PageImage

WORKING_SIDE = 800  # pixels of the longer side


def rows_run_upright(image: PageImage) -> bool:
    """Whether the writing runs up or down the picture: ink then gathers in columns, not in rows."""
    scale = WORKING_SIDE / max(image.shape[:2])
    grey = cv2.cvtColor(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
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
