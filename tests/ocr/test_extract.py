"""What was read at each place becomes candidates by column."""

from digitize.books.doubts import Doubt
from digitize.books.entry import Box, Candidate, Problem
from digitize.books.forms import CheckBox, Item, get_form
from digitize.ocr.extract import candidates_of, clean, missing_labels
from digitize.ocr.layout import Layout, Place
from digitize.ocr.ticks import TickBox
from tests.engines import posterior_of

BIRTH = get_form("KS-2015")
BOX = Box(100, 100, 400, 130)


def item(field: str) -> Item:
    return next(item for item in BIRTH.items() if item.field == field)


def read(**texts: str | tuple[str, ...]) -> dict[str, Candidate]:
    """Candidates of a page on which these fields were read, one text a line."""
    lines = {field: (text,) if isinstance(text, str) else text for field, text in texts.items()}
    places = tuple(Place(item(field), (BOX,) * len(told)) for field, told in lines.items())
    posteriors = {field: [posterior_of(text) for text in told] for field, told in lines.items()}
    return candidates_of(Layout(BIRTH, places, ()), posteriors)[0]


def ticked(*labels: str, **names: str) -> tuple[dict[str, Candidate], tuple[Problem, ...]]:
    """What a birth's check boxes say when those with these labels are ticked."""
    marks: list[tuple[CheckBox, TickBox]] = [(b, TickBox(BOX, 0.2 * (b.label in labels))) for b in BIRTH.checkboxes]
    places = tuple(Place(item(field), (BOX,)) for field in names)
    return candidates_of(Layout(BIRTH, places, tuple(marks)), {f: [posterior_of(t)] for f, t in names.items()})


def test_a_value_comes_with_text_norm_and_box() -> None:
    birth = read(nksNgaySinh="9/1/2017")["nksNgaySinh"]
    assert (birth.text, birth.norm, birth.box) == ("9/1/2017", "09.01.2017", BOX)
    assert 0.5 < birth.confidence <= 1


def test_lines_of_one_value_are_joined() -> None:
    assert read(nksNoiSinh=("xã Suối Mơ,", "huyện Văn Chấn"))["nksNoiSinh"].text == "xã Suối Mơ, huyện Văn Chấn"


def test_a_place_in_which_nothing_is_read_has_no_candidate() -> None:
    assert read(nksNoiSinh=("", "....")) == {}


def test_alternatives_are_other_texts() -> None:
    name = read(nksHoTen="LÒ THỊ SAO")["nksHoTen"]
    texts = [alternative.text for alternative in name.alternatives]
    assert name.text == "LÒ THỊ SAO"
    assert 0 < len(texts) <= 4
    assert len(set(texts)) == len(texts)
    assert name.text not in texts


def test_leaders_at_the_edges_are_not_part_of_a_value() -> None:
    assert clean(".: ...LÒ THỊ SAO .…") == "LÒ THỊ SAO"


def test_the_last_letters_of_a_label_are_not_part_of_the_value() -> None:
    assert clean("ố: 02") == "02"
    assert clean("số 05: 02") == "số 05: 02"


def test_a_composite_comes_as_its_columns_on_one_box() -> None:
    parts = read(nycGiayTo="CMND 068342682, Công an tỉnh Yên Bái cấp ngày 19/04/2011")
    assert parts["nycSoGiayToTuyThan"].text == "068342682"
    assert parts["nycNgayCapGiayToTuyThan"].norm == "19.04.2011"
    assert {part.box for part in parts.values()} == {BOX}
    assert "nycGiayTo" not in parts


def test_a_part_that_is_written_alone_has_the_box_of_its_own_letters() -> None:
    death = get_form("KT-2015")
    died = next(each for each in death.items() if each.kind == "datetime")
    layout = Layout(death, (Place(died, (BOX,)),), ())
    (found,) = candidates_of(layout, {str(died.field): [posterior_of("giờ phút, ngày 16/2/2011")]})[0].values()
    assert found.text == "16/2/2011" and found.box and (found.box.x1, found.box.y0) == (BOX.x1, BOX.y0)
    assert 0.2 < (found.box.x1 - found.box.x0) / (BOX.x1 - BOX.x0) < 0.6
    both = candidates_of(layout, {str(died.field): [posterior_of("08 giờ 25 phút, ngày 16/2/2011")]})[0]
    assert {each.box for each in both.values()} == {BOX} and len(both) == 2


def test_the_ticked_box_is_its_code() -> None:
    found, problems = ticked("Quá hạn")
    assert (found["loaiDangKy"].text, problems) == ("4", ())


def test_no_tick_where_one_must_be_is_told() -> None:
    found, problems = ticked()
    assert [problem.code for problem in problems] == ["check_boxes_empty"]
    assert found["loaiDangKy"].doubts == (Doubt.UNTICKED,)


def test_two_ticks_where_one_may_be_are_told_and_not_chosen_between() -> None:
    found, problems = ticked("Đúng hạn", "Quá hạn")
    assert "loaiDangKy" not in found
    assert [problem.code for problem in problems] == ["check_boxes_doubled"]


def test_boxes_that_cannot_be_seen_are_told_for_each_group() -> None:
    _, problems = candidates_of(Layout(BIRTH, (), ()), {})
    assert [problem.code for problem in problems] == ["check_boxes_not_found"] * len(BIRTH.checkbox_groups)


def test_which_parent_is_unknown_depends_on_the_names() -> None:
    label = "Trẻ chưa xác định được cha mẹ"
    assert ticked("Đúng hạn", label, meHoTen="LÒ THỊ MAI")[0]["nksLoaiKhaiSinh"].text == "3"
    assert ticked("Đúng hạn", label, chaHoTen="LÒ VĂN TƠ")[0]["nksLoaiKhaiSinh"].text == "2"
    assert ticked("Đúng hạn", label)[0]["nksLoaiKhaiSinh"].text == "4"


def test_values_not_found_are_told_by_their_labels() -> None:
    layout = Layout(BIRTH, (Place(item("nksHoTen"), (BOX,)), Place(item("nksNoiSinh"), ())), ())
    (problem,) = missing_labels(layout)
    assert problem.code == "values_not_found"
    assert "Nơi sinh" in problem.message
    assert "Họ, chữ đệm, tên" not in problem.message
    assert missing_labels(Layout(BIRTH, layout.places[:1], ())) == ()


def test_a_number_that_its_field_cannot_be_is_for_a_person_to_look_at() -> None:
    parts = read(nycGiayTo="CMND 068/42682, Công an tỉnh Yên Bái cấp ngày 19/04/2011")
    assert parts["nycSoGiayToTuyThan"].confidence <= 0.5
    assert parts["nycSoGiayToTuyThan"].doubts == (Doubt.UNUSUAL,)
    lawful = read(nycGiayTo="CMND 068342682")["nycSoGiayToTuyThan"]
    assert lawful.confidence > 0.5 and lawful.doubts == ()


def test_a_value_behind_a_label_that_was_not_read_is_for_a_person_to_look_at() -> None:
    place = Place(item("nksNgaySinh"), (BOX,), seen=False)
    found, _ = candidates_of(Layout(BIRTH, (place,), ()), {"nksNgaySinh": [posterior_of("9/1/2017")]})
    assert found["nksNgaySinh"].doubts == (Doubt.PLACE,) and found["nksNgaySinh"].confidence <= 0.5
