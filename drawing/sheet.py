"""The sheet under the pen: prints labels and dotted lines, fits values into their blanks, remembers where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from PIL import Image, ImageDraw

from drawing.fonts import font
from drawing.ink import Box, Pen, write
from drawing.writing import Writing

PRINT = (52, 50, 56)
PRINT_SIZE = 31
ABOVE_DOTS = 5  # the pen stays this many pixels above the dotted line
# A hand writes smaller and narrower until the value fits: (size, width of the letters).
SQUEEZES = tuple((size, 1 - 0.65 * max(0.0, 1 - size)) for size in (1.1, 1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.65, 0.6))


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of line that may be written on, from x0 to x1, in pixels."""

    x0: float
    x1: float
    baseline: float


@dataclass(slots=True)
class Sheet:
    """A page while it is drawn.

    `boxes` holds the ink of every word laid down so far, by column; `blanks` where each item may be written on, by the
    item's columns.
    """

    image: Image.Image
    writing: Writing
    pen: Pen
    face: str  # of the print
    rng: Random
    boxes: dict[str, list[Box]] = field(default_factory=dict)
    blanks: dict[tuple[str, ...], list[Segment]] = field(default_factory=dict)

    @property
    def draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def print_length(self, text: str, bold: bool = False) -> float:
        return font(self.face, PRINT_SIZE, 700 if bold else 400).getlength(text)

    def print(self, text: str, x: float, baseline: float, bold: bool = False) -> float:
        """Prints a text and returns where it ends."""
        face = font(self.face, PRINT_SIZE, 700 if bold else 400)
        self.draw.text((x, baseline), text, fill=PRINT, font=face, anchor="ls")
        return x + face.getlength(text)

    def print_centred(self, text: str, centre: float, baseline: float, bold: bool = False) -> None:
        self.print(text, centre - self.print_length(text, bold) / 2, baseline, bold)

    def dots(self, segment: Segment) -> None:
        """A dotted leader."""
        x = segment.x0
        while x < segment.x1:
            self.draw.ellipse((x, segment.baseline, x + 2, segment.baseline + 2), fill=PRINT)
            x += 8

    def fill(self, columns: Sequence[str], text: str, segments: Sequence[Segment]) -> None:
        """Writes a value into its blank, squeezing it as far as needed. Raises ValueError when it does not fit."""
        self.blanks.setdefault(tuple(columns), []).extend(segments)
        for size, width in SQUEEZES:
            pen = replace(self.pen, scale=self.pen.scale * size, width=self.pen.width * width)
            lines = place(text, segments, pen)
            if lines is not None:
                break
        else:
            raise ValueError(f"the value of {'+'.join(columns)} does not fit its place")
        for line, segment in zip(lines, segments, strict=False):
            ink = write(self.image, line, segment.x0, segment.baseline - ABOVE_DOTS, pen, self.rng)
            self.keep(columns, ink)

    def keep(self, columns: Sequence[str], ink: Sequence[Box]) -> None:
        """Remembers the ink of these columns, as far as the page says something in them."""
        for column in columns:
            if ink and column in self.writing.fields:
                self.boxes.setdefault(column, []).extend(ink)


def place(text: str, segments: Sequence[Segment], pen: Pen) -> list[str] | None:
    """The text broken over the segments, or None when the pen is too wide for them."""
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if pen.reach(longer) <= _room(segments, lines):
            lines[-1] = longer
            continue
        lines.append(word)
        if len(lines) > len(segments) or pen.reach(word) > _room(segments, lines):
            return None
    return lines


def _room(segments: Sequence[Segment], lines: Sequence[str]) -> float:
    segment = segments[len(lines) - 1]
    return segment.x1 - segment.x0


def wrap(text: str, width: float, length: Callable[[str], float]) -> list[str]:
    """Breaks a printed text between words so that no line is longer than `width`."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and length(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
