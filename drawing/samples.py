"""Writes `sample_scans/` again: pages, their truth, the books, the population extract, the table.

Run with `python -m drawing.samples`. Everything comes from one seed, so two runs write the same people.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import img2pdf
from PIL import Image

from digitize.books.forms import get_form
from drawing.cast import Case
from drawing.cast.births import births
from drawing.cast.deaths import deaths
from drawing.cast.marriages import marriages
from drawing.commune import Commune, write_population
from drawing.ink import BLACK, BLUE, Pen
from drawing.page import draw_page
from drawing.paper import Scanner, scan
from drawing.people import COMMUNE

FOLDER = Path(__file__).parents[1] / "sample_scans"
SEED = 1218
DPI = 200
QUALITY = 80
BACKGROUND_FAMILIES = 92
UPRIGHT, TURNED = 1, 6  # EXIF orientations
ORIENTATION_TAG = 0x0112


@dataclass(frozen=True, slots=True)
class Look:
    """How one page is written and scanned."""

    stem: str
    hand: str
    black: bool
    tilt_degrees: float
    face: str = "tinos"
    orientation: int = UPRIGHT
    size: float = 1.0  # of the hand


BIRTH_LOOKS = (
    Look("ks_01", "patrick-hand", False, 0.4),
    Look("ks_02", "itim", False, -0.7),
    Look("ks_03", "dancing-script", True, 0.9),
    Look("ks_04", "pangolin", False, -0.3),
    Look("ks_05", "mali", True, 1.3, "noto-serif"),
    Look("ks_06", "playwrite-vn", False, -1.1, size=0.86),
    Look("ks_07", "sriracha", False, 0.6, orientation=TURNED),
)
MARRIAGE_LOOKS = (
    Look("kh_01", "sriracha", False, -0.5),
    Look("kh_02", "patrick-hand", True, 0.8, "noto-serif"),
    Look("kh_03", "charm", False, -1.4),
    Look("kh_04", "itim", False, 0.2),
)
DEATH_LOOKS = (
    Look("kt_01", "itim", True, 0.5),
    Look("kt_02", "dancing-script", False, -0.9),
    Look("kt_03", "pangolin", True, 1.0),
    Look("kt_04", "charm", False, -0.2),
    Look("kt_05.p0001", "mali", False, 0.7),
    Look("kt_05.p0002", "patrick-hand", False, -0.6),
)


def write_samples(folder: Path) -> None:
    """Draws all sample pages into `folder` and writes what belongs to them."""
    folder.mkdir(parents=True, exist_ok=True)
    town = Commune(Random(SEED))
    pages = [
        *zip(BIRTH_LOOKS, births(town), strict=True),
        *zip(MARRIAGE_LOOKS, marriages(town), strict=True),
        *zip(DEATH_LOOKS, deaths(town), strict=True),
    ]
    town.settle(BACKGROUND_FAMILIES)
    in_pdf = [_write_page(folder, look, case, seed) for seed, (look, case) in enumerate(pages)]
    (folder / "kt_05.pdf").write_bytes(_pdf([jpeg for jpeg in in_pdf if jpeg]))
    write_population(town.rows.values(), folder / "population.csv")
    _write_json(folder / "books.json", _books())
    _write_json(folder / "expected_matches.json", {look.stem: dict(case.expected) for look, case in pages})
    (folder / "README.md").write_text("\n".join(_readme(pages)), "utf-8")


def _write_page(folder: Path, look: Look, case: Case, seed: int) -> bytes | None:
    """Writes a page and its truth; a page that belongs into the PDF is returned as JPEG instead."""
    rng = Random(SEED * 100 + seed)
    pen = Pen(look.hand, BLACK if look.black else BLUE, look.size)
    page, ink = draw_page(get_form(case.writing.form_id), case.writing, pen, look.face, rng)
    image, boxes = scan(page, ink, Scanner(look.tilt_degrees), seed)
    _write_json(folder / f"{look.stem}.truth.json", _truth(look, case, boxes))
    jpeg = _jpeg(image, look.orientation)
    if ".p" in look.stem:
        return jpeg
    (folder / _file_name(look)).write_bytes(jpeg)
    return None


def _file_name(look: Look) -> str:
    stem, in_pdf, _ = look.stem.partition(".p")
    return f"{stem}.pdf" if in_pdf else f"{stem}.jpg"


def _truth(look: Look, case: Case, boxes: dict[str, list[int]]) -> dict[str, Any]:
    fields = {column: {"text": text, "box": boxes[column]} for column, text in case.writing.fields.items()}
    return {
        "image": _file_name(look),
        "page": int(look.stem.partition(".p")[2] or 1),
        "form": case.writing.form_id,
        "shows": case.shows,
        "font": look.hand,
        "entries": [{"fields": fields}],
    }


def _jpeg(image: Image.Image, orientation: int) -> bytes:
    """The page as JPEG; for orientation 6 stored lying on its side, as a camera does."""
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    stored = image.transpose(Image.Transpose.ROTATE_90) if orientation == TURNED else image
    file = BytesIO()
    stored.save(file, "JPEG", quality=QUALITY, dpi=(DPI, DPI), exif=exif, optimize=True)
    return file.getvalue()


def _pdf(pages: Sequence[bytes]) -> bytes:
    layout = img2pdf.get_fixed_dpi_layout_fun((DPI, DPI))
    return bytes(img2pdf.convert(list(pages), layout_fun=layout, nodate=True, engine=img2pdf.Engine.internal))


def _books() -> list[dict[str, Any]]:
    looks = (("KS", 2017, BIRTH_LOOKS), ("KH", 2021, MARRIAGE_LOOKS), ("KT", 2022, DEATH_LOOKS))
    return [
        {
            "kind": kind,
            "form": f"{kind}-2015",
            "unit_code": "24999",
            "unit_name": "xã Suối Mơ",
            "district_code": "140",
            "district": "huyện Văn Chấn",
            "authority": f"UBND {COMMUNE}",
            "year": year,
            "volume": "01",
            "files": list(dict.fromkeys(_file_name(look) for look in pages)),
        }
        for kind, year, pages in looks
    ]


def _readme(pages: Sequence[tuple[Look, Case]]) -> Iterator[str]:
    yield "# Trang sổ mẫu"
    yield ""
    yield "**Mọi người, mọi số giấy tờ và xã Suối Mơ trong thư mục này đều do máy đặt ra, không có thật.**"
    yield "Các trang được vẽ từ biểu mẫu của chương trình, không phải ảnh chụp sổ hộ tịch thật."
    yield "Tạo lại toàn bộ: `python -m drawing.samples` (cần `npm` để lấy phông chữ)."
    yield ""
    yield "| tệp | biểu mẫu | nội dung | nét chữ |"
    yield "|---|---|---|---|"
    for look, case in pages:
        page, truth = f"[{_file_name(look)}]({_file_name(look)})", f"[đáp án]({look.stem}.truth.json)"
        yield f"| {page} ({truth}) | {case.writing.form_id} | {case.shows} | {look.hand} |"
    yield ""
    yield "* `*.truth.json`: chữ trên trang theo tên cột của Bộ Tư pháp; khung tính theo điểm ảnh của ảnh đã xoay đúng."
    yield "* `books.json`: ba quyển sổ và thứ tự các tệp. `population.csv`: bản trích dân cư của xã."
    yield "* `expected_matches.json`: kết quả đối chiếu mong đợi của từng người trên mỗi trang; `several` là chưa đủ"
    yield "  căn cứ để tự kết luận, ví dụ cha mẹ trên trang khai sinh chỉ có họ tên và năm sinh."
    yield ""


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    write_samples(FOLDER)
