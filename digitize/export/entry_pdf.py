"""One PDF per entry, made of its page image, and its name."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import img2pdf
from PIL import Image, ImageOps, UnidentifiedImageError

from digitize.books.dates import parse_date
from digitize.books.kinds import BookKind
from digitize.errors import ExportRefused, ScanNotAnImage

JPEG_LIMIT_BYTES = 200_000  # per A4; công văn 1437 speaks of about 100 kB as summarised, our margin for handwriting
QUALITIES = (85, 75, 65, 55)
SHRINK = 0.8  # of width and height, when no quality fits
SMALLEST_SIDE = 800  # pixels; below, handwriting cannot be read and the image is left over the limit

PDF_NAME = re.compile(
    r"(?P<kind>KS|KH|KT|CMC|HN|CN|GH|CDGH|TDCC|LH)\.(?P<year>\d{4})\.(?P<volume>\d{1,2})"
    r"\.(?P<day>\d{4}-\d{2}-\d{2})\.(?P<number>[0-9A-Za-z]+)\.pdf"
)


@dataclass(frozen=True, slots=True)
class EntryPdfName:
    """What the name of an entry's PDF tells."""

    kind: BookKind
    year_opened: int
    volume: int
    registered_on: date
    number: str  # as in the book, at least two digits

    def __str__(self) -> str:
        return f"{self.kind.value}.{self.year_opened:04d}.{self.volume:02d}.{self.registered_on}.{self.number}.pdf"


def entry_pdf_name(
    entry_id: int, kind: BookKind, year_opened: int, volume: str, registration_date: str, number: str
) -> EntryPdfName:
    """`KS.2017.01.2017-02-03.05.pdf` when written as text; the last three as the book has them ("05", "05/2017").

    Raises ExportRefused, naming the entry, when the registration date is not full or a number is no number.
    """
    day = parse_date(registration_date)
    if day is None or day.day is None or day.month is None or day.year is None:
        raise ExportRefused(
            f"Trường hợp {entry_id} chưa có đủ ngày, tháng, năm đăng ký nên không đặt được tên tệp PDF."
        )
    own_number = number.split("/")[0].strip()
    if not re.fullmatch(r"[0-9A-Za-z]+", own_number):
        raise ExportRefused(f"Trường hợp {entry_id} chưa có số đăng ký hợp lệ nên không đặt được tên tệp PDF.")
    registered_on = date(day.year, day.month, day.day)
    return EntryPdfName(kind, year_opened, volume_number(volume), registered_on, own_number.rjust(2, "0"))


def parse_entry_pdf_name(name: str) -> EntryPdfName | None:
    """Reads such a name, blanks in it ignored; None when it is none."""
    found = PDF_NAME.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFC", name)))
    if found is None:
        return None
    try:
        day = date.fromisoformat(found["day"])
    except ValueError:
        return None
    return EntryPdfName(BookKind(found["kind"]), int(found["year"]), int(found["volume"]), day, found["number"])


def volume_number(volume: str) -> int:
    """1 from "01", "01/2017" or "01-TP/HT-2017". Raises ExportRefused when it begins with no number."""
    found = re.match(r"\s*(\d{1,2})(?!\d)", volume)
    if found is None:
        raise ExportRefused(f"Quyển số «{volume}» không bắt đầu bằng số nên không đặt được tên tệp.")
    return int(found[1])


def entry_pdf(images: Sequence[bytes], limit_bytes: int = JPEG_LIMIT_BYTES) -> bytes:
    """A PDF with one A4 page per image (JPEG, PNG or TIFF), each at most `limit_bytes` where that stays readable.

    Raises ScanNotAnImage.
    """
    jpegs = [fitting_jpeg(image, limit_bytes) for image in images]
    a4 = (img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297))
    layout = img2pdf.get_layout_fun(a4, auto_orient=True)
    document = img2pdf.convert(jpegs, layout_fun=layout, nodate=True)
    return bytes(document)


def fitting_jpeg(image: bytes, limit_bytes: int) -> bytes:
    """The image upright, in colour, as a JPEG within the limit; one that already is keeps its own bytes."""
    try:
        with Image.open(BytesIO(image), formats=["JPEG", "PNG", "TIFF"]) as opened:
            if _is_fit(opened) and len(image) <= limit_bytes:
                return image
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError) as cause:
        raise ScanNotAnImage("Không mở được ảnh trang sổ để tạo PDF.") from cause
    smaller = b""
    for smaller in _ever_smaller(upright):
        if len(smaller) <= limit_bytes:
            break
    return smaller


def _is_fit(opened: Image.Image) -> bool:
    upright = opened.getexif().get(0x0112, 1) == 1
    return upright and opened.format == "JPEG" and opened.mode in {"RGB", "L"}


def _ever_smaller(image: Image.Image) -> Iterator[bytes]:
    while True:
        for quality in QUALITIES:
            out = BytesIO()
            image.save(out, "JPEG", quality=quality, optimize=True)
            yield out.getvalue()
        width, height = (round(side * SHRINK) for side in image.size)
        if min(width, height) < SMALLEST_SIDE:
            return
        image = image.resize((width, height), Image.Resampling.LANCZOS)
