import cv2
import numpy as np
import pytest

from digitize.books.entry import Box
from digitize.ocr.engine import Image
from digitize.ocr.ink import ink_of
from digitize.ocr.rulings import without_rulings
from digitize.ocr.ticks import TickBox, find_tick_boxes

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


def run_out(page: Image, x: int, y: int) -> None:
    cv2.polylines(page, [np.array([(x - 6, y + 14), (x + 16, y + 40), (x + 80, y - 50)])], False, (120, 30, 20), 4)


def ring(page: Image, x: int, y: int) -> None:
    cv2.ellipse(page, (x + SIDE // 2, y + SIDE // 2), (SIDE - 6, SIDE - 10), 0, 0, 360, (120, 30, 20), 4)


def wipe(page: Image, x: int, y: int) -> None:
    """Takes away a third of the upper side and of the left one."""
    page[y - 3 : y + 4, x + 6 : x + 20] = 245
    page[y + 20 : y + 34, x - 3 : x + 4] = 245


def seen(page: Image, area: Box, wanted: int) -> list[TickBox]:
    ink = ink_of(page)
    return find_tick_boxes(ink, without_rulings(ink), area, wanted)


def fill(page: Image, x: int, y: int) -> None:
    cv2.rectangle(page, (x + 4, y + 4), (x + SIDE - 4, y + SIDE - 4), (120, 30, 20), -1)


@pytest.mark.parametrize("mark", [tick, cross, run_out, ring])
def test_a_marked_box_is_ticked_and_an_empty_one_is_not(mark) -> None:  # type: ignore[no-untyped-def]
    page = paper()
    square(page, 1400, 100)
    square(page, 1400, 300)
    mark(page, 1400, 300)
    empty, marked = seen(page, EVERYTHING, 2)
    assert (empty.ticked, marked.ticked) == (False, True)
    assert abs(marked.box.y0 - 300) < 6


def test_a_filled_box_is_ticked() -> None:
    page = paper()
    square(page, 1400, 100)
    fill(page, 1400, 100)
    (box,) = seen(page, EVERYTHING, 1)
    assert box.ticked


def test_boxes_come_from_the_top_and_only_from_the_area_asked() -> None:
    page = paper()
    for x, y in ((1400, 400), (1400, 100), (300, 200)):
        square(page, x, y)
    found = seen(page, Box(1100, 0, 1654, 600), 2)
    assert [round(box.box.y0, -1) for box in found] == [100, 400]


@pytest.mark.parametrize("side", [8, 120])
def test_squares_of_another_size_are_no_check_boxes(side: int) -> None:
    page = paper()
    square(page, 1400, 100, side)
    assert seen(page, EVERYTHING, 1) == []


@pytest.mark.parametrize("mark", [None, tick, cross])
def test_a_box_with_a_broken_outline_is_found_by_the_others_of_its_column(mark) -> None:  # type: ignore[no-untyped-def]
    page = paper()
    for y in (100, 200, 300):
        square(page, 1400, y)
    wipe(page, 1400, 200)
    if mark:
        mark(page, 1400, 200)
    found = seen(page, EVERYTHING, 3)
    assert [round(box.box.y0, -1) for box in found] == [100, 200, 300]
    assert [box.ticked for box in found] == [False, mark is not None, False]


def test_a_ring_round_one_box_does_not_hide_the_column_of_the_others() -> None:
    page = paper()
    for y in (100, 200, 300):
        square(page, 1400, y)
    ring(page, 1400, 100)
    cv2.line(
        page, (1400 + 2 * SIDE - 8, 0), (1400 + 2 * SIDE - 8, 599), (40, 40, 40), 3
    )  # the frame, touching the ring
    found = seen(page, EVERYTHING, 3)
    assert [(round(box.box.y0, -1), box.ticked) for box in found] == [(100, True), (200, False), (300, False)]


def test_letters_are_no_check_boxes() -> None:
    page = paper()
    for y in (100, 200, 300):
        cv2.putText(page, "DOAN HOQUBE OO 60 88", (900, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (40, 40, 40), 2)
    assert seen(page, EVERYTHING, 3) == []


def test_a_square_with_a_side_missing_is_no_check_box() -> None:
    page = paper()
    square(page, 1400, 100)
    page[90:160, 1400 + SIDE - 6 : 1400 + SIDE + 6] = 245
    assert seen(page, EVERYTHING, 1) == []


def test_a_ring_is_told_as_less_sure_than_a_clear_tick() -> None:
    page = paper()
    for y, mark in ((100, ring), (300, fill)):
        square(page, 1400, y)
        mark(page, 1400, y)
    circled, filled = seen(page, EVERYTHING, 2)
    assert circled.sureness < 0.95 < filled.sureness
