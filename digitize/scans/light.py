"""A page as a light picture for delivery: colours kept, within so many bytes, still legible to people and machine."""

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
HALF = 0.5  # the size at which a page is weighed first: it costs the least
GROWS, SHRINKS = 1.2, 1.8  # the least power of the size that the weight rises with, the most that it falls with
END = b"\xff\xd9"  # of a JPEG that was not cut off
LEAST_SIDE = 600  # pixels: below, handwriting cannot be read


def light_jpeg(file: BinaryIO, name: str, number: int, limit_bytes: int) -> bytes:
    """Page `number` of a scanner file as an upright colour JPEG of at most `limit_bytes`.

    A scanner's JPEG that is so already keeps its own bytes. Raises ScanError; ScanTooLarge when nothing legible fits.
    """
    file.seek(0)
    original = file.read()
    is_plain = _is_plain_jpeg(original)
    if is_plain and len(original) <= limit_bytes:
        return original
    page = _decoded(original) if is_plain else None
    jpeg = _light(load_page(file, name, number) if page is None else page, limit_bytes)
    if jpeg is None:
        raise ScanTooLarge(f"Ảnh {name} không nén được xuống {limit_bytes // 1000} kB mà còn đọc được.")
    return jpeg


def _is_plain_jpeg(original: bytes) -> bool:
    """Whether it is whole, upright and in eight bits: then it can be taken without more ado."""
    try:
        with Image.open(BytesIO(original), formats=["JPEG"]) as picture:
            is_upright = picture.getexif().get(0x0112, 1) == 1
            return is_upright and picture.mode in {"RGB", "L"} and original.rstrip(b"\0").endswith(END)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError):
        return False


def _decoded(original: bytes) -> PageImage | None:
    page = cv2.imdecode(np.frombuffer(original, np.uint8), cv2.IMREAD_COLOR)
    return None if page is None else np.asarray(page, np.uint8)


def _light(page: PageImage, limit_bytes: int) -> bytes | None:
    """As large as fits, then as good as fits; sizes that cannot fit even at the lowest quality are not tried."""
    half = _smaller(page, HALF)
    weight, weighed_at = len(_jpeg(half, QUALITIES[-1])), half.shape[0] / page.shape[0]
    for size in SIZES:
        if weight * (size / weighed_at) ** (GROWS if size > weighed_at else SHRINKS) <= limit_bytes:
            small = page if size == 1 else _smaller(page, size)
            if jpeg := _best(small, limit_bytes, QUALITIES):
                return jpeg
    return _best(_smaller(page, SIZES[-1]), limit_bytes, LAST_QUALITIES)


def _best(page: PageImage, limit_bytes: int, qualities: tuple[int, ...]) -> bytes | None:
    best = None
    for quality in reversed(qualities):
        jpeg = _jpeg(page, quality)
        if len(jpeg) > limit_bytes:
            break
        best = jpeg
    return best


def _smaller(page: PageImage, size: float) -> PageImage:
    """Above half the size no pixel is skipped by linear interpolation, which takes a fifth of the time."""
    size = max(size, min(1.0, LEAST_SIDE / min(page.shape[:2])))
    way = cv2.INTER_LINEAR if size >= 0.5 else cv2.INTER_AREA
    return np.asarray(cv2.resize(page, None, fx=size, fy=size, interpolation=way), np.uint8)


def _jpeg(page: PageImage, quality: int) -> bytes:
    return cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
