import cv2
import numpy as np

from digitize.ocr.engine import Image
from digitize.ocr.ink import ink_of
from digitize.ocr.leaders import leader_dots


def page_with_leader(*dots: int) -> Image:
    page = np.full((400, 1654, 3), 240, np.uint8)
    for x in dots:
        cv2.circle(page, (x, 200), 1, (20, 20, 20), -1, cv2.LINE_AA)
    return page


LEADER = range(300, 1200, 10)


def test_the_dots_of_a_leader_are_found() -> None:
    ink = ink_of(page_with_leader(*LEADER))
    assert ink.any()
    assert np.array_equal(leader_dots(ink) > 0, ink > 0)


def test_dots_that_ran_together_belong_to_their_leader() -> None:
    page = page_with_leader(*range(300, 1200, 8))
    cv2.line(page, (700, 200), (708, 200), (20, 20, 20), 2)
    ink = ink_of(page)
    assert np.array_equal(leader_dots(ink) > 0, ink > 0)


def test_writing_above_a_leader_is_none() -> None:
    page = page_with_leader(*LEADER)
    cv2.putText(page, "THAO", (400, 185), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (90, 30, 20), 4)
    assert not leader_dots(ink_of(page))[100:190].any()


def test_a_few_dots_are_not_a_leader() -> None:
    assert not leader_dots(ink_of(page_with_leader(300, 310, 320))).any()


def test_an_empty_page_has_none() -> None:
    assert not leader_dots(ink_of(page_with_leader())).any()
