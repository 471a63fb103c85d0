"""What is written on the sample pages splits back into the truth, and the books run as books do."""

from datetime import date
from itertools import pairwise
from random import Random

import pytest

from digitize.books.composites import split_composite
from digitize.books.dates import parse_date, parse_date_words
from digitize.books.forms import get_form
from drawing.cast import Case
from drawing.cast.births import births
from drawing.cast.deaths import deaths
from drawing.cast.marriages import marriages
from drawing.commune import Commune


def draw_cast() -> tuple[Commune, dict[str, list[Case]]]:
    town = Commune(Random(3))
    return town, {"KS-2015": births(town), "KH-2015": marriages(town), "KT-2015": deaths(town)}


TOWN, CAST = draw_cast()
CASES = [case for cases in CAST.values() for case in cases]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.shows)
def test_composites_split_back_into_the_truth(case: Case) -> None:
    fields = case.writing.fields
    for item in get_form(case.writing.form_id).items():
        if item.splits_into and item.field and item.field in case.writing.blanks:
            parts = split_composite(item.kind, item.splits_into, case.writing.blanks[item.field])
            assert {c: p for c, p in parts.items() if p} == {c: fields[c] for c in item.splits_into if c in fields}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.shows)
def test_only_columns_of_the_form_and_no_empty_value(case: Case) -> None:
    form = get_form(case.writing.form_id)
    assert set(case.writing.fields) <= set(form.columns())
    assert all(case.writing.fields.values())
    assert set(case.writing.ticked) <= {box.label for box in form.checkboxes}
    assert set(case.writing.signed) <= {item.label for item in form.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.shows)
def test_names_of_the_registered_are_in_capitals(case: Case) -> None:
    form = get_form(case.writing.form_id)
    names = [text for column, text in case.writing.fields.items() if form.kind_of(column) == "name_upper"]
    assert names
    assert all(name == name.upper() for name in names)


@pytest.mark.parametrize("form_id", CAST)
def test_numbers_pages_and_days_run(form_id: str) -> None:
    writings = [case.writing.fields for case in CAST[form_id]]
    assert [fields["so"] for fields in writings] == [f"{n:02d}" for n in range(1, len(writings) + 1)]
    assert [fields["trangSo"] for fields in writings] == [str(n) for n in range(1, len(writings) + 1)]
    days = [_day(fields["ngayDangKy"]) for fields in writings]
    assert all(earlier <= later for earlier, later in pairwise(days))
    assert {day.year for day in days} == {int(fields["quyenSo"].split("/")[1]) for fields in writings}


def test_birth_dates_say_the_same_in_digits_and_words() -> None:
    for case in CAST["KS-2015"]:
        fields = case.writing.fields
        assert parse_date_words(fields["nksNgaySinhBangChu"]) == parse_date(fields["nksNgaySinh"])


def test_the_database_knows_nobody_who_is_not_to_be_found() -> None:
    names = {person.full_name.upper() for person in TOWN.rows.values()}
    columns = {"child": "nksHoTen", "mother": "meHoTen", "father": "chaHoTen", "deceased": "nktHoTen"}
    columns |= {"husband": "chongHoTen", "wife": "voHoTen"}
    for case in CASES:
        for role, outcome in case.expected.items():
            found = case.writing.fields[columns[role]] in names
            assert found == (outcome != "not_found") or case.shows.count("khác dấu thanh")


def _day(text: str) -> date:
    parsed = parse_date(text)
    assert parsed and parsed.year and parsed.month and parsed.day
    return date(parsed.year, parsed.month, parsed.day)
