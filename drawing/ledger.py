"""Draws an open spread of a ledger: ruled columns with printed heads over two pages, one entry a row."""

from collections.abc import Sequence
from random import Random

from PIL import Image

from digitize.books.forms import Form, Item
from drawing.blanks import Segment
from drawing.ink import Box, Pen
from drawing.sheet import PRINT, Sheet, wrap
from drawing.writing import Writing

PAGE = (1654, 2339)  # A4 at 200 dpi; the spread is A3 lying
FRAME = (80, 150, 1574, 2240)
HEAD_HEIGHT = 150
PITCH = 46  # from one line of a cell to the next
PADDING = 8
HAND = 0.72  # of the usual size: cells are narrow
LEADING = 36
Drawn = tuple[Image.Image, list[dict[str, list[Box]]]]


def draw_spread(form: Form, writings: Sequence[Writing], pen: Pen, face: str, rng: Random) -> Drawn:
    """The clean spread and, by entry, the ink boxes of its words by column.

    Raises ValueError when a value does not fit or there are more entries than rows.
    """
    if len(writings) > form.entries_per_page:
        raise ValueError(f"{len(writings)} entries do not fit {form.entries_per_page} rows")
    image = Image.new("RGB", (2 * PAGE[0], PAGE[1]), "white")
    hand = Pen(pen.face, pen.colour, pen.scale * HAND, pen.width)
    sheets = [Sheet(image, writing, hand, face, rng) for writing in writings]
    for side, items in enumerate(form.body):
        _draw_page(Sheet(image, writings[0], hand, face, rng), sheets, items, side * PAGE[0], form.entries_per_page)
    return image, [sheet.boxes for sheet in sheets]


def _draw_page(blank: Sheet, sheets: Sequence[Sheet], items: Sequence[Item], x: int, rows: int) -> None:
    left, top, right, bottom = FRAME[0] + x, FRAME[1], FRAME[2] + x, FRAME[3]
    first = top + HEAD_HEIGHT
    height = (bottom - first) / rows
    edges = [left + item.at * (right - left) for item in items] + [float(right)]
    for edge in edges:
        blank.draw.line((edge, top, edge, bottom), fill=PRINT, width=2)
    for level in (top, *(first + row * height for row in range(rows + 1))):
        blank.draw.line((left, level, right, level), fill=PRINT, width=2)
    for item, start, end in zip(items, edges, edges[1:], strict=False):
        _draw_head(blank, item, start, end, top)
        for row, sheet in enumerate(sheets):
            baselines = [first + row * height + PITCH * (line + 0.9) for line in range(int(height / PITCH))]
            segments = [Segment(start + PADDING, end - PADDING, baseline) for baseline in baselines]
            sheet.fill(item.columns, sheet.writing.blanks.get(item.field or "", ""), segments)


def _draw_head(blank: Sheet, item: Item, start: float, end: float, top: float) -> None:
    lines = wrap(item.label, end - start - 2 * PADDING, blank.print_length)
    baseline = top + (HEAD_HEIGHT - LEADING * len(lines)) / 2 + 28
    for words in lines:
        blank.print_centred(words, (start + end) / 2, baseline)
        baseline += LEADING
