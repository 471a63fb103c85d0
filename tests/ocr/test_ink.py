import cv2
import numpy as np

from digitize.books.entry import Box
from digitize.ocr.engine import Image
from digitize.ocr.ink import draw_in, ink_of


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
