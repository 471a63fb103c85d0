"""From a clean page to a photograph or a bad scan: paper on a desk, perspective, shadow, blur; boxes go along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Reals = NDArray[np.float64]
THUMB = "thumb"
SKIN, NAIL = (214, 160, 132), (232, 190, 172)  # RGB
THUMB_WIDTH, THUMB_LENGTH = 0.068, 0.19  # of the page's width: half as wide as it is, and how far it reaches in


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
    falloff: float = 0.0  # 0..1, how much darker the corner farthest from the lamp is
    thumb: bool = False  # lies over a corner of the page


def photograph(
    page: Image.Image, boxes: Mapping[str, Sequence[int]], camera: Camera, seed: int
) -> tuple[Image.Image, dict[str, list[int]]]:
    """The page as photographed, in its own size plus margins, and the box of each key around where it now stands.

    With a thumb on it the boxes have one more, `THUMB`.
    """
    rng = np.random.default_rng(seed)
    width, height = page.size
    size = (round(width * (1 + 2 * camera.margin)), round(height * (1 + 2 * camera.margin)))
    matrix = _view(camera, (width, height), size, rng)
    paper = cv2.warpPerspective(np.asarray(page), matrix, size, flags=cv2.INTER_CUBIC)
    lies = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size)[..., None] / 255
    desk = np.array(camera.desk) + cv2.GaussianBlur(rng.normal(0, 14, (size[1], size[0])), (0, 0), 2)[..., None]
    scene = (paper * lies + desk * (1 - lies)) * _light(camera, size, rng)[..., None]
    placed = {key: _around(box, matrix) for key, box in boxes.items()}
    if camera.thumb:
        scene, placed[THUMB] = _with_thumb(scene, matrix, (width, height), rng)
    seen = cv2.GaussianBlur(scene.astype(np.float32), (0, 0), camera.blur_sigma)
    seen = seen + rng.normal(0, camera.grain, (size[1], size[0], 1))
    return Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8)), placed


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
    light = 1 - camera.shadow * depth
    if camera.falloff:
        lamp = rng.uniform(-0.5, 0.5, 2)
        away = np.hypot(x - lamp[0], y - lamp[1])
        light = light * (1 - camera.falloff * (away / away.max()) ** 1.6)
    return np.asarray(light, np.float32)


def _with_thumb(
    scene: Reals, matrix: Reals, page: tuple[int, int], rng: np.random.Generator
) -> tuple[Reals, list[int]]:
    """The scene with a thumb that comes in from beside a corner of the page, and the box around it."""
    width, height = page
    at_left, at_top = bool(rng.integers(2)), bool(rng.integers(2))
    side = -1 if at_left else 1
    corner = matrix @ (0 if at_left else width, height * (0.06 if at_top else 0.94), 1)
    root = corner[:2] / corner[2]
    angle = rng.uniform(0.1, 0.6) * (1 if at_top else -1)
    tip = root + THUMB_LENGTH * width * np.array([-side * np.cos(angle), np.sin(angle)])
    root = root + (root - tip) * 3
    axis = (root - tip) / np.linalg.norm(root - tip)
    reach = 1.6 * THUMB_WIDTH * width
    (x0, y0), (x1, y1) = (
        np.clip(edge, 0, (scene.shape[1], scene.shape[0])).astype(int)
        for edge in (np.minimum(tip, root) - reach, np.maximum(tip, root) + reach)
    )
    y, x = np.mgrid[y0:y1, x0:x1]
    along = (x - tip[0]) * axis[0] + (y - tip[1]) * axis[1]
    across = (y - tip[1]) * axis[0] - (x - tip[0]) * axis[1]
    half = THUMB_WIDTH * width * (1 + 0.06 * np.clip(along / (THUMB_LENGTH * width), 0, 3))
    away = np.where(along < half, np.hypot(along - half, across), np.abs(across)) / half  # 1 at the skin's edge
    cover = np.clip((1 - away) * half / 2, 0, 1)[..., None]
    shadow = 1 - 0.7 * np.clip(1.5 - away, 0, 0.5)[..., None]
    seen = scene.copy()
    seen[y0:y1, x0:x1] = scene[y0:y1, x0:x1] * shadow * (1 - cover) + _skin(along, across, half, away) * cover
    ys, xs = np.nonzero(cover[..., 0] > 0.5)
    return seen, [int(x0 + xs.min()), int(y0 + ys.min()), int(x0 + xs.max()) + 1, int(y0 + ys.max()) + 1]


def _skin(along: Reals, across: Reals, half: Reals, away: Reals) -> Reals:
    """Colours of a thumb: darker where it rounds off, its nail lighter."""
    light = np.sqrt(np.clip(1 - 0.8 * np.clip(away, 0, 1) ** 2, 0, 1))[..., None]
    nail = np.clip((1 - np.hypot((along - 0.75 * half) / (0.55 * half), across / (0.5 * half))) * 12, 0, 1)[..., None]
    return np.asarray((np.array(SKIN) * (1 - nail) + np.array(NAIL) * nail) * (0.35 + 0.65 * light), np.float64)


def _around(box: Sequence[float], matrix: NDArray[np.float64]) -> list[int]:
    x0, y0, x1, y1 = box
    points = np.array([(x, y, 1.0) for x in (x0, x1) for y in (y0, y1)]) @ matrix.T
    points = points[:, :2] / points[:, 2:]
    (left, top), (right, bottom) = np.floor(points.min(axis=0)), np.ceil(points.max(axis=0))
    return [int(left), int(top), int(right), int(bottom)]
