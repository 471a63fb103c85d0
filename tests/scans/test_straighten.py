import cv2
import numpy as np
import pytest

from digitize.books.entry import Box
from digitize.scans.files import PageImage
from digitize.scans.straighten import measure_tilt, straighten


@pytest.fixture(scope="module")
def level(sample: PageImage) -> PageImage:
    return straighten(sample).image


def tilted(page: PageImage, degrees: float) -> PageImage:
    """The page with its rows falling to the right by so many degrees."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(cv2.warpAffine(page, turn, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


@pytest.mark.parametrize("degrees", [-4.0, -1.3, -0.4, 0.7, 2.2, 5.0])
def test_a_known_tilt_is_measured(level: PageImage, degrees: float) -> None:
    assert measure_tilt(tilted(level, degrees)) == pytest.approx(degrees, abs=0.15)


def test_a_straightened_page_is_level(level: PageImage) -> None:
    assert abs(measure_tilt(straighten(tilted(level, 3.0)).image)) < 0.15


def test_a_level_page_is_left_as_it_is(level: PageImage) -> None:
    straightened = straighten(level)
    assert straightened.image is level
    assert straightened.tilt_degrees == 0.0
    assert straightened.on_input(Box(10, 20, 300, 60)) == Box(10, 20, 300, 60)


def test_boxes_go_back_to_where_they_stand_on_the_input() -> None:
    page = np.full((2339, 1654, 3), 240, np.uint8)
    for y in range(200, 2200, 60):
        cv2.line(page, (150, y), (1500, y), (60, 60, 60), 2)
    cv2.rectangle(page, (1200, 2000), (1240, 2030), (0, 0, 250), -1)
    askew = tilted(page, 2.0)
    straightened = straighten(askew)
    box = straightened.on_input(red_box(straightened.image))
    on_input = red_box(askew)
    assert box.x0 <= on_input.x0 + 2 and box.y0 <= on_input.y0 + 2
    assert box.x1 >= on_input.x1 - 2 and box.y1 >= on_input.y1 - 2
    assert box.x1 - box.x0 < on_input.x1 - on_input.x0 + 8


def red_box(page: PageImage) -> Box:
    ys, xs = np.nonzero((page[:, :, 2] > 200) & (page[:, :, 0] < 80))
    return Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)


def test_boxes_never_leave_the_page(level: PageImage) -> None:
    height, width = level.shape[:2]
    box = straighten(tilted(level, 4.0)).on_input(Box(0, 0, width, height))
    assert box == Box(0, 0, width, height)


def test_a_blank_page_can_be_straightened() -> None:
    blank = np.full((1000, 700, 3), 250, np.uint8)
    assert straighten(blank).image.shape == blank.shape
