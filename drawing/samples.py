"""Writes `sample_scans/` again: pages, their truth, the books, the population extract, the table.

Run with `python -m drawing.samples`. Everything comes from one seed, so two runs write the same people.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import img2pdf
from PIL import Image

from digitize.books.forms import Form, get_form
from drawing.cast import Case
from drawing.cast.births import births
from drawing.cast.deaths import deaths
from drawing.cast.marriages import marriages
from drawing.commune import Commune, write_population
from drawing.filling import fill_form
from drawing.ink import BLACK, BLUE, Pen
from drawing.ledger import draw_spread
from drawing.page import DrawnEntries, draw_entries, draw_page
from drawing.paper import Scanner, scan
from drawing.people import COMMUNE
from drawing.writing import Writing

FOLDER = Path(__file__).parents[1] / "sample_scans"
SEED = 1218
DPI = 200
QUALITY, FORM_QUALITY = 80, 58
PRINT_FACE = "tinos"
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


@dataclass(frozen=True, slots=True)
class FormLook:
    """A page of one of the other forms: so many entries, the first registered on `day`."""

    stem: str
    form_id: str
    hand: str
    black: bool
    tilt_degrees: float
    day: date
    shows: str
    entries: int = 1


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


FORM_LOOKS = (  # of the other forms; they are not part of the demo
    FormLook("ks_2006", "KS-2006", "patrick-hand", True, 0.5, date(2009, 3, 12), "mẫu 2006; bảng cha, mẹ"),
    FormLook(
        "kh_2006", "KH-2006", "itim", False, -0.4, date(2011, 10, 3), "mẫu 2006; hai trường hợp trên một trang", 2
    ),
    FormLook("kt_2006", "KT-2006", "sriracha", True, 0.8, date(2013, 6, 18), "mẫu 2006"),
    FormLook("ks_1998", "KS-1998", "itim", False, 0.3, date(1999, 2, 8), "sổ cột mở, mỗi dòng một trường hợp", 4),
    FormLook("kh_1998", "KH-1998", "patrick-hand", True, -0.5, date(2001, 5, 14), "sổ cột mở", 4),
    FormLook("kt_1998", "KT-1998", "pangolin", False, 0.2, date(2003, 9, 1), "sổ cột mở", 4),
    FormLook("cn_2011", "CN-2011", "pangolin", False, -0.7, date(2017, 4, 20), "cha, mẹ nuôi và bên giao con nuôi"),
    FormLook("cmc_2015", "CMC-2015", "itim", True, 0.6, date(2018, 11, 5), "nhận con; ba giấy tờ"),
    FormLook("hn_2015", "HN-2015", "mali", False, -0.3, date(2020, 1, 9), "thời gian cư trú; mục đích sử dụng"),
    FormLook(
        "gh_2015", "GH-2015", "patrick-hand", False, 0.9, date(2019, 7, 22), "người giám hộ và người được giám hộ"
    ),
    FormLook("cdgh_2015", "CDGH-2015", "sriracha", True, -0.6, date(2021, 12, 2), "chấm dứt giám hộ"),
    FormLook("tdcc_2015", "TDCC-2015", "pangolin", True, 0.4, date(2022, 8, 15), "nội dung thay đổi ghi nhiều dòng"),
)
SMALLER = 1654  # width of a page with two entries, which is as large as a spread (A3); a spread is twice as wide
TRIES = 40


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
    for seed, form_look in enumerate(FORM_LOOKS):
        _write_form_page(folder, form_look, seed)
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


def _write_form_page(folder: Path, look: FormLook, seed: int) -> None:
    """Writes a page of a form and its truth, filled anew until every value fits its blank."""
    form, first = get_form(look.form_id), SEED * 1000 + seed * TRIES
    for rng in map(Random, range(first, first + TRIES)):
        days = [look.day + timedelta(days=6 * number) for number in range(look.entries)]
        writings = [fill_form(form, rng, number, day) for number, day in enumerate(days, 1 + rng.randrange(40))]
        with suppress(ValueError):
            page, inks = _draw(form, writings, Pen(look.hand, BLACK if look.black else BLUE), rng)
            break
    else:
        raise ValueError(f"no filling of {look.form_id} fits in this hand")
    keyed = {f"{row} {column}": ink for row, boxes in enumerate(inks) for column, ink in boxes.items()}
    image, boxes = scan(page, keyed, Scanner(look.tilt_degrees), seed)
    if image.height > image.width > SMALLER:
        scale = SMALLER / image.width
        image = image.resize((SMALLER, round(image.height * scale)), Image.Resampling.LANCZOS)
        boxes = {key: [round(scale * edge) for edge in box] for key, box in boxes.items()}
    entries = [
        {"fields": {c: {"text": text, "box": boxes[f"{row} {c}"]} for c, text in writing.fields.items()}}
        for row, writing in enumerate(writings)
    ]
    told = {"image": f"{look.stem}.jpg", "page": 1, "form": look.form_id, "shows": look.shows, "font": look.hand}
    _write_json(folder / f"{look.stem}.truth.json", told | {"entries": entries})
    (folder / f"{look.stem}.jpg").write_bytes(_jpeg(image, UPRIGHT, FORM_QUALITY))


def _draw(form: Form, writings: Sequence[Writing], pen: Pen, rng: Random) -> DrawnEntries:
    if form.family == "ledger":
        return draw_spread(form, writings, pen, PRINT_FACE, rng)
    if len(writings) > 1:
        return draw_entries(form, writings, pen, PRINT_FACE, rng)
    page, ink = draw_page(form, writings[0], pen, PRINT_FACE, rng)
    return page, [ink]


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


def _jpeg(image: Image.Image, orientation: int, quality: int = QUALITY) -> bytes:
    """The page as JPEG; for orientation 6 stored lying on its side, as a camera does."""
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    stored = image.transpose(Image.Transpose.ROTATE_90) if orientation == TURNED else image
    file = BytesIO()
    stored.save(file, "JPEG", quality=quality, dpi=(DPI, DPI), exif=exif, optimize=True)
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
    for other in FORM_LOOKS:
        page, truth = f"[{other.stem}.jpg]({other.stem}.jpg)", f"[đáp án]({other.stem}.truth.json)"
        yield f"| {page} ({truth}) | {other.form_id} | {other.shows} | {other.hand} |"
    yield ""
    yield "* Trang mang tên biểu mẫu (`ks_2006`, `cn_2011`, ...): mỗi biểu mẫu khác một lần; không thuộc `make demo`."
    yield "* `*.truth.json`: chữ trên trang theo tên cột của Bộ Tư pháp; khung tính theo điểm ảnh của ảnh đã xoay đúng."
    yield "* `books.json`: ba quyển sổ và thứ tự các tệp. `population.csv`: bản trích dân cư của xã."
    yield "* `expected_matches.json`: kết quả đối chiếu mong đợi của từng người trên mỗi trang; `several` là chưa đủ"
    yield "  căn cứ để tự kết luận, ví dụ người mẹ chỉ có họ tên và năm sinh, trong CSDL lại ở nơi khác với con."
    yield ""


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    write_samples(FOLDER)
