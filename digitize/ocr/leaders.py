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
    labels, specks, flat = _specks(ink, SPECK_MM * mm, GAP_MM * mm)
    rows = cv2.morphologyEx(specks, cv2.MORPH_CLOSE, np.ones((3, int(GAP_MM * mm)), np.uint8))
    rows = cv2.morphologyEx(rows, cv2.MORPH_OPEN, np.ones((1, int(LENGTH_MM * mm)), np.uint8))
    reach = cv2.dilate(rows, np.ones((3, int(GAP_MM * mm)), np.uint8))  # the last dots of a run, and beside letters
    where = cv2.bitwise_and(reach, ink) > 0
    dots = np.zeros_like(ink)
    dots[where] = flat[labels[where]]
    return dots


def _specks(
    ink: NDArray[np.uint8], side: float, wide: float
) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint8]]:
    """The ink's parts by number; those no larger than `side` pixels; by number 255 for these and such that are `wide`.

    The wide ones are dots that have run together.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    small, flat = (np.where((height <= side) & (width <= most), 255, 0).astype(np.uint8) for most in (side, wide))
    small[0] = flat[0] = 0
    return np.asarray(labels, np.int32), small[labels], flat
