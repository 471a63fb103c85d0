import pytest

from digitize.books.dates import PartialDate
from digitize.books.personal_id import personal_id_digits, personal_id_problems, province_of

GIRL_OF_2004 = "015304000012"
MAN_OF_1985 = "015085000034"


@pytest.mark.parametrize(
    ("text", "birth", "gender", "codes"),
    [
        (GIRL_OF_2004, PartialDate(5, 2, 2004), "2", []),
        (GIRL_OF_2004, None, None, []),
        (MAN_OF_1985, PartialDate(None, None, 1985), "1", []),
        ("015 304 000 012", PartialDate(5, 2, 2004), "2", []),
        (GIRL_OF_2004, PartialDate(5, 2, 2004), "3", []),
        (GIRL_OF_2004, PartialDate(5, 2, 2004), "1", ["personal_id_gender"]),
        (GIRL_OF_2004, PartialDate(5, 2, 2005), "2", ["personal_id_year"]),
        (GIRL_OF_2004, PartialDate(5, 2, 1904), "2", ["personal_id_century"]),
        (MAN_OF_1985, PartialDate(1, 1, 2004), "2", ["personal_id_century", "personal_id_year", "personal_id_gender"]),
        ("999304000012", None, None, ["personal_id_province"]),
        ("01530400001", None, None, ["personal_id_length"]),
        ("01530400001O", None, None, ["personal_id_length"]),
        ("", None, None, ["personal_id_length"]),
    ],
)
def test_problems(text: str, birth: PartialDate | None, gender: str | None, codes: list[str]) -> None:
    assert [problem.code for problem in personal_id_problems(text, birth, gender)] == codes


def test_a_problem_is_a_sentence_without_the_number() -> None:
    (problem,) = personal_id_problems("999304000012")
    assert problem.message.endswith(".")
    assert "999" not in problem.message


def test_province_of_registration() -> None:
    assert province_of(GIRL_OF_2004) == "Yên Bái"
    assert province_of("010304000012") == "Lào Cai"
    assert province_of("999304000012") is None
    assert province_of("15") is None


def test_digits() -> None:
    assert personal_id_digits(" 015.304.000.012 ") == GIRL_OF_2004
    assert personal_id_digits("060345678") is None
