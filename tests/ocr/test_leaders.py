import cv2
import numpy as np

from digitize.ocr.engine import Image
from digitize.ocr.leaders import leader_dots, wipe_leaders
from digitize.ocr.marks import ink_of


def page_with_leader(*dots: int) -> Image:
    page = np.full((400, 1654, 3), 240, np.uint8)
    for x in dots:
        cv2.circle(page, (x, 200), 1, (20, 20, 20), -1, cv2.LINE_AA)
    return page


LEADER = range(300, 1200, 10)


def test_the_dots_of_a_leader_are_wiped() -> None:
    page = page_with_leader(*LEADER)
    wiped = wipe_leaders(page, ink_of(page))
    assert wiped.shape == page.shape
    assert ink_of(wiped).any() == np.False_


def test_writing_above_a_leader_stays() -> None:
    page = page_with_leader(*LEADER)
    cv2.putText(page, "THAO", (400, 185), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (90, 30, 20), 4)
    before, after = ink_of(page)[100:190], ink_of(wipe_leaders(page, ink_of(page)))[100:190]
    assert (before > 0).sum() > 1000
    assert (after > 0).sum() > 0.98 * (before > 0).sum()


def test_a_few_dots_are_not_a_leader() -> None:
    assert not leader_dots(ink_of(page_with_leader(300, 310, 320))).any()


def test_a_heavy_dot_of_the_pen_among_the_leaders_stays() -> None:
    page = page_with_leader(*range(300, 700, 10), *range(730, 1200, 10))
    cv2.circle(page, (715, 200), 2, (0, 0, 0), -1, cv2.LINE_AA)
    assert ink_of(wipe_leaders(page, ink_of(page)))[195:206, 710:721].any()


def test_an_empty_page_is_left_alone() -> None:
    page = page_with_leader()
    assert np.array_equal(wipe_leaders(page, ink_of(page)), page)
