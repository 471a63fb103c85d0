"""The sheet under the pen: prints labels and dotted lines, fits values into their blanks, remembers where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from PIL import Image, ImageDraw

from drawing.blanks import DoesNotFit, Segment, squeezed
from drawing.fonts import font
from drawing.ink import Box, Pen, write
from drawing.mend import write_corrected, write_overrun
from drawing.slips import NO_SLIPS, Slips
from drawing.writing import Writing

PRINT = (52, 50, 56)
PRINT_SIZE = 31
ABOVE_DOTS = 5  # the pen stays this many pixels above the dotted line


@dataclass(frozen=True, slots=True)
class Aside:
    """Ink on the page that is nobody's value: what was struck out, a note in the margin, a stamp."""

    text: str
    boxes: Sequence[Box]


@dataclass(slots=True)
class Sheet:
    """A page while it is drawn.

    `boxes` holds the ink of every word laid down so far, by column; `blanks` where each item may be written on, by the
    item's columns; `aside` what else stands on the page, by a name ("struck" and the column, "note").
    """

    image: Image.Image
    writing: Writing
    pen: Pen
    face: str  # of the print
    rng: Random
    boxes: dict[str, list[Box]] = field(default_factory=dict)
    blanks: dict[tuple[str, ...], list[Segment]] = field(default_factory=dict)
    slips: Slips = NO_SLIPS
    aside: dict[str, Aside] = field(default_factory=dict)

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
        try:
            self.keep(columns, self._lay(columns, text, [segment.raised(ABOVE_DOTS) for segment in segments]))
        except DoesNotFit as cause:
            raise ValueError(f"the value of {'+'.join(columns)} does not fit its place") from cause

    def _lay(self, columns: Sequence[str], text: str, segments: Sequence[Segment]) -> list[Box]:
        key = columns[0] if text and len(columns) == 1 else ""
        if key in self.slips.corrections:
            correction = self.slips.corrections[key]
            ink, struck = write_corrected(self.image, text, correction, segments, self.pen, self.rng)
            self.aside[f"struck {key}"] = Aside(correction.struck, struck)
            return ink
        if key in self.slips.overruns:
            return write_overrun(self.image, text, self.slips.overruns[key], segments[0], self.pen, self.rng)
        pen, lines = squeezed(text, segments, self.pen)
        return [
            box
            for line, segment in zip(lines, segments, strict=False)
            for box in write(self.image, line, segment.x0, segment.baseline, pen, self.rng)
        ]

    def keep(self, columns: Sequence[str], ink: Sequence[Box]) -> None:
        """Remembers the ink of these columns, as far as the page says something in them."""
        for column in columns:
            if ink and column in self.writing.fields:
                self.boxes.setdefault(column, []).extend(ink)


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
