from io import BytesIO

import img2pdf
import numpy as np
import pikepdf
import pytest
from PIL import Image

from digitize.errors import (
    ScanEmpty,
    ScanEncrypted,
    ScanError,
    ScanNotAnImage,
    ScanTooLarge,
    ScanTooSmall,
    ScanTruncated,
)
from digitize.scans.files import as_jpeg, count_pages, load_page, load_picture
from tests.scans.factory import corners, picture, same, saved

UPRIGHT = corners()
STORED = {  # how a camera stores the upright page under each EXIF orientation
    1: UPRIGHT,
    2: UPRIGHT[:, ::-1],
    3: UPRIGHT[::-1, ::-1],
    4: UPRIGHT[::-1],
    5: UPRIGHT.transpose(1, 0, 2),
    6: UPRIGHT[:, ::-1].transpose(1, 0, 2),
    7: UPRIGHT[::-1, ::-1].transpose(1, 0, 2),
    8: UPRIGHT[::-1].transpose(1, 0, 2),
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("orientation", STORED)
def test_pages_come_upright(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = saved(picture(STORED[orientation]), kind, exif=exif)
    assert same(load_page(file, "a"), UPRIGHT)


def test_every_page_of_a_tiff() -> None:
    turned = corners()[::-1]
    file = saved(picture(UPRIGHT), "TIFF", save_all=True, append_images=[picture(turned)], compression="tiff_lzw")
    assert count_pages(file, "a.tif") == 2
    assert same(load_page(file, "a.tif", 2), turned)
    assert same(load_page(file, "a.tif", 1), UPRIGHT)


def test_what_is_transparent_is_paper() -> None:
    ink = np.zeros((600, 420, 4), np.uint8)
    ink[100:200, 100:200, 3] = 255
    page = load_page(saved(Image.fromarray(ink), "PNG"), "a.png")
    assert tuple(page[0, 0]) == (255, 255, 255)
    assert tuple(page[150, 150]) == (0, 0, 0)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_of_grey_keep_their_shades(kind: str) -> None:
    shades = np.repeat(np.linspace(0, 65535, 600).astype(np.uint16)[:, None], 420, axis=1)
    page = load_page(saved(Image.fromarray(shades), kind), "a")
    assert (page[0, 0, 0], page[-1, 0, 0]) == (0, 255)
    assert int(page[300, 0, 0]) == pytest.approx(127, abs=2)


@pytest.mark.parametrize(
    ("mode", "kind"), [("P", "PNG"), ("L", "JPEG"), ("1", "TIFF"), ("CMYK", "JPEG"), ("P", "TIFF")]
)
def test_other_kinds_of_colour(mode: str, kind: str) -> None:
    image = picture(UPRIGHT).convert(mode)
    wanted = np.asarray(image.convert("RGB"))[:, :, ::-1]
    assert same(load_page(saved(image, kind), "a"), wanted)


def test_a_scanners_pdf_gives_the_scanners_own_pixels() -> None:
    file = BytesIO(img2pdf.convert(saved(picture(UPRIGHT), "PNG").getvalue()))
    assert np.array_equal(load_page(file, "a.pdf"), UPRIGHT)


@pytest.mark.parametrize("inherited", [False, True])
@pytest.mark.parametrize(("rotation", "quarters"), [(90, -1), (180, 2), (270, 1)])
def test_a_rotated_pdf_page_comes_upright(rotation: int, quarters: int, inherited: bool) -> None:
    with pikepdf.open(BytesIO(img2pdf.convert(saved(picture(UPRIGHT), "PNG").getvalue()))) as pdf:
        (pdf.Root.Pages if inherited else pdf.pages[0].obj).Rotate = rotation
        file = BytesIO()
        pdf.save(file)
    assert np.array_equal(load_page(file, "a.pdf"), np.rot90(UPRIGHT, quarters))


def vector_pdf(with_logo: bool = False, pages: int = 1, width: int = 595, height: int = 842) -> BytesIO:
    """Pages with a black bar across their middle third, drawn and not scanned; on demand with a small picture."""
    pdf, file = pikepdf.new(), BytesIO()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(width, height))
        drawn = b"0 0 0 rg 100 400 395 40 re f"
        if with_logo:
            logo = pikepdf.Stream(pdf, bytes(8 * 8), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=8,
                                  Height=8, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8)  # fmt: skip
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Logo=pdf.make_indirect(logo)))
            drawn += b" q 50 0 0 50 20 770 cm /Logo Do Q"
        page.Contents = pdf.make_stream(drawn)
    pdf.save(file)
    return file


@pytest.mark.parametrize("with_logo", [False, True])
def test_a_drawn_pdf_is_rendered_at_300_dpi(with_logo: bool) -> None:
    page = load_page(vector_pdf(with_logo), "a.pdf")
    assert page.shape[:2] == pytest.approx((842 / 72 * 300, 595 / 72 * 300), abs=2)
    assert page[int((842 - 420) / 72 * 300), 1200].max() < 30
    assert page[100, 1200].min() > 225


def test_every_page_of_a_pdf() -> None:
    assert count_pages(vector_pdf(pages=3), "a.pdf") == 3


def test_encrypted_pdfs_are_refused_and_those_that_open_without_a_password_are_not() -> None:
    with pikepdf.open(vector_pdf()) as pdf:
        closed, opened = BytesIO(), BytesIO()
        pdf.save(closed, encryption=pikepdf.Encryption(user="a", owner="b"))
        pdf.save(opened, encryption=pikepdf.Encryption(user="", owner="b"))
    with pytest.raises(ScanEncrypted):
        count_pages(closed, "a.pdf")
    assert count_pages(opened, "a.pdf") == 1


def test_a_pdf_without_pages_is_refused() -> None:
    with pytest.raises(ScanTruncated):
        count_pages(vector_pdf(pages=0), "a.pdf")


def test_a_cut_picture_in_a_whole_pdf_is_refused() -> None:
    whole = saved(picture(UPRIGHT), "JPEG", quality=95).getvalue()
    with pikepdf.open(BytesIO(img2pdf.convert(whole))) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        image.write(whole[: len(whole) // 2], filter=pikepdf.Name.DCTDecode)
        file = BytesIO()
        pdf.save(file)
    with pytest.raises(ScanTruncated):
        load_page(file, "a.pdf")


def test_a_pdf_page_as_large_as_a_house_is_refused() -> None:
    with pytest.raises(ScanTooLarge):
        load_page(vector_pdf(width=14000, height=14000), "a.pdf")


def test_a_bomb_between_good_pages_of_a_tiff_is_refused_alone() -> None:
    good, bomb = picture(UPRIGHT).convert("1"), Image.new("1", (20000, 20000))
    file = saved(good, "TIFF", save_all=True, append_images=[bomb, good], compression="group4")
    assert count_pages(file, "a.tif") == 3
    assert load_page(file, "a.tif", 1).shape == load_page(file, "a.tif", 3).shape == UPRIGHT.shape
    with pytest.raises(ScanTooLarge):
        load_page(file, "a.tif", 2)


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (399, 600), (420, 4200)])
def test_pictures_that_cannot_be_a_page_are_refused_but_may_be_lines(shape: tuple[int, int]) -> None:
    file = saved(Image.new("L", shape), "PNG")
    with pytest.raises(ScanTooSmall):
        load_page(file, "a.png")
    assert load_picture(file, "a.png").shape[:2] == shape[::-1]


@pytest.mark.parametrize(("content", "error"), [
    (b"", ScanEmpty),
    (b"not a picture", ScanNotAnImage),
    (saved(picture(UPRIGHT), "GIF").getvalue(), ScanNotAnImage),
    (saved(picture(UPRIGHT), "JPEG").getvalue()[:3000], ScanTruncated),
    (saved(picture(UPRIGHT), "PNG").getvalue()[:-600], ScanTruncated),
    (b"%PDF-1.7\nnothing follows", ScanTruncated),
])  # fmt: skip
def test_files_that_cannot_be_used(content: bytes, error: type[ScanError]) -> None:
    with pytest.raises(error, match=r"a\.jpg"):
        load_page(BytesIO(content), "a.jpg")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "PDF"])
def test_a_damaged_file_is_a_scan_error_and_nothing_else(kind: str) -> None:
    whole = saved(picture(UPRIGHT), kind).getvalue()
    noise = np.random.default_rng(5)
    for _ in range(40):
        damaged = bytearray(whole[: noise.integers(10, len(whole))])
        for place in noise.integers(0, len(damaged), 6):
            damaged[place] = noise.integers(256)
        try:
            load_page(BytesIO(bytes(damaged)), "a")
        except ScanError as error:
            assert "\n" not in str(error)


def test_a_page_as_a_jpeg_file() -> None:
    assert same(load_page(BytesIO(as_jpeg(UPRIGHT)), "a.jpg"), UPRIGHT)
