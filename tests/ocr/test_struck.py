import cv2
import numpy as np
import pytest

from digitize.books.entry import Box
from digitize.books.forms import get_form
from digitize.ocr.engine import Image
from digitize.ocr.ink import ink_of
from digitize.ocr.layout import Layout, Place
from digitize.ocr.rulings import without_rulings
from digitize.ocr.strokes import find_strokes
from digitize.ocr.struck import without_struck

BIRTH = get_form("KS-2015")
NAME = next(item for item in BIRTH.items() if item.field == "nksHoTen")
LINE = Box(480, 180, 1100, 236)  # of the words written below
UNIT = LINE.y1 - LINE.y0
INK = (120, 40, 20)


def written(text: str = "Mai  Lan  Hoa", above: str = "") -> Image:
    page = np.full((400, 1654, 3), 245, np.uint8)
    cv2.putText(page, text, (500, 220), cv2.FONT_HERSHEY_SIMPLEX, 1.1, INK, 3)
    cv2.putText(page, above, (600, 178), cv2.FONT_HERSHEY_SIMPLEX, 0.8, INK, 2)
    return page


def strike(page: Image, y: int = 212, slant: int = 1) -> None:
    """Through the second word, which stands at 596..658."""
    cv2.line(page, (586, y + slant), (668, y - slant), INK, 3)


def laid_out(page: Image) -> tuple[Layout, dict[str, tuple[Box, ...]]]:
    ink = ink_of(page)
    return without_struck(Layout(BIRTH, (Place(NAME, (LINE,), rooms=(LINE,)),), ()), ink, without_rulings(ink))


@pytest.mark.parametrize("levels", [(212,), (205, 214)])
def test_a_stroke_or_two_through_a_word_are_one_struck_word(levels: tuple[int, ...]) -> None:
    page = written()
    for y in levels:
        strike(page, y)
    (found,) = find_strokes(ink_of(page), LINE, UNIT)
    assert abs(found.x0 - 586) < 12
    assert abs(found.x1 - 668) < 12


@pytest.mark.parametrize("y", [232, 160])
def test_a_line_under_or_over_words_strikes_none(y: int) -> None:
    page = written()
    strike(page, y, 0)
    assert find_strokes(ink_of(page), LINE, UNIT) == []


def test_a_slanted_stroke_strikes_too() -> None:
    page = written("Mai  Lanh  Hoa")
    cv2.line(page, (586, 224), (700, 198), INK, 3)
    (found,) = find_strokes(ink_of(page), LINE, UNIT)
    assert abs(found.x0 - 586) < 15 and abs(found.x1 - 700) < 15
    assert found.y0 < 203 < 219 < found.y1


def test_a_word_struck_to_and_fro_is_one_struck_word() -> None:
    page = written("Mai  Lanh  Hoa")
    forth = [(592 + 11 * i, 192 if i % 2 else 226) for i in range(11)]
    back = [(x - 7, 418 - y) for x, y in reversed(forth)]
    cv2.polylines(page, [np.array([*forth, *back], np.int32)], False, INK, 2)
    (found,) = find_strokes(ink_of(page), LINE, UNIT)
    assert abs(found.x0 - 592) < 15 and abs(found.x1 - 704) < 15


def test_figures_that_touch_are_no_tangle() -> None:
    page = np.full((400, 1654, 3), 245, np.uint8)
    for i, figure in enumerate("0906"):
        cv2.putText(page, figure, (600 + 14 * i, 220), cv2.FONT_HERSHEY_SIMPLEX, 0.9, INK, 3)
    assert find_strokes(ink_of(page), LINE, UNIT) == []


def test_letters_that_hang_together_are_not_struck() -> None:
    page = written()
    cv2.line(page, (596, 220), (660, 220), INK, 1)  # as school cursive joins letters at their feet
    assert find_strokes(ink_of(page), LINE, UNIT) == []


def test_a_ruling_that_runs_through_a_line_strikes_nothing() -> None:
    page = written()
    cv2.line(page, (0, 212), (1653, 212), (40, 40, 40), 2)
    assert find_strokes(ink_of(page), LINE, UNIT) == []


def test_clean_writing_is_left_as_it_is() -> None:
    layout, before = laid_out(written("HỜ ĐẠT - THẮNG tttt 8-4"))
    assert (layout.places[0].boxes, before) == ((LINE,), {})


def test_what_is_left_of_a_line_goes_around_the_struck_word() -> None:
    page = written()
    strike(page)
    layout, before = laid_out(page)
    left, right = layout.places[0].boxes
    assert left.x1 <= 590 < 664 <= right.x0
    assert before == {"nksHoTen": (LINE,)}


def test_what_is_written_above_touches_a_ruling() -> None:
    page = written(above="Thu")
    cv2.line(page, (300, 158), (1400, 158), (40, 40, 40), 3)
    strike(page)
    layout, _ = laid_out(page)
    assert any(box.y0 < 170 and 590 < box.x0 < 640 for box in layout.places[0].boxes)


def test_what_is_written_above_a_struck_word_stands_in_its_place() -> None:
    page = written(above="Thu")
    strike(page)
    layout, _ = laid_out(page)
    left, above, right = layout.places[0].boxes
    assert left.x0 < above.x0 < right.x0
    assert above.y0 < 165 < above.y1 < 210
