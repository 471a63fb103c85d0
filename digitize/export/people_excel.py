"""Lists of people as Excel files that officers work with: text cells only, and cells to be filled in told by colour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO

import openpyxl
import xlsxwriter

from digitize.books.names import tidy
from digitize.errors import InputError

WIDTH = 18  # characters
MOST_ROWS = 20_000  # of a sheet read back: a whole commune's people are half of it


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title above it; the last `to_fill` columns are left for answers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    to_fill: int = 0


def as_excel(sheet: Sheet) -> bytes:
    """The sheet as .xlsx, landscape, the header repeated on every printed page."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet("Danh sách")
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#e8ebef"})
        answer = book.add_format({"num_format": "@", "text_wrap": True, "border": 1, "bg_color": "#fff8d6"})
        page.write_string(0, 0, sheet.title, book.add_format({"bold": True, "font_size": 13}))
        for number, note in enumerate(sheet.notes, start=1):
            page.write_string(number, 0, note)
        top, given = len(sheet.notes) + 1, len(sheet.columns) - sheet.to_fill
        for row, texts in enumerate([sheet.columns, *sheet.rows], start=top):
            for place, told in enumerate(texts):
                page.write_string(row, place, told, head if row == top else text if place < given else answer)
        page.set_column(0, len(sheet.columns) - 1, WIDTH)
        page.freeze_panes(top + 1, 1)
        page.set_landscape()
        page.repeat_rows(top)
        page.fit_to_pages(1, 0)
    return out.getvalue()


def rows_of(file: IO[bytes], first_column: str) -> Iterable[tuple[int, dict[str, str]]]:
    """The rows under the header that begins with `first_column`, with their number in the file and texts by column.

    Raises InputError for what is no such Excel file.
    """
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        given = [
            [_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(max_row=MOST_ROWS, values_only=True)
        ]
    except Exception as cause:  # openpyxl raises whatever the broken file makes of it
        raise InputError("Tệp này không phải bảng Excel (.xlsx) đọc được.") from cause
    top = next((number for number, row in enumerate(given) if row[:1] == [first_column]), None)
    if top is None:
        raise InputError(f"Bảng không có dòng tiêu đề bắt đầu bằng «{first_column}».")
    for number, row in enumerate(given[top + 1 :], start=top + 2):
        if any(row):
            yield number, dict(zip(given[top], row, strict=False))


def _text(cell: object) -> str:
    """Excel may have made a number of what was typed as one."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return tidy(str(cell)) if cell is not None else ""


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> tuple[tuple[str, ...], ...]:
    """The rows as texts, each as long as the header."""
    return tuple(tuple(str(cell) if cell is not None else "" for cell in row)[: len(columns)] for row in rows)
