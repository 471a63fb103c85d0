"""Dotted leaders under the writing: found as rows of specks and wiped, or they read as tone marks (OpenCV)."""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.ocr.engine import Image

SPECK_MM = 0.75  # a leader's dot is smaller than this
GAP_MM = 3.2  # dots of one leader stand closer than this
LENGTH_MM = 6.0  # fewer dots than fill this are ordinary full stops
A4_WIDTH_MM = 210


def wipe_leaders(page: Image, ink: NDArray[np.uint8]) -> Image:
    """The page (H x W x 3) with the dots of its leaders painted over with paper; `ink` is 255 on ink."""
    dots = leader_dots(ink)
    spread = cv2.dilate(dots, np.ones((5, 5), np.uint8))
    paper = cv2.resize(cv2.medianBlur(cv2.resize(page, None, fx=0.125, fy=0.125), 9), page.shape[1::-1])
    return np.where(spread[:, :, None] > 0, paper, page)


def leader_dots(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """255 on the dots of leaders: specks that stand in a level row, close together, for long enough."""
    mm = ink.shape[1] / A4_WIDTH_MM
    specks = _specks(ink, SPECK_MM * mm)
    rows = cv2.morphologyEx(specks, cv2.MORPH_CLOSE, np.ones((3, int(GAP_MM * mm)), np.uint8))
    rows = cv2.morphologyEx(rows, cv2.MORPH_OPEN, np.ones((1, int(LENGTH_MM * mm)), np.uint8))
    reach = cv2.dilate(rows, np.ones((3, int(GAP_MM * mm)), np.uint8))  # the last dots of a run, and beside letters
    return _like_size(np.where(reach > 0, specks, np.uint8(0)))


def _like_size(dots: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Without the larger specks: a full stop of the pen may stand in the row too, but is bigger."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dots)
    areas = stats[:, cv2.CC_STAT_AREA]
    alike = areas <= 1.75 * np.median(areas[1:]) if len(areas) > 1 else areas < 0
    alike[0] = False
    return np.where(alike[labels], np.uint8(255), np.uint8(0))


def _specks(ink: NDArray[np.uint8], side: float) -> NDArray[np.uint8]:
    """The ink's connected parts that are no larger than `side` pixels each way."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    small = (stats[:, cv2.CC_STAT_WIDTH] <= side) & (stats[:, cv2.CC_STAT_HEIGHT] <= side)
    small[0] = False
    return np.where(small[labels], np.uint8(255), np.uint8(0))
