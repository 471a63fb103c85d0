"""One value, three writings; nothing that people typed is taken for a command."""

from datetime import date
from io import BytesIO

import docx
import openpyxl
import pypdfium2
import pytest

from digitize.export.papers.docx import paper_docx
from digitize.export.papers.paper import Letterhead, Paper, Section, Table, told
from digitize.export.papers.pdf import paper_pdf
from digitize.export.papers.preview import page_pictures
from digitize.export.papers.xlsx import paper_xlsx

EVIL = '#import "x" $a_1$ *b* =1+1 <c>'
TABLE = Table(("Đơn vị", "Số"), (("xã Mồ Dề", 1234), (EVIL, None), ("TỔNG CỘNG", 1234)), (3, 1), "Biểu 1: a/b", (2,))
PAPER = Paper(
    Letterhead("BỘ CÔNG AN", "CÔNG AN TỈNH", "12/BC", "Yên Bái", "UBND tỉnh", ("Như trên",), "GIÁM ĐỐC", "Nguyễn Mẫu"),
    date(2026, 2, 5), "BÁO CÁO", "về việc thử", (Section("I. PHẦN", (EVIL,), (TABLE,)),),
)  # fmt: skip


@pytest.mark.parametrize(("cell", "text"), [(1234567, "1.234.567"), (0.815, "81,5 %"), (None, "-"), ("a", "a")])
def test_cells_as_text(cell: object, text: str) -> None:
    assert told(cell) == text  # type: ignore[arg-type]


def test_days_and_months_below_ten() -> None:
    assert PAPER.dated == "Yên Bái, ngày 05 tháng 02 năm 2026"


def test_the_pdf_says_it_letter_for_letter_with_its_own_fonts() -> None:
    pdf = paper_pdf(PAPER)
    with pypdfium2.PdfDocument(pdf) as document:
        text = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert EVIL in text and "1.234" in text and "Nguyễn Mẫu" in text
    assert b"NotoSerif" in pdf
    (picture,) = page_pictures(pdf)
    assert picture.startswith(b"\x89PNG")


def test_the_docx_and_the_xlsx_say_the_same() -> None:
    document = docx.Document(BytesIO(paper_docx(PAPER)))
    assert EVIL in [paragraph.text for paragraph in document.paragraphs]
    assert [cell.text for cell in document.tables[1].rows[3].cells] == ["TỔNG CỘNG", "1.234"]
    sheet = openpyxl.load_workbook(BytesIO(paper_xlsx(PAPER))).active
    rows = list(sheet.iter_rows(min_row=9, values_only=True))
    assert rows == [("xã Mồ Dề", 1234), (EVIL, "-"), ("TỔNG CỘNG", 1234)]
