"""Skew of a page: measured on its rows of ink and rulings, then turned away."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.scans.files import PageImage

MOST_SKEW = 6.0  # degrees a scanner operator is believed to stay within
WORKING_WIDTH = 900  # pixels; enough to see rows, small enough to try many angles
LEAST_SKEW = 0.08  # below this turning blurs more than it helps


@dataclass(frozen=True, slots=True)
class Straightened:
    """A page turned level. `back` (2 x 3) maps its pixels to those of the page before."""

    image: PageImage
    tilt_degrees: float
    back: NDArray[np.float64]


def straighten(page: PageImage) -> Straightened:
    """Turns the page so that its rows run level; the size stays, corners are filled with paper."""
    tilt = measure_tilt(page)
    height, width = page.shape[:2]
    if abs(tilt) < LEAST_SKEW:
        return Straightened(page, 0.0, np.eye(2, 3))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1.0)
    level = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    back = np.asarray(cv2.invertAffineTransform(turn), np.float64)
    return Straightened(np.asarray(level, np.uint8), tilt, back)


def measure_tilt(page: PageImage) -> float:
    """Degrees by which rows fall to the right (counter-clockwise turn that levels them)."""
    ink = _ink(page)
    coarse = _sharpest(ink, np.arange(-MOST_SKEW, MOST_SKEW + 0.01, 0.5).tolist())
    return _sharpest(ink, np.arange(coarse - 0.5, coarse + 0.51, 0.05).tolist())


def evenness(page: PageImage) -> float:
    """How strongly the page's ink gathers in level rows; of two pictures of a page the level one has more."""
    return _sharpness(_ink(page), 0.0)


def _ink(page: PageImage) -> NDArray[np.uint8]:
    scale = WORKING_WIDTH / page.shape[1]
    grey = cv2.cvtColor(cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    return np.asarray(ink, np.uint8)


def _sharpest(ink: NDArray[np.uint8], angles: list[float]) -> float:
    return max(angles, key=lambda angle: _sharpness(ink, angle))


def _sharpness(ink: NDArray[np.uint8], angle: float) -> float:
    """How strongly ink gathers in rows when turned by `angle`: highest when rows are level."""
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())
