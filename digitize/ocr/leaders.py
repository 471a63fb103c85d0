"""Dotted leaders under the writing, found as rows of specks: they are no ink of a value (OpenCV)."""

import cv2
import numpy as np
from numpy.typing import NDArray

SPECK_MM = 0.75  # a leader's dot is smaller than this
GAP_MM = 3.2  # dots of one leader stand closer than this
LENGTH_MM = 6.0  # fewer dots than fill this are ordinary full stops
A4_WIDTH_MM = 210


def leader_dots(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """255 on specks that stand in a level row, close together, for long enough."""
    mm = ink.shape[1] / A4_WIDTH_MM
    specks = _specks(ink, SPECK_MM * mm)
    rows = cv2.morphologyEx(specks, cv2.MORPH_CLOSE, np.ones((3, int(GAP_MM * mm)), np.uint8))
    rows = cv2.morphologyEx(rows, cv2.MORPH_OPEN, np.ones((1, int(LENGTH_MM * mm)), np.uint8))
    reach = cv2.dilate(rows, np.ones((3, int(GAP_MM * mm)), np.uint8))  # the last dots of a run, and beside letters
    return np.where(reach > 0, specks, np.uint8(0))


def _specks(ink: NDArray[np.uint8], side: float) -> NDArray[np.uint8]:
    """The ink's connected parts that are no larger than `side` pixels each way."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    small = (stats[:, cv2.CC_STAT_WIDTH] <= side) & (stats[:, cv2.CC_STAT_HEIGHT] <= side)
    small[0] = False
    return np.asarray(np.where(small, 255, 0).astype(np.uint8)[labels])
