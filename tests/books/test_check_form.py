from importlib.resources import files

import pytest

from digitize.books import forms
from digitize.books.forms import all_forms, parse_form
from digitize.books.forms.check import problems_of

TOML = files(forms).joinpath("KS-2006.toml").read_text("utf-8")
LEDGER = files(forms).joinpath("KS-1998.toml").read_text("utf-8")
COLUMNS_ONLY = files(forms).joinpath("LH-2015.toml").read_text("utf-8")

MISTAKES = {
    'kind = "gender"': ('kind = "sex"', "không có kind «sex»"),
    'field = "nksNoiSinh", kind': ("kind", "thiếu field"),
    'field = "nksNoiSinh"': ('field = "nksQueQuan"', "Cột nksQueQuan đứng 2 lần"),
    'id = "KS-2006"': ('id = "KH-2006"', "phải có dạng"),
    'export = ["KS", "KS_new70"]': ('export = ["KS_new71"]', "Không có mẫu Excel «KS_new71»"),
    'from = "match"': ('from = "nobody"', "phải là một trong"),
    "at = 0.66": ("at = 0.2", "at phải lớn hơn"),
    'label = "Họ và tên", kind = "section"': (
        'label = "Họ và tên", printed = false, kind = "section"',
        "phải bắt đầu bằng",
    ),
    'splits_into = ["nguoiKy", "chucVuNguoiKy"]': ('splits_into = ["nguoiKy"]', "không tách được thành 1 cột"),
}


@pytest.mark.parametrize("form", all_forms().values(), ids=lambda form: form.form_id)
def test_our_forms_are_sound(form: forms.Form) -> None:
    assert problems_of(form) == []


@pytest.mark.parametrize("right", MISTAKES)
def test_a_mistake_is_told_in_words(right: str) -> None:
    wrong, told = MISTAKES[right]
    assert right in TOML
    assert any(told in problem for problem in problems_of(parse_form(TOML.replace(right, wrong, 1), "x.toml")))


def test_a_ledger_has_a_left_and_a_right_page() -> None:
    form = parse_form(LEDGER.replace("    ],\n    [", "", 1), "x.toml")
    assert any("hai dòng" in problem for problem in problems_of(form))


def test_a_form_without_a_layout_lists_columns_only() -> None:
    two = 'kind = "signer", splits_into = ["nguoiKy", "chucVuNguoiKy"]'
    spoilt = COLUMNS_ONLY.replace('field = "nguoiKy", kind = "name"', f'field = "ký", {two}')
    told = problems_of(parse_form(spoilt.replace('mark = "D"', 'mark = "X"'), "x.toml"))
    assert any("đúng một cột" in problem for problem in told)
    assert any("mark «X»" in problem for problem in told)


def test_all_mistakes_are_told_at_once() -> None:
    spoilt = TOML
    for right in ('kind = "gender"', 'from = "match"'):
        spoilt = spoilt.replace(right, MISTAKES[right][0], 1)
    assert len(problems_of(parse_form(spoilt, "x.toml"))) == 2
