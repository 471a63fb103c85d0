import pytest

from digitize.books.codelists import codes, ethnic_group, gender_code


def test_lists_are_whole() -> None:
    assert len(codes("ethnic")) == 55
    assert len(codes("province_code")) == 63
    assert codes("province_code")["015"] == "Yên Bái"
    assert codes("id_paper")["4"] == "Thẻ căn cước công dân"
    with pytest.raises(KeyError):
        codes("no such list")


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Mông", "Mông"),
        ("H'Mông", "Mông"),
        ("HMÔNG", "Mông"),
        ("Mèo", "Mông"),
        ("Mông (Hmông)", "Mông"),
        ("Dao Đỏ", "Dao"),
        ("Dao (Dao Đỏ)", "Dao"),
        ("dao  đỏ", "Dao"),
        ("KINH", "Kinh"),
        ("Khơ Mú", "Khơ-mú"),
        ("Cao Lan", "Sán Chay"),
        ("Thổ (Tày)", "Tày"),
        ("Xá Phó", "Phù Lá"),
    ],
)
def test_ethnic_group(text: str, group: str) -> None:
    assert ethnic_group(text) == group


@pytest.mark.parametrize("text", ["", "Thổ", "Kính", "Việt Nam", "()"])
def test_ethnic_group_is_none_when_unknown_or_meant_for_several(text: str) -> None:
    assert ethnic_group(text) is None


def test_every_group_is_its_own_canonical_name_but_the_doubtful_one() -> None:
    assert {name for name in codes("ethnic").values() if ethnic_group(name) != name} == {"Thổ"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[("Nam", "1"), ("NAM", "1"), ("Nữ", "2"), ("nữ.", "2"), ("Nu", "2"), ("1", "1"), ("2", "2")],
        *[("Không xác định", "3"), ("Chưa xác định được giới tính", "3"), ("", None), ("Nam Nữ", None), ("4", None)],
    ],
)
def test_gender_code(text: str, code: str | None) -> None:
    assert gender_code(text) == code
