"""One PDF per entry, made of its page image, and its name."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import img2pdf
import pikepdf

from digitize.books.dates import parse_date
from digitize.books.kinds import BookKind
from digitize.errors import ExportRefused, ScanNotAnImage

A4_LIMIT_BYTES = 200_000  # of a PDF, per A4; công văn 1437 speaks of about 100 kB as summarised, twice that is ours
PDF_OVERHEAD_BYTES = 2_000  # what a PDF holds beside its one picture
SHEETS = {1: (210.0, 297.0), 2: (420.0, 297.0)}  # millimetres: a page, an open ledger

Place = tuple[float, float, float, float]  # left, top, right, bottom as shares of a picture's width and height

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


def entry_pdf(images: Sequence[bytes], sheets: int = 1, place: Place | None = None) -> bytes:
    """A PDF with one page per image (JPEG, PNG or TIFF) of one A4 sheet, or two side by side.

    The images keep their own bytes; a viewer opens the first at `place`. Raises ScanNotAnImage.
    """
    short, long = (img2pdf.mm_to_pt(side) for side in SHEETS[sheets])
    layout = img2pdf.get_layout_fun((short, long), auto_orient=sheets == 1)
    try:
        pdf = bytes(img2pdf.convert(list(images), layout_fun=layout, nodate=True))
    except (img2pdf.ImageOpenError, OSError, SyntaxError, ValueError) as cause:
        raise ScanNotAnImage("Không mở được ảnh trang sổ để tạo PDF.") from cause
    return _opening_at(pdf, place) if place else pdf


def _opening_at(pdf: bytes, place: Place) -> bytes:
    """The picture lies in the middle of its sheet, as large as fits; a PDF counts from the bottom up."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        page = document.pages[0]
        (picture,) = page.Resources.XObject.values()
        sheet = [float(side) for side in page.mediabox[2:]]
        size = [float(picture.Width), float(picture.Height)]
        scale = min(sheet[0] / size[0], sheet[1] / size[1])
        left, bottom = ((sheet[at] - scale * size[at]) / 2 for at in (0, 1))
        across = [left + scale * size[0] * share for share in (place[0], place[2])]
        upwards = [bottom + scale * size[1] * (1 - share) for share in (place[3], place[1])]
        corners = [round(side, 1) for side in (across[0], upwards[0], across[1], upwards[1])]
        document.Root.OpenAction = pikepdf.Array([page.obj, pikepdf.Name.FitR, *corners])
        document.save(out)
    return out.getvalue()
