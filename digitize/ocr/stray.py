"""What lies on a page and was never written on it, taken away before it is read: the writing of its back (OpenCV)."""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.ocr.engine import Image

Depth = NDArray[np.float32]  # how much darker than the paper around it a pixel is, 0..1

PAPER = 9  # pixels: no stroke is wider, so the brightest within them is paper
FAINT = 0.07  # the least depth of what shines through
STRONG = 0.3  # of the depth of a page's darkest twentieth of ink: what shines through stays below
BESIDE = 7  # pixels: so near strong ink lies its own edge
LEAST_STROKE = 25  # pixels; smaller is a speck
LEAST_SHARE = 0.05  # of the strong ink's pixels: less that is faint is not worth a look
# How sharp faint strokes are, as a part of how sharp strong ones are: what shines through is blurred by the paper
# (0.23 to 0.50 on 7 drawn pages, stains 0.1 on 4), faded ink is not (0.87 and more on 4). The others are chosen by eye
SOFT = 0.65


def without_back(page: Image) -> Image:
    """The page (H x W x 3, BGR) without the soft faint strokes that shine through from its back; others as they are."""
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    paper = cv2.blur(cv2.dilate(grey, np.ones((PAPER, PAPER), np.uint8)), (31, 31))
    depth = np.asarray(np.clip(1 - grey / np.maximum(paper, 1).astype(np.float32), 0, 1), np.float32)
    weak, strong = _weak_and_strong(depth)
    worth = max(1.0, LEAST_SHARE * int(strong.sum()))
    if int(weak.sum()) < worth:  # as on most pages: what follows would only find less
        return page
    faint = _strokes(weak)
    if int(faint.sum()) < worth or not _is_soft(depth, faint, strong):
        return page
    rim = cv2.dilate(faint.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    colour = cv2.blur(cv2.dilate(page, np.ones((PAPER, PAPER), np.uint8)), (31, 31))
    return np.where((rim & (_near(strong) == 0))[..., None], colour, page)


def _weak_and_strong(depth: Depth) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """What is a little darker than paper, away from any strong ink, and the strong ink."""
    dark = depth[::3, ::3]
    ink = dark[dark > FAINT]
    strong = depth > STRONG * (float(np.percentile(ink, 95)) if ink.size else 1.0)
    return ((depth > FAINT) & (_near(strong) == 0)).astype(np.uint8), strong


def _strokes(weak: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Its connected parts that are larger than specks."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(weak)
    is_stroke = stats[:, cv2.CC_STAT_AREA] >= LEAST_STROKE
    is_stroke[0] = False
    return np.asarray(is_stroke[labels], np.bool_)


def _near(strong: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.asarray(cv2.dilate(strong.astype(np.uint8), np.ones((BESIDE, BESIDE), np.uint8)), np.uint8)


def _is_soft(depth: Depth, faint: NDArray[np.bool_], strong: NDArray[np.bool_]) -> bool:
    """Whether the faint strokes are less sharp than the strong ones: how much of a stroke a slight blur takes away."""
    lost = (depth - cv2.GaussianBlur(depth, (0, 0), 1.5)) / np.maximum(depth, FAINT)
    return float(np.median(lost[faint])) < SOFT * float(np.median(lost[strong]))
