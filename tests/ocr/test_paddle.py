"""The real engine with its real weights on sample pages, one of each form."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from digitize.books.entry import Box
from digitize.books.forms import all_forms, get_form
from digitize.ocr.decode import best_path, log_likelihood
from digitize.ocr.engine import Engine
from digitize.scans.files import load_page
from digitize.settings import REPOSITORY
from digitize.workflow.read import ReadPage, read_file
from tests.ocr.truth import truth_of

SAMPLES = REPOSITORY / "sample_scans"
PAGES = {"ks_01": "KS-2015", "kh_01": "KH-2015", "kt_01": "KT-2015"}
LEAST_EXACT = 0.8  # of the fields of a page
ALIKE = 0.95  # of the letters
ONE_LINE = 90  # pixels: higher boxes hold two lines


@cache
def read(engine: Engine, name: str) -> ReadPage:
    (page,) = read_file(engine, SAMPLES / f"{name}.jpg", list(all_forms().values()))
    assert isinstance(page, ReadPage)
    return page


def centre_within(inner: Box, outer: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


@pytest.mark.parametrize("name", PAGES)
def test_the_form_is_recognised(remembering: Engine, name: str) -> None:
    page = read(remembering, name)
    assert page.reading.form_id == PAGES[name]
    assert len(page.reading.entries) == 1
    assert page.quality == ()


@pytest.mark.parametrize("name", PAGES)
def test_most_fields_are_read_letter_for_letter(remembering: Engine, name: str) -> None:
    (entry,), truth = read(remembering, name).reading.entries, truth_of(name)
    wrong = [column for column, told in truth.items() if column not in entry or entry[column].text != told["text"]]
    assert len(wrong) <= (1 - LEAST_EXACT) * len(truth), wrong


@pytest.mark.parametrize("name", PAGES)
def test_boxes_are_where_the_writing_is(remembering: Engine, name: str) -> None:
    (entry,), truth = read(remembering, name).reading.entries, truth_of(name)
    for column, candidate in entry.items():
        if column in truth and "box" in truth[column] and candidate.box:
            told = Box(*truth[column]["box"])
            assert centre_within(told, candidate.box) or centre_within(candidate.box, told), column


@pytest.mark.parametrize("name", PAGES)
def test_ticks_are_the_right_codes(remembering: Engine, name: str) -> None:
    (entry,), truth = read(remembering, name).reading.entries, truth_of(name)
    groups = get_form(PAGES[name]).checkbox_groups
    ticked = [column for column in groups if column in truth]
    assert {column: entry[column].text for column in ticked} == {column: truth[column]["text"] for column in ticked}
    assert ticked


@pytest.mark.parametrize("name", PAGES)
def test_confidences_are_shares_and_nothing_is_read_that_has_no_column(remembering: Engine, name: str) -> None:
    (entry,) = read(remembering, name).reading.entries
    assert set(entry) <= set(get_form(PAGES[name]).columns())
    assert all(0 <= candidate.confidence <= 1 for candidate in entry.values())


def test_crops_are_answered_in_order_whatever_their_width(engine: Engine) -> None:
    with (SAMPLES / "ks_01.jpg").open("rb") as file:
        page = load_page(file, "ks_01.jpg")
    told = [truth_of("ks_01")[column] for column in ("nksHoTen", "so", "ngayDangKy")]
    boxes = [Box(*field["box"]) for field in told]
    posteriors = engine.read([page[box.y0 - 8 : box.y1 + 8, box.x0 - 8 : box.x1 + 8] for box in boxes])
    assert [p.width for p in posteriors] == [box.x1 - box.x0 + 16 for box in boxes]
    for posterior, field in zip(posteriors, told, strict=True):
        likeliest = max(told, key=lambda other: log_likelihood(posterior, other["text"]))
        assert likeliest is field
    assert engine.read([]) == []


def test_at_first_look_nearly_every_letter_is_as_at_the_second(engine: Engine) -> None:
    with (SAMPLES / "ks_01.jpg").open("rb") as file:
        page = load_page(file, "ks_01.jpg")
    boxes = [Box(*field["box"]) for field in truth_of("ks_01").values() if field.get("box")]
    lines = [box for box in boxes if box.y1 - box.y0 < ONE_LINE]
    crops = [page[box.y0 - 8 : box.y1 + 8, box.x0 - 8 : box.x1 + 8] for box in lines]
    first, second = (
        "\n".join(best_path(posterior).text for posterior in look(crops)) for look in (engine.skim, engine.read)
    )
    assert first != "" and Levenshtein.normalized_similarity(first, second) > ALIKE
    assert [p.signs for p in engine.skim(crops)] == [p.signs for p in engine.read(crops)]


def test_a_posterior_is_probabilities_over_the_dictionary(engine: Engine) -> None:
    with (SAMPLES / "ks_01.jpg").open("rb") as file:
        page = load_page(file, "ks_01.jpg")
    told = truth_of("ks_01")["nksHoTen"]
    x0, y0, x1, y1 = told["box"]
    (posterior,) = engine.read([page[y0 - 8 : y1 + 8, x0:x1]])
    np.testing.assert_allclose(posterior.probabilities.sum(axis=1), 1, atol=1e-3)
    assert posterior.signs[0] == ""
    assert set("ĂÂĐÊÔƠƯăâđêôơưỀệỗỹ ") <= set(posterior.signs)
    right, wrong = told["text"], told["text"][::-1]
    assert log_likelihood(posterior, right) > log_likelihood(posterior, wrong) + 10


def test_an_empty_page_has_no_lines(engine: Engine) -> None:
    assert engine.find(np.full((1200, 900, 3), 250, np.uint8)) == []


CUT_OFF = """
import os, socket
def refuse(*told, **more):
    os._exit(99)
inet = {socket.AF_INET, socket.AF_INET6}
real = socket.socket.connect
socket.socket.connect = lambda self, address: refuse() if self.family in inet else real(self, address)
socket.socket.connect_ex = socket.socket.sendto = socket.create_connection = refuse
socket.getaddrinfo = socket.gethostbyname = refuse
from digitize.cli import main
main()
"""


def test_reading_never_asks_the_network(tmp_path: Path) -> None:
    """In a process of its own, which ends at once with 99 when anything tries to connect; nothing is cached at home."""
    command = [sys.executable, "-c", CUT_OFF, "read", str(SAMPLES / "ks_02.jpg"), "--out", str(tmp_path / "out")]
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    ran = subprocess.run(command, cwd=tmp_path, env=os.environ | home, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    read = json.loads((tmp_path / "out" / "ks_02.jpg.p0001.json").read_text("utf-8"))
    assert read["form"] == "KS-2015"
