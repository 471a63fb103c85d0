import pytest
import yaml

from digitize.settings import REPOSITORY
from training.alphabet import SIGNS, decode, encode, relatives


def test_the_signs_are_those_of_the_weights_that_stand_in_models() -> None:
    config = yaml.safe_load((REPOSITORY / "models/vi_PP-OCRv6_small_rec/inference.yml").read_text("utf-8"))
    assert set(SIGNS[1:-1]) == {str(sign) for sign in config["PostProcess"]["character_dict"]}
    assert len(SIGNS) == len(set(SIGNS)) == 223


@pytest.mark.parametrize("text", ["Giàng A Dơ", "ĐẶNG THỊ ƯỞNG", "15/02/2004", "xã Mồ Dề, huyện Mù Cang Chải"])
def test_a_text_comes_back_from_a_path_with_repeats_and_blanks(text: str) -> None:
    path = [moment for sign in encode(text) for moment in (0, sign, sign, 0)]
    assert decode(path) == text


def test_a_doubled_letter_needs_a_blank_between() -> None:
    a, b = encode("ab")
    assert decode([a, a, b]) == "ab"
    assert decode([a, 0, a, b]) == "aab"


def test_a_foreign_mark_is_left_off() -> None:
    assert decode(encode("Süd")) == "Sud"


@pytest.mark.parametrize(("letter", "near"), [("ậ", ["ạ", "â", "a"]), ("đ", ["d"]), ("Ơ", ["Ơ", "O"])])
def test_relatives_of_a_letter(letter: str, near: list[str]) -> None:
    assert set(relatives(letter)) == set(near)
