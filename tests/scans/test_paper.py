import cv2
import numpy as np
import pytest

from digitize.scans.files import PageImage
from digitize.scans.paper import find_paper
from digitize.scans.prepare import prepare
from digitize.scans.straighten import measure_tilt

DESK = (60, 64, 70)


@pytest.fixture(scope="module")
def page(sample: PageImage) -> PageImage:
    return np.asarray(cv2.resize(sample, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


def on_desk(page: PageImage, desk: PageImage, degrees: float, x: int, y: int) -> PageImage:
    """The page laid on the desk, turned about its middle, its upper left corner at about (x, y)."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turn[:, 2] += (x, y)
    size = desk.shape[1::-1]
    lies = cv2.warpAffine(np.ones((height, width), np.uint8), turn, size)
    return np.asarray(np.where(lies[..., None] > 0, cv2.warpAffine(page, turn, size), desk), np.uint8)


def desk_for(page: PageImage) -> PageImage:
    height, width = page.shape[:2]
    return np.full((height + 200, width + 200, 3), DESK, np.uint8)


def area(quad: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    return float(cv2.contourArea(quad.astype(np.float32)))


def test_a_page_alone_on_the_desk_is_cut_to_its_paper(page: PageImage) -> None:
    quad = find_paper(on_desk(page, desk_for(page), 3, 100, 100))
    assert quad is not None
    assert area(quad) == pytest.approx(page.shape[0] * page.shape[1], rel=0.03)


def test_a_page_on_another_sheet_is_not_cut(page: PageImage) -> None:
    below = on_desk(np.full_like(page, 235), desk_for(page), 6, 110, 90)
    assert find_paper(on_desk(page, below, 0, 90, 110)) is None


def test_a_bright_thumb_does_not_pull_the_corners_away(page: PageImage) -> None:
    picture = on_desk(page, desk_for(page), 2, 100, 100)
    cv2.ellipse(picture, (picture.shape[1] - 60, picture.shape[0] // 2), (160, 60), 10, 0, 360, (120, 150, 200), -1)
    (prepared,) = prepare(picture)
    assert abs(measure_tilt(prepared.image)) < 0.25


def test_a_desk_brighter_than_the_paper_is_left_around_it(page: PageImage) -> None:
    dim = np.asarray(page * 0.8, np.uint8)
    assert find_paper(on_desk(dim, np.full_like(desk_for(page), 245), 2, 100, 100)) is None
