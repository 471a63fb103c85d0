"""Files from the scanner -> upright page images: JPEG, PNG, TIFF of many pages, PDF."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from digitize.errors import ScanEmpty, ScanEncrypted, ScanNotAnImage, ScanTooLarge, ScanTruncated

FORMATS = ("JPEG", "PNG", "TIFF")
SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf"})
MOST_PIXELS = 89_000_000  # A3 at 600 dpi is 70 million; Pillow warns from here on
RENDER_DPI = 300  # for PDF pages that are not just one picture

PageImage = NDArray[np.uint8]  # height x width x 3, BGR, upright


def count_pages(file: BinaryIO, name: str) -> int:
    """Pages in a scanner file. `name` is for messages. Raises ScanError."""
    if _is_pdf(file, name):
        with _pdf(file, name) as pdf:
            return len(pdf.pages)
    with _picture(file, name) as picture:
        return int(getattr(picture, "n_frames", 1))


def load_page(file: BinaryIO, name: str, number: int = 1) -> PageImage:
    """One page, counted from 1, upright after its EXIF orientation. Raises ScanError."""
    if _is_pdf(file, name):
        with _pdf(file, name) as pdf:
            return _pixels(_page_picture(pdf, file, number, name))
    with _picture(file, name) as picture:
        picture.seek(number - 1)
        return _pixels(ImageOps.exif_transpose(picture))


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
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as picture:
                yield picture
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as cause:
        raise ScanTooLarge(f"Ảnh {name} lớn hơn {MOST_PIXELS // 1_000_000} triệu điểm ảnh.") from cause
    except UnidentifiedImageError as cause:
        raise ScanNotAnImage(f"Tệp {name} không phải là ảnh.") from cause
    except (OSError, SyntaxError, EOFError) as cause:
        raise ScanTruncated(f"Tệp {name} bị hỏng hoặc bị cắt cụt.") from cause


@contextmanager
def _pdf(file: BinaryIO, name: str) -> Iterator[pikepdf.Pdf]:
    try:
        with pikepdf.open(file) as pdf:
            yield pdf
    except pikepdf.PasswordError as cause:
        raise ScanEncrypted(f"Tệp PDF {name} đặt mật khẩu.") from cause
    except pikepdf.PdfError as cause:
        raise ScanTruncated(f"Tệp PDF {name} bị hỏng hoặc bị cắt cụt.") from cause


def _page_picture(pdf: pikepdf.Pdf, file: BinaryIO, number: int, name: str) -> Image.Image:
    """The scanner's own picture where the page is just that; otherwise the page rendered."""
    page = pdf.pages[number - 1]
    pictures = [picture for picture in page.images.values() if isinstance(picture, pikepdf.Stream)]
    if len(pictures) == 1:
        picture = pikepdf.PdfImage(pictures[0])
        _check_size(picture.width, picture.height, name)
        turned = picture.as_pil_image().convert("RGB")
        return turned.rotate(-int(page.obj.get("/Rotate", 0)), expand=True)
    file.seek(0)
    with pypdfium2.PdfDocument(file) as document:
        sheet = document[number - 1]
        width, height = (side * RENDER_DPI / 72 for side in sheet.get_size())
        _check_size(width, height, name)
        rendered: Image.Image = sheet.render(scale=RENDER_DPI / 72).to_pil()
        return rendered


def _check_size(width: float, height: float, name: str) -> None:
    if width * height > MOST_PIXELS:
        raise ScanTooLarge(f"Trang trong {name} lớn hơn {MOST_PIXELS // 1_000_000} triệu điểm ảnh.")


def _pixels(picture: Image.Image) -> PageImage:
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])


def as_jpeg(page: PageImage, quality: int = 88) -> bytes:
    """The page as a JPEG file."""
    file = BytesIO()
    Image.fromarray(page[:, :, ::-1]).save(file, "JPEG", quality=quality)
    return file.getvalue()
