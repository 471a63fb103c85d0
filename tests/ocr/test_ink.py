import cv2
import numpy as np

from digitize.books.entry import Box
from digitize.ocr.engine import Image
from digitize.ocr.ink import draw_in, ink_of, with_room, without_rims


def paper(height: int = 600) -> Image:
    return np.full((height, 1654, 3), 245, np.uint8)


def test_a_box_is_drawn_in_to_its_writing() -> None:
    page = paper()
    cv2.putText(page, "Nam", (400, 130), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (60, 20, 20), 3)
    drawn = draw_in(ink_of(page), Box(200, 90, 900, 150))
    assert drawn is not None
    assert 380 < drawn.x0 < 410
    assert 450 < drawn.x1 < 500


def test_a_box_with_specks_only_holds_nothing() -> None:
    page = paper()
    cv2.circle(page, (400, 120), 2, (0, 0, 0), -1)
    assert draw_in(ink_of(page), Box(200, 90, 900, 150)) is None


def test_writing_of_the_line_below_is_not_taken_in() -> None:
    page = paper()
    cv2.putText(page, "Nam", (400, 130), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (60, 20, 20), 3)
    cv2.putText(page, "Tay", (700, 165), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (60, 20, 20), 3)
    blank = Box(200, 90, 900, 150)
    drawn, unbound = draw_in(ink_of(page), blank, band=(80, 135)), draw_in(ink_of(page), blank)
    assert drawn is not None and drawn.x1 < 520
    assert unbound is not None and unbound.x1 > 700


def test_what_is_read_around_a_box_stays_in_its_blank() -> None:
    assert with_room(Box(210, 100, 300, 140), Box(200, 90, 900, 150)) == Box(200, 96, 316, 144)


def test_dirt_far_from_any_letter_is_not_taken_in() -> None:
    page = paper()
    cv2.putText(page, "Nam", (400, 130), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (60, 20, 20), 3)
    cv2.circle(page, (700, 128), 6, (60, 60, 60), -1)
    drawn = draw_in(ink_of(page), Box(200, 90, 900, 150))
    assert drawn is not None and drawn.x1 < 520


def test_a_dash_alone_is_a_value() -> None:
    page = paper()
    cv2.line(page, (400, 120), (430, 120), (60, 20, 20), 3)
    drawn = draw_in(ink_of(page), Box(200, 90, 900, 150))
    assert drawn is not None and 390 < drawn.x0 < drawn.x1 < 440


def stained(page: Image, middle: int) -> Image:
    """The page with the soft brown rim of a stain across it, darkest in that column."""
    depth = 0.35 * np.exp(-(((np.arange(page.shape[1]) - middle) / 7) ** 2))
    return np.asarray(page * (1 - depth[None, :, None] * np.array([1.0, 0.7, 0.5])), np.uint8)


def test_the_rim_of_a_stain_is_no_ink_and_the_writing_under_it_is() -> None:
    page = paper()
    cv2.putText(page, "Nam", (400, 130), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (60, 20, 20), 3)
    clean, beside, over = page, stained(page, 700), stained(page, 430)
    boxes = [draw_in(without_rims(each, ink_of(each)), Box(200, 90, 900, 150)) for each in (clean, beside, over)]
    assert ink_of(beside)[100:140, 690:710].any()
    for box in boxes:
        assert box is not None and boxes[0] is not None
        assert abs(box.x0 - boxes[0].x0) < 4 and abs(box.x1 - boxes[0].x1) < 4
