"""Rows, lines and boxes for tests, on one line each."""

from digitize.books.entry import Box
from digitize.ocr.engine import Line
from digitize.ocr.rows import Row, rows_of
from tests.engines import posterior_of


def line(text: str, x0: int, y0: int, height: int = 30, letter: int = 12) -> Line:
    """A line of text whose letters are `letter` pixels wide."""
    box = Box(x0, y0, x0 + letter * len(text), y0 + height)
    return Line(box, posterior_of(text, letter * len(text)))


def rows(*texts: str) -> list[Row]:
    """Rows 60 pixels apart from the left edge of a page."""
    return rows_of([line(text, 100, 100 + 60 * i) for i, text in enumerate(texts)])
