"""A page is parted where the form's labels begin again, whether an entry is written, blank or cut."""

import json

import pytest

from digitize.books.entry import Box, Candidate
from digitize.books.forms import Form, get_form
from digitize.ocr.engine import Engine, Line
from digitize.ocr.entries import entry_bands, lines_between, moved_down
from digitize.settings import REPOSITORY
from digitize.workflow.read import read_page
from tests.engines import posterior_of
from tests.ocr.factory import rows

FORMS = [get_form(f"{kind}-2006") for kind in ("KS", "KH", "KT")]
SAMPLES = REPOSITORY / "sample_scans"


def printed(form: Form) -> list[str]:
    """The form's rows as they stand on an empty page."""
    return [" ".join(f"{item.label}:" for item in row if item.printed) for row in form.printed_rows]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form_id)
def test_a_page_with_one_entry_is_one_part(form: Form) -> None:
    assert entry_bands(form, rows(*printed(form)), 5000) == [(0, 5000)]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form_id)
def test_labels_that_come_again_begin_another_entry(form: Form) -> None:
    once = printed(form)
    (top, cut), (again, bottom) = entry_bands(form, rows(*once, *once), 5000)
    assert (top, cut, bottom) == (0, again, 5000)
    assert 100 + 60 * (len(once) - 1) + 30 <= cut <= 100 + 60 * len(once)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form_id)
def test_an_entry_whose_header_or_lower_half_is_cut_off_is_seen(form: Form) -> None:
    once = printed(form)
    assert len(entry_bands(form, rows(*once, *once[: len(once) // 2]), 5000)) == 2
    assert len(entry_bands(form, rows(*once, *once[1:]), 5000)) == 2


def test_a_form_of_one_entry_a_page_is_never_parted() -> None:
    form = get_form("KS-2015")
    assert len(entry_bands(form, rows(*printed(form), *printed(form)), 5000)) == 1


def test_boxes_are_told_on_the_whole_page() -> None:
    entry = {"so": Candidate("05", "05", 0.9, Box(1, 2, 3, 4)), "ghiChu": Candidate("", "", 0.5, None)}
    moved = moved_down(entry, 100)
    assert (moved["so"].box, moved["ghiChu"].box) == (Box(1, 102, 3, 104), None)


def test_lines_go_to_the_entry_that_their_middle_lies_in() -> None:
    lines = [Line(Box(5, top, 50, top + 40), posterior_of("Hoa")) for top in (10, 70, 90)]
    assert [line.box for line in lines_between(lines, 0, 100)] == [Box(5, 10, 50, 50), Box(5, 70, 50, 100)]
    assert [line.box for line in lines_between(lines, 100, 200)] == [Box(5, 0, 50, 30)]


def test_both_entries_of_a_sample_page_are_read(remembering: Engine) -> None:
    """Each in its own half of the page."""
    truth = json.loads((SAMPLES / "kh_2006.truth.json").read_text("utf-8"))
    with (SAMPLES / "kh_2006.jpg").open("rb") as file:
        read = read_page(remembering, file, "kh_2006.jpg", 1, FORMS)
    assert (read.reading.form_id, len(read.reading.entries), len(truth["entries"])) == ("KH-2006", 2, 2)
    for told, entry in zip(truth["entries"], read.reading.entries, strict=True):
        for column in ("so", "voHoTen", "ngayDangKy"):
            box, (x0, y0, x1, y1) = entry[column].box, told["fields"][column]["box"]
            assert entry[column].text == told["fields"][column]["text"]
            assert box is not None and box.x0 < x1 and box.x1 > x0 and box.y0 < y1 and box.y1 > y0
