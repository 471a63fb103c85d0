import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.books.forms import all_forms
from digitize.books.values import normal_form

KINDS = sorted({item.kind for form in all_forms().values() for item in form.items()} | {"name", "id_number", "part"})


@pytest.mark.parametrize(
    ("kind", "text", "norm"),
    [
        ("date", "5/2/2004", "05.02.2004"),
        ("date", " 31/02/2004 ", "31/02/2004"),
        ("year_or_date", "năm 1984", "1984"),
        ("date_words", "Ngày năm tháng hai năm hai nghìn không trăm linh tư", "05.02.2004"),
        ("date_words", "không  đọc được", "không đọc được"),
        ("gender", "Nữ", "2"),
        ("gender", "?", "?"),
        ("ethnic", "Mèo", "Mông"),
        ("ethnic", "Thổ", "Thổ"),
        ("name_upper", "giàng thị  hòa", "GIÀNG THỊ HOÀ"),
        ("name", "Nguyễn Thị Thuý", "NGUYỄN THỊ THUÝ"),
        ("pid12", "015 304.000012", "015304000012"),
        ("id_number", "số 060 345 678", "060345678"),
        ("id_number", "c1234567", "C1234567"),
        ("entry_no", "02 / 2018", "02/2018"),
        ("volume", " 01/2017 ", "01/2017"),
        ("number", " 12", "12"),
        ("place", "xã  Mồ Dề,\nhuyện Mù Cang Chải", "xã Mồ Dề, huyện Mù Cang Chải"),
        ("nationality", "Việt Nam", "Việt Nam"),
    ],
)
def test_normal_form(kind: str, text: str, norm: str) -> None:
    assert normal_form(kind, text) == norm


@given(st.sampled_from(KINDS), st.text(max_size=30))
def test_never_raises(kind: str, text: str) -> None:
    assert isinstance(normal_form(kind, text), str)
