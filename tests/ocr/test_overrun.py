from dataclasses import replace

import numpy as np

from digitize.books.doubts import Doubt
from digitize.books.entry import Box, Candidate
from digitize.books.forms import get_form
from digitize.ocr.layout import Layout, Place
from digitize.ocr.overrun import doubted_overruns, with_overruns

BIRTH = get_form("KS-2015")
ITEM = next(item for row in BIRTH.printed_rows for item in row if item.field == "chaHoTen")
BLANK = Box(100, 100, 500, 140)


def overrun(*writing: tuple[int, int], label_behind: bool = False) -> tuple[Box, bool]:
    """The blank of a page with ink between these columns, and whether a value ran out of it."""
    ink = np.zeros((300, 1000), np.uint8)
    for x0, x1 in writing:
        ink[110:130, x0:x1] = 255
    layout, places = with_overruns(Layout(BIRTH, (Place(ITEM, (BLANK,), label_behind),), ()), ink)
    return layout.places[0].boxes[0], bool(places)


def test_a_value_that_goes_on_over_the_ruling_has_a_longer_box() -> None:
    box, is_over = overrun((300, 400), (420, 505), (515, 560), (575, 600))
    assert is_over and (box.x0, box.x1, box.y1) == (100, 605, 140)


def test_what_is_printed_behind_the_ruling_is_not_the_values() -> None:
    assert overrun((300, 490), (530, 700)) == (BLANK, False)
    assert overrun((300, 400), (530, 700)) == (BLANK, False)


def test_a_value_that_touches_the_end_of_its_blank_stays_in_it() -> None:
    assert overrun((300, 508)) == (BLANK, False)


def test_before_another_label_nothing_runs_on() -> None:
    assert overrun((300, 560), label_behind=True) == (BLANK, False)


def test_what_ran_on_is_doubtful_and_told() -> None:
    sure = Candidate("Lò Văn An", "lo van an", 0.99, BLANK)
    place = Place(ITEM, (BLANK,))
    found, (told,) = doubted_overruns(BIRTH, {"chaHoTen": sure, "so": sure}, [place])
    assert (found["chaHoTen"].confidence, found["so"].confidence) == (0.5, 0.99)
    assert (found["chaHoTen"].doubts, found["so"].doubts) == ((Doubt.OVERRUN,), ())
    assert told.code == "overrun" and BIRTH.label_of("chaHoTen") in told.message
    assert doubted_overruns(BIRTH, {}, [replace(place)]) == ({}, ())
