"""A package opened for looking over: what can be read of its three files, and the faults met on the way."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zipfile import BadZipFile

from digitize.books.kinds import BookKind
from digitize.errors import PackageUnusable
from digitize.export.bundle import is_bundle, unbundled
from digitize.export.check.kinds import Fault
from digitize.export.manifest import Manifest, parse_manifest

STEM = re.compile(r"(?P<unit>.+)-(?P<kind>KS|KH|KT|CMC|HN|CN|GH|CDGH|TDCC|LH)\.(?P<year>\d{4})\.(?P<volume>\d{1,2})")
HINT = re.compile(r"[\r\n]|i\s*=\s*\[")  # what templates write behind a column's name
UNREADABLE = (OSError, BadZipFile, KeyError, ValueError, SyntaxError, EOFError, AttributeError, TypeError)


@dataclass(frozen=True, slots=True)
class BookName:
    """What the name of a package tells."""

    unit: str
    kind: BookKind
    year: int
    volume: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet: texts by column, and the columns whose cell is no text."""

    number: int  # as Excel counts, the header being 1
    texts: Mapping[str, str]
    not_text: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        return not any(self.texts.values())


@dataclass(frozen=True, slots=True)
class Opened:
    """What could be read; None and empty where a file is missing or broken, which `faults` then tells."""

    name: BookName | None
    excel: Path | None
    pdfs: Path | None
    manifest: Manifest | None
    header: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = field(default=())


@contextmanager
def opened(path: Path, password: str | None = None) -> Iterator[Opened]:
    """Of a folder, of one of the files with its brothers beside it, or of a bundle.

    Raises PackageUnusable where there is no package at all, PackageLocked.
    """
    if path.is_file() and path.suffix.lower() == ".zip" and is_bundle(path):
        with unbundled(path, password) as folder:
            yield _open(*_files_in(folder))
    elif path.is_dir():
        yield _open(*_files_in(path))
    elif path.is_file():
        yield _open(*_brothers(path))
    else:
        raise PackageUnusable(f"Không có tệp hoặc thư mục {path.name}.")


def parse_stem(stem: str) -> BookName | None:
    """`vị thắng-KS.2006.01` read; None when it is no such name."""
    found = STEM.fullmatch(normalize("NFC", stem).strip())
    return BookName(found["unit"], BookKind(found["kind"]), int(found["year"]), int(found["volume"])) if found else None


Files = tuple[Path | None, Path | None, Path | None]


def _files_in(folder: Path) -> Files:
    """Raises PackageUnusable when a folder holds no package, or several."""
    of = {
        suffix: sorted(p for p in folder.iterdir() if p.suffix.lower() == suffix and not p.name.startswith((".", "~")))
        for suffix in (".xlsx", ".zip", ".json")
    }
    if not of[".xlsx"] and not of[".zip"]:
        raise PackageUnusable(f"Trong {folder.name} không có gói nào (.xlsx và .zip).")
    if len(of[".xlsx"]) > 1 or len(of[".zip"]) > 1:
        raise PackageUnusable(f"Trong {folder.name} có nhiều gói; hãy chỉ rõ tệp .xlsx của một gói.")
    excel, pdfs, manifest = (next(iter(paths), None) for paths in of.values())
    return excel, pdfs, manifest


def _brothers(path: Path) -> Files:
    """The files of the same name; where none has it, the only other one in the folder."""
    found = [path.with_suffix(suffix) for suffix in (".xlsx", ".zip", ".json")]
    excel, pdfs, manifest = (each if each.is_file() else None for each in found)
    if path.suffix.lower() not in (".xlsx", ".zip", ".json"):
        raise PackageUnusable(f"Tệp {path.name} không phải .xlsx, .zip hay .json của một gói.")
    return excel, pdfs or _only(path.parent, ".zip", excel), manifest


def _only(folder: Path, suffix: str, excel: Path | None) -> Path | None:
    there = [p for p in folder.iterdir() if p.suffix.lower() == suffix and not is_bundle_quietly(p)]
    return there[0] if excel and len(there) == 1 and len(list(folder.glob("*.xlsx"))) == 1 else None


def is_bundle_quietly(path: Path) -> bool:
    """The same of a file that may be no zip at all."""
    try:
        return is_bundle(path)
    except PackageUnusable:
        return False


def _open(excel: Path | None, pdfs: Path | None, manifest: Path | None) -> Opened:
    faults = [
        Fault("file_missing", f"tệp {suffix}", f"Gói không có tệp {suffix}.")
        for suffix, path in ((".xlsx", excel), (".zip", pdfs))
        if path is None
    ]
    faults += _name_faults(excel, pdfs)
    header: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    if excel:
        try:
            header, rows = read_sheet(excel)
        except UNREADABLE:
            faults.append(Fault("file_unreadable", excel.name, "Không mở được tệp Excel."))
            excel = None
    named = excel or pdfs
    told, broken = _manifest(manifest)
    return Opened(parse_stem(named.stem) if named else None, excel, pdfs, told, header, rows, tuple([*faults, *broken]))


def _name_faults(excel: Path | None, pdfs: Path | None) -> Iterator[Fault]:
    for path in filter(None, (excel, pdfs)):
        if parse_stem(path.stem) is None:
            yield Fault("file_name", path.name, "Tên tệp không có dạng <đơn vị>-<Loại>.<Năm>.<Quyển>.")
    if excel and pdfs and normalize("NFC", excel.stem) != normalize("NFC", pdfs.stem):
        yield Fault("file_names_differ", pdfs.name, f"Khác tên tệp {excel.name}.")


def _manifest(path: Path | None) -> tuple[Manifest | None, list[Fault]]:
    if path is None:
        return None, []
    try:
        return parse_manifest(path.read_text("utf-8")), []
    except (PackageUnusable, OSError, UnicodeDecodeError):
        return None, [Fault("manifest_unreadable", path.name, "Không đọc được bản kê khai.")]


def read_sheet(path: Path) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Header and rows of the data sheet, blank rows at the end left off. Raises what openpyxl raises."""
    import openpyxl  # half a second of which the web application need not wait at its start

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = book["DL Import"] if "DL Import" in book.sheetnames else book.worksheets[0]
        cells = sheet.iter_rows(values_only=True)
        header = _header(next(cells, ()))
        rows = [_row(number, header, values) for number, values in enumerate(cells, start=2)]
    finally:
        book.close()
    while rows and rows[-1].is_blank:
        rows.pop()
    return header, tuple(rows)


def _header(values: Sequence[Any]) -> tuple[str, ...]:
    names = [HINT.split(str(value))[0].strip() if value is not None else "" for value in values]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _row(number: int, header: Sequence[str], values: Sequence[Any]) -> Row:
    told = dict(zip(header, values, strict=False))
    texts = {column: _text(value) for column, value in told.items()}
    return Row(number, texts, tuple(c for c, value in told.items() if value is not None and not isinstance(value, str)))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else str(value)
