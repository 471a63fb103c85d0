"""An invented book and pictures of pages."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from random import Random

import pytest
from PIL import Image

from digitize.books.book import Book
from digitize.books.kinds import BookKind


@pytest.fixture
def book() -> Book:
    return Book(
        book_id=1,
        kind=BookKind.BIRTH,
        unit_code="04375",
        unit_name="xã Suối Mẫu",
        district_code="136",
        authority="UBND xã Suối Mẫu, huyện Mẫu, tỉnh Yên Bái",
        year=2017,
        volume="01",
        opened_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


@pytest.fixture(scope="session")
def picture() -> Callable[..., bytes]:
    """`picture(width, height, format)`: paper-like noise that does not compress well."""

    def drawn(width: int = 400, height: int = 560, format: str = "JPEG", **options: object) -> bytes:
        noise = Image.frombytes(
            "RGB", (width // 12, height // 12), Random(1).randbytes(width // 12 * (height // 12) * 3)
        )
        out = BytesIO()
        noise.resize((width, height)).save(out, format, **options)
        return out.getvalue()

    return drawn
