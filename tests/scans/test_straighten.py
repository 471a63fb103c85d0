import cv2
import numpy as np
import pytest

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


def test_a_blank_page_can_be_straightened() -> None:
    blank = np.full((1000, 700, 3), 250, np.uint8)
    assert straighten(blank).image.shape == blank.shape
