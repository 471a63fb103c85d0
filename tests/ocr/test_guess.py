"""Labels that were not read are placed where the form has them, between those that were."""

from digitize.books.forms import get_form
from digitize.ocr.cells import Cells
from digitize.ocr.guess import letter_width, missed_rows
from digitize.ocr.labels import fit_form
from digitize.ocr.layout import Layout, Place, place_values
from tests.ocr.factory import rows

BIRTH = get_form("KS-2015")
PAGE = (
    "Họ, chữ đệm, tên: LÒ THỊ SAO",
    "Ngày, tháng, năm sinh: 09/01/2017 ghi bằng chữ: mùng chín",
    "tháng một năm hai nghìn",
    "Giới tính: Nam Dân tộc: Tày Quốc tịch: Việt Nam",
    "Nơi sinh: xã Suối Mơ",
    "huyện Văn Chấn",
    "Quê quán: xã Suối Mơ",
)


def laid_out(*texts: str) -> Layout:
    body = rows(*texts)
    return place_values(fit_form(BIRTH, body), Cells(tuple(body)), (), None)


def place(layout: Layout, field: str) -> Place:
    return next(place for place in layout.places if place.item.field == field)


def test_a_row_of_which_no_label_was_read_stands_between_its_neighbours() -> None:
    texts = [*PAGE[:4], "NS: xã Suối Mơ", *PAGE[5:]]
    body = rows(*texts)
    (number,) = missed_rows(fit_form(BIRTH, body), body)
    assert BIRTH.printed_rows[number][0].label == "Nơi sinh"
    birth_place = place(laid_out(*texts), "nksNoiSinh")
    assert not birth_place.seen
    assert birth_place.boxes[0].y0 == 100 + 60 * 4
    assert place(laid_out(*texts), "nksQuocTich").boxes[-1].y1 < 100 + 60 * 4


def test_a_label_missed_within_a_row_stands_where_its_column_begins() -> None:
    text = "Giới tính: Nam    vxv xvx: Tày              Quốc tịch: Việt Nam"
    layout = laid_out(*PAGE[:3], text, *PAGE[4:])
    gender, ethnic = place(layout, "nksGioiTinh"), place(layout, "nksDanToc")
    assert gender.seen and not ethnic.seen
    assert gender.boxes[0].x1 <= ethnic.boxes[0].x0
    assert place(layout, "nksQuocTich").seen


def test_labels_tell_how_wide_letters_are_printed() -> None:
    body = rows(*PAGE)
    assert 11 < letter_width(fit_form(BIRTH, body), body) <= 12
    assert letter_width(fit_form(BIRTH, rows("xyz")), rows("xyz")) == 0


def test_labels_that_were_all_read_leave_nothing_to_guess() -> None:
    body = rows(*PAGE)
    assert missed_rows(fit_form(BIRTH, body), body) == {}
    assert all(each.seen for each in laid_out(*PAGE).places)
