"""What the desk shows of an entry."""

import pytest

from digitize.books.doubts import SAID, Doubt
from digitize.books.entry import Candidate, ConfirmedValue, Entry
from digitize.books.forms import Form, all_forms, get_form
from digitize.books.rules import findings
from digitize.books.steps import Step
from digitize.review.fields import SURE, FieldView, fields_of, texts_of, warnings_of

BIRTH = get_form("KS-2015")


def shown(**candidates: float) -> dict[str, FieldView]:
    """Fields of a birth whose candidates have these confidences; the mother's name was typed by the officer."""
    read = {column: Candidate(f"đọc {column}", "", sure, None) for column, sure in candidates.items()}
    typed = {"meHoTen": ConfirmedValue("LÒ THỊ MAI", "officer")}
    entry = Entry(1, "KS-2015", Step.IN_REVIEW, read, typed)
    return {field.column: field for field in fields_of(BIRTH, entry)}


def test_every_column_of_every_form_is_shown_once_in_page_order_with_a_label() -> None:
    for form in all_forms().values():
        fields = fields_of(form, Entry(1, form.form_id, Step.READ))
        assert tuple(field.column for field in fields) == form.columns()
        assert all(field.label for field in fields)


def test_what_a_person_typed_stands_before_what_was_read() -> None:
    mother = shown(meHoTen=0.99)["meHoTen"]
    assert (mother.text, mother.human, mother.doubtful) == ("LÒ THỊ MAI", True, False)
    assert mother.suggestion is not None and mother.suggestion.text == "đọc meHoTen"


def test_unsure_suggestions_are_marked_and_sure_ones_are_not() -> None:
    fields = shown(nksHoTen=SURE - 0.01, chaHoTen=SURE)
    assert (fields["nksHoTen"].doubtful, fields["chaHoTen"].doubtful) == (True, False)


def test_a_field_without_a_suggestion_is_empty_and_not_doubtful() -> None:
    empty = shown()["nksQueQuan"]
    assert (empty.text, empty.suggestion, empty.doubtful) == ("", None, False)


def test_a_reading_tells_why_it_has_to_be_looked_at_until_a_person_has_typed() -> None:
    read = Candidate("LÒ THỊ MAI", "", 0.99, None).doubted(Doubt.STAMP, 0.9)
    typed = {"chaHoTen": ConfirmedValue("LÒ VĂN AN", "officer")}
    entry = Entry(1, "KS-2015", Step.IN_REVIEW, {"meHoTen": read, "chaHoTen": read}, typed)
    fields = {field.column: field.reasons for field in fields_of(BIRTH, entry)}
    assert (fields["meHoTen"], fields["chaHoTen"]) == ((SAID[Doubt.STAMP],), ())
    assert SAID.keys() == set(Doubt)


def test_codes_come_with_their_meanings_and_texts_without() -> None:
    fields = shown()
    assert {box.code for box in BIRTH.checkboxes if box.field == "loaiDangKy"} <= set(fields["loaiDangKy"].options)
    assert "5" in fields["nksLoaiKhaiSinh"].options
    assert fields["nksHoTen"].options == {}


@pytest.mark.parametrize("form", all_forms().values(), ids=lambda form: form.form_id)
def test_no_two_fields_of_a_form_have_the_same_label(form: Form) -> None:
    labels = [field.label for field in fields_of(form, Entry(1, form.form_id, Step.READ))]
    assert len(labels) == len(set(labels))
    assert not any("…" in label for label in labels)


def test_a_field_tells_what_speaks_for_and_against_it() -> None:
    texts = {"nksNgaySinh": "6/2/2004", "nksNgaySinhBangChu": "ngày năm tháng hai năm hai nghìn không trăm linh bốn"}
    read = {column: Candidate(text, text, 0.5, None) for column, text in texts.items()}
    typed = {"nksGioiTinh": ConfirmedValue("Nam", "officer"), "nksHoTen": ConfirmedValue("LÒ THỊ MAI", "officer")}
    entry = Entry(1, "KS-2015", Step.IN_REVIEW, read, typed)
    fields = {field.column: field.reasons for field in fields_of(BIRTH, entry)}
    assert "khác nhau" in fields["nksNgaySinh"][0] and fields["nksNgaySinh"] == fields["nksNgaySinhBangChu"]
    assert "Thị" in fields["nksGioiTinh"][0] and fields["nksHoTen"] == ()
    assert [problem.code for problem in warnings_of(findings(texts_of(BIRTH, entry)))] == ["date_words"]
