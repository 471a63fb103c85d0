import unicodedata

import pytest

from digitize.books.places import PLAN_DAY, units_valid_on
from digitize.ocr.decode import gain_of
from digitize.ocr.lexicon import closed_list, is_syllable, lexicon_of


def gain(kind: str, text: str) -> float:
    told = gain_of(lexicon_of(kind), text)
    assert told is not None
    return told


@pytest.mark.parametrize(
    "word", ["Nguyễn", "hòa", "hoà", "QUYẾT", "Giàng", "gì", "khuya", "Thuý", "yên", "Dơ", "A", "ngoằng"]
)
def test_syllables_are_well_formed(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Ngyễn", "HằNG", "cấpngày", "mác̣", "mat", "kh", "L0NG", "Krông", "Việtt", ""])
def test_what_no_syllable_looks_like(word: str) -> None:
    assert not is_syllable(unicodedata.normalize("NFC", word))


def test_known_pairs_are_likelier_than_words_and_words_than_syllables_and_syllables_than_letters() -> None:
    gains = [gain("place", f"huyện {name}") for name in ("Văn Chấn", "Chấn Văn", "Vẵn Chẩm", "Vzn Chqm")]
    assert gains == sorted(gains, reverse=True)
    assert len(set(gains)) == 4


@pytest.mark.parametrize("name", ["Giàng A Dơ", "LÒ THỊ PÂNG", "Triệu Mùi Ghến", "Vàng Thị Mỷ", "CHẢO LÁO SỬ"])
def test_names_of_every_people_are_punished_mildly_at_most(name: str) -> None:
    assert gain("name_upper", name) > -2.5 * len(name.split())
    assert gain("name_upper", name) > gain("name_upper", name.replace(name[1], "ẟ", 1)) + 1


def test_a_name_is_written_in_one_case() -> None:
    assert gain("name_upper", "VÌ ĐỨC VIỆT") > gain("name_upper", "Vì ĐỨC VIỆT")
    assert gain("name_upper", "LẦU A SỬ") == gain("name_upper", "Lầu A Sử")


@pytest.mark.parametrize("word", ["UBnD", "XUÂn", "SuốI", "lÒ"])
def test_no_word_has_small_letters_and_capitals_among_each_other(word: str) -> None:
    assert gain("place", word) < gain("place", "Vzqr") - 3
    assert gain("place", "H'Mông") > gain("place", word)


def test_both_ways_of_placing_the_tone_are_known() -> None:
    assert gain("name", "Nguyễn Thị Hòa") == gain("name", "Nguyễn Thị Hoà")


def test_all_communes_are_known() -> None:
    for unit in units_valid_on(PLAN_DAY):
        assert gain("place", unit.title) == pytest.approx(gain("place", ", , "), abs=1e-9), unit.title


def test_closed_fields_have_their_answers_in_each_case() -> None:
    assert {"Nam", "NỮ", "nữ"} <= set(closed_list("gender"))
    assert {"H'mông", "Khơ-mú", "Cao Lan", "TÀY", "Mnông"} <= set(closed_list("ethnic"))
    assert closed_list("ethnic")["Mông"] > closed_list("ethnic")["Mnông"]
    assert closed_list("name") == {}


def test_every_kind_has_a_lexicon() -> None:
    for kind in ("signer", "id_doc", "datetime", "death_paper", "text", "notes", "unheard of"):
        assert gain(kind, "UBND xã") <= 0
