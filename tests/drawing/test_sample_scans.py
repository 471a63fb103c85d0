"""The committed sample scans are what their truth says."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageOps

from digitize.books.forms import all_forms, get_form
from drawing.commune import COLUMNS

FOLDER = Path(__file__).parents[2] / "sample_scans"
TRUTHS = sorted(FOLDER.glob("*.truth.json"))
DARK = 150  # grey level below which a pixel is ink


def truth_of(path: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return truth


def upright(truth: dict[str, Any]) -> Image.Image:
    file = FOLDER / truth["image"]
    if file.suffix != ".pdf":
        with Image.open(file) as image:
            return ImageOps.exif_transpose(image)
    with pikepdf.open(file) as pdf:
        (image,) = pdf.pages[truth["page"] - 1].get_images().values()
        return pikepdf.PdfImage(image).as_pil_image()


def orientation(path: Path) -> int:
    with Image.open(path) as image:
        return int(image.getexif().get(0x0112, 1))


OF_THE_DEMO = sorted(path for path in TRUTHS if truth_of(path)["form"] in ("KS-2015", "KH-2015", "KT-2015"))


def test_every_form_with_a_layout_has_a_page_and_the_demo_a_dozen() -> None:
    forms = {truth_of(path)["form"] for path in TRUTHS}
    assert forms == {form.form_id for form in all_forms().values() if form.family != "columns"}
    assert len(OF_THE_DEMO) >= 12


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.name)
def test_every_box_holds_ink_and_lies_on_the_page(path: Path) -> None:
    truth = truth_of(path)
    form, grey = get_form(truth["form"]), np.asarray(upright(truth).convert("L"))
    height, width = grey.shape
    assert (height, width) == (2339, 3308 if form.family == "ledger" else 1654)
    fields = [field for entry in truth["entries"] for field in entry["fields"].items()]
    for column, value in fields:
        x0, y0, x1, y1 = value["box"]
        assert column in form.columns()
        assert 0 <= x0 < x1 <= width and 0 <= y0 < y1 <= height
        assert (grey[y0:y1, x0:x1] < DARK).mean() > 0.01, column


def test_one_page_is_stored_lying_on_its_side() -> None:
    assert [path.name for path in FOLDER.glob("*.jpg") if orientation(path) == 6] == ["ks_07.jpg"]


def test_files_are_of_a_size_to_keep() -> None:
    assert all(path.stat().st_size < 450_000 for path in FOLDER.glob("*.jpg"))


def test_books_name_every_file_of_the_demo_once() -> None:
    books = json.loads((FOLDER / "books.json").read_text("utf-8"))
    named = [file for book in books for file in book["files"]]
    assert sorted(named) == sorted({truth_of(path)["image"] for path in OF_THE_DEMO})


def test_every_picture_has_its_truth() -> None:
    pictures = {path.name for path in FOLDER.iterdir() if path.suffix in {".jpg", ".pdf"}}
    assert pictures == {truth_of(path)["image"] for path in TRUTHS}


def test_population_has_its_columns_and_no_doubled_id() -> None:
    with (FOLDER / "population.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert len({row["personal_id"] for row in rows}) == len(rows) > 300


def test_every_page_of_the_demo_says_what_matching_should_find() -> None:
    expected = json.loads((FOLDER / "expected_matches.json").read_text("utf-8"))
    assert sorted(expected) == [path.name.removesuffix(".truth.json") for path in OF_THE_DEMO]
    outcomes = {outcome for roles in expected.values() for outcome in roles.values()}
    assert outcomes == {"consistent", "discrepant", "not_found", "several"}
