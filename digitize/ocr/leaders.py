"""Dotted leaders under the writing: found as rows of specks and wiped, or they read as tone marks (OpenCV)."""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.ocr.engine import Image

SPECK_MM = 0.75  # a leader's dot is smaller than this
GAP_MM = 3.2  # dots of one leader stand closer than this
LENGTH_MM = 6.0  # fewer dots than fill this are ordinary full stops
MORE_INK = 1.6  # times the ink of the usual dot of the page
OTHER_TINT = 0.06  # difference of red and blue, as a part of the ink, that tells a pen from print
AROUND_MM = 0.65  # a dot and its soft edge lie within
A4_WIDTH_MM = 210


def wipe_leaders(page: Image, ink: NDArray[np.uint8]) -> Image:
    """The page (H x W x 3, BGR) with the dots of its leaders painted over with paper; `ink` is 255 on ink."""
    paper = cv2.resize(cv2.medianBlur(cv2.resize(page, None, fx=0.125, fy=0.125), 9), page.shape[1::-1])
    around = int(AROUND_MM * page.shape[1] / A4_WIDTH_MM) | 1
    darkness = cv2.subtract(paper, page).astype(np.float32)
    near = np.asarray(cv2.boxFilter(darkness, -1, (around, around), normalize=False), np.float32)
    dots = cv2.dilate(_printed(leader_dots(ink), near), np.ones((around, around), np.uint8))
    return np.where(dots[:, :, None] > 0, paper, page)


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
    return np.where(small[labels], np.uint8(255), np.uint8(0))


def _printed(dots: NDArray[np.uint8], near: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The dots without the pen's own full stops and tone marks in the same row: more ink, or of another colour.

    `near` (H x W x 3, BGR) is the darkness summed around each pixel: that stays the same where a dot
    falls between pixels, a dot's area does not.
    """
    count, labels = cv2.connectedComponents(dots)
    if count == 1:
        return dots
    ink, tint = near.sum(axis=2), near[:, :, 2] - near[:, :, 0]
    places = np.asarray(labels, np.intp)[dots > 0]
    amounts, tints = np.zeros(count, np.float32), np.zeros(count, np.float32)
    np.maximum.at(amounts, places, ink[dots > 0])
    np.add.at(tints, places, tint[dots > 0] / np.maximum(ink[dots > 0], 1))
    tints /= np.maximum(np.bincount(places, minlength=count), 1)
    alike = (amounts <= MORE_INK * np.median(amounts[1:])) & (abs(tints - np.median(tints[1:])) <= OTHER_TINT)
    alike[0] = False
    return np.where(alike[labels], np.uint8(255), np.uint8(0))
