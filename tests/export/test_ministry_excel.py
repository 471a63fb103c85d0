from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from digitize.books.book import Book
from digitize.books.forms import get_form
from digitize.books.kinds import BookKind
from digitize.errors import ExportRefused
from digitize.export.ministry_excel import ExportRow, export_columns, is_date_column, row_of_entry, write_book_excel

KS = get_form("KS-2015")
BIRTH = {
    "so": "05",
    "ngayDangKy": "03/2/2017",
    "loaiDangKy": "1",
    "nksHoTen": "GIÀNG A SỬ",
    "nksGioiTinh": "Nam",
    "nksNgaySinh": "5/1/2017",
    "nksNoiSinh": "Trạm y tế xã Suối Mẫu, huyện Mẫu, tỉnh Yên Bái",
    "nksDanToc": "Mèo",
    "nksQuocTich": "Việt Nam",
    "meHoTen": "SÙNG THỊ MỶ",
    "meNgaySinh": "1992",
    "nycSoGiayToTuyThan": "060345678",
    "ghiChu": "=1+1",
}


@pytest.mark.parametrize(("kind_key", "count"), [("KS", 60), ("KS_new70", 70), ("KH", 44), ("KT", 48)])
def test_the_ministrys_columns_stand_in_their_order(tmp_path: Path, kind_key: str, count: int) -> None:
    path = tmp_path / "book.xlsx"
    assert write_book_excel(path, kind_key, []) == 0
    header = next(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert header == export_columns(kind_key)
    assert len(header) == count


def test_every_cell_is_text_and_nothing_is_lost(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "book.xlsx"
    rows = [row_of_entry(KS, BIRTH, book, {}, number) for number in (1, 2)]
    assert write_book_excel(path, "KS_new70", rows) == 2
    sheet = openpyxl.load_workbook(path).active
    assert sheet.max_row == 3
    columns = export_columns("KS_new70")
    for number, cells in enumerate(sheet.iter_rows(min_row=2), start=1):
        assert {cell.number_format for cell in cells} == {"@"}
        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
        told = dict(zip(columns, (cell.value for cell in cells), strict=True))
        assert told["STT"] == str(number)
        assert (told["so"], told["nycSoGiayToTuyThan"], told["ghiChu"]) == ("05", "060345678", "=1+1")
        assert told["nksHoTen"] == "GIÀNG A SỬ"


def test_dates_are_dotted_and_partial_dates_stay_partial(book: Book) -> None:
    row = row_of_entry(KS, BIRTH, book, {}, 1)
    assert (row.values["ngayDangKy"], row.values["nksNgaySinh"], row.values["meNgaySinh"]) == (
        "03.02.2017",
        "05.01.2017",
        "1992",
    )
    assert row.unreadable_dates == ()


def test_a_date_nobody_can_read_stays_as_confirmed_and_is_told(book: Book) -> None:
    row = row_of_entry(KS, {**BIRTH, "nksNgaySinh": "mùa gặt 1987"}, book, {}, 1)
    assert row.values["nksNgaySinh"] == "mùa gặt 1987"
    assert row.unreadable_dates == ("nksNgaySinh",)


def test_gender_is_a_code_and_the_ethnic_group_stays_as_in_the_book(book: Book) -> None:
    row = row_of_entry(KS, BIRTH, book, {}, 1).values
    assert (row["nksGioiTinh"], row["nksDanToc"]) == ("1", "Mèo")
    assert row_of_entry(KS, {**BIRTH, "nksGioiTinh": "?"}, book, {}, 1).values["nksGioiTinh"] == "?"


def test_columns_that_are_not_on_the_page_come_from_where_the_form_says(book: Book) -> None:
    row = row_of_entry(KS, BIRTH, book, {"meSoDinhDanhCaNhan": "015192000001"}, 7).values
    assert row["noiDangKy"] == "UBND xã Suối Mẫu, huyện Mẫu, tỉnh Yên Bái"
    assert row["quyenSo"] == "01/2017"
    assert row["nksNoiSinhDVHC"] == "xã Suối Mẫu, huyện Mẫu, tỉnh Yên Bái"
    assert (row["nksQuocTichStr"], row["meQuocTichStr"]) == ("Việt Nam", "")
    assert (row["meLoaiCuTru"], row["meLoaiGiayToTuyThan"], row["STT"]) == ("0", "0", "7")
    assert (row["meSoDinhDanhCaNhan"], row["chaSoDinhDanhCaNhan"]) == ("015192000001", "")


def test_the_personal_id_of_the_book_comes_before_that_of_the_match(book: Book) -> None:
    match = {"nksSoDinhDanh": "015217000002"}
    assert row_of_entry(KS, BIRTH, book, match, 1).values["nksSoDinhDanh"] == "015217000002"
    own = {**BIRTH, "nksSoDinhDanh": "015217000001"}
    assert row_of_entry(KS, own, book, match, 1).values["nksSoDinhDanh"] == "015217000001"


def test_an_id_number_taken_over_says_where_it_comes_from(tmp_path: Path, book: Book) -> None:
    row = row_of_entry(KS, BIRTH, book, {"nksSoDinhDanh": "015217000001"}, 1)
    assert row.from_population == {"nksSoDinhDanh"}
    path = tmp_path / "book.xlsx"
    write_book_excel(path, "KS_new70", [row])
    cells = {cell.column: cell for cell in openpyxl.load_workbook(path).active[2]}
    marked = [cell for cell in cells.values() if cell.comment]
    assert [(cell.value, "CSDL dân cư" in cell.comment.text) for cell in marked] == [("015217000001", True)]


@pytest.mark.parametrize(
    ("form", "column", "shown"),
    [("KH-2015", "chongSoDinhDanh", False), ("KT-2015", "nktSoDinhDanh", False), ("CN-2011", "cnSoDinhDanh", True)],
)
def test_a_number_without_a_column_of_the_template_stands_on_a_sheet_of_its_own(
    tmp_path: Path, book: Book, form: str, column: str, shown: bool
) -> None:
    names = {"chongHoTen": "A", "nktHoTen": "A", "cnHoTen": "A", "so": "7"}
    path = tmp_path / "book.xlsx"
    write_book_excel(path, form[:2], [row_of_entry(get_form(form), names, book, {column: "015217000001"}, 1)])
    file = openpyxl.load_workbook(path)
    data = [cell.value for cell in file["DL Import"][2]]
    assert ("015217000001" in data) is shown and (len(file.sheetnames) == 1) is shown
    if not shown:
        told = [cell.value for cell in file["Số định danh"][2]]
        assert (told[0], *told[4:]) == ("7", "A", "015217000001")


@pytest.mark.parametrize(
    ("mother", "father", "ticked", "code"),
    [("A", "B", "", "1"), ("", "B", "", "2"), ("A", "", "", "3"), ("", "", "", "4"), ("", "", "5", "5")],
)
def test_which_parents_are_known(book: Book, mother: str, father: str, ticked: str, code: str) -> None:
    values = {**BIRTH, "meHoTen": mother, "chaHoTen": father, "nksLoaiKhaiSinh": ticked}
    assert row_of_entry(KS, values, book, {}, 1).values["nksLoaiKhaiSinh"] == code


def test_a_marriage_noted_from_abroad_is_exported_without_a_code(book: Book) -> None:
    form, marriages = get_form("KH-2015"), replace(book, kind=BookKind.MARRIAGE)
    assert row_of_entry(form, {"loaiDangKy": "3"}, marriages, {}, 1).values["loaiDangKy"] == ""
    assert row_of_entry(form, {"loaiDangKy": "2"}, marriages, {}, 1).values["loaiDangKy"] == "2"
    assert "nksLoaiKhaiSinh" not in row_of_entry(form, {}, marriages, {}, 1).values


def test_date_columns() -> None:
    dates = {column for column in export_columns("KT") if is_date_column(column)}
    assert dates == {
        "ngayDangKy",
        "nktNgaySinh",
        "nktNgayCapGiayToTuyThan",
        "nktNgayChet",
        "nktNgayGhiChuTuyenBoViecChet",
        "nktNgayGhiChuHuyTuyenBoViecChet",
        "gbtNgay",
        "nycNgayCapGiayToTuyThan",
        "ngayDangKyNuocNgoai",
    }


def test_a_kind_without_a_template_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="«XX»"):
        write_book_excel(tmp_path / "book.xlsx", "XX", [ExportRow({})])
