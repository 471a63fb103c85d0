"""The pages of a PDF as pictures, to be looked at before it is sent."""

from io import BytesIO

import pypdfium2

DPI = 80


def page_pictures(pdf: bytes) -> list[bytes]:
    """PNG by page."""
    pictures = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            out = BytesIO()
            page.render(scale=DPI / 72).to_pil().save(out, "PNG")
            pictures.append(out.getvalue())
    return pictures
