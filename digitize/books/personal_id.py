"""The 12-digit personal ID: what can be checked without any database. There is no check digit.

Digits 1-3 province (or country) of birth registration, 4 century and gender, 5-6 year of birth, 7-12 random
(Nghị định 137/2015/NĐ-CP Điều 13, read in secondary sources).
"""

import re
from collections.abc import Iterator

from digitize.books.codelists import codes
from digitize.books.dates import PartialDate
from digitize.books.entry import Problem
from digitize.books.names import tidy

_MALE, _FEMALE = "1", "2"


def personal_id_digits(text: str) -> str | None:
    """The twelve digits, blanks and dots between them ignored; None when it is not such a number."""
    digits = re.sub(r"[\s.]", "", tidy(text))
    return digits if re.fullmatch(r"[0-9]{12}", digits) else None


def province_of(text: str) -> str | None:
    """Name of the province of birth registration; None when the number or its province is unknown."""
    digits = personal_id_digits(text)
    return codes("province_code").get(digits[:3]) if digits else None


def personal_id_problems(
    text: str, birth: PartialDate | None = None, gender_code: str | None = None
) -> tuple[Problem, ...]:
    """What a person should look at; `gender_code` is "1", "2" or "3" of the gender list. Empty when sound."""
    digits = personal_id_digits(text)
    if digits is None:
        return (Problem("personal_id_length", "Số định danh cá nhân phải có đúng 12 chữ số."),)
    year = birth.year if birth else None
    return tuple([*_province_problems(digits), *_year_problems(digits, year), *_gender_problems(digits, gender_code)])


def _province_problems(digits: str) -> Iterator[Problem]:
    if digits[:3] not in codes("province_code"):
        yield Problem(
            "personal_id_province",
            "Ba chữ số đầu của số định danh không phải mã tỉnh; chỉ đúng khi khai sinh được đăng ký ở nước ngoài.",
        )


def _year_problems(digits: str, year: int | None) -> Iterator[Problem]:
    if year is None:
        return
    if 1900 + 100 * (int(digits[3]) // 2) != year - year % 100:
        yield Problem("personal_id_century", "Chữ số thứ tư của số định danh không khớp thế kỷ sinh.")
    if int(digits[4:6]) != year % 100:
        yield Problem("personal_id_year", "Chữ số thứ năm và thứ sáu của số định danh không khớp năm sinh.")


def _gender_problems(digits: str, gender_code: str | None) -> Iterator[Problem]:
    expected = _FEMALE if int(digits[3]) % 2 else _MALE
    if gender_code in {_MALE, _FEMALE} and gender_code != expected:
        yield Problem("personal_id_gender", "Chữ số thứ tư của số định danh không khớp giới tính.")
