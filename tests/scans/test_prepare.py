from datetime import date
from random import Random

import cv2
import numpy as np
import pytest
from PIL import Image

from digitize.books.entry import Box
from digitize.books.forms import get_form
from digitize.scans.files import PageImage
from digitize.scans.frame import find_frame
from digitize.scans.orientation import rows_run_upright, stands_on_its_head
from digitize.scans.paper import find_paper
from digitize.scans.prepare import prepare
from digitize.scans.straighten import measure_tilt
from drawing.camera import Camera, photograph
from drawing.filling import fill_form
from drawing.ink import BLUE, Pen
from drawing.page import draw_page
from drawing.paper import Scanner, scan
from drawing.wear import shine_through, stain

Drawn = tuple[Image.Image, dict[str, list[int]]]
MARKED = "red"
CAMERAS = (
    Camera(tilt_degrees=3, perspective=0.02),
    Camera(tilt_degrees=-5, perspective=0.04, shadow=0.4, desk=(20, 20, 24), margin=0.08),
    Camera(shadow=0.3, desk=(110, 90, 70), margin=0.03),
    Camera(tilt_degrees=2, perspective=0.03, shadow=0.5, margin=0.1),
    Camera(tilt_degrees=8, perspective=0.02, shadow=0.6, desk=(90, 94, 90), margin=0.1),
)


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    """A drawn page with a red square, and where the square stands."""
    rng = Random(1)
    writing = fill_form(get_form("KT-2006"), rng, 7, date(2010, 5, 6))
    page, _ = draw_page(get_form("KT-2006"), writing, Pen("noto-serif", BLUE, 0.8), "noto-serif", rng)
    box = (1300, 1500, 1340, 1540)
    page.paste((250, 0, 0), box)
    return scan(page, {MARKED: [box]}, Scanner(0.0), 1)


def bgr(image: Image.Image) -> PageImage:
    return np.asarray(image)[:, :, ::-1].copy()


def red_box(page: PageImage) -> Box:
    blue, green, red = page.astype(float).transpose(2, 0, 1)
    ys, xs = np.nonzero((red > 90) & (blue < 0.4 * red) & (green < 0.4 * red))
    return Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)


def overlap(a: Box, b: Box) -> float:
    """Intersection over union."""
    shared = max(0, min(a.x1, b.x1) - max(a.x0, b.x0)) * max(0, min(a.y1, b.y1) - max(a.y0, b.y0))
    areas = [(box.x1 - box.x0) * (box.y1 - box.y0) for box in (a, b)]
    return shared / (sum(areas) - shared)


@pytest.mark.parametrize("camera", CAMERAS, ids=str)
def test_a_photograph_is_cut_to_the_paper_and_squared(drawn: Drawn, camera: Camera) -> None:
    image, boxes = drawn
    photo, seen = photograph(image, boxes, camera, 1)
    (page,) = prepare(bgr(photo))
    height, width = page.image.shape[:2]
    assert width / height == pytest.approx(image.width / image.height, rel=0.05)
    assert abs(measure_tilt(page.image)) < 0.2
    assert overlap(page.on_input(red_box(page.image)), Box(*seen[MARKED])) > 0.7


def test_a_scan_that_the_paper_fills_is_not_cut(sample: PageImage) -> None:
    assert find_paper(sample) is None
    (page,) = prepare(sample)
    assert page.image.shape == sample.shape


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_lying_pages_are_turned_upright_or_upside_down(sample: PageImage, quarters: int) -> None:
    lying = np.ascontiguousarray(np.rot90(sample, quarters))
    assert rows_run_upright(lying) is (quarters != 2)
    (page,) = prepare(lying)
    assert page.image.shape == sample.shape


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_boxes_of_a_turned_page_go_back_to_the_picture(drawn: Drawn, quarters: int) -> None:
    picture = np.ascontiguousarray(np.rot90(bgr(drawn[0]), quarters))
    (page,) = prepare(picture)
    for prepared in (page, page.turned(2), page.turned(1)):
        assert overlap(prepared.on_input(red_box(prepared.image)), red_box(picture)) > 0.8


def test_boxes_never_leave_the_picture(sample: PageImage) -> None:
    height, width = sample.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 4, 1)
    askew = np.asarray(cv2.warpAffine(sample, turn, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)
    (page,) = prepare(askew)
    assert page.on_input(Box(0, 0, width, height)) == Box(0, 0, width, height)


def test_a_blank_picture_is_one_page() -> None:
    blank = np.full((1000, 700, 3), 250, np.uint8)
    assert [page.image.shape for page in prepare(blank)] == [blank.shape]


def test_a_form_that_stands_on_its_head_is_turned(sample: PageImage) -> None:
    for quarters in range(4):
        (page,) = prepare(np.ascontiguousarray(np.rot90(sample, quarters)))
        frame = find_frame(page.image)
        assert frame is not None
        assert stands_on_its_head(frame) is False


def test_a_frame_without_a_narrow_cell_does_not_tell_its_head(sample: PageImage) -> None:
    page = prepare(sample)[0].image.copy()
    for level in range(400, 2100, 150):  # the rows of a ledger
        page[level : level + 4, 110:1580] = 30
    frame = find_frame(page)
    assert frame is not None
    assert stands_on_its_head(frame) is None


@pytest.mark.parametrize("seed", range(4))
def test_a_thumb_over_a_corner_bends_nothing(drawn: Drawn, seed: int) -> None:
    image, boxes = drawn
    picture, _ = photograph(image, {MARKED: boxes[MARKED]}, Camera(tilt_degrees=2, perspective=0.02, thumb=True), seed)
    (page,) = prepare(bgr(picture))
    frame, square = find_frame(page.image), red_box(page.image)
    assert frame is not None
    assert frame.is_square
    assert (square.x1 - square.x0) / (square.y1 - square.y0) == pytest.approx(1, abs=0.08)


def test_rulings_that_shine_through_from_the_back_are_not_the_frame(drawn: Drawn) -> None:
    image, _ = drawn
    through = shine_through(image, image, 0.35, 3)
    assert find_corners(through) == pytest.approx(find_corners(image), abs=4)


def test_the_rim_of_a_stain_is_not_the_frame(drawn: Drawn) -> None:
    image, _ = drawn
    for seed in range(4):
        assert find_corners(stain(image, 4, seed)) == pytest.approx(find_corners(image), abs=6)


def find_corners(image: Image.Image) -> list[float]:
    frame = find_frame(bgr(image))
    assert frame is not None
    return [float(place) for corner in frame.corners for place in corner]
