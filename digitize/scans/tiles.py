"""A page as a browser can show it fast: one small overview, and squares of the full picture on demand."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

OVERVIEW = 1800  # pixels of the longer side: a whole page on a screen, with room to zoom until squares have come
TILE = 1024  # pixels of a square's side; those at the right and lower edge are smaller


@dataclass(frozen=True, slots=True)
class Picture:
    """One JPEG of a page; `name` is "overview" or "COLUMN-ROW" of a square, counted from 0."""

    name: str
    jpeg: bytes


def pictures_of(whole: Image.Image) -> Iterator[Picture]:
    """Of an upright page: the overview, then all squares row by row."""
    yield Picture("overview", _jpeg(_small(whole), 78))
    for row, top in enumerate(range(0, whole.height, TILE)):
        for column, left in enumerate(range(0, whole.width, TILE)):
            square = whole.crop((left, top, min(left + TILE, whole.width), min(top + TILE, whole.height)))
            yield Picture(f"{column}-{row}", _jpeg(square, 85))


def _small(whole: Image.Image) -> Image.Image:
    """Made without a copy of the whole, which may be 200 MB."""
    shrunk = min(1.0, OVERVIEW / max(whole.size))
    size = (max(1, round(shrunk * whole.width)), max(1, round(shrunk * whole.height)))
    return whole.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()
