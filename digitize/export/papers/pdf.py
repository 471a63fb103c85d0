"""A paper as PDF, set by Typst with the fonts of this folder."""

import json
from dataclasses import asdict
from importlib.resources import as_file, files

import typst

from digitize.export.papers.paper import COUNTRY, MOTTO, Paper, Table, alignment, told


def paper_pdf(paper: Paper) -> bytes:
    """PDF/A-2b, A4. The words go in as data, so that no sign of theirs is taken for a command."""
    given = {
        "letterhead": asdict(paper.letterhead) | {"listed": paper.letterhead.listed},
        "country": COUNTRY,
        "motto": MOTTO,
        "dated": paper.dated,
        "kind": paper.kind,
        "subject": paper.subject,
        "signatures": list(map(asdict, paper.signatures)),
        "landscape": paper.landscape,
        "sections": [
            {
                "heading": section.heading,
                "paragraphs": section.paragraphs,
                "tables": list(map(_table, section.tables)),
                "after": section.after,
            }
            for section in paper.sections
        ],
    }
    with as_file(files(__package__)) as folder:
        pdf = typst.compile(
            str(folder / "paper.typ"),
            font_paths=[str(folder / "fonts")],
            ignore_system_fonts=True,
            sys_inputs={"paper": json.dumps(given, ensure_ascii=False)},
            pdf_standards=["a-2b"],
        )
    assert isinstance(pdf, bytes)
    return pdf


def _table(table: Table) -> dict[str, object]:
    return {
        "head": table.head,
        "rows": [[told(cell) for cell in row] for row in table.rows],
        "aligned": [alignment(table, at) for at in range(len(table.head))],
        "widths": table.widths,
        "caption": table.caption,
        "strong": table.strong,
    }
