"""What years and damp do to a written page: faded ink, stains, the writing of the back shining through."""

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from drawing.ink import Box

Field = NDArray[np.float32]
BROWN = (196, 160, 104)
COARSE = 4  # pixels
PRINT_KEEPS = 0.4  # of what the pen loses: print is fast


def fade(page: Image.Image, ink: Iterable[Box], strength: float, seed: int) -> Image.Image:
    """The page with the pen's ink (in these boxes) gone by `strength` 0..1, here more, there less, print less so."""
    rng = np.random.default_rng(seed)
    weight = np.full((page.height, page.width), PRINT_KEEPS, np.float32)
    for x0, y0, x1, y1 in ink:
        weight[max(0, int(y0) - 4) : int(y1) + 4, max(0, int(x0) - 4) : int(x1) + 4] = 1
    weight = np.asarray(cv2.GaussianBlur(weight, (0, 0), 3), np.float32)
    loss = strength * weight * np.clip(1 + 0.22 * _clouds(page.size, 8, rng), 0.5, 1.15)
    pixels = np.asarray(page, np.float32)
    return _image(255 - (255 - pixels) * (1 - np.clip(loss, 0, 0.93))[..., None])


def shine_through(page: Image.Image, back: Image.Image, strength: float, seed: int) -> Image.Image:
    """The page with the mirrored writing of its back on it: blurred by the paper, stronger here than there."""
    rng = np.random.default_rng(seed)
    mirrored = cv2.flip(np.asarray(back.resize(page.size), np.uint8), 1)
    turn = np.array([[1, 0, rng.uniform(-25, 25)], [0, 1, rng.uniform(-25, 25)]])
    moved = cv2.warpAffine(mirrored, turn, page.size, borderMode=cv2.BORDER_CONSTANT, borderValue=(255,) * 3)
    through = cv2.GaussianBlur(moved, (0, 0), 1.8).astype(np.float32) / 255
    share = strength * np.clip(1 + 0.3 * _clouds(page.size, 5, rng), 0.3, 1.6)[..., None]
    return _image(np.asarray(page, np.float32) * (1 - share * (1 - through)))


def stain(page: Image.Image, count: int, seed: int) -> Image.Image:
    """The page with water stains (a brown patch with a darker rim) and specks of mould."""
    rng, pixels = np.random.default_rng(seed), np.array(page, np.float32)
    for _ in range(count):
        depth = _patch(page.size, rng)
        pixels *= 1 - depth[..., None] * (1 - np.array(BROWN, np.float32) / 255)
    specks = np.zeros((page.height, page.width), np.uint8)
    for _ in range(40 * count):
        at = int(rng.integers(page.width)), int(rng.integers(page.height))
        cv2.circle(specks, at, int(rng.integers(1, 4)), (int(rng.integers(60, 200)),), -1, cv2.LINE_AA)
    mould = cv2.GaussianBlur(specks, (0, 0), 0.8).astype(np.float32)[..., None] / 255
    return _image(pixels * (1 - 0.7 * mould * (1 - np.array(BROWN, np.float32) / 400)))


def _patch(size: tuple[int, int], rng: np.random.Generator) -> Field:
    """0..1: how dark a stain is at each pixel; stains are soft, so a coarse one is drawn out."""
    width, height = size[0] // COARSE, size[1] // COARSE
    x, y = rng.uniform(0, width), rng.uniform(0, height)
    across = rng.uniform(0.12, 0.3) * width
    v, u = np.mgrid[0:height, 0:width].astype(np.float32)
    away = np.hypot((u - x) / across, (v - y) / (across * rng.uniform(0.7, 1.4)))
    away = away + 0.13 * _clouds((width, height), 14, rng)
    inside, rim = np.clip((1 - away) / 0.04, 0, 1), np.exp(-(((away - 0.97) / 0.035) ** 2))
    depth = np.asarray(rng.uniform(0.25, 0.5) * inside + rng.uniform(0.35, 0.7) * rim, np.float32)
    return np.asarray(cv2.resize(depth, size, interpolation=cv2.INTER_LINEAR), np.float32)


def _clouds(size: tuple[int, int], cells: int, rng: np.random.Generator) -> Field:
    """Smooth noise of standard deviation 1, about `cells` clouds across the page."""
    width, height = size
    rough = rng.normal(0, 1, (round(cells * height / width), cells)).astype(np.float32)
    smooth = cv2.resize(rough, size, interpolation=cv2.INTER_CUBIC)
    return np.asarray(smooth / smooth.std(), np.float32)


def _image(pixels: NDArray[np.floating]) -> Image.Image:
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
