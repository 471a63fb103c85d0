"""A paper as .xlsx: the head on every sheet, one sheet a table, numbers as numbers."""

import re
from collections.abc import Sequence
from io import BytesIO
from math import ceil

import xlsxwriter

from digitize.export.papers.paper import COUNTRY, MOTTO, Cell, Paper, Table, told

WIDTH = 130  # characters over all columns
LINE = 17  # points
FIRST = 8  # row of the first line under the head
FONT: dict[str, object] = {"font_name": "Times New Roman", "font_size": 12}
CENTRE: dict[str, object] = {"align": "center", "valign": "vcenter", "text_wrap": True}


def paper_xlsx(paper: Paper) -> bytes:
    """Sheets are named after the tables' captions."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        tables = [table for section in paper.sections for table in section.tables]
        for number, table in enumerate(tables, start=1):
            _sheet(workbook, workbook.add_worksheet(_name(number, table.caption)), paper, table)
    return out.getvalue()


def _name(number: int, caption: str) -> str:
    plain = re.sub(r"[\[\]:*?/\\]", " ", caption)
    return f"{number}. {plain}"[:31].strip()


def _sheet(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, paper: Paper, table: Table) -> None:
    _head(book, sheet, paper, table)
    for at, (name, width) in enumerate(zip(table.head, table.widths, strict=True)):
        sheet.set_column(at, at, WIDTH * width / sum(table.widths))
        sheet.write_string(FIRST - 1, at, name, book.add_format(FONT | CENTRE | {"bold": True, "border": 1}))
    sheet.set_row(FIRST - 1, 2 * LINE)
    for number, row in enumerate(table.rows):
        sheet.set_row(FIRST + number, LINE * _lines(row, table))
        look: dict[str, object] = FONT | {"border": 1, "bold": number in table.strong, "text_wrap": True}
        for at, cell in enumerate(row):
            if isinstance(cell, int | float):
                form = "0.0%" if isinstance(cell, float) else "#,##0"
                sheet.write_number(FIRST + number, at, cell, book.add_format(look | {"num_format": form}))
            else:
                sheet.write_string(FIRST + number, at, told(cell), book.add_format(look))
    sheet.freeze_panes(FIRST, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _lines(row: Sequence[Cell], table: Table) -> int:
    """Lines that the fullest cell needs."""
    room = [WIDTH * width / sum(table.widths) for width in table.widths]
    return max(ceil(1.15 * len(told(cell)) / width) for cell, width in zip(row, room, strict=True))


def _head(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, paper: Paper, table: Table) -> None:
    last, head = len(table.head) - 1, paper.letterhead
    left = max((last - 1) // 2, 0)
    lines = ((head.superior, COUNTRY), (head.issuer, MOTTO), (f"Số: {head.number}", paper.dated))
    for row, (own, right) in enumerate(lines):
        _across(sheet, row, (0, left), own, book.add_format(FONT | CENTRE | {"bold": row == 1}))
        look = book.add_format(FONT | CENTRE | {"bold": row < 2, "italic": row == 2})
        _across(sheet, row, (left + 1, last), right, look)
    sheet.set_row(4, 36)
    sheet.merge_range(4, 0, 4, last, f"{paper.kind} {paper.subject}", book.add_format(FONT | CENTRE | {"bold": True}))
    sheet.merge_range(5, 0, 5, last, table.caption, book.add_format(FONT | CENTRE | {"italic": True}))


def _across(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, columns: tuple[int, int], text: str, look: xlsxwriter.format.Format
) -> None:
    first, last = columns
    if first < last:
        sheet.merge_range(row, first, row, last, text, look)
    else:
        sheet.write_string(row, first, text, look)
