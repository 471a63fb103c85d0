"""A paper as .docx, to be corrected and signed in Word."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as Pages
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table as DocxTable
from docx.table import _Cell as DocxCell
from docx.text.paragraph import Paragraph

from digitize.export.papers.paper import COUNTRY, MOTTO, Paper, Signature, Table, alignment, told

ALIGNS = {"left": ALIGN.LEFT, "right": ALIGN.RIGHT, "center": ALIGN.CENTER}
FONT = "Times New Roman"
WIDTHS_MM = {False: 163, True: 250}  # between the margins, upright and lying


def paper_docx(paper: Paper) -> bytes:
    """A4, margins and sizes as in administrative papers."""
    document = Document()
    _set_page(document, paper.landscape)
    _head(document, paper)
    for section in paper.sections:
        if section.heading:
            _paragraph(document, section.heading, bold=True).paragraph_format.keep_with_next = True
        for text in section.paragraphs:
            _body(document, text)
        for table in section.tables:
            _table(document, table, WIDTHS_MM[paper.landscape])
        for text in section.after:
            _body(document, text)
    _foot(document, paper)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document: Pages, landscape: bool) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(20), Mm(20), Mm(30), Mm(17)
    page.different_first_page_header_footer = True  # the first page bears no number
    number = page.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        _field(number, kind, text)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(6)


def _field(paragraph: Paragraph, kind: str | None, text: str | None) -> None:
    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(qn("w:fldCharType"), kind)
    else:
        element.text = text
    paragraph.add_run()._r.append(element)


def _head(document: Pages, paper: Paper) -> None:
    head = paper.letterhead
    left, right = _columns(document, *((62, 101) if not paper.landscape else (105, 145)))
    above = [(head.superior, 12, False, False)] if head.superior else []
    _lines(left, [*above, (head.issuer, 12, True, False), ("―――――", 8, True, False)])
    _lines(left, [(f"Số: {head.number}" if head.number else "", 13, False, False)])
    _lines(right, [(COUNTRY, 12, True, False), (MOTTO, 13, True, False), ("――――――――――", 8, True, False)])
    _lines(right, [(paper.dated, 13, False, True)])
    for text, size in ((paper.kind, 14), (paper.subject, 13), ("――――――", 8)):
        title = _paragraph(document, text, bold=True, size=size)
        title.alignment, title.paragraph_format.space_after = ALIGN.CENTER, Pt(0)
        title.paragraph_format.space_before = Pt(14 if text == paper.kind else 0)
    if head.addressee:
        _paragraph(document, f"Kính gửi: {head.addressee}").alignment = ALIGN.CENTER


def _foot(document: Pages, paper: Paper) -> None:
    head, width = paper.letterhead, WIDTHS_MM[paper.landscape]
    if paper.signatures:
        cells = _columns(document, *[width / len(paper.signatures)] * len(paper.signatures))
        for cell, signature in zip(cells, paper.signatures, strict=True):
            _sign(cell, signature)
        return
    left, right = _columns(document, width / 2, width / 2)
    _lines(left, [("Nơi nhận:", 12, True, True), *((line, 11, False, False) for line in head.listed)], False)
    _sign(right, Signature(head.signer_title, head.signer, ""))


def _sign(cell: DocxCell, signature: Signature) -> None:
    note = [(signature.note, 12, False, True)] if signature.note else []
    space = [("", 13, False, False)] * 4
    _lines(cell, [(signature.title, 13, True, False), *note, *space, (signature.name, 13, True, False)])


def _columns(document: Pages, *widths: float) -> Sequence[DocxCell]:
    table = document.add_table(1, len(widths))
    table.autofit = False
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cells = list(table.rows[0].cells)
    for column, cell, width in zip(table.columns, cells, widths, strict=True):
        column.width = cell.width = Mm(width)
    return cells


def _lines(cell: DocxCell, lines: Sequence[tuple[str, int, bool, bool]], centred: bool = True) -> None:
    for text, size, bold, italic in lines:
        first = cell.paragraphs[0]
        line = first if not first.runs and len(cell.paragraphs) == 1 else cell.add_paragraph()
        _run(line, text, size, bold, italic)
        line.paragraph_format.space_after = Pt(0)
        line.alignment = ALIGN.CENTER if centred else ALIGN.LEFT


def _paragraph(document: Pages, text: str, bold: bool = False, size: int = 13) -> Paragraph:
    paragraph = document.add_paragraph()
    _run(paragraph, text, size, bold, False)
    return paragraph


def _body(document: Pages, text: str) -> None:
    paragraph = _paragraph(document, text)
    paragraph.alignment, paragraph.paragraph_format.first_line_indent = ALIGN.JUSTIFY, Mm(10)


def _run(paragraph: Paragraph, text: str, size: int, bold: bool, italic: bool) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _table(document: Pages, table: Table, width_mm: int) -> None:
    if table.caption:
        caption = document.add_paragraph()
        _run(caption, table.caption, 12, False, True)
        caption.alignment, caption.paragraph_format.keep_with_next = ALIGN.CENTER, True
    grid = document.add_table(0, len(table.head), style="Table Grid")
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _narrow_margins(grid)
    widths = [Mm(width_mm * width / sum(table.widths)) for width in table.widths]
    for column, column_width in zip(grid.columns, widths, strict=True):
        column.width = column_width  # LibreOffice goes by these, Word by the cells
    _row(grid.add_row().cells, widths, table.head, bold=True, alignments=[ALIGN.CENTER] * len(table.head))
    _repeat_head(grid.rows[0]._tr)
    alignments = [ALIGNS[alignment(table, column)] for column in range(len(table.head))]
    for at, row in enumerate(table.rows):
        _row(grid.add_row().cells, widths, [told(cell) for cell in row], at in table.strong, alignments)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _row(
    cells: Sequence[DocxCell], widths: Sequence[Length], texts: Sequence[str], bold: bool, alignments: Sequence[ALIGN]
) -> None:
    for cell, width, text, aligned in zip(cells, widths, texts, alignments, strict=True):
        cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        _run(paragraph, text, 10, bold, False)
        paragraph.alignment, paragraph.paragraph_format.space_after = aligned, Pt(0)


def _narrow_margins(grid: DocxTable) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "45")  # twentieths of a point
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    grid._tbl.tblPr.append(margins)


def _repeat_head(row: object) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(mark)  # type: ignore[attr-defined]
