"""Writes values as they stand after a slip: struck out and corrected, or running out of their blank."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from PIL import Image, ImageDraw

from drawing.blanks import DoesNotFit, Segment, squeezed
from drawing.ink import X_HEIGHT, Box, Pen, write, write_word
from drawing.slips import Correction, Overrun

SMALLER = 0.78  # of the hand, where there is little room: above a struck word, under the end of a line
WIDER = 1.15  # the hand of somebody who does not look ahead
FARTHEST = 130.0  # pixels past the end of a blank
RIM = 14  # pixels at the edge of the paper that no pen reaches
STEEPEST = 11.0  # degrees, of a line that climbs along the margin


def write_corrected(
    page: Image.Image, text: str, correction: Correction, segments: Sequence[Segment], pen: Pen, rng: Random
) -> tuple[list[Box], list[Box]]:
    """The ink boxes of the value's words and those of what was struck out. Raises DoesNotFit."""
    words, struck = text.split(), correction.struck.split()
    first, last = (0, len(words)) if correction.word is None else (correction.word, correction.word + 1)
    right = words[first:last]
    row = [*words[:first], *struck, *([] if correction.above else right), *words[last:]]
    pen, lines = squeezed(" ".join(row), segments, pen)
    boxes = [
        box
        for line, segment in zip(lines, segments, strict=False)
        for box in write(page, line, segment.x0, segment.baseline, pen, rng)
    ]
    gone = boxes[first : first + len(struck)]
    kept = boxes[:first] + boxes[first + len(struck) :]
    _strike(page, gone, pen, rng)
    if correction.above:
        kept[first:first] = _write_above(page, " ".join(right), gone, segments[0].x1, pen, rng)
    return kept, gone


def _write_above(page: Image.Image, text: str, struck: Sequence[Box], end: float, pen: Pen, rng: Random) -> list[Box]:
    """The right words above the struck ones, in a smaller hand."""
    small = replace(pen, scale=pen.scale * SMALLER)
    left, top = min(box[0] for box in struck), min(box[1] for box in struck)
    x = max(struck[0][0] - 60, min(left + rng.uniform(-6, 14), end + 20 - small.reach(text)))
    return write(page, text, x, top + 0.1 * X_HEIGHT, small, rng)


def _strike(page: Image.Image, boxes: Sequence[Box], pen: Pen, rng: Random) -> None:
    """One line through the words, two, or a zigzag."""
    draw = ImageDraw.Draw(page)
    style = rng.choice(("line", "two lines", "zigzag"))
    for box in boxes if style == "zigzag" else [_around(boxes)]:
        x0, y0, x1, y1 = box
        middle, high = y1 - 0.36 * (y1 - y0), 0.3 * (y1 - y0)
        if style == "zigzag":
            count = max(4, round((x1 - x0) / 9))
            stroke = [
                (x0 + (x1 - x0) * i / count, middle + high * (1 if i % 2 else -1) + rng.uniform(-3, 3))
                for i in range(count + 1)
            ]
            draw.line(stroke, fill=pen.colour, width=3, joint="curve")
        for level in {"line": (0.0,), "two lines": (-0.28, 0.2)}.get(style, ()):
            ends = [middle + level * (y1 - y0) + rng.uniform(-3, 3) for _ in range(2)]
            draw.line((x0 - 6, ends[0], x1 + 8, ends[1]), fill=pen.colour, width=3)


def write_overrun(page: Image.Image, text: str, how: Overrun, blank: Segment, pen: Pen, rng: Random) -> list[Box]:
    """The value begun too far to the right: it runs past the end, climbs there, or ends under the line.

    Raises DoesNotFit when the value is of one word, or too long even so.
    """
    words = text.split()
    pen = replace(pen, scale=pen.scale * WIDER, width=pen.width * WIDER)
    over = min(FARTHEST, page.width - RIM - blank.x1) * rng.uniform(0.7, 1.0)
    while pen.reach(text) > blank.x1 + over - blank.x0:
        pen = replace(pen, scale=pen.scale * 0.95, width=pen.width * 0.97)
        if pen.scale < 0.6:
            raise DoesNotFit(text)
    if len(words) < 2:
        raise DoesNotFit(text)
    if how == "below":
        return _end_below(page, words, blank, pen, rng)
    x = blank.x1 + over - pen.reach(text)
    if how == "past":
        return write(page, text, x, blank.baseline, pen, rng)
    return _climb(page, words, x, blank.baseline, pen, rng)


def _end_below(page: Image.Image, words: Sequence[str], blank: Segment, pen: Pen, rng: Random) -> list[Box]:
    """The last word small under the end of the line."""
    begun, small = " ".join(words[:-1]), replace(pen, scale=pen.scale * SMALLER)
    first = write(page, begun, max(blank.x0, blank.x1 - pen.reach(begun)), blank.baseline, pen, rng)
    low = blank.baseline + 2.1 * X_HEIGHT
    return first + write(page, words[-1], blank.x1 - small.reach(words[-1]) - rng.uniform(0, 20), low, small, rng)


def _climb(page: Image.Image, words: Sequence[str], x: float, baseline: float, pen: Pen, rng: Random) -> list[Box]:
    """Every word a little steeper than the one before."""
    boxes = []
    for i, word in enumerate(words):
        tilt = STEEPEST * (i + 0.5) / len(words)
        boxes.append(write_word(page, word, x, baseline, pen, rng, tilt))
        step = pen.length(word) + pen.space
        x, baseline = x + step, baseline - step * tilt / 57.3
    return boxes


def _around(boxes: Sequence[Box]) -> Box:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return (min(x0), min(y0), max(x1), max(y1))
