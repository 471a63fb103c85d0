"""Cover sheets: one page per book with a QR code, laid on the scanner before the book's own pages."""

import json
from collections.abc import Sequence
from importlib.resources import files
from io import BytesIO

import segno
import typst

from digitize.books.book import COVER_MARK, Book


def code_of(book: Book) -> str:
    """What the QR code says: number and facts of the book, so that a sheet of another workspace is found out."""
    return f"{COVER_MARK}:{book.book_id}:{book.unit_code}:{book.kind.value}.{book.year}.{book.volume}"


def cover_sheets(books: Sequence[Book]) -> bytes:
    """A PDF with one sheet per book."""
    told = [
        {
            "number": str(book.book_id), "kind": book.kind.book_title, "year": str(book.year), "volume": book.volume,
            "unit": book.unit_name, "authority": book.authority, "qr": _qr(code_of(book)),
        }
        for book in books
    ]  # fmt: skip
    source = files(__package__).joinpath("cover_sheet.typ").read_bytes()
    made = typst.compile(source, sys_inputs={"books": json.dumps(told)})
    assert isinstance(made, bytes)
    return made


def _qr(text: str) -> str:
    file = BytesIO()
    segno.make_qr(text, error="h").save(file, kind="svg", border=4)
    return file.getvalue().decode()
