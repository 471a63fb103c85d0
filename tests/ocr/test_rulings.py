import cv2
import numpy as np
import pytest

from digitize.ocr.engine import Image
from digitize.ocr.ink import ink_of
from digitize.ocr.rulings import find_frame, runs_of


def paper(height: int = 600) -> Image:
    return np.full((height, 1654, 3), 245, np.uint8)


def test_the_frame_and_its_right_cell() -> None:
    page = paper(2339)
    cv2.rectangle(page, (100, 200), (1550, 2100), (30, 30, 30), 3)
    cv2.line(page, (1115, 200), (1115, 2100), (30, 30, 30), 3)
    frame = find_frame(ink_of(page), 0.7)
    assert frame is not None
    found = (frame.box.x0, frame.box.y0, frame.split, frame.box.x1, frame.box.y1)
    assert found == pytest.approx((100, 200, 1115, 1550, 2100), abs=6)


def test_a_frame_without_a_seen_split_is_split_where_the_form_says() -> None:
    page = paper(2339)
    cv2.rectangle(page, (100, 200), (1550, 2100), (30, 30, 30), 3)
    frame = find_frame(ink_of(page), 0.7)
    assert frame is not None
    assert frame.split == pytest.approx(100 + 0.7 * 1450, abs=8)


def test_a_page_without_rulings_has_no_frame() -> None:
    assert find_frame(ink_of(paper(2339)), 0.7) is None


def test_the_edge_of_the_paper_on_a_desk_is_not_the_frame() -> None:
    page = paper(2339)
    cv2.rectangle(page, (160, 200), (1550, 2100), (30, 30, 30), 3)
    page[:, :40] = (50, 60, 70)
    frame = find_frame(ink_of(page), 0.7)
    assert frame is not None
    assert (frame.box.x0, frame.box.x1) == pytest.approx((160, 1550), abs=6)


@pytest.mark.parametrize(("wide", "high"), [(31, 1), (1, 31), (5, 1), (1, 1)])
def test_runs_are_those_of_a_morphological_opening(wide: int, high: int) -> None:
    noise = (np.random.default_rng(1).random((60, 80)) < 0.8).astype(np.uint8) * 255
    noise[20:24], noise[:, 50:53] = 255, 255
    opened = cv2.morphologyEx(noise, cv2.MORPH_OPEN, np.ones((high, wide), np.uint8))
    assert np.array_equal(runs_of(noise, wide, high), opened)


@pytest.mark.parametrize("long", [6, 7, 30])
def test_a_run_of_just_that_length_stays_where_it_is(long: int) -> None:
    ink = np.zeros((50, 60), np.uint8)
    ink[10, 10 : 10 + long] = 255
    ink[20, 10 : 9 + long] = 255
    assert np.array_equal(np.argwhere(runs_of(ink, long, 1)), [(10, x) for x in range(10, 10 + long)])
