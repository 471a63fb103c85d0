"""Lines found on a page -> the page's rows of characters, each character with its place (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from digitize.books.entry import Box
from digitize.books.names import unaccented
from digitize.ocr.decode import best_path
from digitize.ocr.engine import Line

SAME_ROW = 0.5  # lines of one row share at least this part of the lower one's height


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character read on the page; x in page pixels."""

    character: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Row:
    """Lines that stand side by side, left to right."""

    boxes: tuple[Box, ...]
    glyphs: tuple[Glyph, ...]

    @property
    def box(self) -> Box:
        return around(self.boxes)

    @property
    def height(self) -> float:
        """Pixels of the row's usual line."""
        return float(np.median([box.y1 - box.y0 for box in self.boxes]))

    @property
    def text(self) -> str:
        return "".join(glyph.character for glyph in self.glyphs)

    @property
    def plain(self) -> str:
        """The text for comparing: lower case, no diacritics, still one character per glyph."""
        return "".join(_plain(glyph.character) for glyph in self.glyphs)


@cache
def _plain(character: str) -> str:
    return (unaccented(character) or " ")[0]


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them."""
    x0s, y0s, x1s, y1s = zip(*((b.x0, b.y0, b.x1, b.y1) for b in boxes), strict=True)
    return Box(min(x0s), min(y0s), max(x1s), max(y1s))


def band_of(box: Box, others: Iterable[Box]) -> tuple[float, float]:
    """The height that is the line's own: from halfway to the line above it to halfway to the line below.

    `others` are the boxes of the page's lines; what stands beside the box, and the box itself, does not matter.
    """
    middle, apart = _middle(box), SAME_ROW * (box.y1 - box.y0)
    along = [_middle(other) for other in others if other.x0 < box.x1 and other.x1 > box.x0]
    above = max((m for m in along if m < middle - apart), default=-np.inf)
    below = min((m for m in along if m > middle + apart), default=np.inf)
    return (above + middle) / 2, (middle + below) / 2


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Groups lines into rows, top to bottom."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.y0 + line.box.y1):
        if groups and _beside(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_row(group) for group in groups]


def _beside(group: list[Line], line: Line) -> bool:
    last = min(group, key=lambda other: abs(_middle(other.box) - _middle(line.box))).box
    shared = min(last.y1, line.box.y1) - max(last.y0, line.box.y0)
    height = min(last.y1 - last.y0, line.box.y1 - line.box.y0)
    crossing = any(min(o.box.x1, line.box.x1) - max(o.box.x0, line.box.x0) > height for o in group)
    return shared >= SAME_ROW * height and not crossing


def _middle(box: Box) -> float:
    return (box.y0 + box.y1) / 2


def _row(group: list[Line]) -> Row:
    group = sorted(group, key=lambda line: line.box.x0)
    glyphs: list[Glyph] = []
    for line in group:
        reading = best_path(line.posterior)
        if glyphs and reading.text:
            glyphs.append(Glyph(" ", glyphs[-1].x1, line.box.x0))
        for character, start, end in zip(reading.text, reading.starts, reading.ends, strict=True):
            glyphs.append(Glyph(character, line.box.x0 + start, line.box.x0 + end))
    return Row(tuple(line.box for line in group), tuple(glyphs))
