"""The JSON of `read` and the table of `read-lines` are driven by other programs: their shape is a promise."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from digitize.errors import InputError, ScanError
from digitize.settings import REPOSITORY
from tests.conftest import Ran

SAMPLES = REPOSITORY / "sample_scans"
Digitize = Callable[..., Ran]


@pytest.fixture
def page(digitize: Digitize, tmp_path: Path) -> dict[str, Any]:
    """What `digitize read ks_01.jpg` writes."""
    ran = digitize("read", SAMPLES / "ks_01.jpg", "--out", "out")
    assert (ran.exit_code, ran.told, ran.out) == (0, [], "")
    told: dict[str, Any] = json.loads((tmp_path / "out" / "ks_01.jpg.p0001.json").read_text("utf-8"))
    return told


def test_a_page_has_the_documented_keys(page: dict[str, Any]) -> None:
    assert list(page) == ["image", "page", "form", "quality", "entries", "aside", "problems"]
    assert (page["image"], page["page"], page["form"]) == ("ks_01.jpg", 1, "KS-2015")
    assert page["quality"] == {"problems": []}
    assert [list(entry) for entry in page["entries"]] == [["fields"]]
    assert all(set(problem) == {"code", "message"} for problem in page["problems"])


def test_a_field_has_text_norm_confidence_box_and_alternatives(page: dict[str, Any]) -> None:
    (entry,) = page["entries"]
    with Image.open(SAMPLES / "ks_01.jpg") as image:
        width, height = image.size
    for field in entry["fields"].values():
        assert list(field) == ["text", "norm", "confidence", "box", "literal", "alternatives", "doubts"]
        assert field["text"]
        assert 0 <= field["confidence"] <= 1
        assert all(set(other) == {"text", "confidence"} for other in field["alternatives"])
        x0, y0, x1, y1 = field["box"]
        assert 0 <= x0 < x1 <= width and 0 <= y0 < y1 <= height


def test_composites_come_as_columns_on_one_box_and_ticks_as_codes(page: dict[str, Any]) -> None:
    fields = page["entries"][0]["fields"]
    assert fields["nycSoGiayToTuyThan"]["box"] == fields["nycLoaiGiayToTuyThan"]["box"]
    assert fields["loaiDangKy"]["text"] == "1"
    assert "nycGiayTo" not in fields


def test_every_page_of_a_pdf_has_its_own_file(digitize: Digitize, tmp_path: Path) -> None:
    assert digitize("read", SAMPLES / "kt_05.pdf", "--form", "KT-2015", "--out", "out").exit_code == 0
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert written == ["kt_05.pdf.p0001.json", "kt_05.pdf.p0002.json"]
    assert [json.loads((tmp_path / "out" / name).read_text("utf-8"))["page"] for name in written] == [1, 2]


def test_read_needs_no_workspace(digitize: Digitize, tmp_path: Path) -> None:
    digitize("read", SAMPLES / "ks_01.jpg", "--out", "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """Three lines cut from a sample in a folder of their own, and a list that names them in another order."""
    fields = json.loads((SAMPLES / "ks_01.truth.json").read_text("utf-8"))["entries"][0]["fields"]
    folder = tmp_path / "lines"
    folder.mkdir()
    with Image.open(SAMPLES / "ks_01.jpg") as image:
        for column in ("nksHoTen", "ngayDangKy", "so"):
            x0, y0, x1, y1 = fields[column]["box"]
            image.crop((x0 - 6, y0 - 6, x1 + 6, y1 + 6)).save(folder / f"{column}.png")
    (folder / "list.txt").write_text("so.png\nnksHoTen.png\n\nngayDangKy.png\n", "utf-8")
    return folder / "list.txt"


def table(path: Path) -> list[list[str]]:
    return [row.split("\t") for row in path.read_text("utf-8").splitlines()]


def test_lines_come_in_the_order_of_the_list(digitize: Digitize, tmp_path: Path, lines: Path) -> None:
    assert digitize("read-lines", lines, "--out", "lines.tsv").exit_code == 0
    rows = table(tmp_path / "lines.tsv")
    assert [row[0] for row in rows] == ["so.png", "nksHoTen.png", "ngayDangKy.png"]
    assert "HOÀNG" in rows[1][1]
    assert "2017" in rows[2][1]
    assert all(0 <= float(row[2]) <= 1 for row in rows)


def test_a_line_that_cannot_be_used_keeps_its_row(digitize: Digitize, tmp_path: Path, lines: Path) -> None:
    lines.write_text("nowhere.png\nso.png\n", "utf-8")
    ran = digitize("read-lines", lines, "--out", "lines.tsv")
    assert (ran.exit_code, len(ran.told)) == (ScanError.exit_code, 1)
    assert table(tmp_path / "lines.tsv")[0] == ["nowhere.png", "", "0.0000"]
    assert len(table(tmp_path / "lines.tsv")) == 2


def test_a_list_that_is_not_there_is_told(digitize: Digitize) -> None:
    ran = digitize("read-lines", "nowhere.txt", "--out", "lines.tsv")
    assert (ran.exit_code, len(ran.told)) == (InputError.exit_code, 1)
