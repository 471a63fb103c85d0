"""Hats and tone marks drawn stroke by stroke, as a hand puts them down that does not follow the face's designer."""

import math
import random
import unicodedata
from dataclasses import dataclass

from PIL import ImageDraw, ImageFont

Point = tuple[float, float]  # in mark sizes; y grows downwards, 0 is where the mark is nearest to its letter

GRAVE, ACUTE, TILDE, HOOK, DOT = "\u0300\u0301\u0303\u0309\u0323"
CIRCUMFLEX, BREVE = "\u0302\u0306"
TONES, HATS = frozenset((GRAVE, ACUTE, TILDE, HOOK, DOT)), frozenset((CIRCUMFLEX, BREVE))

_STROKES: dict[str, tuple[Point, ...]] = {
    GRAVE: ((-0.18, -0.36), (0.0, -0.17), (0.14, 0.0)),
    ACUTE: ((-0.14, 0.0), (0.02, -0.17), (0.18, -0.36)),
    TILDE: ((-0.34, -0.04), (-0.24, -0.2), (-0.12, -0.2), (0.1, -0.06), (0.22, -0.08), (0.34, -0.24)),
    HOOK: ((-0.14, -0.36), (-0.04, -0.45), (0.1, -0.43), (0.15, -0.33), (0.08, -0.23), (0.0, -0.17), (0.0, 0.0)),
    CIRCUMFLEX: ((-0.34, 0.0), (0.0, -0.3), (0.34, 0.0)),
    BREVE: ((-0.32, -0.28), (-0.22, -0.08), (0.0, 0.0), (0.22, -0.08), (0.32, -0.28)),
}


@dataclass(frozen=True, slots=True)
class Marking:
    """How one hand marks its letters; lengths in small-x heights."""

    size: float
    gap: float  # between a letter and what stands above it
    beside: bool  # a tone stands at the right of a hat, not above it
    width: float  # of the stroke

    @classmethod
    def some(cls, rng: random.Random) -> "Marking":
        return cls(rng.uniform(0.7, 1.15), rng.uniform(0.05, 0.3), rng.random() < 0.6, rng.uniform(0.1, 0.16))


def put(
    rng: random.Random,
    canvas: ImageDraw.ImageDraw,
    letters: str,
    bare: str,
    font: ImageFont.FreeTypeFont,
    at: Point,
    x_height: float,
    marking: Marking,
) -> None:
    """Draws the hats and tones of `letters` around their `bare` shapes, as many, written from `at` (pixels) on."""
    for i, (letter, plain) in enumerate(zip(letters, bare, strict=True)):
        marks = unicodedata.normalize("NFD", letter)
        hat = next((mark for mark in marks if mark in HATS), "")
        tone = next((mark for mark in marks if mark in TONES), "")
        if hat or tone:
            left, top, right, bottom = font.getbbox(plain, anchor="ls")
            middle = at[0] + font.getlength(bare[:i]) + (left + right) / 2
            _mark(rng, canvas, hat, tone, middle, (at[1] + top, at[1] + bottom), x_height, marking)


def _mark(
    rng: random.Random,
    canvas: ImageDraw.ImageDraw,
    hat: str,
    tone: str,
    middle: float,
    rows: tuple[float, float],
    x_height: float,
    marking: Marking,
) -> None:
    """Hat and tone of one letter that stands in these rows of pixels."""
    size, width = marking.size * x_height, max(2, round(marking.width * x_height))
    above = rows[0] - marking.gap * x_height * rng.uniform(0.7, 1.3)
    if hat:
        top = _stroke(rng, canvas, hat, (middle, above), size, width)
        if marking.beside and tone not in (TILDE, DOT):
            middle += size * rng.uniform(0.34, 0.5)
            above -= size * rng.uniform(0.1, 0.25)
        else:
            above = top - size * rng.uniform(0.06, 0.16) - width / 2
    if tone == DOT:
        _dot(rng, canvas, (middle, rows[1] + size * rng.uniform(0.16, 0.34)), max(1.2, 0.7 * width))
    elif tone:
        _stroke(rng, canvas, tone, (middle, above), size, width)


def _stroke(rng: random.Random, canvas: ImageDraw.ImageDraw, mark: str, at: Point, size: float, width: int) -> float:
    """One mark turned and stretched a little; returns the row of its top."""
    turn, wide, high = math.radians(rng.gauss(0, 7)), rng.uniform(0.8, 1.2) * size, rng.uniform(0.8, 1.2) * size
    points = []
    for x, y in _STROKES[mark]:
        across, up = x * wide + rng.gauss(0, 0.02) * size, y * high + rng.gauss(0, 0.02) * size
        points.append(
            (
                at[0] + across * math.cos(turn) - up * math.sin(turn),
                at[1] + across * math.sin(turn) + up * math.cos(turn),
            )
        )
    canvas.line(points, fill=255, width=width, joint="curve")
    return min(y for _, y in points)


def _dot(rng: random.Random, canvas: ImageDraw.ImageDraw, at: Point, radius: float) -> None:
    wide, high = radius * rng.uniform(0.9, 1.5), radius * rng.uniform(0.8, 1.2)
    canvas.ellipse((at[0] - wide, at[1] - high, at[0] + wide, at[1] + high), fill=255)
