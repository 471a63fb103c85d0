"""Pages and files for tests, on one line each."""

from io import BytesIO

import cv2
import numpy as np
from PIL import Image

from digitize.scans.files import PageImage


def corners(height: int = 600, width: int = 420) -> PageImage:
    """A grey page with a corner each of red, green, blue (top left, top right, bottom left), in BGR."""
    page = np.full((height, width, 3), 200, np.uint8)
    page[:150, :100] = (0, 0, 250)
    page[:150, -100:] = (0, 250, 0)
    page[-150:, :100] = (250, 0, 0)
    return page


def picture(page: PageImage) -> Image.Image:
    return Image.fromarray(page[:, :, ::-1])


def saved(image: Image.Image, kind: str, **options: object) -> BytesIO:
    file = BytesIO()
    image.save(file, kind, **options)
    return file


def same(one: PageImage, other: PageImage, most: int = 12) -> bool:
    """Whether two pages are the same but for what compression does."""
    return one.shape == other.shape and bool(np.abs(one.astype(int) - other.astype(int)).mean() < most / 4)


def bent(page: PageImage, sway: float, shrink: float, reach: float = 0.3) -> PageImage:
    """The page near a binding at its right, where it sinks by `sway` and shrinks by `shrink` of its height."""
    height, width = page.shape[:2]
    columns = np.arange(width, dtype=np.float32)
    near = np.clip(1 - (width - columns) / (reach * width), 0, 1) ** 2
    rows = np.arange(height, dtype=np.float32)[:, None]
    flat = (rows - sway * height * near - height / 2) / (1 - shrink * near) + height / 2
    across = np.broadcast_to(columns, (height, width))
    return np.asarray(cv2.remap(page, across, flat.astype(np.float32), 1, borderMode=cv2.BORDER_REPLICATE), np.uint8)
