"""A page as a light picture for delivery: colours kept, within so many bytes, still legible to people and machine."""

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from digitize.errors import ScanTooLarge
from digitize.scans.files import PageImage, load_page

SIZES = (1.0, 0.85, 0.75, 0.65, 0.55, 0.5, 0.45, 0.4)  # of width and height, tried in turn
QUALITIES = (75, 65, 55, 40)
LAST_QUALITIES = (30, 25)  # at the smallest size, before a page is refused
LIGHTEST = 0.4  # of the weight at the first quality is left at the last one, at least
SHRINKS = 1.8  # power of the size that the weight falls with
LEAST_SIDE = 600  # pixels: below, handwriting cannot be read


def light_jpeg(file: BinaryIO, name: str, number: int, limit_bytes: int) -> bytes:
    """Page `number` of a scanner file as an upright colour JPEG of at most `limit_bytes`.

    A scanner's JPEG that is so already keeps its own bytes. Raises ScanError; ScanTooLarge when nothing legible fits.
    """
    original = _fitting_original(file, limit_bytes)
    if original is not None:
        return original
    for jpeg in _ever_lighter(load_page(file, name, number), limit_bytes):
        if len(jpeg) <= limit_bytes:
            return jpeg
    raise ScanTooLarge(f"Ảnh {name} không nén được xuống {limit_bytes // 1000} kB mà còn đọc được.")


def _fitting_original(file: BinaryIO, limit_bytes: int) -> bytes | None:
    file.seek(0)
    original = file.read(limit_bytes + 1)
    file.seek(0)
    if len(original) > limit_bytes:
        return None
    try:
        with Image.open(BytesIO(original), formats=["JPEG"]) as picture:
            is_upright = picture.getexif().get(0x0112, 1) == 1
            picture.load()
            return original if is_upright and picture.mode in {"RGB", "L"} else None
    except (UnidentifiedImageError, OSError, SyntaxError):
        return None


def _ever_lighter(page: PageImage, limit_bytes: int) -> Iterator[bytes]:
    """From good to bad; sizes at which even the lowest quality would be too heavy are not tried."""
    heaviest = len(_jpeg(page, QUALITIES[0]))
    fitting = [size for size in SIZES if heaviest * LIGHTEST * size**SHRINKS <= limit_bytes] or [SIZES[-1]]
    small = page
    for size in fitting:
        small = page if size == 1 else _smaller(page, size)
        yield from (_jpeg(small, quality) for quality in QUALITIES)
    yield from (_jpeg(small, quality) for quality in LAST_QUALITIES)


def _smaller(page: PageImage, size: float) -> PageImage:
    size = max(size, min(1.0, LEAST_SIDE / min(page.shape[:2])))
    return np.asarray(cv2.resize(page, None, fx=size, fy=size, interpolation=cv2.INTER_AREA), np.uint8)


def _jpeg(page: PageImage, quality: int) -> bytes:
    return cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
