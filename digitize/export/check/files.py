"""Faults of a package's files: against its manifest, and PDF by PDF."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from unicodedata import normalize
from zipfile import BadZipFile, ZipFile

import pikepdf

from digitize.export.check.kinds import Fault
from digitize.export.check.opened import BookName, Opened
from digitize.export.entry_pdf import A4_LIMIT_BYTES, EntryPdfName, parse_entry_pdf_name
from digitize.export.manifest import facts_of

A4_SQUARE_POINTS = 595.28 * 841.89
SLACK = 1.05  # a page a little over A4 is A4
MOST_PDF_BYTES = 50_000_000  # more is not unpacked


@dataclass(frozen=True, slots=True)
class PackedPdf:
    """A PDF of the zip: its name as packed and as read, and what tells it from others."""

    packed: str
    name: EntryPdfName | None
    sha256: str
    picture: str | None  # SHA-256 of its first picture


def against_manifest(package: Opened) -> Iterator[Fault]:
    """What is not as the manifest vouches."""
    told = package.manifest
    if told is None:
        return
    if told.trial:
        yield Fault("trial_package", "bản kê khai", f"Gói thử: để lại {len(told.left_out)} trường hợp hoặc trang.")
    there = {normalize("NFC", path.name): path for path in filter(None, (package.excel, package.pdfs))}
    for name, facts in told.files.items():
        path = there.get(normalize("NFC", name))
        if path is not None and facts_of(path) != facts:
            yield Fault("file_altered", name, "Nội dung khác lúc lập gói.")
    if package.excel and len(package.rows) != told.entries:
        yield Fault("count_altered", package.excel.name, f"Có {len(package.rows)} dòng, kê khai {told.entries}.")


def pdfs_of(package: Opened) -> tuple[list[PackedPdf], list[Fault]]:
    """Every PDF of the zip looked into, and what is wrong with them."""
    if package.pdfs is None:
        return [], []
    faults, found = list[Fault](), list[PackedPdf]()
    try:
        with ZipFile(package.pdfs) as packed:
            for info in packed.infolist():
                if info.is_dir():
                    continue
                if info.file_size > MOST_PDF_BYTES or info.flag_bits & 1:
                    faults.append(Fault("pdf_unreadable", info.filename, "Quá lớn hoặc đặt mật khẩu."))
                    continue
                pdf = packed.read(info)
                picture, wrong = _look_into(info.filename, pdf)
                found.append(PackedPdf(info.filename, _name(info.filename), sha256(pdf).hexdigest(), picture))
                faults += wrong
    except (BadZipFile, OSError, EOFError, NotImplementedError, ValueError):
        faults.append(Fault("file_unreadable", package.pdfs.name, "Không mở được tệp zip, hoặc tệp bị cắt cụt."))
    return found, [*faults, *_name_faults(package.name, found), *_same_pictures(found), *_altered(package, found)]


def _name(packed: str) -> EntryPdfName | None:
    return parse_entry_pdf_name(Path(packed).name)


def _look_into(name: str, pdf: bytes) -> tuple[str | None, list[Fault]]:
    """SHA-256 of the first picture, and the faults of one PDF."""
    faults = list[Fault]()
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            if "/AcroForm" in document.Root and "/SigFlags" in document.Root.AcroForm:
                faults.append(Fault("pdf_signed", name, "PDF có chữ ký số."))
            pictures = [picture for page in document.pages for picture in page.get_images().values()]
            sheets = sum(map(_sheets, document.pages))
            first = sha256(pictures[0].read_raw_bytes()).hexdigest() if pictures else None
            if not pictures:
                faults.append(Fault("pdf_empty", name, "PDF không có ảnh."))
            elif any(map(_is_grey, pictures)):
                faults.append(Fault("pdf_not_colour", name, "Ảnh đen trắng hoặc xám."))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, AttributeError):
        return None, [Fault("pdf_unreadable", name, "Không mở được PDF.")]
    if len(pdf) > max(1, sheets) * A4_LIMIT_BYTES:
        faults.append(Fault("pdf_too_heavy", name, f"{len(pdf) // 1000} kB cho {sheets} trang A4."))
    return first, faults


def _is_grey(picture: pikepdf.Object) -> bool:
    return str(picture.get("/ColorSpace")) == "/DeviceGray" or picture.get("/BitsPerComponent") == 1


def _sheets(page: pikepdf.Page) -> int:
    """How many A4 sheets a page is as large as; at least one, at most an A3's two: pictures set at 72 dpi look huge."""
    left, bottom, right, top = (float(side) for side in page.mediabox)
    return 2 if abs((right - left) * (top - bottom)) > SLACK * A4_SQUARE_POINTS else 1


def _name_faults(book: BookName | None, found: list[PackedPdf]) -> Iterator[Fault]:
    seen = set[str]()
    for pdf in found:
        if "/" in pdf.packed or "\\" in pdf.packed:
            yield Fault("pdf_in_folder", pdf.packed, "PDF nằm trong thư mục.")
        if pdf.name is None:
            yield Fault("pdf_name", pdf.packed, "Tên không có dạng <Loại>.<Năm>.<Quyển>.<Ngày>.<Số>.pdf.")
            continue
        if book and (pdf.name.kind, pdf.name.year_opened, pdf.name.volume) != (book.kind, book.year, book.volume):
            yield Fault("pdf_of_other_book", pdf.packed, f"Gói là {book.kind}.{book.year}.{book.volume:02d}.")
        if str(pdf.name) in seen:
            yield Fault("pdf_name_doubled", pdf.packed, "Tên này có hai lần.")
        seen.add(str(pdf.name))


def _same_pictures(found: list[PackedPdf]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for pdf in found:
        if pdf.picture in first:
            yield Fault("pdf_same_picture", pdf.packed, f"Cùng ảnh với {first[pdf.picture]}.")
        if pdf.picture:
            first.setdefault(pdf.picture, pdf.packed)


def _altered(package: Opened, found: list[PackedPdf]) -> Iterator[Fault]:
    """PDF by PDF, so that the one that was exchanged is known by name."""
    if package.manifest is None:
        return
    told: Mapping[str, str] = package.manifest.pdfs
    there = {pdf.packed: pdf.sha256 for pdf in found}
    for name in sorted(told.keys() | there.keys()):
        if told.get(name) != there.get(name):
            what = "Thiếu" if name not in there else "Không có trong bản kê khai" if name not in told else "Bị thay"
            yield Fault("file_altered", name, f"{what} so với lúc lập gói.")
