import pytest

from digitize.books.person_cell import split_date_or_age, split_person, split_person_and_group, split_relation

PEOPLE = [
    (
        "Hoàng Văn Páo, 32 tuổi, làm ruộng, bản Mơ, xã Suối Mơ",
        ("Hoàng Văn Páo", "", "32 tuổi", "làm ruộng", "bản Mơ, xã Suối Mơ"),
    ),
    ("Lò Thị Dở, sinh năm 1960, làm nương, xã Tú Lệ", ("Lò Thị Dở", "1960", "", "làm nương", "xã Tú Lệ")),
    ("Lê Đức Hùng, 44 tuổi, cán bộ xã, Bản Mơ", ("Lê Đức Hùng", "", "44 tuổi", "cán bộ xã", "Bản Mơ")),
    ("Thào A Páo, 37 tuổi, buôn bán, Bản Pá Lau", ("Thào A Páo", "", "37 tuổi", "buôn bán", "Bản Pá Lau")),
    ("Vàng A Chu 40 tuổi", ("Vàng A Chu", "", "40 tuổi", "", "")),
    (
        "Đỗ Văn Tổ, 1955, giáo viên, trú tại thôn Đoàn Kết",
        ("Đỗ Văn Tổ", "1955", "", "giáo viên", "trú tại thôn Đoàn Kết"),
    ),
    ("Thị Mai", ("Thị Mai", "", "", "", "")),
    ("", ("", "", "", "", "")),
]


@pytest.mark.parametrize(("text", "parts"), PEOPLE)
def test_a_person_of_a_ledger(text: str, parts: tuple[str, ...]) -> None:
    assert split_person(text) == parts


def test_an_ethnic_group_is_known_by_its_name() -> None:
    found = split_person_and_group("Hoàng Văn Páo, 32, Tày, làm ruộng, bản Mơ")
    assert found == ("Hoàng Văn Páo", "", "32", "Tày", "làm ruộng", "bản Mơ")


@pytest.mark.parametrize(("text", "parts"), PEOPLE)
def test_no_word_is_lost_or_changed(text: str, parts: tuple[str, ...]) -> None:
    kept = " ".join(parts).replace(",", " ").split()
    assert sorted(kept) == sorted(word for word in text.replace(",", " ").split() if word not in ("sinh", "năm"))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hoàng Văn Páo (bố đẻ)", ("Hoàng Văn Páo", "bố đẻ")),
        ("Lò Thị Dở, mẹ", ("Lò Thị Dở", "mẹ")),
        ("ông nội: Vàng A Chu", ("Vàng A Chu", "ông nội")),
        ("Đinh Thị Hoa (con trai)", ("Đinh Thị Hoa", "con trai")),
        ("Nguyễn Văn Ba", ("Nguyễn Văn Ba", "")),
    ],
)
def test_a_declarant_and_the_kinship(text: str, parts: tuple[str, str]) -> None:
    assert split_relation(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [("72 tuổi", ("", "72 tuổi")), ("72", ("", "72")), ("1925", ("1925", "")), ("3/5/1925", ("3/5/1925", ""))],
)
def test_a_date_or_an_age(text: str, parts: tuple[str, str]) -> None:
    assert split_date_or_age(text) == parts
