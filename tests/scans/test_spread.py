from collections.abc import Callable

import cv2
import numpy as np
import pytest

from digitize.scans.files import PageImage
from digitize.scans.prepare import prepare
from digitize.scans.spread import Fold, find_fold, part

Folded = Callable[[PageImage, int], PageImage]


def with_gap(spread: PageImage, fold: int) -> PageImage:
    """Two sheets apart, dark between them."""
    spread[:, fold - 12 : fold + 12] = 60
    return spread


def with_shadow(spread: PageImage, fold: int) -> PageImage:
    away = np.abs(np.arange(spread.shape[1]) - fold)
    light = 1 - 0.5 * np.exp(-((away / 40) ** 2))
    return np.asarray(spread * light[None, :, None], np.uint8)


def untouched(spread: PageImage, fold: int) -> PageImage:
    return spread


def askew(picture: PageImage, degrees: float) -> PageImage:
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def blank(page: PageImage) -> PageImage:
    return np.full_like(page, (232, 243, 248))


@pytest.fixture(scope="module")
def page(sample: PageImage) -> PageImage:
    return np.asarray(cv2.resize(sample, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


@pytest.mark.parametrize("draw", [with_gap, with_shadow, untouched])
@pytest.mark.parametrize("cut", [0, 180])
def test_the_fold_is_found_at_the_middle_and_off_it(page: PageImage, draw: Folded, cut: int) -> None:
    spread = draw(np.hstack([page[:, cut:], page]), page.shape[1] - cut)
    fold = find_fold(spread)
    assert fold is not None
    assert fold.column == pytest.approx(page.shape[1] - cut, abs=0.02 * spread.shape[1])
    assert abs(fold.lean) < 0.01


@pytest.mark.parametrize("degrees", [-4.0, 3.0])
@pytest.mark.parametrize("quarters", [0, 1, 3])
def test_a_spread_that_lies_askew_or_turned_is_parted_along_its_fold(
    page: PageImage, degrees: float, quarters: int
) -> None:
    spread = askew(np.hstack([page, page]), degrees)
    fold = find_fold(spread)
    assert fold is not None
    assert fold.lean == pytest.approx(np.tan(np.radians(degrees)), abs=0.01)
    left, right = prepare(np.ascontiguousarray(np.rot90(spread, quarters)))
    assert left.image.shape[1] == pytest.approx(right.image.shape[1], rel=0.1)


@pytest.mark.parametrize("draw", [with_shadow, untouched])
@pytest.mark.parametrize("blank_is_left", [True, False])
def test_a_blank_page_does_not_move_the_fold_into_the_written_one(
    page: PageImage, draw: Folded, blank_is_left: bool
) -> None:
    pages = (blank(page), page) if blank_is_left else (page, blank(page))
    spread = draw(np.hstack(pages), page.shape[1])
    fold = find_fold(spread)
    assert fold is not None
    assert fold.column == pytest.approx(page.shape[1], abs=0.03 * spread.shape[1])


def test_one_page_in_a_wide_picture_is_not_cut(page: PageImage) -> None:
    height, width = page.shape[:2]
    desk = np.full((height + 100, 2 * width, 3), 235, np.uint8)
    desk[50 : 50 + height, width // 2 : width // 2 + width] = page
    assert find_fold(desk) is None


def test_an_upright_page_is_no_spread(page: PageImage) -> None:
    assert find_fold(page) is None


def test_beyond_a_leaning_fold_the_other_page_is_wiped() -> None:
    fold, spread = Fold(300, 0.1), np.full((400, 600, 3), 220, np.uint8)
    rows, columns = np.mgrid[:400, :600]
    spread[columns > fold.at(rows, 400)] = 0
    left, right, start = part(spread, fold)
    assert (left.shape[1], right.shape[1], start) == (320, 320, 280)
    assert (left < 200).mean() < 0.01
    assert (right > 20).mean() < 0.01
