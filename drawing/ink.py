"""Ink on paper: words in a pen font with an unsteady hand, ticks, crosses and signatures."""

import math
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Literal

from PIL import Image, ImageDraw

from drawing.fonts import font

Box = tuple[float, float, float, float]
Colour = tuple[int, int, int]
Mark = Literal["tick", "cross", "filled", "circled"]
MARKS: tuple[Mark, ...] = ("tick", "cross", "filled", "circled")

BLUE: Colour = (28, 44, 128)
BLACK: Colour = (34, 33, 40)
STEEP = 1.0  # degrees; a word turned further needs more room than it has lying
X_HEIGHT = 18  # pixels of a small x at scale 1, about 2.3 mm at 200 dpi


@dataclass(frozen=True, slots=True)
class Pen:
    """A face of drawing.fonts in one colour; `scale` is the size of the hand, `width` squeezes the letters."""

    face: str
    colour: Colour
    scale: float = 1.0
    width: float = 1.0

    @property
    def size(self) -> int:
        """Pixels of the face at which its small x has the wanted height."""
        _, top, _, bottom = font(self.face, 100).getbbox("x")
        return round(100 * X_HEIGHT * self.scale / (bottom - top))

    def length(self, text: str) -> float:
        return font(self.face, self.size).getlength(text) * self.width

    @property
    def space(self) -> float:
        """A gap a reader can see: school cursive has a wide one, other hands need at least a third of an em."""
        return max(self.length(" "), 0.55 * X_HEIGHT * self.scale)

    def reach(self, text: str) -> float:
        """How far a text written word by word may run at most."""
        words = text.split()
        return sum(self.length(word) + 1.1 * self.space for word in words) - 1.1 * self.space if words else 0.0


def write(page: Image.Image, text: str, x: float, baseline: float, pen: Pen, rng: Random) -> list[Box]:
    """Writes words from `x` on, each a little off the baseline; returns the ink box of each word."""
    boxes = []
    for word in text.split():
        boxes.append(write_word(page, word, x, baseline + rng.uniform(-1.6, 1.6), pen, rng))
        x += pen.length(word) + pen.space * rng.uniform(0.95, 1.1)
    return boxes


def write_word(
    page: Image.Image, word: str, x: float, baseline: float, pen: Pen, rng: Random, tilt_degrees: float = 0.0
) -> Box:
    """Writes one word, turned about its middle; returns its ink box."""
    mask, left, top = _mask(word, pen, rng.uniform(0.97, 1.03), tilt_degrees + rng.uniform(-0.8, 0.8))
    at = (round(x + left), round(baseline + top))
    page.paste(pen.colour, at, mask.point(lambda alpha: round(alpha * 0.92)))
    x0, y0, x1, y1 = mask.getbbox() or (0, 0, 1, 1)
    return (at[0] + x0, at[1] + y0, at[0] + x1, at[1] + y1)


def _mask(word: str, pen: Pen, stretch: float, tilt_degrees: float) -> tuple[Image.Image, float, float]:
    """The word as an alpha mask with where its corner stands from the start of the baseline."""
    face = font(pen.face, pen.size)
    left, top, right, bottom = face.getbbox(word, anchor="ls")
    room = 6
    mask = Image.new("L", (int(right - left) + 2 * room, int(bottom - top) + 2 * room))
    ImageDraw.Draw(mask).text((room - left, room - top), word, fill=255, font=face, anchor="ls")
    wide = (max(1, round(mask.width * pen.width)), max(1, round(mask.height * stretch)))
    mask = mask.resize(wide, Image.Resampling.BICUBIC)
    flat = mask.size
    mask = mask.rotate(tilt_degrees, Image.Resampling.BICUBIC, expand=abs(tilt_degrees) > STEEP)
    left, top = (left - room) * pen.width - (mask.width - flat[0]) / 2, (top - room) * stretch
    return mask, left, top - (mask.height - flat[1]) / 2


STROKES = {  # shares of the square's side
    "tick": [[(0.15, 0.5), (0.42, 0.85), (0.95, 0.05)]],
    "cross": [[(0.15, 0.12), (0.85, 0.88)], [(0.85, 0.1), (0.13, 0.9)]],
}


def tick(page: Image.Image, square: Box, pen: Pen, rng: Random, mark: Mark | None = None) -> None:
    """A tick or a cross inside the square, the square filled with strokes, or a circle around it."""
    x0, y0, x1, _ = square
    side = x1 - x0
    either: tuple[Mark, Mark] = ("tick", "cross")
    for stroke in _strokes(rng.choice(either) if mark is None else mark, rng):
        shaky = [(u + rng.uniform(-0.04, 0.04), v + rng.uniform(-0.04, 0.04)) for u, v in stroke]
        points = [(x0 + side * u, y0 + side * v) for u, v in shaky]
        ImageDraw.Draw(page).line(points, fill=pen.colour, width=4, joint="curve")


def _strokes(mark: Mark, rng: Random) -> list[list[tuple[float, float]]]:
    if mark == "filled":
        steps = rng.randrange(9, 14)
        return [[(0.1 + 0.8 * i / steps, 0.1 if i % 2 else 0.9) for i in range(steps + 1)] for _ in range(2)]
    if mark == "circled":
        wide, tall, begin = rng.uniform(0.72, 0.95), rng.uniform(0.68, 0.85), rng.uniform(0, 6)
        turns = [begin + 6.6 * i / 40 for i in range(41)]  # a little more than once round
        return [_smooth([(0.5 + wide * math.cos(a), 0.5 + tall * math.sin(a)) for a in turns])]
    return STROKES[mark]


def sign(page: Image.Image, centre: tuple[float, float], pen: Pen, rng: Random) -> None:
    """A signature nobody can read: one stroke that wanders from left to right."""
    x, y = centre[0] - 85, centre[1]
    points = [(x, y)]
    while x < centre[0] + 70:
        x += rng.uniform(4, 26)
        y = centre[1] + rng.uniform(-34, 30)
        points.append((x, y))
    points.append((centre[0] + 105, centre[1] + rng.uniform(-8, 12)))
    ImageDraw.Draw(page).line(_smooth(points), fill=pen.colour, width=3, joint="curve")


def _smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Rounds the corners (Chaikin's corner cutting, three times)."""
    for _ in range(3):
        pairs = list(pairwise(points))
        points = [_between(a, b, share) for a, b in pairs for share in (0.25, 0.75)]
    return points


def _between(a: tuple[float, float], b: tuple[float, float], share: float) -> tuple[float, float]:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
