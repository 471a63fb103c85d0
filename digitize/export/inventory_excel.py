"""The inventory as an Excel file: a template that explains itself, out with what is known, in with what was counted."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import BadZipFile

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException

from digitize.books.kinds import BookKind
from digitize.campaign import inventory_sheet as sheet
from digitize.campaign.inventory import Volume
from digitize.campaign.inventory_sheet import COLUMNS, Column, as_cells
from digitize.campaign.units import Keeper
from digitize.errors import InputError

LINES, HELP, LISTS = "Kiểm kê", "Hướng dẫn", "Danh mục"
SPARE = 2000  # empty lines with drop-down lists
FOREWORD = (
    "Mỗi dòng của trang «Kiểm kê» là một quyển sổ. Điền từ dòng 2, không đổi tên hay thứ tự cột.",
    "Sổ có rồi (cùng đơn vị, loại, năm, quyển số) được cập nhật; sổ chưa có được thêm. Không dòng nào bị xóa.",
    "Dòng có lỗi được báo kèm lý do, các dòng khác vẫn được nhận. Sửa dòng lỗi rồi nạp lại cả tệp.",
)


def write_inventory(volumes: Sequence[Volume], keepers: Sequence[Keeper]) -> bytes:
    """The file with the volumes given; without any it is the empty template."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        looks = _looks(book)
        _write_lines(book.add_worksheet(LINES), looks, volumes, len(keepers))
        _write_help(book.add_worksheet(HELP), looks)
        _write_lists(book.add_worksheet(LISTS), looks, keepers)
    return file.getvalue()


def read_inventory(file: BinaryIO) -> Iterator[tuple[int, dict[Column, str]]]:
    """Number in the sheet and cells of every line that is not empty. Raises InputError for another file."""
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as cause:
        raise InputError("Tệp này không phải là bảng Excel (.xlsx).") from cause
    if LINES not in book.sheetnames:
        raise InputError(f"Tệp không có trang «{LINES}». Hãy dùng mẫu tải từ chương trình.")
    rows = book[LINES].iter_rows(values_only=True)
    places = _places(next(rows, ()))
    for number, row in enumerate(rows, start=2):
        cells = {column: _text(row[at]) for column, at in places.items() if at < len(row)}
        if any(text for column, text in cells.items() if column is not sheet.UNIT_NAME):
            yield number, cells


def _places(head: Sequence[object]) -> dict[Column, int]:
    titles = [_text(cell).rstrip(" *") for cell in head]
    missing = [column.title for column in COLUMNS if column.is_needed and column.title not in titles]
    if missing:
        raise InputError(f"Trang «{LINES}» thiếu cột «{missing[0]}». Hãy dùng mẫu tải từ chương trình.")
    return {column: titles.index(column.title) for column in COLUMNS if column.title in titles}


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def _looks(book: Any) -> dict[str, Any]:
    frame = {"border": 1, "border_color": "#9aa5b1", "valign": "top"}
    head = frame | {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center"}
    return {
        "needed": book.add_format(head | {"bg_color": "#f6d5d2"}),
        "head": book.add_format(head | {"bg_color": "#e4e9ee"}),
        "text": book.add_format(frame | {"num_format": "@"}),
        "number": book.add_format(frame | {"num_format": "0"}),
        "wrapped": book.add_format(frame | {"text_wrap": True}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _write_lines(page: Any, looks: dict[str, Any], volumes: Sequence[Volume], keepers: int) -> None:
    numbers = {sheet.YEAR, sheet.FIRST, sheet.LAST, sheet.ENTRIES, sheet.PAGES}
    last = max(len(volumes) + SPARE, SPARE)
    page.set_row(0, 46)
    for at, column in enumerate(COLUMNS):
        page.set_column(at, at, column.width, looks["number" if column in numbers else "text"])
        page.write_string(0, at, column.title + (" *" if column.is_needed else ""),
                          looks["needed" if column.is_needed else "head"])  # fmt: skip
        page.write_comment(0, at, f"{column.meaning}\nVí dụ: {column.example}", {"x_scale": 2})
        page.data_validation(1, at, last, at, _rule(column, keepers))
    for number, volume in enumerate(volumes, start=1):
        cells = as_cells(volume)
        for at, column in enumerate(COLUMNS):
            value = cells.get(column)
            if isinstance(value, int):
                page.write_number(number, at, value, looks["number"])
            elif value:
                page.write_string(number, at, value, looks["text"])
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, len(COLUMNS) - 1)
    _one_page_wide(page)
    page.repeat_rows(0)
    page.print_area(0, 0, max(len(volumes), 30), len(COLUMNS) - 1)


def _one_page_wide(page: Any) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _rule(column: Column, keepers: int) -> dict[str, Any]:
    """The hint that shows beside a cell, and a list to choose from where there is one."""
    hint = {"input_title": column.title[:32], "input_message": column.meaning[:255]}
    if column is sheet.KIND:
        return hint | {"validate": "list", "source": f"='{LISTS}'!$A$2:$A${len(BookKind) + 1}"}
    if column is sheet.UNIT:
        return hint | {"validate": "list", "source": f"='{LISTS}'!$C$2:$C${keepers + 1}", "error_type": "warning"}
    if column is sheet.ELECTRONIC:
        return hint | {"validate": "list", "source": [sheet.NO, sheet.YES]}
    if column in (sheet.YEAR, sheet.FIRST, sheet.LAST, sheet.ENTRIES, sheet.PAGES):
        return hint | {"validate": "integer", "criteria": ">=", "value": 0}
    return hint | {"validate": "any"}


def _write_help(page: Any, looks: dict[str, Any]) -> None:
    page.set_column(0, 0, 32)
    page.set_column(1, 1, 95)
    page.set_column(2, 2, 46)
    page.set_column(3, 3, 10)
    _one_page_wide(page)
    page.write_string(0, 0, "Cách điền bảng kiểm kê sổ hộ tịch", looks["title"])
    for at, sentence in enumerate(FOREWORD, start=1):
        page.merge_range(at, 0, at, 3, sentence, looks["plain"])
    top = len(FOREWORD) + 2
    for at, title in enumerate(("Cột", "Ý nghĩa", "Ví dụ", "Bắt buộc")):
        page.write_string(top, at, title, looks["head"])
    for row, column in enumerate(COLUMNS, start=top + 1):
        told = (column.title, column.meaning, column.example, "bắt buộc" if column.is_needed else "")
        for at, text in enumerate(told):
            page.write_string(row, at, text, looks["wrapped"])


def _write_lists(page: Any, looks: dict[str, Any], keepers: Sequence[Keeper]) -> None:
    _one_page_wide(page)
    page.set_column(0, 0, 52)
    page.set_column(2, 2, 12)
    page.set_column(3, 3, 60)
    for at, title in ((0, "Loại sổ (theo thứ tự ưu tiên)"), (2, "Mã đơn vị"), (3, "Đơn vị")):
        page.write_string(0, at, title, looks["head"])
    for row, kind in enumerate(BookKind, start=1):
        page.write_string(row, 0, kind.book_title, looks["text"])
    for row, keeper in enumerate(keepers, start=1):
        page.write_string(row, 2, keeper.code, looks["text"])
        page.write_string(row, 3, keeper.title, looks["text"])
