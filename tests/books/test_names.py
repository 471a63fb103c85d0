import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.books.names import (
    NameParts,
    fold_i_y,
    letterwise_unaccented,
    name_key,
    split_name,
    tidy,
    tone_placement,
    unaccented,
    without_tone,
)

BOTH_STYLES = [
    ("hòa", "hoà"),
    ("HÓA", "HOÁ"),
    ("hỏa", "hoả"),
    ("họa", "hoạ"),
    ("khỏe", "khoẻ"),
    ("lòe", "loè"),
    ("thúy", "thuý"),
    ("Thùy", "Thuỳ"),
    ("Ủy", "Uỷ"),
    ("Nguyễn Thị Thúy Hòa", "Nguyễn Thị Thuý Hoà"),
    ("xã Khánh Hòa, Hóa", "xã Khánh Hoà, Hoá"),
]
THE_SAME_IN_BOTH = ["quý", "Quỳ", "quà", "hoàn", "ngoài", "toán", "mùa", "thuở", "Tuyết", "khuỷu", "hoa", "Huy", "cổ"]
WORDS = st.text(alphabet="aáàảãạăâeéèêioóòôơuúùưyýỳhkqtlmđĐAOUYQTH '-", max_size=20)


@pytest.mark.parametrize(("old", "new"), BOTH_STYLES)
def test_tone_moves_both_ways(old: str, new: str) -> None:
    assert tone_placement(new, "old") == old
    assert tone_placement(old, "new") == new


@pytest.mark.parametrize("word", THE_SAME_IN_BOTH)
def test_tone_stays_where_no_two_styles_exist(word: str) -> None:
    assert tone_placement(word, "old") == word == tone_placement(word, "new")


@given(WORDS)
def test_tone_placement_only_moves_the_tone(text: str) -> None:
    moved = tone_placement(text, "new")
    assert tone_placement(moved, "new") == moved
    assert without_tone(moved) == without_tone(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Lý", "Lí"),
        ("MỴ", "MỊ"),
        ("Kỳ", "Kì"),
        ("Quý", "Quí"),
        ("Quỳnh", "Quình"),
        ("Y", "I"),
        ("Ý", "Í"),
        ("Lynh", "Linh"),
        ("Thúy", "Thúy"),
        ("Tây", "Tây"),
        ("May", "May"),
        ("Yến", "Yến"),
        ("Nguyễn", "Nguyễn"),
        ("Huỳnh", "Huỳnh"),
        ("Vy", "Vy"),
        ("Khuyên", "Khuyên"),
    ],
)
def test_y_is_folded_only_where_both_spellings_are_used(written: str, folded: str) -> None:
    assert fold_i_y(written) == folded


def test_tidy_gives_one_way_of_storing_the_same_letters() -> None:
    decomposed = unicodedata.normalize("NFD", "Giàng  A\u00a0\u200bSử\n")
    assert tidy(f" {decomposed}") == "Giàng A Sử"


def test_three_levels_of_sameness() -> None:
    assert without_tone("ĐẶNG Thị Ước") == "đăng thi ươc"
    assert unaccented("ĐẶNG Thị Ước") == "dang thi uoc"
    assert name_key("LÝ Thị Thúy") == name_key("Lí  thị THUÝ")
    assert name_key("Hoa") != name_key("Hòa") != name_key("Hóa")
    assert name_key("Thúy") != name_key("Thúi")


@given(st.text(max_size=20))
def test_letterwise_folding_keeps_every_place(text: str) -> None:
    composed = tidy(text)
    assert len(letterwise_unaccented(composed)) == len(composed)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Giàng A Sử", NameParts("Giàng", "A", "Sử")),
        (" Lò  Mai ", NameParts("Lò", "", "Mai")),
        ("Nguyễn Thị Thu Hà", NameParts("Nguyễn", "Thị Thu", "Hà")),
        ("Páo", NameParts("", "", "Páo")),
        ("", NameParts("", "", "")),
    ],
)
def test_split_name(text: str, parts: NameParts) -> None:
    assert split_name(text) == parts
