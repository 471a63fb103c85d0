"""Hats and tones that are drawn by our own strokes stand where they belong and can be told apart."""

import random
import unicodedata
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from drawing.fonts import font_file
from training.marks import Marking, put

FONT = ImageFont.truetype(str(font_file("patrick-hand", 400, "normal")), 60)
ORIGIN = (40.0, 120.0)
X_HEIGHT = 25.0
STACKED, BESIDE = (Marking(1.0, 0.15, beside, 0.12) for beside in (False, True))


def drawn(letter: str, marking: Marking = STACKED, seed: int = 1) -> NDArray[np.uint8]:
    """The marks alone."""
    canvas = Image.new("L", (120, 180))
    bare = unicodedata.normalize("NFD", letter)[0]
    put(random.Random(seed), ImageDraw.Draw(canvas), letter, bare, FONT, ORIGIN, X_HEIGHT, marking)
    return np.asarray(canvas)


@pytest.mark.parametrize("letter", "ÀÁẢÃÂĂẦẤẨẪẰẮẲẴê")
def test_what_stands_above_is_above_the_letter(letter: str) -> None:
    bare = unicodedata.normalize("NFD", letter)[0]
    top = ORIGIN[1] + FONT.getbbox(bare, anchor="ls")[1]
    rows = np.flatnonzero(drawn(letter).any(axis=1))
    assert rows.size > 0
    assert rows.max() <= top


def test_a_dot_is_below_the_letter_and_its_hat_above() -> None:
    rows = np.flatnonzero(drawn("Ậ").any(axis=1))
    assert rows.min() < ORIGIN[1] - X_HEIGHT < ORIGIN[1] < rows.max()


def test_a_tone_stands_above_its_hat_or_beside_it() -> None:
    stacked, beside = drawn("Ấ"), drawn("Ấ", BESIDE)
    assert np.flatnonzero(stacked.any(axis=1)).min() < np.flatnonzero(beside.any(axis=1)).min()
    assert np.flatnonzero(stacked.any(axis=0)).max() < np.flatnonzero(beside.any(axis=0)).max()


@pytest.mark.parametrize("marking", [STACKED, BESIDE])
def test_no_two_letters_are_marked_alike(marking: Marking) -> None:
    pictures = {letter: drawn(letter, marking) for letter in "ÀÁẢÃẠÂẦẤẨẪẬĂẰẮẲẴẶ"}
    for one, other in combinations(pictures, 2):
        differing = np.count_nonzero(pictures[one] != pictures[other])
        assert differing > 0.25 * np.count_nonzero(pictures[one]), (one, other)


def test_a_letter_without_marks_gets_none() -> None:
    assert not drawn("H").any()
