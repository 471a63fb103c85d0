"""A paper in the form that is asked for. Writers are loaded when they are needed: together they take half a second."""

from digitize.export.papers.paper import Paper

FORMS = ("docx", "pdf", "xlsx")
WRITINGS = {"docx": "Tải Word (.docx)", "pdf": "Tải PDF", "xlsx": "Tải Excel (.xlsx)"}  # what their buttons say


def write_paper(paper: Paper, form: str) -> bytes:
    """As one of FORMS. Raises ValueError for another."""
    match form:
        case "docx":
            from digitize.export.papers.docx import paper_docx

            return paper_docx(paper)
        case "pdf":
            from digitize.export.papers.pdf import paper_pdf

            return paper_pdf(paper)
        case "xlsx":
            from digitize.export.papers.xlsx import paper_xlsx

            return paper_xlsx(paper)
    raise ValueError(form)
