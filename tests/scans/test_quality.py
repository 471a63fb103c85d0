from pathlib import Path

import cv2
import numpy as np
import pytest

from digitize.scans.files import SUFFIXES, PageImage, count_pages, load_page
from digitize.scans.prepare import prepare
from digitize.scans.quality import TELL, Glance, find_problems
from digitize.settings import REPOSITORY

CLEAN = sorted(path for path in (REPOSITORY / "sample_scans").iterdir() if path.suffix in SUFFIXES)


def codes(page: PageImage) -> list[str]:
    """The same whether the picture is prepared small or was prepared in its own size."""
    told = [problem.code for problem in find_problems(Glance.at(page))]
    assert [problem.code for problem in find_problems(Glance.at_prepared(page, prepare(page)))] == told
    return told


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.name)
def test_clean_pages_have_no_problems(path: Path) -> None:
    with path.open("rb") as file:
        for number in range(1, count_pages(file, path.name) + 1):
            assert codes(load_page(file, path.name, number)) == []


@pytest.mark.parametrize(("blur", "told"), [(2, []), (3, ["too blurred"]), (6, ["too blurred"])])
def test_a_page_is_too_blurred_when_letters_get_lost(sample: PageImage, blur: int, told: list[str]) -> None:
    assert codes(np.asarray(cv2.GaussianBlur(sample, (0, 0), blur), np.uint8)) == told


def test_a_dark_page(sample: PageImage) -> None:
    assert codes((sample * 0.25).astype(np.uint8)) == ["too dark"]
    assert codes((sample * 0.5).astype(np.uint8)) == []


def test_a_page_whose_ink_is_washed_away_by_light(sample: PageImage) -> None:
    assert codes((255 - (255 - sample) * 0.2).astype(np.uint8)) == ["too bright"]
    assert codes((255 - (255 - sample) * 0.5).astype(np.uint8)) == []


def test_a_blank_page(sample: PageImage) -> None:
    paper = np.random.default_rng(3).normal(238, 2, sample.shape)
    assert codes(paper.astype(np.uint8)) == ["blank page"]


@pytest.mark.parametrize(("height", "told"), [(1000, []), (800, ["too small"])])
def test_a_page_too_small_to_be_read(sample: PageImage, height: int, told: list[str]) -> None:
    scale = height / sample.shape[0]
    assert codes(np.asarray(cv2.resize(sample, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))) == told


@pytest.mark.parametrize(("part", "side"), [
    ((slice(0, 1800), slice(None)), "phía dưới"),
    ((slice(0, 1170), slice(None)), "phía dưới"),
    ((slice(400, None), slice(None)), "phía trên"),
    ((slice(None), slice(300, None)), "bên trái"),
    ((slice(None), slice(0, 1300)), "bên phải"),
])  # fmt: skip
def test_a_page_that_is_cut_off_and_where(sample: PageImage, part: tuple[slice, slice], side: str) -> None:
    (problem,) = find_problems(Glance.at(np.ascontiguousarray(sample[part])))
    assert (problem.code, f"ở {side}." in problem.message) == ("cut off", True)


@pytest.mark.parametrize("skin", [(120, 150, 205), (70, 95, 150)], ids=["light", "dark"])
@pytest.mark.parametrize("place", [(0, 1400), (1654, 900), (700, 2339)])
def test_a_finger_over_the_page(sample: PageImage, place: tuple[int, int], skin: tuple[int, int, int]) -> None:
    over = sample.copy()
    axes = (230, 110) if place[1] < 2339 else (110, 230)
    cv2.ellipse(over, place, axes, 0, 0, 360, skin, -1)
    assert codes(over) == ["covered"]


def test_a_red_stamp_is_no_finger(sample: PageImage) -> None:
    stamped = sample.copy()
    cv2.circle(stamped, (60, 1900), 170, (60, 50, 200), 12)
    cv2.putText(stamped, "UBND XA", (10, 1915), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (60, 50, 200), 6)
    assert codes(stamped) == []


def test_a_screenshot(sample: PageImage) -> None:
    bar = np.full((120, sample.shape[1], 3), (96, 64, 32), np.uint8)
    assert codes(np.vstack([bar, sample])) == ["screenshot"]


def test_a_page_of_one_even_colour_around_its_ink_is_no_screenshot(sample: PageImage) -> None:
    even = sample.copy()
    even[:150] = np.median(sample, axis=(0, 1))
    assert codes(even) == []


def test_several_problems_are_told_together(sample: PageImage) -> None:
    dark = (cv2.GaussianBlur(sample, (0, 0), 4) * 0.25).astype(np.uint8)
    assert codes(dark) == ["too dark", "too blurred"]


def test_every_problem_says_what_to_do() -> None:
    assert all(told.count(".") >= 2 for told in TELL.values())
