from collections.abc import Callable
from datetime import date
from io import BytesIO

import pikepdf
import pytest

from digitize.books.kinds import BookKind
from digitize.errors import ExportRefused, ScanNotAnImage
from digitize.export.entry_pdf import (
    EntryPdfName,
    entry_pdf,
    entry_pdf_name,
    parse_entry_pdf_name,
    volume_number,
)

Picture = Callable[..., bytes]


@pytest.mark.parametrize(("volume", "day", "number"), [("01", "03.02.2017", "05"), ("01/2017", "3/2/2017", "5/2017")])
def test_the_name_of_the_ministrys_example(volume: str, day: str, number: str) -> None:
    assert str(entry_pdf_name(9, BookKind.BIRTH, 2017, volume, day, number)) == "KS.2017.01.2017-02-03.05.pdf"


def test_a_name_is_read_back() -> None:
    expected = EntryPdfName(BookKind.BIRTH, 2017, 1, date(2017, 2, 3), "05")
    assert parse_entry_pdf_name("KS.2017.01.2017-02-03.05.pdf") == expected
    assert parse_entry_pdf_name("KS. 2017.01.2017-02-03.05 .pdf") == expected


@pytest.mark.parametrize("name", ["KS.2017.01.2017-02-30.05.pdf", "XX.2017.01.2017-02-03.05.pdf", "KS.2017.01.pdf"])
def test_other_names_are_none(name: str) -> None:
    assert parse_entry_pdf_name(name) is None


@pytest.mark.parametrize("day", ["", "2017", "02.2017", "31.02.2017"])
def test_without_a_full_registration_date_the_entry_is_named_and_refused(day: str) -> None:
    with pytest.raises(ExportRefused, match=r"Trường hợp 9 .*năm đăng ký"):
        entry_pdf_name(9, BookKind.BIRTH, 2017, "01", day, "05")


@pytest.mark.parametrize("number", ["", "/", "..\\x"])
def test_without_a_number_the_entry_is_named_and_refused(number: str) -> None:
    with pytest.raises(ExportRefused, match=r"Trường hợp 9 .*số đăng ký"):
        entry_pdf_name(9, BookKind.BIRTH, 2017, "01", "03.02.2017", number)


@pytest.mark.parametrize(("volume", "number"), [("01", 1), ("12/2017", 12), ("03-TP/HT-2015", 3)])
def test_the_number_of_a_volume(volume: str, number: int) -> None:
    assert volume_number(volume) == number


def test_a_volume_that_begins_with_no_number_is_refused() -> None:
    with pytest.raises(ExportRefused):
        volume_number("2017")


def test_a_jpeg_that_fits_keeps_its_own_bytes_on_an_a4_page(picture: Picture) -> None:
    page_image = picture(400, 560)
    with pikepdf.open(BytesIO(entry_pdf([page_image]))) as document:
        (page,) = document.pages
        (image,) = page.Resources.XObject.values()
        assert image.read_raw_bytes() == page_image
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]


def test_a_page_lying_across_and_every_image_has_its_sheet(picture: Picture) -> None:
    with pikepdf.open(BytesIO(entry_pdf([picture(560, 400), picture(400, 560, "PNG")]))) as document:
        sides = [[round(float(side)) for side in page.mediabox[2:]] for page in document.pages]
    assert sides == [[842, 595], [595, 842]]


def test_an_open_ledger_is_a3(picture: Picture) -> None:
    with pikepdf.open(BytesIO(entry_pdf([picture(800, 560)], sheets=2))) as document:
        assert [round(float(side)) for side in document.pages[0].mediabox[2:]] == [1191, 842]


def test_a_spread_opens_at_the_row_and_stays_whole(picture: Picture) -> None:
    page_image = picture(800, 400)
    with pikepdf.open(BytesIO(entry_pdf([page_image], sheets=2, place=(0.25, 0.5, 0.75, 0.75)))) as document:
        (page,) = document.pages
        (image,) = page.Resources.XObject.values()
        target, how, *corners = document.Root.OpenAction
        width, height = (float(side) for side in page.mediabox[2:])
        assert image.read_raw_bytes() == page_image
        assert (target.objgen, str(how)) == (page.obj.objgen, "/FitR")
    spare = (height - width / 2) / 2  # above and below: the picture is flatter than the sheet
    rows = (spare + width / 8, spare + width / 4)
    expected = (width / 4, rows[0], 3 * width / 4, rows[1])
    assert [float(corner) for corner in corners] == pytest.approx(expected, abs=0.1)


def test_no_image(picture: Picture) -> None:
    for broken in (b"", b"text", picture(400, 560, "PNG")[:500]):
        with pytest.raises(ScanNotAnImage):
            entry_pdf([broken])
