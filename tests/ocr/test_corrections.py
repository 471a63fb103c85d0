import numpy as np

from digitize.books.doubts import Doubt
from digitize.books.entry import Alternative, Box, Candidate
from digitize.books.forms import get_form
from digitize.ocr.corrections import with_struck
from digitize.ocr.engine import Posterior

BIRTH = get_form("KS-2015")
SIGNS = ("", *"MaiLnHo ")


def spelled(text: str) -> Posterior:
    probabilities = np.full((2 * len(text), len(SIGNS)), 1e-6, np.float32)
    probabilities[:, 0] = 1e-3
    for at, letter in enumerate(text):
        probabilities[2 * at, SIGNS.index(letter)] = 1.0
        probabilities[2 * at + 1, 0] = 1.0
    return Posterior(probabilities, SIGNS, 20 * len(text))


def test_a_value_with_struck_words_is_doubtful_and_keeps_the_whole_line() -> None:
    read = Candidate("Mai Hoa", "mai hoa", 0.99, Box(0, 0, 9, 9), (Alternative("Mai Hao", 0.01),))
    marked, (problem,) = with_struck(BIRTH, {"nksHoTen": read}, {"nksHoTen": [spelled("Mai Lan Hoa")]})
    assert (marked["nksHoTen"].text, marked["nksHoTen"].confidence) == ("Mai Hoa", 0.5)
    assert marked["nksHoTen"].doubts == (Doubt.STRUCK,)
    assert [other.text for other in marked["nksHoTen"].alternatives] == ["Mai Hao", "Mai Lan Hoa"]
    assert problem.code == "struck_out"
    assert "Họ, chữ đệm, tên" in problem.message
    assert "Mai Lan Hoa" in problem.message


def test_the_problem_stays_where_nothing_was_left_to_read() -> None:
    marked, problems = with_struck(BIRTH, {}, {"nksHoTen": [spelled("Mai")]})
    assert (marked, len(problems)) == ({}, 1)


def test_other_values_are_left_alone() -> None:
    read = Candidate("Nam", "nam", 0.99, None)
    assert with_struck(BIRTH, {"nksGioiTinh": read}, {}) == ({"nksGioiTinh": read}, ())
