import cv2
import numpy as np
import pytest

from digitize.books.entry import Box
from digitize.ocr.engine import Image
from digitize.ocr.ink import ink_of
from digitize.ocr.ticks import find_tick_boxes

MM = 1654 / 210
SIDE = int(5.5 * MM)
EVERYTHING = Box(0, 0, 1654, 600)


def paper(height: int = 600) -> Image:
    return np.full((height, 1654, 3), 245, np.uint8)


def square(page: Image, x: int, y: int, side: int = SIDE) -> None:
    cv2.rectangle(page, (x, y), (x + side, y + side), (40, 40, 40), 2)


def tick(page: Image, x: int, y: int) -> None:
    points = np.array([(x + 8, y + 22), (x + 18, y + 34), (x + 38, y + 6)])
    cv2.polylines(page, [points], False, (120, 30, 20), 4)


def cross(page: Image, x: int, y: int) -> None:
    cv2.line(page, (x + 8, y + 8), (x + 34, y + 34), (120, 30, 20), 4)
    cv2.line(page, (x + 34, y + 8), (x + 8, y + 34), (120, 30, 20), 4)


def fill(page: Image, x: int, y: int) -> None:
    cv2.rectangle(page, (x + 4, y + 4), (x + SIDE - 4, y + SIDE - 4), (120, 30, 20), -1)


@pytest.mark.parametrize("mark", [tick, cross])
def test_a_marked_box_is_ticked_and_an_empty_one_is_not(mark) -> None:  # type: ignore[no-untyped-def]
    page = paper()
    square(page, 1400, 100)
    square(page, 1400, 300)
    mark(page, 1400, 300)
    empty, marked = find_tick_boxes(ink_of(page), EVERYTHING)
    assert (empty.ticked, marked.ticked) == (False, True)
    assert abs(marked.box.y0 - 300) < 6


def test_a_filled_box_is_ticked() -> None:
    page = paper()
    square(page, 1400, 100)
    fill(page, 1400, 100)
    (box,) = find_tick_boxes(ink_of(page), EVERYTHING)
    assert box.ticked


def test_boxes_come_from_the_top_and_only_from_the_area_asked() -> None:
    page = paper()
    for x, y in ((1400, 400), (1400, 100), (300, 200)):
        square(page, x, y)
    found = find_tick_boxes(ink_of(page), Box(1100, 0, 1654, 600))
    assert [round(box.box.y0, -1) for box in found] == [100, 400]


@pytest.mark.parametrize("side", [8, 120])
def test_squares_of_another_size_are_no_check_boxes(side: int) -> None:
    page = paper()
    square(page, 1400, 100, side)
    assert find_tick_boxes(ink_of(page), EVERYTHING) == []


def test_a_square_that_is_not_closed_is_no_check_box() -> None:
    page = paper()
    square(page, 1400, 100)
    page[90:160, 1400 + SIDE - 6 : 1400 + SIDE + 6] = 245
    assert find_tick_boxes(ink_of(page), EVERYTHING) == []
