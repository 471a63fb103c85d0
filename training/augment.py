"""What happens to a line between two looks at it: another cut, another slant, another light."""

import random

import cv2
import numpy as np
from numpy.typing import NDArray

HEIGHT = 48
WIDEST = 1600
Image = NDArray[np.uint8]


def fit(image: Image, height: int = HEIGHT) -> Image:
    """The line at the recogniser's height, as the reader itself does it."""
    rows, columns = image.shape[:2]
    width = int(np.clip(np.ceil(columns * height / rows), 8, WIDEST))
    return np.asarray(cv2.resize(image, (width, height)), np.uint8)


def vary(image: Image, rng: random.Random) -> Image:
    """Another view of the line (height 48): position, slant, width, light, sharpness, paper and compression."""
    image = moved(image, rng)
    if rng.random() < 0.35:
        image = _waved(image, rng)
    if rng.random() < 0.25:
        image = _thicker_or_thinner(image, rng)
    if rng.random() < 0.2:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 1.1)), np.uint8)
    if rng.random() < 0.1:
        image = _coarse(image, rng)
    if rng.random() < 0.15:
        image = np.asarray(cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8)
    image = _lit(image, rng)
    if rng.random() < 0.15:
        image = _compressed(image, rng)
    return image


def moved(image: Image, rng: random.Random) -> Image:
    """Stretch, slant, tilt, and a cut a little tighter or looser; outside the crop its rim goes on."""
    rows, columns = image.shape[:2]
    scale = HEIGHT / rows
    wide = scale * rng.uniform(0.72, 1.25)
    high = scale * rng.uniform(0.8, 1.06)
    slant = rng.uniform(-0.25, 0.25)
    tilt = rng.uniform(-0.012, 0.012) * min(1.0, 300 / max(columns, 1))
    room = abs(slant) * HEIGHT / 2  # so that the slant pushes no letter out
    width = int(np.clip(columns * wide + 2 * room, 8, WIDEST))
    wide = (width - 2 * room) / columns
    down = (HEIGHT - rows * high) / 2 + rng.uniform(-2.5, 2.5)
    matrix = np.array(
        [
            [wide, slant * high, room - slant * high * rows / 2],
            [tilt * wide, high, down - tilt * wide * columns / 2],
        ],
        np.float32,
    )
    border = cv2.BORDER_REPLICATE if rng.random() < 0.7 else cv2.BORDER_REFLECT_101
    return np.asarray(
        cv2.warpAffine(image, matrix, (width, HEIGHT), flags=cv2.INTER_LINEAR, borderMode=border), np.uint8
    )


def _waved(image: Image, rng: random.Random) -> Image:
    """Strokes pushed about by a smooth random field of at most two pixels, letters a little wider here than there."""
    rows, columns = image.shape[:2]
    noise = np.random.default_rng(rng.getrandbits(32))
    coarse = noise.uniform(-1, 1, (2, 4, max(2, columns // 14))).astype(np.float32) * rng.uniform(0.5, 2.2)
    dx, dy = (cv2.resize(field, (columns, rows), interpolation=cv2.INTER_CUBIC) for field in coarse)
    wider = noise.uniform(-1, 1, (1, max(2, columns // 60))).astype(np.float32) * rng.uniform(0.0, 9.0)
    dx = dx + cv2.resize(wider, (columns, 1), interpolation=cv2.INTER_CUBIC)
    xs, ys = np.meshgrid(np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32))
    return np.asarray(cv2.remap(image, xs + dx, ys + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _thicker_or_thinner(image: Image, rng: random.Random) -> Image:
    kernel = np.ones(rng.choice(((2, 1), (1, 2), (2, 2))), np.uint8)
    changed = cv2.erode(image, kernel) if rng.random() < 0.5 else cv2.dilate(image, kernel)
    share = rng.uniform(0.3, 1.0)
    return np.asarray(cv2.addWeighted(image, 1 - share, changed, share, 0), np.uint8)


def _coarse(image: Image, rng: random.Random) -> Image:
    rows, columns = image.shape[:2]
    factor = rng.uniform(0.45, 0.8)
    small = cv2.resize(image, (max(4, int(columns * factor)), int(rows * factor)), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (columns, rows)), np.uint8)


def _lit(image: Image, rng: random.Random) -> Image:
    rows, columns = image.shape[:2]
    noise = np.random.default_rng(rng.getrandbits(32))
    lit = image.astype(np.float32)
    if rng.random() < 0.15:  # light that falls off along the line
        lit *= np.linspace(rng.uniform(0.6, 1.1), rng.uniform(0.6, 1.1), columns, dtype=np.float32)[None, :, None]
    tint = noise.uniform(-8, 8, 3) if rng.random() < 0.4 else 0.0
    lit = lit * rng.uniform(0.75, 1.15) + rng.uniform(-20, 20) + tint
    if rng.random() < 0.3:
        lit += noise.normal(0, rng.uniform(2, 11), (rows, columns, 1 if rng.random() < 0.5 else 3))
    if rng.random() < 0.03:
        lit = 255 - lit
    return np.clip(lit, 0, 255).astype(np.uint8)


def _compressed(image: Image, rng: random.Random) -> Image:
    _, packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(25, 80)])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
