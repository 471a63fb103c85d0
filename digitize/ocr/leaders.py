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
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    wide, is_low = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT] <= SPECK_MM * mm
    is_low[0] = False
    specks = np.where(is_low & (wide <= SPECK_MM * mm), 255, 0).astype(np.uint8)[labels]
    rows = cv2.morphologyEx(specks, cv2.MORPH_CLOSE, np.ones((3, int(GAP_MM * mm)), np.uint8))
    rows = cv2.morphologyEx(rows, cv2.MORPH_OPEN, np.ones((1, int(LENGTH_MM * mm)), np.uint8))
    reach = cv2.dilate(rows, np.ones((3, int(GAP_MM * mm)), np.uint8))  # the last dots of a run, and beside letters
    there = cv2.bitwise_and(reach, ink) > 0
    is_dot = is_low & (wide <= GAP_MM * mm)  # also such as have run together
    dots = np.zeros_like(ink)
    dots[there] = np.where(is_dot, 255, 0)[labels[there]]
    return dots
