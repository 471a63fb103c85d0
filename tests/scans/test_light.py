"""Pages made light: within the limit, in colour, upright, legible; what is light already stays untouched."""

from io import BytesIO
from random import Random

import pytest
from PIL import Image

from digitize.errors import ScanTooLarge
from digitize.scans.light import LEAST_SIDE, light_jpeg


def picture(width: int, height: int, grain: int = 12, format: str = "JPEG", **options: object) -> bytes:
    """Paper-like noise; the finer the grain, the heavier."""
    columns, rows = width // grain, height // grain
    noise = Image.frombytes("RGB", (columns, rows), Random(1).randbytes(columns * rows * 3))
    out = BytesIO()
    noise.resize((width, height)).save(out, format, **options)
    return out.getvalue()


def light(original: bytes, limit: int) -> bytes:
    return light_jpeg(BytesIO(original), "page", 1, limit)


def test_a_jpeg_that_is_light_keeps_its_own_bytes() -> None:
    original = picture(500, 700)
    assert light(original, 100_000) == original


@pytest.mark.parametrize("limit", [98_000, 198_000])
def test_a_heavy_page_is_brought_under_the_limit_in_colour(limit: int) -> None:
    heavy = picture(1650, 2340, format="PNG")
    assert len(heavy) > 400_000
    jpeg = light(heavy, limit)
    assert len(jpeg) <= limit
    with Image.open(BytesIO(jpeg)) as opened:
        assert (opened.mode, opened.format) == ("RGB", "JPEG")
        assert min(opened.size) >= LEAST_SIDE
        assert opened.width / opened.height == pytest.approx(1650 / 2340, abs=0.01)


def test_an_image_lying_on_its_side_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(BytesIO(light(picture(500, 700, exif=exif), 98_000))) as opened:
        assert opened.size == (700, 500)
        assert opened.getexif().get(0x0112, 1) == 1


def test_what_cannot_be_light_and_legible_is_refused() -> None:
    with pytest.raises(ScanTooLarge, match="kB"):
        light(picture(900, 1300, grain=1, format="PNG"), 20_000)
