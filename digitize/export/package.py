"""The transfer package of a book: one .xlsx with its entries and one .zip with their PDFs."""

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from digitize.books.book import Book
from digitize.books.forms import Form
from digitize.errors import ExportRefused
from digitize.export.entry_pdf import entry_pdf, entry_pdf_name, volume_number
from digitize.export.ministry_excel import ExportRow, row_of_entry, write_book_excel


@dataclass(frozen=True, slots=True)
class EntryToHandOver:
    """One entry with all that its row and its PDF need."""

    entry_id: int
    form: Form
    values: Mapping[str, str]  # confirmed texts by column
    open_images: Callable[[], Sequence[bytes]]  # its page images; called once, when the PDF is made
    personal_ids: Mapping[str, str] = field(default_factory=dict)  # of confirmed matches, by column


@dataclass(frozen=True, slots=True)
class PackageReport:
    """What was written. `unreadable_dates`: columns by entry id whose date stands as confirmed."""

    excel: Path
    pdfs: Path
    entries: int
    unreadable_dates: Mapping[int, tuple[str, ...]]


def package_stem(book: Book) -> str:
    """`vị thắng-KS.2006.01`: unit, kind, year opened, volume; accents kept, characters no file may have replaced."""
    unit = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "_", unicodedata.normalize("NFC", book.unit_name)).strip(" .")
    return f"{unit}-{book.kind.value}.{book.year:04d}.{volume_number(book.volume):02d}"


def write_package(
    out_dir: Path, book: Book, entries: Iterable[EntryToHandOver], kind_key: str | None = None
) -> PackageReport:
    """Writes both files, or neither. `kind_key` chooses the template; the newest of the book's form by default.

    Raises ExportRefused (no entry, an entry without a full registration date, two entries of one name,
    a file count that does not come out even), ScanNotAnImage.
    """
    given = tuple(entries)
    if not given:
        raise ExportRefused("Sổ chưa có trường hợp nào để xuất.")
    names = _pdf_names(book, given)
    rows = [row_of_entry(e.form, e.values, book, e.personal_ids, n) for n, e in enumerate(given, start=1)]
    out_dir.mkdir(parents=True, exist_ok=True)
    stem = package_stem(book)
    excel, pdfs = out_dir / f"{stem}.xlsx", out_dir / f"{stem}.zip"
    _write_both(excel, pdfs, kind_key or given[0].form.export[-1], rows, given, names)
    unreadable = {e.entry_id: row.unreadable_dates for e, row in zip(given, rows, strict=True) if row.unreadable_dates}
    return PackageReport(excel, pdfs, len(given), unreadable)


def _pdf_names(book: Book, entries: Sequence[EntryToHandOver]) -> list[str]:
    taken: dict[str, int] = {}
    for entry in entries:
        values = entry.values
        number, day = values.get("so", ""), values.get("ngayDangKy", "")
        name = str(entry_pdf_name(entry.entry_id, book.kind, book.year, book.volume, day, number))
        if name in taken:
            raise ExportRefused(f"Trường hợp {taken[name]} và {entry.entry_id} trùng số và ngày đăng ký ({name}).")
        taken[name] = entry.entry_id
    return list(taken)


def _write_both(
    excel: Path,
    pdfs: Path,
    kind_key: str,
    rows: Sequence[ExportRow],
    entries: Sequence[EntryToHandOver],
    names: Sequence[str],
) -> None:
    """Under other names first: what stands in the folder is always whole."""
    new_excel, new_pdfs = (path.with_name(f".{path.name}.{os.getpid()}.new") for path in (excel, pdfs))
    try:
        written = write_book_excel(new_excel, kind_key, rows)
        packed = _write_zip(new_pdfs, entries, names)
        if not written == packed == len(entries):
            raise ExportRefused(f"Có {len(entries)} trường hợp nhưng ghi được {written} dòng và {packed} tệp PDF.")
        os.replace(new_excel, excel)
        os.replace(new_pdfs, pdfs)
    finally:
        new_excel.unlink(missing_ok=True)
        new_pdfs.unlink(missing_ok=True)


def _write_zip(path: Path, entries: Sequence[EntryToHandOver], names: Sequence[str]) -> int:
    with ZipFile(path, "w", ZIP_STORED) as packed:
        for entry, name in zip(entries, names, strict=True):
            packed.writestr(name, entry_pdf(entry.open_images()))
        return len(packed.namelist())
