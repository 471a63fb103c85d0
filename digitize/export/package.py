"""The transfer package of a book: an .xlsx with its entries, a .zip with their PDFs, a .json that vouches for both.

Nothing is left out: as many rows and PDFs as entries were given, or nothing is written and the refusal names them all.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from digitize.books.book import Book
from digitize.books.forms import Form
from digitize.errors import ExportRefused
from digitize.export.entry_pdf import A4_LIMIT_BYTES, Place, entry_pdf, entry_pdf_name, volume_number
from digitize.export.manifest import LeftOut, Manifest, facts_of
from digitize.export.ministry_excel import ExportRow, row_of_entry, write_book_excel

AT_ONCE = 2  # pictures made light side by side; Pillow and OpenCV work outside the interpreter's lock
AHEAD = 16  # PDFs held in memory at most


@dataclass(frozen=True, slots=True)
class EntryToHandOver:
    """One entry with all that its row and its PDF need."""

    entry_id: int
    form: Form
    values: Mapping[str, str]  # confirmed texts by column
    open_images: Callable[[], Sequence[bytes]]  # its page images, light enough; called once, when the PDF is made
    personal_ids: Mapping[str, str] = field(default_factory=dict)  # of confirmed matches, by column
    place: Place | None = None  # where it stands on the first picture, which others share

    @property
    def sheets(self) -> int:
        """A4 sheets that a picture of it shows."""
        return 2 if self.form.family == "ledger" else 1


@dataclass(frozen=True, slots=True)
class PackageReport:
    """What was written. `unreadable_dates`: columns by entry id whose date stands as confirmed."""

    excel: Path
    pdfs: Path
    manifest: Path
    told: Manifest
    unreadable_dates: Mapping[int, tuple[str, ...]]

    @property
    def entries(self) -> int:
        return self.told.entries

    @property
    def paths(self) -> tuple[Path, Path, Path]:
        return self.excel, self.pdfs, self.manifest


def package_stem(book: Book) -> str:
    """`vị thắng-KS.2006.01`: unit, kind, year opened, volume; accents kept, characters no file may have replaced."""
    unit = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "_", unicodedata.normalize("NFC", book.unit_name)).strip(" .")
    return f"{unit}-{book.kind.value}.{book.year:04d}.{volume_number(book.volume):02d}"


def write_package(
    out_dir: Path,
    book: Book,
    entries: Iterable[EntryToHandOver],
    template: str | None = None,
    made_by: str = "",
    left_out: Sequence[LeftOut] = (),
    trial: bool = False,
) -> PackageReport:
    """Writes all three files, or none. `template` chooses the columns; the newest of the book's form by default.

    Raises ExportRefused (no entry, entries without a full registration date, entries of one name, a PDF too heavy,
    a count that does not come out even), ScanError.
    """
    given = tuple(entries)
    if not given:
        raise ExportRefused("Sổ chưa có trường hợp nào để xuất.")
    names = _pdf_names(book, given)
    template = _template(given[0].form, template)
    rows = [row_of_entry(e.form, e.values, book, e.personal_ids, n) for n, e in enumerate(given, start=1)]
    told = Manifest(
        stem=package_stem(book), kind=book.kind.value, year=book.year, volume=book.volume, unit_code=book.unit_code,
        unit_name=book.unit_name, authority=book.authority, template=template, entries=len(given), files={}, pdfs={},
        made_by=made_by, made_at=datetime.now(UTC).isoformat(timespec="seconds"), trial=trial or bool(left_out),
        left_out=left_out,
    )  # fmt: skip
    out_dir.mkdir(parents=True, exist_ok=True)
    told = _write_all(out_dir, told, rows, given, names)
    unreadable = {e.entry_id: row.unreadable_dates for e, row in zip(given, rows, strict=True) if row.unreadable_dates}
    excel, pdfs, manifest = (out_dir / f"{told.stem}.{suffix}" for suffix in ("xlsx", "zip", "json"))
    return PackageReport(excel, pdfs, manifest, told, unreadable)


def _template(form: Form, asked: str | None) -> str:
    if asked is None:
        return form.export[-1]
    if asked not in form.export:
        raise ExportRefused(f"Mẫu «{asked}» không dùng cho loại sổ này; có: {', '.join(form.export)}.")
    return asked


def _pdf_names(book: Book, entries: Sequence[EntryToHandOver]) -> list[str]:
    """Raises ExportRefused with everything that stands in the way, not only the first."""
    taken, refused = dict[str, int](), list[str]()
    for entry in entries:
        values = entry.values
        number, day = values.get("so", ""), values.get("ngayDangKy", "")
        try:
            name = str(entry_pdf_name(entry.entry_id, book.kind, book.year, book.volume, day, number))
        except ExportRefused as error:
            refused.append(error.message)
            continue
        if name in taken:
            refused.append(f"Trường hợp {taken[name]} và {entry.entry_id} trùng số và ngày đăng ký ({name}).")
        taken[name] = entry.entry_id
    if refused:
        raise ExportRefused("\n".join(refused))
    return list(taken)


def _write_all(
    folder: Path, told: Manifest, rows: Sequence[ExportRow], entries: Sequence[EntryToHandOver], names: Sequence[str]
) -> Manifest:
    """Under other names first: what stands in the folder is always whole. The manifest comes last, and vouches."""
    whole = [folder / f"{told.stem}.{suffix}" for suffix in ("xlsx", "zip", "json")]
    new = [path.with_name(f".{path.name}.{os.getpid()}.new") for path in whole]
    try:
        written = write_book_excel(new[0], told.template, rows)
        packed = _write_zip(new[1], entries, names)
        if not written == len(packed) == len(entries):
            raise ExportRefused(f"Có {len(entries)} trường hợp nhưng ghi được {written} dòng và {len(packed)} tệp PDF.")
        files = {path.name: facts_of(fresh) for path, fresh in zip(whole[:2], new[:2], strict=True)}
        told = replace(told, files=files, pdfs=packed)
        new[2].write_text(told.as_json(), "utf-8")
        for fresh, path in zip(new, whole, strict=True):
            os.replace(fresh, path)
    finally:
        for fresh in new:
            fresh.unlink(missing_ok=True)
    return told


def _write_zip(path: Path, entries: Sequence[EntryToHandOver], names: Sequence[str]) -> dict[str, str]:
    """SHA-256 of every PDF by name. Raises ExportRefused for one that is too heavy."""
    packed = dict[str, str]()
    with ZipFile(path, "w", ZIP_STORED) as file, ThreadPoolExecutor(AT_ONCE) as makers:
        for start in range(0, len(entries), AHEAD):
            batch = entries[start : start + AHEAD]
            for entry, name, pdf in zip(batch, names[start:], makers.map(_pdf_of, batch), strict=False):
                if len(pdf) > entry.sheets * A4_LIMIT_BYTES:
                    raise ExportRefused(f"PDF của trường hợp {entry.entry_id} nặng {len(pdf) // 1000} kB.")
                file.writestr(name, pdf)
                packed[name] = sha256(pdf).hexdigest()
    return packed


def _pdf_of(entry: EntryToHandOver) -> bytes:
    return entry_pdf(entry.open_images(), entry.sheets, entry.place)
