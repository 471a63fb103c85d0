from collections import Counter
from datetime import date

import pytest

from digitize.books.places import PLAN_DAY, administrative_part, covers, find_unit, unit, units_valid_on
from digitize.errors import NotFound


def test_the_plan_counts_173_communes() -> None:
    units = units_valid_on(PLAN_DAY)
    assert len(units) == len({u.code for u in units}) == 173
    assert Counter(u.kind for u in units) == {"xã": 150, "phường": 13, "thị trấn": 10}
    assert Counter(u.district_code for u in units) == {
        **{"132": 15, "133": 14, "135": 24, "136": 25, "137": 14, "138": 21, "139": 12, "140": 24, "141": 24}
    }


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2020, 2, 29), 0),
        (date(2020, 3, 1), 173),
        (date(2025, 2, 28), 173),
        (date(2025, 3, 1), 168),
        (date(2025, 6, 30), 168),
        (date(2025, 7, 1), 0),
    ],
)
def test_units_have_their_days(day: date, count: int) -> None:
    assert len(units_valid_on(day)) == count


def test_a_code_used_again_names_another_commune_later() -> None:
    assert unit("04264").name == "Nguyễn Phúc"
    assert unit("04264", date(2025, 4, 1)).name == "Hồng Hà"
    assert unit("04267").name == "Hồng Hà"
    with pytest.raises(NotFound):
        unit("04267", date(2025, 4, 1))


def test_every_commune_has_one_successor_in_lao_cai() -> None:
    units = units_valid_on(PLAN_DAY)
    successors = {u.successor_code: u.successor_name for u in units}
    assert len(successors) == 51
    assert {(u.successor_code, u.successor_name) for u in units} == set(successors.items())
    assert unit("04468").successor_name == "Xã Mù Cang Chải"


def test_what_is_only_believed_is_marked() -> None:
    assert unit("04528").successor_mark == unit("04291").successor_mark == "B"
    assert {u.successor_mark for u in units_valid_on(PLAN_DAY)} == {"V", "B"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UBND xã Mồ Dề, huyện Mù Cang Chải, tỉnh Yên Bái", "04468"),
        ("UBND XA MO DE HUYEN MU CANG CHAI TINH YEN BAI", "04468"),
        ("Ủy ban nhân dân xã Mồ Dề, huyện Mù Căng Chải", "04468"),
        ("Mồ Dề, Mù Cang Chải, Yên Bái", "04468"),
        ("TT. Mậu A, H. Văn Yên", "04375"),
        ("xã Tân Thịnh, huyện Văn Chấn", "04696"),
        ("xã Tân Thịnh, TP Yên Bái", "04279"),
        ("xã Tân Thịnh, Văn Chấn, Yên Bái", "04696"),
        ("xã Minh Quân, huyện Trấn Yên", "04567"),
        ("xã Minh Quán, huyện Trấn Yên", "04516"),
        ("xã Nghĩa Lộ, thị xã Nghĩa Lộ, tỉnh Yên Bái", "04624"),
        ("thị trấn Trạm Tấu", "04585"),
        ("xã Trạm Tấu", "04600"),
        ("xã Tà Xi Láng, huyện Trạm Tấu", "04603"),
        ("thị trấn Nông trường Trần Phú", "04627"),
    ],
)
def test_find_unit(text: str, code: str) -> None:
    found = find_unit(text, PLAN_DAY)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "text",
    [
        *("", "xã", "xã Tân Thịnh", "Tân Thịnh, Yên Bái", "thị xã Nghĩa Lộ", "xa Minh Quan, huyen Tran Yen"),
        *("xã An Bình, tỉnh Bắc Ninh", "xã Yên Bình, huyện Quang Bình, tỉnh Hà Giang", "Yên Bình, Yên Bình"),
        *("xã Mồ Dề, huyện Văn Yên", "phường Mồ Dề"),
    ],
)
def test_find_unit_is_none_when_unsure(text: str) -> None:
    assert find_unit(text, PLAN_DAY) is None


def test_find_unit_of_a_day() -> None:
    ward = find_unit("phường Hồng Hà, thành phố Yên Bái", date(2025, 4, 1))
    assert ward is not None
    assert ward.code == "04264"
    assert find_unit("xã Mồ Dề, huyện Mù Cang Chải", date(2026, 1, 1)) is None


def test_every_title_finds_its_own_unit() -> None:
    assert [u.code for u in units_valid_on(PLAN_DAY) if find_unit(u.title, PLAN_DAY) != u] == []


@pytest.mark.parametrize(
    ("scope", "code", "covered"),
    [
        ({"04468"}, "04468", True),
        ({"137"}, "04468", True),
        ({"15"}, "04468", True),
        ({"15"}, "137", True),
        ({"137"}, "137", True),
        ({"136"}, "04468", False),
        ({"04468"}, "137", False),
        ({"137"}, "15", False),
        ({"15"}, "99999", False),
        ({"99999"}, "99999", True),
        (set(), "04468", False),
        ({"136", "04468"}, "04468", True),
    ],
)
def test_a_scope_covers_itself_and_all_below(scope: set[str], code: str, covered: bool) -> None:
    assert covers(frozenset(scope), code) is covered


@pytest.mark.parametrize(
    ("place", "part"),
    [
        (
            "Bản Háng, xã Mồ Dề, huyện Mù Cang Chải, tỉnh Yên Bái",
            "xã Mồ Dề, huyện Mù Cang Chải, tỉnh Yên Bái",
        ),
        ("Trạm Y tế xã Mồ Dề huyện Mù Cang Chải tỉnh Yên Bái", "xã Mồ Dề huyện Mù Cang Chải tỉnh Yên Bái"),
        ("Trạm y tế xã, xã Mồ Dề, huyện Mù Cang Chải", "xã Mồ Dề, huyện Mù Cang Chải"),
        ("Trung tâm y tế huyện Văn Yên, tỉnh Yên Bái", "huyện Văn Yên, tỉnh Yên Bái"),
        ("Bệnh viện Nghĩa Lộ, thị xã Nghĩa Lộ, tỉnh Yên Bái", "thị xã Nghĩa Lộ, tỉnh Yên Bái"),
        ("phường Pú Trạng, thị xã Nghĩa Lộ", "phường Pú Trạng, thị xã Nghĩa Lộ"),
        ("Thôn 3, Xã Mậu Đông, Văn Yên, Yên Bái.", "Xã Mậu Đông, Văn Yên, Yên Bái"),
        ("Bệnh viện Bạch Mai, thành phố Hà Nội", "thành phố Hà Nội"),
        ("tại nhà", ""),
        ("", ""),
    ],
)
def test_administrative_part_is_word_for_word(place: str, part: str) -> None:
    assert administrative_part(place) == part
    assert part in place
