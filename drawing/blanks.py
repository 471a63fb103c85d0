"""Blanks to be written on: a value is broken over their lines, and squeezed as far as needed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from drawing.ink import Pen

# A hand writes smaller and narrower until the value fits: (size, width of the letters).
SQUEEZES = tuple((size, 1 - 0.65 * max(0.0, 1 - size)) for size in (1.1, 1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.65, 0.6))


class DoesNotFit(ValueError):
    """The pen is too wide for the blank, however it squeezes."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of line that may be written on, from x0 to x1, in pixels."""

    x0: float
    x1: float
    baseline: float

    def raised(self, by: float) -> "Segment":
        return replace(self, baseline=self.baseline - by)


def squeezed(text: str, segments: Sequence[Segment], pen: Pen) -> tuple[Pen, list[str]]:
    """The widest pen in which the text fits, and the text line by line. Raises DoesNotFit."""
    for size, width in SQUEEZES:
        narrow = replace(pen, scale=pen.scale * size, width=pen.width * width)
        lines = place(text, segments, narrow)
        if lines is not None:
            return narrow, lines
    raise DoesNotFit(text)


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
