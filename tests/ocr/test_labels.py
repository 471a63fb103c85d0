import pytest

from digitize.books.forms import get_form
from digitize.ocr.labels import Fit, Found, fit_form
from digitize.ocr.rows import Row
from tests.ocr.factory import rows

BIRTH = get_form("KS-2015")
TITLES = [  # a page of births as its printed rows are read, values left out
    "Số: 01 Quyển: 01/2017 Ngày, tháng, năm đăng ký: 23/01/2017",
    "Người được đăng ký khai sinh",
    "Họ, chữ đệm, tên: LÒ THỊ SAO",
    "Ngày, tháng, năm sinh: 09/01/2017 ghi bằng chữ: mùng chín",
    "Giới tính: Nam Dân tộc: Tày Quốc tịch: Việt Nam",
    "Nơi sinh: xã Suối Mơ",
    "Quê quán: xã Suối Mơ",
    "Số định danh cá nhân: 015217000123",
    "Họ, chữ đệm, tên mẹ: LÒ THỊ MAI",
    "Năm sinh: 1990 Dân tộc: Thái Quốc tịch: Việt Nam",
    "Nơi cư trú: thôn Nà Khoang",
    "Họ, chữ đệm, tên cha: LÒ VĂN TƠ",
    "Năm sinh: 1988 Dân tộc: Kinh Quốc tịch: Lào",
    "Nơi cư trú: thôn Trung Tâm",
]


def found_of(fit: Fit) -> dict[str, Found]:
    return {found.item.field or found.item.label: found for row in fit.rows for found in row}


def label_read(found: Found, page: list[Row]) -> str:
    assert found.first == found.last
    return page[found.first.row].text[found.first.start : found.first.end]


def test_every_label_is_found_in_its_row() -> None:
    page = rows(*TITLES)
    found = found_of(fit_form(BIRTH, page))
    assert label_read(found["nksHoTen"], page) == "Họ, chữ đệm, tên"
    assert label_read(found["nksNgaySinhBangChu"], page) == "ghi bằng chữ"
    assert label_read(found["nksSoDinhDanh"], page) == "Số định danh cá nhân"


@pytest.mark.parametrize(("field", "row"), [
    ("nksDanToc", 4), ("meDanToc", 9), ("chaDanToc", 12), ("meNgaySinh", 9), ("chaNgaySinh", 12),
    ("nksHoTen", 2), ("meHoTen", 8), ("chaHoTen", 11), ("meNoiCuTru", 10), ("chaNoiCuTru", 13),
])  # fmt: skip
def test_labels_that_are_printed_several_times_are_told_apart_by_their_order(field: str, row: int) -> None:
    assert found_of(fit_form(BIRTH, rows(*TITLES)))[field].first.row == row


def test_a_missing_row_does_not_shift_the_others() -> None:
    without_mother = [title for title in TITLES if not title.startswith("Họ, chữ đệm, tên mẹ")]
    found = found_of(fit_form(BIRTH, rows(*without_mother)))
    assert found["chaHoTen"].first.row == 10
    assert found["meNgaySinh"].first.row == 8


@pytest.mark.parametrize(("printed", "read", "field"), [
    ("Số định danh cá nhân", "S6 dinh danh ca nhan", "nksSoDinhDanh"),
    ("Quê quán", "Quẻ quản", "nksQueQuan"),
    ("Họ, chữ đệm, tên cha", "Họ. chũ đém, tén cha", "chaHoTen"),
])  # fmt: skip
def test_misread_labels_are_found(printed: str, read: str, field: str) -> None:
    page = rows(*[title.replace(printed, read) for title in TITLES])
    assert label_read(found_of(fit_form(BIRTH, page))[field], page) == read


def test_a_label_that_is_something_else_is_not_found() -> None:
    page = rows(*[title.replace("Số định danh cá nhân", "Lý lịch tư pháp") for title in TITLES])
    assert "nksSoDinhDanh" not in found_of(fit_form(BIRTH, page))


def test_a_long_label_may_run_on_in_the_next_row() -> None:
    first = "Họ, chữ đệm, tên, chức vụ người ký Giấy khai sinh/Trích lục"
    page = rows(*TITLES, first, "ghi vào sổ hộ tịch việc khai sinh: Lò Văn An")
    found = found_of(fit_form(BIRTH, page))["nguoiKy+chucVuNguoiKy"]
    assert (found.first.row, found.last.row) == (len(TITLES), len(TITLES) + 1)
    assert page[found.last.row].text[: found.last.end] == "ghi vào sổ hộ tịch việc khai sinh"


def test_a_long_label_cut_short_by_an_empty_row_ends_in_its_own() -> None:
    first = "Họ, chữ đệm, tên người đi khai"
    found = [f for row in fit_form(BIRTH, rows(first, " ")).rows for f in row if f.item.label.startswith(first)]
    assert [(f.last.row, f.last.end) for f in found] == [(0, len(first))]


def test_a_short_label_is_not_taken_from_the_middle_of_a_word() -> None:
    """ "Số" opens its row; the same letters in a value further on are not it."""
    found = found_of(fit_form(BIRTH, rows(*TITLES[1:], "Thôn Số Hai")))
    assert "so" not in found


def test_an_empty_page_fits_nothing() -> None:
    assert fit_form(BIRTH, []).share == 0.0


def test_a_short_label_is_a_word_of_its_own() -> None:
    couple = get_form("KS-2006")
    printed = next(row for row in couple.printed_rows if row[0].label == "CHA")
    found = [f.item.label for row in fit_form(couple, rows("Văn Chấn, tỉnh Yên Bái")).rows for f in row]
    assert printed[0].label not in found


def test_a_label_ends_with_its_row_where_the_next_begins_with_a_value() -> None:
    body = rows(
        "Họ, chữ đệm, tên, chức vụ người ký Giấy xác nhận tình trạng hôn nhân:",
        "Phạm Thị Ánh, Phó Chủ tịch",
    )
    found = [f for row in fit_form(get_form("HN-2015"), body).rows for f in row if "người ký" in f.item.label]
    assert [(f.last.row, body[0].text[f.last.end :]) for f in found] == [(0, ":")]
