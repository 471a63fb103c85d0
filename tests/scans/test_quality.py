from pathlib import Path

import cv2
import numpy as np
import pytest

from digitize.scans.files import SUFFIXES, PageImage, count_pages, load_page
from digitize.scans.quality import find_problems
from digitize.settings import REPOSITORY

CLEAN = sorted(path for path in (REPOSITORY / "sample_scans").iterdir() if path.suffix in SUFFIXES)


def codes(page: PageImage) -> list[str]:
    return [problem.code for problem in find_problems(page)]


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.name)
def test_clean_pages_have_no_problems(path: Path) -> None:
    with path.open("rb") as file:
        for number in range(1, count_pages(file, path.name) + 1):
            assert codes(load_page(file, path.name, number)) == []


@pytest.mark.parametrize(("blur", "told"), [(2, []), (3, ["too blurred"]), (6, ["too blurred"])])
def test_a_page_is_too_blurred_when_letters_get_lost(sample: PageImage, blur: int, told: list[str]) -> None:
    assert codes(np.asarray(cv2.GaussianBlur(sample, (0, 0), blur), np.uint8)) == told


def test_a_dark_page(sample: PageImage) -> None:
    assert "too dark" in codes((sample * 0.25).astype(np.uint8))


def test_a_blank_page(sample: PageImage) -> None:
    paper = np.random.default_rng(3).normal(238, 2, sample.shape)
    assert codes(paper.astype(np.uint8)) == ["blank page"]


def test_problems_are_told_in_words(sample: PageImage) -> None:
    (problem,) = find_problems(np.full_like(sample, 240))
    assert problem.message == "Trang trắng."
