"""An administrative paper, laid out as Nghị định 30/2020/NĐ-CP wants it (believed, its annex was not read): told once,
written as .docx and as PDF."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from io import BytesIO
from typing import Any

import typst
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: float  # share of the table's width, in any unit
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts under columns; `total` closes it in bold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    bold: bool = False
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Signature:
    role: str
    name: str = ""
    note: str = "(Ký, ghi rõ họ tên)"


@dataclass(frozen=True, slots=True)
class Paper:
    """What the paper says. `place_and_date` as in "Suối Mơ, ngày 26 tháng 11 năm 2026"."""

    above: str  # the body above the issuing one; may be empty
    issuer: str
    number: str
    place_and_date: str
    title: str
    subject: str
    body: tuple[Paragraph | Table, ...]
    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...] = ()
    landscape: bool = field(default=False)


def as_pdf(paper: Paper) -> bytes:
    """PDF/A-2b, with the fonts that typst carries."""
    told = asdict(paper) | {"body": [_tagged(block) for block in paper.body], "state": STATE, "motto": MOTTO}
    source = files(__package__).joinpath("paper.typ").read_bytes()
    made = typst.compile(source, sys_inputs={"paper": json.dumps(told)}, pdf_standards=["a-2b"])
    assert isinstance(made, bytes)
    return made


def _tagged(block: Paragraph | Table) -> dict[str, Any]:
    return asdict(block) | {"kind": "table" if isinstance(block, Table) else "paragraph"}


def as_docx(paper: Paper) -> bytes:
    """For Word, to be signed or worked on."""
    document: Any = Document()
    _set_page(document, paper.landscape)
    _head(document, paper)
    _line(document, paper.title, bold=True, size=14, before=12)
    _line(document, paper.subject, bold=True, size=14, after=10)
    for block in paper.body:
        if isinstance(block, Table):
            _table(document, block)
        else:
            _paragraph(document, block)
    _signatures(document, paper.signatures)
    _recipients(document, paper.recipients)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_page(document: Any, landscape: bool) -> None:
    section, style = document.sections[0], document.styles["Normal"]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    section.different_first_page_header_footer = True  # pages are numbered at the top, from the second on
    _add_field(section.header.paragraphs[0], "PAGE")


def _add_field(paragraph: Any, code: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, code), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _head(document: Any, paper: Paper) -> None:
    head = document.add_table(rows=2, cols=2)
    left, right = head.rows[0].cells
    if paper.above:
        _put(left.paragraphs[0], paper.above.upper(), size=12)
    _put(left.add_paragraph() if paper.above else left.paragraphs[0], paper.issuer.upper(), bold=True, size=12)
    _rule(left)
    _put(right.paragraphs[0], STATE, bold=True, size=12)
    _put(right.add_paragraph(), MOTTO, bold=True, size=13)
    _rule(right)
    _put(head.rows[1].cells[0].paragraphs[0], f"Số: {paper.number}")
    _put(head.rows[1].cells[1].paragraphs[0], paper.place_and_date, italic=True)
    _set_widths(head, (65, 100))


def _set_widths(shown: Any, widths: Sequence[float]) -> None:
    """In millimetres, for Word (cells) and for LibreOffice (columns)."""
    shown.autofit = False
    for at, width in enumerate(widths):
        shown.columns[at].width = Mm(width)
        for cell in shown.columns[at].cells:
            cell.width = Mm(width)


def _rule(cell: Any) -> None:
    """The short line under the issuer and under the motto."""
    paragraph = cell.add_paragraph()
    _put(paragraph, "―――――", size=6)


def _put(paragraph: Any, text: str, bold: bool = False, italic: bool = False, size: float = 13) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _line(document: Any, text: str, bold: bool, size: float, before: float = 0, after: float = 0) -> None:
    paragraph = document.add_paragraph()
    _put(paragraph, text, bold, size=size)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)


def _paragraph(document: Any, block: Paragraph) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.first_line_indent = Mm(10) if block.indent else None
    paragraph.add_run(block.text).bold = block.bold


def _table(document: Any, block: Table) -> None:
    shown = document.add_table(rows=0, cols=len(block.columns), style="Table Grid")
    shown.alignment = WD_TABLE_ALIGNMENT.CENTER
    _row(shown, block, [column.title for column in block.columns], is_head=True)
    for row in block.rows:
        _row(shown, block, row)
    if block.total:
        _row(shown, block, block.total, is_total=True)
    page = document.sections[0]
    width = (page.page_width - page.left_margin - page.right_margin) / Mm(1)
    whole = sum(column.width for column in block.columns)
    _set_widths(shown, [width * column.width / whole for column in block.columns])
    document.add_paragraph().paragraph_format.space_after = Pt(4)


def _row(shown: Any, block: Table, texts: Sequence[str], is_head: bool = False, is_total: bool = False) -> None:
    row = shown.add_row()
    for cell, column, text in zip(row.cells, block.columns, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if is_head else ALIGN[column.align]
        run = paragraph.add_run(text)
        run.bold, run.font.size = is_head or is_total, Pt(11)
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:  # repeated on every page
        properties.append(OxmlElement("w:tblHeader"))


def _signatures(document: Any, signatures: Sequence[Signature]) -> None:
    if not signatures:
        return
    shown = document.add_table(rows=1, cols=len(signatures))
    for cell, signature in zip(shown.rows[0].cells, signatures, strict=True):
        _put(cell.paragraphs[0], signature.role.upper(), bold=True)
        _put(cell.add_paragraph(), signature.note, italic=True, size=12)
        for _ in range(4):
            cell.add_paragraph()
        _put(cell.add_paragraph(), signature.name, bold=True)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
    shown.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _recipients(document: Any, recipients: Sequence[str]) -> None:
    if not recipients:
        return
    head = document.add_paragraph().add_run("Nơi nhận:")
    head.bold, head.italic, head.font.size = True, True, Pt(12)
    for recipient in recipients:
        document.add_paragraph().add_run(f"- {recipient}").font.size = Pt(11)
