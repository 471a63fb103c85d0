import tomllib
from importlib.resources import files

import pytest

from digitize.books import forms
from digitize.books.codelists import codes
from digitize.books.forms import all_forms, get_form, parse_form
from digitize.books.kinds import BookKind
from digitize.errors import FormInvalid, FormUnknown
from digitize.review.fields import LISTS

COLUMNS = tomllib.loads(files("digitize.books").joinpath("columns.toml").read_text("utf-8"))
FORMS = list(all_forms().values())
TOML = files(forms).joinpath("KS-2015.toml").read_text("utf-8")

OUR_CODES = {"nktNhomTuoi", "ghLoai", "tdccLoai"}
VALUELESS_KINDS = {"section", "signature"}  # printed words that ask for no value


def test_forms_stand_in_the_plans_order() -> None:
    kinds = [form.kind for form in all_forms().values()]
    assert kinds == sorted(kinds, key=lambda kind: kind.priority)
    assert set(kinds) == set(BookKind)


@pytest.mark.parametrize(("template", "count"), [("KS", 60), ("KH", 44), ("KT", 48), ("KS_new70", 70)])
def test_export_lists_have_the_ministrys_length(template: str, count: int) -> None:
    assert len(COLUMNS[template]) == len(set(COLUMNS[template])) == count


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form_id)
def test_page_and_off_page_columns_cover_the_export_once(form: forms.Form) -> None:
    on_page = form.columns()
    off_page = [column for group in form.off_page for column in group.columns]
    exported = {column for template in form.export for column in COLUMNS[template]}
    assert len(off_page) == len(set(off_page))
    assert not set(on_page) & set(off_page)
    assert exported <= {*on_page, *off_page}
    on_page_only = {
        column for column in {*on_page, *off_page} - exported if not column.endswith(("Tuoi", "NgheNghiep"))
    }
    assert on_page_only <= {"nktNhomTuoi", "nycNoiCuTru", "cmGioiTinh", "ncGioiTinh"}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form_id)
def test_check_boxes_have_codes_of_their_list_and_a_group(form: forms.Form) -> None:
    for box in form.checkboxes:
        assert box.field in form.checkbox_groups
        is_ours = box.field in OUR_CODES or (form.kind is BookKind.MARRIAGE and box.code == "3")
        listed = codes(LISTS.get(box.field, f"registration_{form.kind}")) if not is_ours else ()
        assert is_ours or {box.code, *box.when_female.values(), *box.only_empty.values()} <= set(listed)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form_id)
def test_every_item_with_a_value_has_a_field(form: forms.Form) -> None:
    for item in form.items():
        assert item.label
        assert 0 <= item.at < 1
        assert item.lines >= 1
        assert item.field or item.kind in VALUELESS_KINDS


def test_what_a_form_tells_of_a_column() -> None:
    birth = get_form("KS-2015")
    assert birth.kind is BookKind.BIRTH
    assert birth.kind_of("nksNgaySinh") == "date"
    assert birth.kind_of("nycSoGiayToTuyThan") == "part"
    assert birth.kind_of("loaiDangKy") == "code"
    assert birth.label_of("nycSoGiayToTuyThan") == "Giấy tờ tùy thân"
    assert birth.label_of("loaiDangKy") == "loaiDangKy"


def test_mother_and_wife_stand_first() -> None:
    birth, marriage = get_form("KS-2015").columns(), get_form("KH-2015").columns()
    assert birth.index("meHoTen") < birth.index("chaHoTen")
    assert marriage.index("voHoTen") < marriage.index("chongHoTen")


def test_no_such_form() -> None:
    with pytest.raises(FormUnknown, match="KS-2015"):
        get_form("KS-1900")


@pytest.mark.parametrize(
    "text",
    ["not toml", "", TOML.replace('kind = "KS"', 'kind = "XX"', 1), TOML.replace("entries_per_page = 1", "", 1)],
)
def test_a_spoilt_form_is_named_in_the_error(text: str) -> None:
    with pytest.raises(FormInvalid, match=r"KS\.toml"):
        parse_form(text, "KS.toml")
