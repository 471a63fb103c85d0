from datetime import date
from random import Random

import pytest

from digitize.books.dates import parse_date, parse_date_words
from digitize.books.forms import Form, all_forms, get_form
from drawing.filling import fill_form

FORMS = [form for form in all_forms().values() if form.family != "columns"]
DAY = date(2018, 5, 6)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form_id)
def test_every_form_can_be_filled_with_what_it_asks_for(form: Form) -> None:
    writing = fill_form(form, Random(1), 7, DAY)
    asked = {item.field for item in form.items() if item.field and item.kind != "notes"}
    empty = asked - set(writing.blanks)
    assert empty <= {"cnCoSoNuoiDuong"}  # not every child comes from a home
    assert set(writing.fields) <= set(form.columns())
    assert {box.field for box in form.checkboxes if box.label in writing.ticked} <= set(form.checkbox_groups)


def test_the_same_seed_fills_the_same_page_and_another_seed_another() -> None:
    form = get_form("KS-2006")
    assert fill_form(form, Random(3), 1, DAY) == fill_form(form, Random(3), 1, DAY)
    assert fill_form(form, Random(3), 1, DAY) != fill_form(form, Random(4), 1, DAY)


def test_what_stands_on_a_page_fits_together() -> None:
    for seed in range(20):
        fields = fill_form(get_form("KS-2015"), Random(seed), 1, DAY).fields
        born, words = parse_date(fields["nksNgaySinh"]), parse_date_words(fields["nksNgaySinhBangChu"])
        assert born == words
        assert fields["nksHoTen"].split()[0].upper() == fields["chaHoTen"].split()[0].upper()
        assert parse_date(fields["ngayDangKy"]) == parse_date("6/5/2018")


def test_the_code_of_a_recognised_parent_follows_the_gender() -> None:
    pages = [fill_form(get_form("CMC-2015"), Random(seed), 1, DAY).fields for seed in range(30)]
    told = {(page["cmGioiTinh"], page["loaiXacNhan"]) for page in pages}
    assert told == {("Nam", "1"), ("Nam", "3"), ("Nữ", "2"), ("Nữ", "4")}
