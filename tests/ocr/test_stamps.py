import cv2
import numpy as np

from digitize.books.entry import Box
from digitize.ocr.engine import Image
from digitize.ocr.ink import ink_of
from digitize.ocr.stamps import find_stamps, without_stamps

RED, BLUE, SKIN = (44, 38, 206), (140, 60, 30), (110, 140, 205)  # BGR
WORDS = Box(690, 1120, 960, 1180)


def written(ink: tuple[int, int, int] = BLUE) -> Image:
    page = np.full((2339, 1654, 3), (228, 238, 242), np.uint8)
    for y in (700, 1170, 1700):
        cv2.putText(page, "Lo Thi Sao", (700, y), cv2.FONT_HERSHEY_SIMPLEX, 1.5, ink, 4)
    return page


def stamped(page: Image, centre: tuple[int, int] = (830, 1150)) -> Image:
    """Red ink through which the writing shows, as ink lies over ink."""
    plate = np.full_like(page, 255)
    for radius in (140, 132, 84):
        cv2.circle(plate, centre, radius, RED, 4)
    cv2.putText(plate, "UBND", (centre[0] - 60, centre[1] + 10), cv2.FONT_HERSHEY_SIMPLEX, 1.2, RED, 4)
    return np.asarray(page.astype(np.uint16) * plate // 255, np.uint8)


def test_a_stamp_is_found_where_it_lies() -> None:
    (box,) = find_stamps(stamped(written()))
    assert max(abs(box.x0 - 688), abs(box.y0 - 1008), abs(box.x1 - 972), abs(box.y1 - 1292)) <= 6


def test_writing_a_word_in_red_and_a_finger_are_no_stamps() -> None:
    page = written()
    assert find_stamps(page) == []
    cv2.putText(page, "so 5", (300, 400), cv2.FONT_HERSHEY_SIMPLEX, 1.5, RED, 4)
    cv2.ellipse(page, (30, 1300), (240, 170), 10, 0, 360, SKIN, -1)
    assert find_stamps(page) == []


def test_where_people_wrote_in_red_nothing_is_taken_for_a_stamp() -> None:
    assert find_stamps(stamped(written(RED))) == []


def test_the_stamp_goes_and_the_writing_below_it_stays() -> None:
    clean, page = written(), stamped(written())
    seen = ink_of(without_stamps(page, find_stamps(page)))
    left, there = seen > 0, ink_of(clean) > 0
    around = np.s_[1000:1300, 680:980]
    assert (left & there)[around].sum() > 0.9 * there[around].sum()
    assert (left & ~there)[around].sum() < 0.1 * (ink_of(page) > 0)[around].sum()


def test_a_page_without_a_stamp_is_left_as_it_is() -> None:
    page = written()
    assert without_stamps(page, []) is page
