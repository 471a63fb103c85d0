"""From a clean page to a scan: paper tint, ink in the fibres, skew, blur and grain; boxes go along."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from drawing.ink import Box

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Scanner:
    """What the scanner and the years did to the page."""

    tilt_degrees: float = 0.0
    blur_sigma: float = 0.6  # pixels
    grain: float = 1.7  # standard deviation in grey levels
    tint: tuple[int, int, int] = (250, 246, 234)


def scan(
    page: Image.Image, boxes: Mapping[str, Sequence[Box]], scanner: Scanner, seed: int
) -> tuple[Image.Image, dict[str, list[int]]]:
    """The page as scanned, and one upright box [x0, y0, x1, y1] in its pixels for each key."""
    rng = np.random.default_rng(seed)
    middle = (page.width / 2, page.height / 2)
    turn = np.asarray(cv2.getRotationMatrix2D(middle, scanner.tilt_degrees, 1.0), dtype=np.float64)
    turned = cv2.warpAffine(
        np.asarray(page), turn, page.size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(255,) * 3
    )
    sheet = turned.astype(np.float32) / 255 * _paper(page.height, page.width, scanner, rng)
    blurred = cv2.GaussianBlur(sheet, (0, 0), scanner.blur_sigma)
    grained = blurred + _grain(page.height, page.width, scanner.grain, rng)[..., None]
    image = Image.fromarray(np.clip(grained, 0, 255).astype(np.uint8))
    return image, {key: _around([_turn(box, turn) for box in parts]) for key, parts in boxes.items()}


def _paper(height: int, width: int, scanner: Scanner, rng: np.random.Generator) -> NDArray[np.float32]:
    """Tinted paper with soft stains, brighter where the scanner's lamp is."""
    stains = cv2.resize(rng.normal(0, 1, (9, 7)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    lamp = np.linspace(1.0, 0.965, width, dtype=np.float32)[None, :]
    shade = (1 + 0.006 * stains) * lamp
    return shade[..., None] * np.array(scanner.tint, dtype=np.float32)


def _grain(height: int, width: int, strength: float, rng: np.random.Generator) -> NDArray[np.float32]:
    grain = cv2.GaussianBlur(rng.normal(0, 1, (height, width)).astype(np.float32), (0, 0), 1.0)
    return np.asarray(grain / grain.std() * strength, dtype=np.float32)


def _turn(box: Box, turn: NDArray[np.float64]) -> Box:
    x0, y0, x1, y1 = box
    corners = np.array([(x, y, 1.0) for x in (x0, x1) for y in (y0, y1)])
    turned = corners @ turn.T
    (left, top), (right, bottom) = turned.min(axis=0), turned.max(axis=0)
    return (float(left), float(top), float(right), float(bottom))


def _around(boxes: Sequence[Box]) -> list[int]:
    """The smallest box of whole pixels around all of them."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return [math.floor(min(x0)), math.floor(min(y0)), math.ceil(max(x1)), math.ceil(max(y1))]
