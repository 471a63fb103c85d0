"""The Excel file of a book, in the Ministry's columns (read in implementations of công văn 1437/BTP-CNTT)."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import xlsxwriter

from digitize.books.book import Book
from digitize.books.codelists import gender_code
from digitize.books.dates import parse_date
from digitize.books.forms import Form
from digitize.books.names import tidy
from digitize.books.persons import ROLE_TITLES, name_column, personal_id_column
from digitize.books.places import administrative_part
from digitize.errors import ExportRefused

SHEET = "DL Import"  # name of the data sheet in the Ministry's template of 70 columns
IDS_SHEET = "Số định danh"  # ours: numbers of people for whom the template has no column
IDS_COLUMNS = ("so", "quyenSo", "ngayDangKy", "Vai trò", "Họ tên (sổ)", "Số định danh (CSDL dân cư)")
COLUMN_WIDTH = 22  # characters
FROM_POPULATION = "Số định danh lấy từ CSDL dân cư khi đối chiếu; sổ không ghi."
_DATE_COLUMN = re.compile(r"(?:^ngay|Ngay)(?!.*(?:BangChu|CanCu))")


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One entry as a row of the file; texts by column. `unreadable_dates` names columns left as confirmed,
    `from_population` those that the book is silent about and the population database tells."""

    values: Mapping[str, str]
    unreadable_dates: tuple[str, ...] = ()
    from_population: frozenset[str] = frozenset()


def export_columns(kind_key: str) -> tuple[str, ...]:
    """The Ministry's columns in order, for "KS", "KS_new70", "KH", "KT". Raises ExportRefused for others."""
    try:
        return _all_columns()[kind_key]
    except KeyError as cause:
        raise ExportRefused(f"Chưa có mẫu Excel cho loại sổ «{kind_key}».") from cause


def is_date_column(column: str) -> bool:
    """Whether the template wants a dotted date in this column."""
    return _DATE_COLUMN.search(column) is not None


def row_of_entry(
    form: Form, values: Mapping[str, str], book: Book, personal_ids: Mapping[str, str], number: int
) -> ExportRow:
    """One entry as the template wants it: what stands on the page, then what the form says of the other columns.

    `values` are the confirmed texts; `personal_ids` the 12-digit numbers of confirmed matches by column;
    `number` the row's place in the file, from 1.
    """
    row = {column: tidy(text) for column, text in values.items()}
    taken_over = {column: text for column, text in personal_ids.items() if not row.get(column)}
    row |= taken_over
    for off_page in form.off_page:
        for column in off_page.columns:
            row[column] = row.get(column) or _off_page(column, off_page.source, off_page.default, row, book, number)
    row["quyenSo"] = row.get("quyenSo") or volume_of_year(book)
    if "nksHoTen" in row:
        row["nksLoaiKhaiSinh"] = row.get("nksLoaiKhaiSinh") or _parents_known(row)
    row |= _box_codes(form, row)
    return replace(_in_template_writing(row), from_population=frozenset(taken_over))


def write_book_excel(path: Path, kind_key: str, rows: Iterable[ExportRow]) -> int:
    """Writes the file, text cells only, and returns the number of rows under the header."""
    columns = export_columns(kind_key)
    written, homeless = 0, list[tuple[str, ...]]()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        text = workbook.add_format({"num_format": "@"})
        sheet.set_column(0, len(columns) - 1, COLUMN_WIDTH, text)
        sheet.freeze_panes(1, 0)
        _write_row(sheet, 0, columns, workbook.add_format({"num_format": "@", "bold": True}))
        for written, row in enumerate(rows, start=1):
            _write_row(sheet, written, [row.values.get(column, "") for column in columns], text)
            for column in row.from_population & set(columns):
                sheet.write_comment(written, columns.index(column), FROM_POPULATION)
            homeless += _ids_without_column(row, columns)
        if homeless:
            ids = workbook.add_worksheet(IDS_SHEET)
            ids.set_column(0, len(IDS_COLUMNS) - 1, COLUMN_WIDTH, text)
            for place, told in enumerate((IDS_COLUMNS, *homeless)):
                _write_row(ids, place, told, text)
    return written


def volume_of_year(book: Book) -> str:
    """ "01/2017", as the template's own rows write it; a volume that already tells more stays as it is."""
    return f"{int(book.volume):02d}/{book.year}" if book.volume.isdecimal() else book.volume


def _ids_without_column(row: ExportRow, columns: Collection[str]) -> list[tuple[str, ...]]:
    """A line for each number from the population database that the template has no column for."""
    entry = tuple(row.values.get(column, "") for column in IDS_COLUMNS[:3])
    return [
        (*entry, title, row.values.get(name_column(role), ""), row.values[column])
        for role, title in ROLE_TITLES.items()
        if (column := personal_id_column(role)) in row.from_population and column not in columns
    ]


@cache
def _all_columns() -> dict[str, tuple[str, ...]]:
    raw = tomllib.loads(files("digitize.books").joinpath("columns.toml").read_text("utf-8"))
    return {key: tuple(columns) for key, columns in raw.items()}


def _off_page(column: str, source: str, default: str, row: Mapping[str, str], book: Book, number: int) -> str:
    match source:
        case "book":
            return book.authority if column in {"noiDangKy", "noiCap"} else ""
        case "export":
            return str(number)
        case "derived" if column == "nksNoiSinhDVHC":
            return administrative_part(row.get("nksNoiSinh", ""))
        case "derived" if column.endswith("QuocTichStr"):
            return row.get(column.removesuffix("Str"), "")
    return default


def _parents_known(row: Mapping[str, str]) -> str:
    """Code of nksLoaiKhaiSinh by which parents are named."""
    match bool(row.get("meHoTen")), bool(row.get("chaHoTen")):
        case True, True:
            return "1"
        case False, True:
            return "2"
        case True, False:
            return "3"
    return "4"


def _box_codes(form: Form, row: Mapping[str, str]) -> dict[str, str]:
    return {box.field: box.export_code for box in form.checkboxes if row.get(box.field) == box.code}


def _in_template_writing(row: Mapping[str, str]) -> ExportRow:
    """Dates dotted and genders as codes; a text that is neither stays and, if a date, is told."""
    written, unreadable = dict(row), []
    for column, text in row.items():
        if column.endswith("GioiTinh"):
            written[column] = gender_code(text) or text
        elif is_date_column(column) and text:
            date = parse_date(text)
            written[column] = date.dotted if date else text
            if date is None:
                unreadable.append(column)
    return ExportRow(written, tuple(unreadable))


def _write_row(
    sheet: xlsxwriter.workbook.Worksheet, number: int, texts: Iterable[str], cell: xlsxwriter.format.Format
) -> None:
    for place, text in enumerate(texts):
        sheet.write_string(number, place, text, cell) if text else sheet.write_blank(number, place, None, cell)
