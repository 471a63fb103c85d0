"""One sheet scanned twice is told from two pages of one form."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from digitize.scans.files import PageImage
from digitize.scans.marks import MOST_UNMATCHED, Marks, Seen, marks_of, unmatched
from digitize.scans.quality import Glance
from digitize.settings import REPOSITORY

BIRTHS = sorted((REPOSITORY / "sample_scans").glob("ks_0*.jpg"))


def load(path: Path) -> PageImage:
    return np.asarray(cv2.imread(str(path)), np.uint8)


def seen(page: PageImage) -> Marks:
    marks = marks_of(Glance.at(page).pages[0])
    assert marks is not None
    return marks


def scanned_again(page: PageImage, tilt: float = 1.1) -> PageImage:
    """The same sheet laid down anew: askew, moved, softer, darker and compressed harder."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 0.99)
    moved = cv2.warpAffine(page, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    dimmed = np.clip(cv2.GaussianBlur(moved, (0, 0), 0.8) * 0.9, 0, 255).astype(np.uint8)
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", dimmed, [cv2.IMWRITE_JPEG_QUALITY, 60])[1], 1), np.uint8)


@pytest.fixture(scope="module")
def births() -> list[Marks]:
    return [seen(load(path)) for path in BIRTHS]


def test_two_scans_of_one_sheet_are_far_below_the_limit(births: list[Marks]) -> None:
    for path, marks in zip(BIRTHS[:3], births, strict=False):
        assert unmatched(marks, seen(scanned_again(load(path)))) < MOST_UNMATCHED / 2


def test_two_pages_of_one_form_are_far_above_it(births: list[Marks]) -> None:
    shares = [unmatched(a, b) for number, a in enumerate(births) for b in births[:number]]
    assert min(shares) > 2 * MOST_UNMATCHED


def test_the_double_is_found_among_the_pages_of_a_book(births: list[Marks]) -> None:
    book = Seen()
    for number, marks in enumerate(births):
        book.add(number, marks.packed())
    assert book.double_of(seen(scanned_again(load(BIRTHS[4]), -0.8)).packed()) == 4
    assert book.double_of(seen(load(BIRTHS[0].with_name("kh_01.jpg"))).packed()) is None
    assert Seen().double_of(births[0].packed()) is None


def test_a_page_with_hardly_any_ink_is_nobodys_double() -> None:
    assert marks_of(Glance.at(np.full((2339, 1654, 3), 240, np.uint8)).pages[0]) is None


def test_marks_are_small_and_come_back_as_they_were(births: list[Marks]) -> None:
    packed = births[0].packed()
    again = Marks.unpacked(packed)
    assert len(packed) < 20_000
    assert np.array_equal(again.sure, births[0].sure) and np.array_equal(again.weak, births[0].weak)
