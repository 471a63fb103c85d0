"""Files from the scanner -> upright page images: JPEG, PNG, TIFF of many pages, PDF."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

import cv2
import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from digitize.errors import ScanEmpty, ScanEncrypted, ScanNotAnImage, ScanTooLarge, ScanTooSmall, ScanTruncated

FORMATS = ("JPEG", "PNG", "TIFF")
SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf"})
MOST_PIXELS = 89_000_000  # A3 at 600 dpi is 70 million; Pillow warns from here on
LEAST_SIDE = 400  # A4 at 50 dpi: no writing can be read on less
LONGEST = 5  # times the shorter side; pages are about 1.4, open spreads and receipts stay below
RENDER_DPI = 300  # for PDF pages that are not just one picture
FILLED = 0.9  # part of its PDF page that a scanner's picture covers at least
BROKEN = (OSError, SyntaxError, EOFError, TypeError, ValueError)  # what Pillow raises on damaged files

PageImage = NDArray[np.uint8]  # height x width x 3, BGR, upright


def count_pages(file: BinaryIO, name: str) -> int:
    """Pages in a scanner file. `name` is for messages. Raises ScanError."""
    if _is_pdf(file, name):
        with _pdf(file, name) as pdf:
            return len(pdf.pages)
    with _picture(file, name) as picture:
        return _count_frames(picture)


def _count_frames(picture: Image.Image) -> int:
    """A frame that cannot be opened counts: it is told when its page is loaded, and those before it are not lost."""
    frames = 0
    while True:
        try:
            picture.seek(frames)
        except EOFError:
            return frames
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            pass
        except BROKEN:
            return frames + 1
        frames += 1


def open_upright(file: BinaryIO, name: str, number: int = 1) -> Image.Image:
    """The same picture as `load_picture` gives, in red, green and blue, at a third of its memory. Raises ScanError."""
    if _is_pdf(file, name):
        with _pdf(file, name) as pdf:
            return _plain(_page_picture(pdf, file, number, name))
    with _picture(file, name) as picture:
        picture.seek(number - 1)
        ImageOps.exif_transpose(picture, in_place=True)
        return _plain(picture)


def load_page(file: BinaryIO, name: str, number: int = 1) -> PageImage:
    """One page, counted from 1, upright after its EXIF orientation. Raises ScanError."""
    page = load_picture(file, name, number)
    height, width = page.shape[:2]
    if min(height, width) < LEAST_SIDE or max(height, width) > LONGEST * min(height, width):
        raise ScanTooSmall(f"Ảnh {name} chỉ có {width} x {height} điểm ảnh, không đủ một trang sổ.")
    return page


def load_picture(file: BinaryIO, name: str, number: int = 1) -> PageImage:
    """The same of a picture that need not be a page, such as one line of text. Raises ScanError."""
    return np.asarray(cv2.cvtColor(np.asarray(open_upright(file, name, number)), cv2.COLOR_RGB2BGR), np.uint8)


def _is_pdf(file: BinaryIO, name: str) -> bool:
    file.seek(0)
    head = file.read(1024)
    file.seek(0)
    if not head:
        raise ScanEmpty(f"Tệp {name} rỗng (0 byte).")
    return b"%PDF-" in head


@contextmanager
def _picture(file: BinaryIO, name: str) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # remarks on metadata nobody asked for
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as picture:
                yield picture
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as cause:
        raise ScanTooLarge(f"Ảnh {name} lớn hơn {MOST_PIXELS // 1_000_000} triệu điểm ảnh.") from cause
    except UnidentifiedImageError as cause:
        raise ScanNotAnImage(f"Tệp {name} không phải là ảnh.") from cause
    except BROKEN as cause:
        raise ScanTruncated(f"Tệp {name} bị hỏng hoặc bị cắt cụt.") from cause


@contextmanager
def _pdf(file: BinaryIO, name: str) -> Iterator[pikepdf.Pdf]:
    try:
        with pikepdf.open(file) as pdf:
            if not pdf.pages:
                raise ScanTruncated(f"Tệp PDF {name} không có trang nào.")
            yield pdf
    except pikepdf.PasswordError as cause:
        raise ScanEncrypted(f"Tệp PDF {name} đặt mật khẩu.") from cause
    except (pikepdf.PdfError, pypdfium2.PdfiumError, *BROKEN) as cause:
        raise ScanTruncated(f"Tệp PDF {name} bị hỏng hoặc bị cắt cụt.") from cause


def _page_picture(pdf: pikepdf.Pdf, file: BinaryIO, number: int, name: str) -> Image.Image:
    """The scanner's own picture where the page is just that; otherwise the page rendered."""
    file.seek(0)
    with pypdfium2.PdfDocument(file) as document:
        sheet = document[number - 1]
        scanned = _scanned(pdf.pages[number - 1], name) if _is_one_picture(sheet) else None
        if scanned:
            return scanned.rotate(-sheet.get_rotation(), expand=True)
        width, height = (side * RENDER_DPI / 72 for side in sheet.get_size())
        _check_size(width, height, name)
        rendered: Image.Image = sheet.render(scale=RENDER_DPI / 72).to_pil()
        return rendered


def _is_one_picture(sheet: pypdfium2.PdfPage) -> bool:
    """Whether a single picture fills the page: a logo on a page of text does not."""
    pictures = list(sheet.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
    if len(pictures) != 1:
        return False
    left, bottom, right, top = pictures[0].get_bounds()
    width, height = sheet.get_size()
    return bool((right - left) * (top - bottom) >= FILLED * width * height)


def _scanned(page: pikepdf.Page, name: str) -> Image.Image | None:
    """The page's picture as the scanner wrote it; None where only a renderer can decode it."""
    pictures = [stream for stream in page.get_images().values() if isinstance(stream, pikepdf.Stream)]
    if len(pictures) != 1:  # drawn inline, or listed among those of other pages
        return None
    picture = pikepdf.PdfImage(pictures[0])
    _check_size(picture.width, picture.height, name)
    try:
        return picture.as_pil_image().convert("RGB")
    except pikepdf.PikepdfError:
        return None


def _check_size(width: float, height: float, name: str) -> None:
    if width * height > MOST_PIXELS:
        raise ScanTooLarge(f"Trang trong {name} lớn hơn {MOST_PIXELS // 1_000_000} triệu điểm ảnh.")


def _plain(picture: Image.Image) -> Image.Image:
    """Eight bits a channel; what is transparent is paper."""
    if picture.mode.startswith("I"):  # Pillow would clip sixteen bits of grey instead of scaling them
        picture = Image.fromarray((np.asarray(picture, np.uint32) >> 8).astype(np.uint8))
    if picture.has_transparency_data:
        written = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", written.size, "white"), written)
    picture.load()
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def as_jpeg(page: PageImage, quality: int = 88) -> bytes:
    """The page as a JPEG file."""
    file = BytesIO()
    Image.fromarray(page[:, :, ::-1]).save(file, "JPEG", quality=quality)
    return file.getvalue()
