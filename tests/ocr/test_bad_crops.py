"""Crops that nobody should be sure of, read by the real engine: no crash, and no confident invention."""

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from digitize.ocr.calibrate import confidence_of
from digitize.ocr.decode import best_path
from digitize.ocr.engine import Engine, Image
from digitize.ocr.extract import read_value
from digitize.scans.files import load_page
from digitize.settings import REPOSITORY
from tests.ocr.truth import box_of, text_of

DOUBTFUL = 0.5
ALIKE = 0.9  # a letter or two may differ, as upright: it is no invention then
NAMES = ("nksHoTen", "meHoTen", "chaHoTen", "nksNoiSinh")


def crop_of(column: str) -> Image:
    with (REPOSITORY / "sample_scans/ks_01.jpg").open("rb") as file:
        page = load_page(file, "ks_01.jpg")
    x0, y0, x1, y1 = box_of("ks_01", column)
    return page[y0 - 8 : y1 + 8, x0 - 8 : x1 + 8]


def confidence(engine: Engine, crop: Image) -> float:
    """Of what is suggested for the crop as a name; 0 when nothing is."""
    read = read_value(engine.read([crop]), "name")
    return confidence_of(*read, "name") if read else 0.0


@pytest.mark.parametrize(
    "crop",
    [
        np.zeros((0, 0, 3), np.uint8),
        np.zeros((40, 0, 3), np.uint8),
        np.full((3, 3, 3), 90, np.uint8),
        np.full((1, 1, 3), 255, np.uint8),
        np.full((60, 400, 3), 255, np.uint8),
        np.zeros((60, 400, 3), np.uint8),
        np.random.default_rng(0).integers(0, 255, (60, 400, 3), np.uint8),
    ],
    ids=["empty", "no width", "3 pixels", "1 pixel", "white", "black", "noise"],
)
def test_where_nothing_is_written_nothing_is_claimed(engine: Engine, crop: Image) -> None:
    (posterior,) = engine.read([crop])
    assert posterior.probabilities.shape[1] == len(posterior.signs)
    assert confidence(engine, crop) < DOUBTFUL


@pytest.mark.parametrize("column", NAMES)
def test_a_line_upside_down_is_not_read_with_confidence(engine: Engine, column: str) -> None:
    upright = crop_of(column)
    assert confidence(engine, np.ascontiguousarray(upright[::-1, ::-1])) < DOUBTFUL < confidence(engine, upright)


@pytest.mark.parametrize("column", NAMES)
def test_white_ink_on_black_is_read_or_doubted(engine: Engine, column: str) -> None:
    inverted = 255 - crop_of(column)
    read = best_path(engine.read([inverted])[0]).text.strip()
    alike = Levenshtein.normalized_similarity(read, text_of("ks_01", column))
    assert alike > ALIKE or confidence(engine, inverted) < DOUBTFUL


def test_a_line_of_ten_thousand_pixels_is_read_whole(engine: Engine) -> None:
    name = crop_of("nksHoTen")
    rows = len(name)
    gap = np.full((rows, rows, 3), 245, np.uint8)
    long = np.hstack([part for _ in range(40) for part in (name, gap)])[:, :10_000]
    text = best_path(engine.read([long])[0]).text
    assert text.count(text_of("ks_01", "nksHoTen").split()[0]) >= 10_000 // (name.shape[1] + rows) - 2
