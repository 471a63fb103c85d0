"""Finds the QR code of a cover sheet on a scan."""

import re

import cv2
import numpy as np

from digitize.books.book import COVER_MARK
from digitize.scans.files import PageImage

LONG_SIDE = 1400  # pixels to which a scan is brought; the code takes 90 mm of the sheet's 297
_CODE = re.compile(rf"{COVER_MARK}:\d{{1,9}}:[^:]+:[^:]+")


def cover_code(picture: PageImage) -> str | None:
    """What the QR code of a cover sheet says; None on any other page."""
    scale = LONG_SIDE / max(picture.shape[:2])
    if scale < 1:
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8)
    text, *_ = cv2.QRCodeDetector().detectAndDecode(picture)
    return text if _CODE.fullmatch(text) else None
