"""From a clean page to a photograph or a bad scan: paper on a desk, perspective, shadow, blur; boxes go along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Camera:
    """How the paper (in its own colour, grain and all) was photographed."""

    tilt_degrees: float = 0.0
    perspective: float = 0.0  # by how much of the page's width a corner may be off
    desk: tuple[int, int, int] = (64, 52, 44)  # colour around the paper, RGB
    margin: float = 0.05  # of the page's size, on each side
    shadow: float = 0.0  # 0..1, how dark the darkest part of the paper gets
    blur_sigma: float = 0.7  # pixels
    grain: float = 2.5  # standard deviation in grey levels


def photograph(
    page: Image.Image, boxes: Mapping[str, Sequence[int]], camera: Camera, seed: int
) -> tuple[Image.Image, dict[str, list[int]]]:
    """The page as photographed, in its own size plus margins, and the box of each key around where it now stands."""
    rng = np.random.default_rng(seed)
    width, height = page.size
    size = (round(width * (1 + 2 * camera.margin)), round(height * (1 + 2 * camera.margin)))
    matrix = _view(camera, (width, height), size, rng)
    paper = cv2.warpPerspective(np.asarray(page), matrix, size, flags=cv2.INTER_CUBIC)
    lies = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size)[..., None] / 255
    desk = np.array(camera.desk) + cv2.GaussianBlur(rng.normal(0, 14, (size[1], size[0])), (0, 0), 2)[..., None]
    scene = (paper * lies + desk * (1 - lies)) * _light(camera, size, rng)[..., None]
    seen = cv2.GaussianBlur(scene.astype(np.float32), (0, 0), camera.blur_sigma)
    seen = seen + rng.normal(0, camera.grain, (size[1], size[0], 1))
    return Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8)), {
        k: _around(box, matrix) for k, box in boxes.items()
    }


def _view(
    camera: Camera, page: tuple[int, int], size: tuple[int, int], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Page pixels -> picture pixels."""
    width, height = page
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), camera.tilt_degrees, 1.0)
    turned = np.hstack([corners, np.ones((4, 1))]) @ turn.T
    pushed = turned + rng.uniform(-1, 1, (4, 2)) * camera.perspective * width
    pushed += (np.array(size) - (pushed.max(axis=0) + pushed.min(axis=0))) / 2
    inside = np.min(np.array(size) * 0.985 / (pushed.max(axis=0) - pushed.min(axis=0)))
    if inside < 1:
        pushed = (pushed - np.array(size) / 2) * inside + np.array(size) / 2
    return np.asarray(cv2.getPerspectiveTransform(corners, pushed.astype(np.float32)), np.float64)


def _light(camera: Camera, size: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float32]:
    """1 where the light is full; a soft shadow comes in from one side."""
    width, height = size
    angle, edge = rng.uniform(0, 2 * np.pi), rng.uniform(-0.1, 0.3)
    y, x = np.mgrid[-0.5 : 0.5 : height * 1j, -0.5 : 0.5 : width * 1j]
    depth = np.clip((x * np.cos(angle) + y * np.sin(angle) - edge) / 0.35, 0, 1)
    return np.asarray(1 - camera.shadow * depth, np.float32)


def _around(box: Sequence[float], matrix: NDArray[np.float64]) -> list[int]:
    x0, y0, x1, y1 = box
    points = np.array([(x, y, 1.0) for x in (x0, x1) for y in (y0, y1)]) @ matrix.T
    points = points[:, :2] / points[:, 2:]
    (left, top), (right, bottom) = np.floor(points.min(axis=0)), np.ceil(points.max(axis=0))
    return [int(left), int(top), int(right), int(bottom)]
