"""A page that bends down into the binding: rows curve there, letters grow narrow, light is lost; boxes go along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from drawing.ink import Box

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bend:
    """How a page lies near the binding at its left or right side."""

    side: Literal["left", "right"] = "left"
    sway: float = 0.03  # of the page's height: how far rows sink towards the binding, as seen from below
    shrink: float = 0.04  # by how much the page looks lower at the binding, as it lies deeper
    steep: float = 0.75  # sine of the paper's slope at the binding: letters are narrower there
    reach: float = 0.3  # of the page's width: how far out the paper bends
    shade: float = 0.45  # 0..1, how dark it is at the binding


def bend(
    page: Image.Image, boxes: Mapping[str, Sequence[Box]], shape: Bend
) -> tuple[Image.Image, dict[str, list[Box]]]:
    """The bent page in its own size, the paper pushed away from the binding, and where each box now stands."""
    curve = _Curve(shape, page.size)
    width, height = page.size
    seen = np.arange(width, dtype=np.float64)
    flat = curve.flat_x(seen)
    fall, scale = curve.fall(flat), curve.scale(flat)
    rows = np.arange(height, dtype=np.float64)[:, None]
    map_y = (rows - fall - height / 2) / scale + height / 2
    map_x = np.broadcast_to(flat, (height, width))
    image = cv2.remap(
        np.asarray(page),
        map_x.astype(np.float32),
        map_y.astype(np.float32),
        cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )
    dark = 1 - shape.shade * curve.share(flat) ** 1.5
    shaded = np.clip(image * dark[None, :, None], 0, 255).astype(np.uint8)
    return Image.fromarray(shaded), {key: [curve.around(box) for box in parts] for key, parts in boxes.items()}


class _Curve:
    """Where points of the flat page are seen."""

    def __init__(self, shape: Bend, size: tuple[int, int]) -> None:
        self._shape, (self._width, self._height) = shape, size
        self._flat = np.arange(-self._width, 2 * self._width, dtype=np.float64)
        steps = np.sqrt(1 - (shape.steep * self.share(self._flat)) ** 2)  # of what is seen of each pixel from above
        seen = np.cumsum(steps)
        far = self._width if shape.side == "left" else 0  # the edge that stays where it is
        self._seen = seen - np.interp(far, self._flat, seen) + far

    def share(self, flat_x: Reals) -> Reals:
        """1 at the binding, falling smoothly to 0 where the paper lies flat."""
        away = flat_x if self._shape.side == "left" else self._width - flat_x
        near = np.clip(1 - np.maximum(away, 0) / (self._shape.reach * self._width), 0, 1)
        return np.asarray(near**2, np.float64)

    def fall(self, flat_x: Reals) -> Reals:
        return np.asarray(self._shape.sway * self._height * self.share(flat_x), np.float64)

    def scale(self, flat_x: Reals) -> Reals:
        return np.asarray(1 - self._shape.shrink * self.share(flat_x), np.float64)

    def flat_x(self, seen_x: Reals) -> Reals:
        return np.asarray(np.interp(seen_x, self._seen, self._flat), np.float64)

    def around(self, box: Box) -> Box:
        """The upright box around a flat box as it is seen."""
        x0, y0, x1, y1 = box
        x = np.linspace(x0, x1, 9)
        levels = [(y - self._height / 2) * self.scale(x) + self._height / 2 + self.fall(x) for y in (y0, y1)]
        left, right = np.interp((x0, x1), self._flat, self._seen)
        return (float(left), float(np.min(levels)), float(right), float(np.max(levels)))
