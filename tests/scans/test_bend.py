import numpy as np
import pytest

from digitize.books.entry import Box
from digitize.scans.bend import Bend, find_bend, looks_bent
from digitize.scans.files import PageImage
from digitize.scans.frame import Frame, find_frame
from digitize.scans.prepare import prepare
from digitize.scans.prepared import Prepared
from tests.scans.factory import bent

SHAPES = ((0.025, 0.0), (-0.02, 0.02), (0.0, 0.05), (0.025, 0.04))


def is_flattened(page: Prepared) -> bool:
    return any(isinstance(step, Bend) for step in page.steps)


def frame_of(page: PageImage) -> Frame:
    frame = find_frame(page)
    assert frame is not None
    return frame


@pytest.mark.parametrize(
    ("shape", "mirrored"),
    [
        *((shape, True) for shape in SHAPES),
        *((shape, False) for shape in SHAPES[1::2]),
    ],  # at the right it must reach far
    ids=str,
)
def test_a_bent_page_is_made_flat(sample: PageImage, shape: tuple[float, float], mirrored: bool) -> None:
    page = sample[:, ::-1].copy() if mirrored else sample  # the binding at the left
    picture = bent(page, *shape)
    assert looks_bent(frame_of(picture[:, ::-1].copy() if mirrored else picture))
    (flat,) = prepare(picture)
    assert is_flattened(flat)
    assert not looks_bent(frame_of(flat.image))


def test_boxes_of_a_flattened_page_go_back_along_the_curve(sample: PageImage) -> None:
    page = sample.copy()
    page[1000:1030, 1480:1520] = (0, 0, 250)
    picture = bent(page, 0.03, 0.03)
    (flat,) = prepare(picture)
    seen, truth = flat.on_input(red_box(flat.image)), red_box(picture)
    assert np.abs(np.subtract(corners(seen), corners(truth))).max() <= 5


def test_a_flat_page_is_not_remapped(sample: PageImage) -> None:
    (page,) = prepare(sample)
    assert not is_flattened(page)


def test_a_ruling_that_cannot_be_followed_bends_nothing(sample: PageImage) -> None:
    picture = bent(sample, 0.03, 0.0)
    frame = frame_of(picture)
    frame.ink[: frame.ink.shape[0] // 4, 300:700] = 0
    assert find_bend(frame, picture.shape[1]) is None


def red_box(page: PageImage) -> Box:
    blue, green, red = page.astype(int).transpose(2, 0, 1)
    ys, xs = np.nonzero((red > 150) & (blue < 90) & (green < 90))
    return Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)


def corners(box: Box) -> tuple[int, int, int, int]:
    return box.x0, box.y0, box.x1, box.y1
