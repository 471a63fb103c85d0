"""Red stamps on a page: where they lie, and the page as it is seen without their ink (OpenCV)."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.ocr.engine import Image
from digitize.ocr.ink import A4_WIDTH_MM

HALF = 2  # stamps are looked for on the page at half its size
REDDER = 14  # on the a* axis of Lab than the paper: dark red ink and its faint edges
COOLER = -6  # on the b* axis of Lab than the paper: blue ink, which is a little red too, is much cooler
LIGHT = 0.6  # of the paper's red light comes back from a stamp's ink at least, from blue and black ink less
SOLID_MM = 4.0  # no stroke of a stamp is wider; a finger or a seal of wax is
NEAR_MM = 3.0  # strokes of one stamp stand no further apart
LONG_MM, SHORT_MM = 18.0, 6.0  # the least sides of a stamp: a word in red ink is smaller
FILLED = 0.06  # of its box is ink at least
RED_PEN = 0.3  # of the page's red ink lies outside stamps: then people wrote in red


def find_stamps(page: Image) -> list[Box]:
    """Boxes around the red stamps of a page (H x W x 3, BGR), top to bottom; none where people wrote in red too."""
    small = cv2.resize(page, None, fx=1 / HALF, fy=1 / HALF, interpolation=cv2.INTER_AREA)
    red = _red_ink(np.asarray(small, np.uint8))
    mm = red.shape[1] / A4_WIDTH_MM
    near = max(3, int(NEAR_MM * mm)) | 1
    grown = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((near, near), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(grown)
    stamps = [number for number in range(1, len(stats)) if _is_stamp(red, labels == number, stats[number], mm)]
    inside = int(np.isin(labels, stamps)[red > 0].sum())
    if not stamps or int((red > 0).sum()) - inside > RED_PEN * inside:
        return []
    boxes = [Box(*(HALF * int(edge) for edge in (x, y, x + w, y + h))) for x, y, w, h, _ in stats[stamps]]
    return sorted((box for box in boxes if not any(_lies_in(box, other) for other in boxes)), key=lambda box: box.y0)


def _lies_in(box: Box, other: Box) -> bool:
    is_within = other.x0 <= box.x0 and box.x1 <= other.x1 and other.y0 <= box.y0 and box.y1 <= other.y1
    return is_within and box != other


def without_stamps(page: Image, stamps: Sequence[Box]) -> Image:
    """The page with the stamps' red ink taken for paper; where it lies over blue or black writing that stays."""
    if not stamps:
        return page
    page, paper = page.copy(), np.median(page[::8, ::8].reshape(-1, 3), axis=0)
    for box in stamps:
        part = page[box.y0 : box.y1, box.x0 : box.x1]
        reddish = cv2.dilate(_reddish(page, part), np.ones((3, 3), np.uint8)) > 0
        is_light = part[..., 2] > LIGHT * paper[2]  # in red light
        part[reddish & is_light] = paper
    return page


def _reddish(page: Image, part: Image) -> NDArray[np.uint8]:
    """255 where the part of a page is redder than the page's paper."""
    (_, red, warm), (_, paper_red, paper_warm) = (
        [
            np.asarray(channel, np.int16)
            for channel in cv2.split(cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_BGR2LAB))
        ]
        for pixels in (part, page[::4, ::4])
    )
    is_red = (red - np.median(paper_red) > REDDER) & (warm - np.median(paper_warm) > COOLER)
    return np.where(is_red, np.uint8(255), np.uint8(0))


def _red_ink(page: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """255 where something thin is redder than the paper."""
    red = _reddish(page, page)
    solid = max(3, int(SOLID_MM * page.shape[1] / A4_WIDTH_MM))
    return np.asarray(
        cv2.subtract(red, cv2.morphologyEx(red, cv2.MORPH_OPEN, np.ones((solid, solid), np.uint8))), np.uint8
    )


def _is_stamp(red: NDArray[np.uint8], own: NDArray[np.bool_], stats: NDArray[np.int32], mm: float) -> bool:
    x, y, width, height = map(int, stats[:4])
    if max(width, height) < LONG_MM * mm or min(width, height) < SHORT_MM * mm:
        return False
    return (
        float((red[y : y + height, x : x + width] > 0)[own[y : y + height, x : x + width]].sum())
        >= FILLED * width * height
    )
