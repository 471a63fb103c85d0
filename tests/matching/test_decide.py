import unicodedata
from collections.abc import Callable

import pytest

from digitize.books.persons import Person
from digitize.matching.decide import MatchResult, Outcome, match_person
from digitize.matching.population import Citizen
from digitize.matching.population.roster import Roster
from digitize.matching.weigh.weights import frozen

P = Callable[..., Person]
C = Callable[..., Citizen]
NO_PARENTS = {"father_name": "", "mother_name": "", "father_birth": "", "mother_birth": ""}
OTHER_PARENTS = {"father_name": "Lý A Tủa", "mother_name": "Vàng Thị Dở"}


def found(person: Person, *citizens: Citizen) -> MatchResult:
    return match_person(person, Roster(citizens))


def test_the_same_person_is_consistent(p: P, c: C) -> None:
    result = found(p(), c())
    assert result.outcome is Outcome.CONSISTENT
    assert result.personal_id == "015216000011"
    assert result.differences == ()
    assert result.score > 0.99


def test_spelling_habits_and_aliases_are_no_difference(p: P, c: C) -> None:
    person = p(name="LÝ VĂN HÒA", ethnic="Mèo", hometown="X. Nậm Có, H. Mù Cang Chải, T. Yên Bái")
    assert found(person, c(full_name="Lí Văn Hoà")).outcome is Outcome.CONSISTENT


@pytest.mark.parametrize(
    ("change", "field", "kind", "why"),
    [
        ({"birth": "03.05.2016"}, "birth", "basic", "ngày và tháng đảo chỗ"),
        ({"name": "GIÀNG A SỨ"}, "name", "basic", "chỉ khác dấu thanh: SỨ / Sử"),
        ({"gender": "Nữ"}, "gender", "basic", "khác giới tính"),
        ({"mother_name": "SÙNG THỊ DÍNH"}, "mother_name", "basic", "khác tên"),
        ({"ethnic": "Dao"}, "ethnic", "other", "khác dân tộc"),
        ({"birth": "2016"}, "birth", "basic", "sổ chỉ ghi năm, chưa so được đủ ngày"),
    ],
)
def test_one_difference_is_told(p: P, c: C, change: dict[str, str], field: str, kind: str, why: str) -> None:
    result = found(p(**change), c())
    assert result.outcome is Outcome.DISCREPANT
    assert result.personal_id == "015216000011"
    assert [(d.field, d.kind, d.verdict.why) for d in result.differences] == [(field, kind, why)]


def test_a_namesake_is_not_the_person(p: P, c: C) -> None:
    result = found(p(birth="05.03.2010", **OTHER_PARENTS), c())
    assert result.outcome is Outcome.NOT_FOUND
    assert result.personal_id is None


def test_a_namesake_without_parents_and_of_another_year_is_not_the_person(p: P, c: C) -> None:
    assert found(p(birth="11.09.1988", **NO_PARENTS), c()).outcome is Outcome.NOT_FOUND


def test_a_name_alone_is_not_enough(p: P, c: C) -> None:
    result = found(p(birth="", **NO_PARENTS), c())
    assert result.outcome is Outcome.SEVERAL
    assert result.personal_id is None
    assert [j.citizen.personal_id for j in result.candidates] == ["015216000011"]
    assert result.score < frozen().found


def test_a_twin_is_not_the_person(p: P, c: C) -> None:
    assert found(p(name="GIÀNG A PÁO"), c()).outcome is Outcome.NOT_FOUND


def test_the_right_twin_is_told_from_the_other(p: P, c: C) -> None:
    twin = c(full_name="Giàng A Sứ", personal_id="015216000022")
    result = found(p(), twin, c())
    assert result.outcome is Outcome.CONSISTENT
    assert result.personal_id == "015216000011"


def test_two_equal_citizens_are_not_told_apart(p: P, c: C) -> None:
    result = found(p(), c(), c(personal_id="015216000022"))
    assert result.outcome is Outcome.SEVERAL
    assert {j.citizen.personal_id for j in result.candidates} == {"015216000011", "015216000022"}
    assert result.differences == ()


def test_parents_tell_namesakes_apart(p: P, c: C) -> None:
    namesake = c(personal_id="015216000022", father_name="Lý A Tủa", mother_name="Vàng Thị Dở")
    assert found(p(), namesake, c()).personal_id == "015216000011"


def test_the_number_finds_a_person_whose_name_was_changed(p: P, c: C) -> None:
    result = found(p(name="GIÀNG A PÁO", personal_id="015216000011"), c())
    assert result.outcome is Outcome.DISCREPANT
    assert [d.field for d in result.differences] == ["name"]


def test_somebody_elses_number_does_not_make_the_person(p: P, c: C) -> None:
    stranger = c(full_name="Lò Thị Xa", gender="Nữ", date_of_birth="11.11.1950", mother_name="", father_name="")
    assert found(p(personal_id=stranger.personal_id), stranger).outcome is Outcome.NOT_FOUND


def test_a_mother_known_by_year_only_is_left_to_the_officer(p: P, c: C) -> None:
    mother = p(role="mother", name="SÙNG THỊ MỶ", birth="1992", gender="2", **NO_PARENTS)
    citizen = c(full_name="Sùng Thị Mỷ", gender="Nữ", date_of_birth="02.08.1992")
    result = found(mother, citizen)
    assert (result.outcome, result.personal_id) == (Outcome.SEVERAL, None)
    assert [j.citizen for j in result.candidates] == [citizen]


def test_a_man_is_no_mother(p: P, c: C) -> None:
    mother = p(role="mother", gender="2")
    assert found(mother, c()).outcome is Outcome.NOT_FOUND


def test_chance_namesakes_are_reckoned_only_where_nothing_else_speaks(p: P, c: C) -> None:
    crowd = [c(personal_id=f"01521600{n:04d}", full_name=f"Giàng A {n}", **OTHER_PARENTS) for n in range(200)]
    common, day = found(p(**NO_PARENTS), c(), *crowd).candidates[0], found(p(birth="2016", **NO_PARENTS), c(), *crowd)
    assert 0 < common.namesakes(1_000_000) < day.candidates[0].namesakes(1_000_000)
    assert common.namesakes(2_000_000) == 2 * common.namesakes(1_000_000)
    assert found(p(), c(), *crowd).candidates[0].namesakes(1_000_000) == 0
    numbered = p(personal_id="015216000011", **NO_PARENTS)
    assert found(numbered, c(), *crowd).candidates[0].namesakes(1_000_000) == 0


NOTHING_ELSE = {"birth": "", **NO_PARENTS, "hometown": "", "place_of_birth": ""}
BAD = [
    ({"name": "PÁO"}, Outcome.SEVERAL),
    ({"name": "SỬ"}, Outcome.SEVERAL),
    ({"name": "SỬ", **NOTHING_ELSE}, Outcome.NOT_FOUND),
    ({"birth": ""}, Outcome.DISCREPANT),
    ({"birth": "", **NO_PARENTS}, Outcome.SEVERAL),
    ({"birth": "05/03/5005"}, Outcome.DISCREPANT),
    ({"birth": "31/02/2016"}, Outcome.DISCREPANT),
    ({"personal_id": "15216000011"}, Outcome.CONSISTENT),
    ({"personal_id": "0152160000111"}, Outcome.CONSISTENT),
    ({"name": unicodedata.normalize("NFD", "GIÀNG A SỬ")}, Outcome.CONSISTENT),
]


@pytest.mark.parametrize(("change", "outcome"), BAD)
def test_bad_input_has_a_clear_outcome_and_says_why(p: P, c: C, change: dict[str, str], outcome: Outcome) -> None:
    others = [c(personal_id=f"0152160010{n:02d}", **OTHER_PARENTS, full_name=f"Lò Văn {n}") for n in range(60)]
    result = found(p(**change), c(), *others)
    assert result.outcome is outcome
    told = {each.field: each.verdict.why for judged in result.candidates[:1] for each in judged.comparisons}
    if outcome is Outcome.DISCREPANT:
        assert told["birth"] in ("sổ không ghi", "sổ ghi ngày không đọc được hoặc không có trên lịch")
    if "personal_id" in change:
        assert told["personal_id"] == "số trong sổ không phải số định danh 12 chữ số"


def test_nobody_near(p: P) -> None:
    result = found(p())
    assert (result.outcome, result.score, result.candidates) == (Outcome.NOT_FOUND, 0.0, ())
