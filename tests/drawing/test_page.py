"""Drawing itself, in a face that a Python package brings: the pens are fetched only to draw the samples again."""

from datetime import date
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest

from digitize.books.forms import all_forms, get_form
from drawing.blanks import Segment, place
from drawing.cast import Case
from drawing.cast.births import births
from drawing.cast.deaths import deaths
from drawing.cast.marriages import marriages
from drawing.commune import Commune
from drawing.filling import fill_form
from drawing.fonts import PENS, VERSIONS, font, font_file, vietnamese_letters
from drawing.ink import BLUE, Pen
from drawing.page import SIZE, draw_entries, draw_page
from drawing.paper import Scanner, scan
from drawing.writing import Writing

PEN = Pen("patrick-hand", BLUE)


@pytest.fixture(autouse=True)
def packaged_face(monkeypatch: pytest.MonkeyPatch) -> None:
    """Noto Serif for every face that is asked for by a name of the list."""
    serif = files("fontpkg_noto_serif").joinpath("files", "NotoSerif[wdth,wght].ttf")
    font.cache_clear()
    monkeypatch.setattr("drawing.fonts.font_file", lambda name, weight=400: (VERSIONS[name], Path(str(serif)))[1])


def cast() -> list[Case]:
    town = Commune(Random(11))
    return [*births(town), *marriages(town), *deaths(town)]


def test_vietnamese_has_134_letters_with_marks() -> None:
    assert len(vietnamese_letters()) == 134
    assert {"ẫ", "Ỷ", "đ", "Ư"} <= vietnamese_letters()
    assert len(PENS) >= 6


def test_an_unlisted_face_is_refused() -> None:
    assert "caveat" not in VERSIONS
    with pytest.raises(KeyError):
        font_file("caveat")


@pytest.mark.parametrize("case", cast()[2::6], ids=lambda case: case.shows)
def test_every_value_has_a_box_and_no_two_places_overlap(case: Case) -> None:
    form = get_form(case.writing.form_id)
    image, boxes = draw_page(form, case.writing, PEN, "tinos", Random(1))
    assert image.size == SIZE
    assert set(boxes) == set(case.writing.fields)
    words = {(column, *box) for column, parts in boxes.items() for box in parts}
    places = {column: item.field for item in form.items() for column in item.columns}
    for column, x0, y0, x1, y1 in words:
        for other, u0, v0, u1, v1 in words:
            if places.get(column, column) != places.get(other, other):
                overlap = min(x1, u1) - max(x0, u0), min(y1, v1) - max(y0, v0)
                assert min(overlap) <= 2, (column, other)


def test_a_value_too_long_for_its_place_is_refused() -> None:
    form = all_forms()["KS-2015"]
    writing = Writing("KS-2015", {"so": "0" * 60}, {"so": "0" * 60})
    with pytest.raises(ValueError, match="so"):
        draw_page(form, writing, PEN, "tinos", Random(1))


def test_a_text_goes_on_in_the_next_segment() -> None:
    segments = [Segment(0, 160, 50), Segment(0, 400, 100)]
    assert place("Thôn Nà Khoang", segments, PEN) == ["Thôn Nà", "Khoang"]
    assert place("Thôn Nà Khoang", segments[:1], PEN) is None


def test_boxes_go_along_when_the_page_is_turned() -> None:
    case = cast()[0]
    page, ink = draw_page(get_form("KS-2015"), case.writing, PEN, "tinos", Random(1))
    _, straight = scan(page, ink, Scanner(0.0), 1)
    _, turned = scan(page, ink, Scanner(1.0), 1)
    lefts, tops, rights, bottoms = zip(*ink["nksHoTen"], strict=True)
    assert straight["nksHoTen"] == [min(lefts), min(tops), max(rights), max(bottoms)]
    assert turned["loaiDangKy"][1] < straight["loaiDangKy"][1]
    assert turned["so"][1] > straight["so"][1]


def test_a_large_page_holds_two_entries_each_in_its_own_half() -> None:
    form = get_form("KT-2006")
    writings = [fill_form(form, Random(2), number, date(2009, 3, 1)) for number in (5, 6)]
    image, boxes = draw_entries(form, writings, Pen("noto-serif", BLUE, 0.8), "noto-serif", Random(2))
    assert image.height > image.width
    lowest = max(y1 for words in boxes[0].values() for _, _, _, y1 in words)
    highest = min(y0 for words in boxes[1].values() for _, y0, _, _ in words)
    assert lowest < image.height / 2 < highest
    assert [set(each) for each in boxes] == [set(writing.fields) for writing in writings]
