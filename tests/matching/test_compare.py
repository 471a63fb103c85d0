from collections.abc import Callable

import pytest

from digitize.books.persons import Person
from digitize.matching.compare import Agreement, compare
from digitize.matching.compare.dates import compare_dates, compare_years
from digitize.matching.compare.names import compare_names
from digitize.matching.compare.terms import (
    compare_ethnic_groups,
    compare_genders,
    compare_nationalities,
    compare_personal_ids,
    compare_places,
)
from digitize.matching.population import Citizen

P = Callable[..., Person]
C = Callable[..., Citizen]

NAMES = [
    ("NGUYỄN VĂN HÒA", "Nguyễn Văn Hoà", "equal", 1.0, "vị trí đặt dấu thanh"),
    ("LÝ THỊ MỴ", "Lí Thị Mị", "equal", 1.0, "cách viết i/y"),
    ("GIÀNG A SỬ", "Giàng A Sử", "equal", 1.0, ""),
    ("NGUYỄN THỊ HOA", "Nguyễn Thị Hòa", "different", 0.9, "chỉ khác dấu thanh: HOA / Hòa"),
    ("TRẦN VĂN LAM", "Trần Văn Lâm", "different", 0.85, "chỉ khác dấu của chữ: LAM / Lâm"),
    ("NGUYỄN HOA", "Nguyễn Thị Hoa", "different", 0.85, "sổ ghi thiếu chữ đệm"),
    ("NGUYỄN THỊ HOA", "Nguyễn Hoa", "different", 0.85, "CSDL dân cư ghi thiếu chữ đệm"),
    ("GIÀNG A SỬ", "Giàng ASử", "different", 0.9, "khoảng trắng"),
    ("", "Giàng A Sử", "missing", 0.0, "sổ không ghi"),
]


@pytest.mark.parametrize(("book", "population", "agreement", "similarity", "why"), NAMES)
def test_names(book: str, population: str, agreement: str, similarity: float, why: str) -> None:
    verdict = compare_names(book, population)
    assert (verdict.agreement, verdict.similarity) == (agreement, similarity)
    assert why in verdict.why


def test_a_twin_is_far_enough_to_be_somebody_else() -> None:
    verdict = compare_names("GIÀNG A SỬ", "Giàng A Páo")
    assert verdict.agreement is Agreement.DIFFERENT
    assert verdict.similarity < 0.8
    assert verdict.why == "khác tên"


def test_another_surname_is_not_a_slip_of_the_pen() -> None:
    assert compare_names("NGUYỄN THỊ VIỆT", "Lương Thị Việt").similarity == 0.7
    assert compare_names("DÀNG A SỬ", "Giàng A Sử").similarity > 0.8


DATES = [
    ("05/3/2016", "05.03.2016", "equal", 1.0, ""),
    ("05.03.2016", "03.05.2016", "different", 0.8, "ngày và tháng đảo chỗ"),
    ("1984", "12.05.1984", "partial", 1.0, "sổ chỉ ghi năm"),
    ("05.1984", "12.05.1984", "partial", 1.0, "tháng và năm"),
    ("12.05.1984", "1984", "partial", 1.0, "CSDL dân cư chỉ ghi năm"),
    ("1984", "01.01.1984", "alias", 1.0, "01/01"),
    ("1984", "1984", "equal", 1.0, "cả hai chỉ ghi năm"),
    ("01.01.1984", "12.05.1984", "different", 0.8, "01/01"),
    ("06.1984", "12.05.1984", "different", 0.5, "khác tháng"),
    ("12.05.1984", "12.05.1985", "different", 0.75, "năm lệch 1"),
    ("12.05.1984", "12.05.1934", "different", 0.75, "năm khác một chữ số"),
    ("12.05.1984", "18.05.1984", "different", 0.7, "khác ngày"),
    ("12.05.1984", "20.06.1984", "different", 0.6, "âm lịch"),
    ("20.12.1984", "22.01.1985", "different", 0.6, "âm lịch"),
    ("12.05.1984", "03.11.1971", "different", 0.0, "năm lệch 13"),
    ("1984", "12.05.1971", "different", 0.0, "năm lệch 13"),
    ("??", "12.05.1984", "missing", 0.0, "không đọc được"),
    ("", "12.05.1984", "missing", 0.0, "sổ không ghi"),
]


@pytest.mark.parametrize(("book", "population", "agreement", "similarity", "why"), DATES)
def test_dates(book: str, population: str, agreement: str, similarity: float, why: str) -> None:
    verdict = compare_dates(book, population)
    assert (verdict.agreement, verdict.similarity) == (agreement, similarity)
    assert why in verdict.why


def test_a_bare_year_carries_half_of_what_a_date_carries() -> None:
    assert compare_dates("1984", "12.05.1984").strength == 0.5
    assert compare_dates("12.05.1984", "12.05.1984").strength == 1.0


def test_birth_years_of_parents_are_compared_as_years() -> None:
    assert compare_years("12.05.1984", "1984").agreement is Agreement.EQUAL
    assert compare_years("1985", "1984").why == "năm lệch 1"


@pytest.mark.parametrize(
    ("book", "population", "agreement"),
    [("Nam", "1", "equal"), ("2", "Nữ", "equal"), ("Nam", "Nữ", "different"), ("Không xác định", "Nữ", "missing")],
)
def test_genders(book: str, population: str, agreement: str) -> None:
    assert compare_genders(book, population).agreement == agreement


def test_an_older_name_of_an_ethnic_group_is_no_difference() -> None:
    verdict = compare_ethnic_groups("Mèo", "Mông")
    assert verdict.agreement is Agreement.ALIAS
    assert verdict.why == "tên gọi khác của cùng dân tộc Mông"
    assert compare_ethnic_groups("Dao", "Tày").agreement is Agreement.DIFFERENT


def test_nationalities() -> None:
    assert compare_nationalities("VIỆT NAM", "Việt Nam").agreement is Agreement.EQUAL
    assert compare_nationalities("Lào", "Việt Nam").agreement is Agreement.DIFFERENT


def test_a_9_digit_card_number_says_nothing_about_a_personal_id() -> None:
    assert compare_personal_ids("060345678", "015216000011").agreement is Agreement.MISSING
    assert compare_personal_ids("015 216 000011", "015216000011").agreement is Agreement.EQUAL
    assert compare_personal_ids("015216000012", "015216000011").why == "khác 1 chữ số"


@pytest.mark.parametrize(
    ("book", "population", "agreement"),
    [
        ("xã Mồ Dề, huyện Mù Cang Chải, tỉnh Yên Bái", "X. Mồ Dề, H. Mù Cang Chải, T. Yên Bái", "alias"),
        ("Yên Bái", "xã Mồ Dề, huyện Mù Cang Chải, tỉnh Yên Bái", "partial"),
        ("Trạm y tế xã Mồ Dề, huyện Mù Cang Chải, tỉnh Yên Bái", "Mồ Dề, Mù Cang Chải, Yên Bái", "partial"),
        ("xã Mồ Dề, huyện Mù Cang Chải, tỉnh Yên Bái", "xã Nậm Có, huyện Mù Cang Chải, tỉnh Yên Bái", "different"),
        ("tỉnh Hoàng Liên Sơn", "tỉnh Yên Bái", "different"),
    ],
)
def test_places(book: str, population: str, agreement: str) -> None:
    assert compare_places(book, population).agreement == agreement


def test_residence_is_never_compared(p: P, c: C) -> None:
    fields = {comparison.field for comparison in compare(p(), c())}
    assert not any("residence" in field for field in fields)
    assert compare(p(), c(residence="A")) == compare(p(), c(residence="B"))


def test_every_difference_has_a_sentence(p: P, c: C) -> None:
    other = c(
        full_name="Lò Văn Khác",
        gender="Nữ",
        date_of_birth="11.11.1950",
        ethnicity="Thái",
        nationality="Lào",
        place_of_birth="Hà Nội",
        hometown="Hà Nội",
        father_name="Lò Văn Cha",
        mother_name="Lò Thị Me",
        father_birth_year="1920",
        mother_birth_year="1921",
    )
    told = compare(p(personal_id="015216999999"), other)
    assert all(comparison.agreement is Agreement.DIFFERENT for comparison in told)
    assert all(comparison.verdict.why for comparison in told)
