from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from digitize.ocr.grid import find_grid

COLUMNS = (60, 180, 560, 900, 1200)
ROWS = (80, 200, 320, 440, 560, 680, 800)


def ruled(rows: Sequence[int] = ROWS, stroke: tuple[int, int, int] = (0, 0, 0)) -> NDArray[np.uint8]:
    """Ink of a ruled page with a stroke (x0, x1, y) through it."""
    ink = np.zeros((1000, 1300), np.uint8)
    for x in COLUMNS:
        cv2.line(ink, (x, rows[0]), (x, rows[-1]), 255, 3)
    for y in rows:
        cv2.line(ink, (COLUMNS[0], y), (COLUMNS[-1], y), 255, 3)
    x0, x1, y = stroke
    cv2.line(ink, (x0, y), (x1, y - 4), 255, 3)
    return ink


def rows_of(ink: NDArray[np.uint8]) -> tuple[int, ...]:
    grid = find_grid(ink)
    assert grid is not None
    return grid.rows


def test_a_ruling_that_is_missing_between_two_rows_is_put_in() -> None:
    assert rows_of(ruled([y for y in ROWS if y != 440])) == pytest.approx(ROWS, abs=4)


def test_rows_of_different_heights_are_left_as_they_are() -> None:
    uneven = (80, 200, 300, 500, 560, 800)
    assert rows_of(ruled(uneven)) == pytest.approx(uneven, abs=3)


@pytest.mark.parametrize("ends", [(60, 1200), (120, 1000)])
def test_a_stroke_through_a_row_is_no_ruling_and_told(ends: tuple[int, int]) -> None:
    grid = find_grid(ruled(stroke=(*ends, 505)))
    assert grid is not None
    assert grid.rows == pytest.approx(ROWS, abs=4)
    assert grid.struck == {3}


def test_clean_rows_are_not_struck() -> None:
    grid = find_grid(ruled())
    assert grid is not None
    assert grid.struck == frozenset()
