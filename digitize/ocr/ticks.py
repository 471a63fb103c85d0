"""Printed check boxes, and whether something was put into them (OpenCV)."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.ocr.ink import A4_WIDTH_MM

SQUARE_MM = (2.5, 9.0)  # side of a check box on A4
TICKED = 0.045  # part of a box's inside that is ink when it is ticked


@dataclass(frozen=True, slots=True)
class TickBox:
    """A printed square and how much of its inside is ink (0..1)."""

    box: Box
    ink: float

    @property
    def ticked(self) -> bool:
        return self.ink >= TICKED


def find_tick_boxes(ink: NDArray[np.uint8], area: Box) -> list[TickBox]:
    """The printed squares inside `area`, top to bottom."""
    mm = ink.shape[1] / A4_WIDTH_MM
    least, most = (side * mm for side in SQUARE_MM)
    part = ink[area.y0 : area.y1, area.x0 : area.x1]
    contours, _ = cv2.findContours(part, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    squares: list[Box] = []
    for x, y, w, h in sorted((cv2.boundingRect(c) for c in contours), key=lambda b: -b[2] * b[3]):
        box = Box(area.x0 + x, area.y0 + y, area.x0 + x + w, area.y0 + y + h)
        square = least <= w <= most and least <= h <= most and 0.75 < w / h < 1.33
        if square and _outlined(ink, box) and not any(_overlap(box, other) for other in squares):
            squares.append(box)
    return [TickBox(box, _inside_ink(ink, box)) for box in sorted(squares, key=lambda box: box.y0)]


def _outlined(ink: NDArray[np.uint8], box: Box) -> bool:
    """Whether all four sides are drawn: letters and ticks are square too, but not closed."""
    part = ink[box.y0 : box.y1, box.x0 : box.x1] > 0
    rim = max(2, (box.x1 - box.x0) // 8)
    sides = (part[:rim].any(0), part[-rim:].any(0), part[:, :rim].any(1), part[:, -rim:].any(1))
    return all(side.mean() > 0.8 for side in sides)


def _overlap(a: Box, b: Box) -> bool:
    return min(a.x1, b.x1) > max(a.x0, b.x0) and min(a.y1, b.y1) > max(a.y0, b.y0)


def _inside_ink(ink: NDArray[np.uint8], box: Box) -> float:
    rim = max(3, (box.x1 - box.x0) // 5)
    inside = ink[box.y0 + rim : box.y1 - rim, box.x0 + rim : box.x1 - rim]
    return float((inside > 0).mean()) if inside.size else 0.0
