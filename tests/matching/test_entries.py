import json
from collections.abc import Callable
from pathlib import Path

import pytest

from digitize.books.forms import all_forms
from digitize.books.persons import persons_of
from digitize.errors import EntryFileInvalid, FormUnknown
from digitize.matching.compare import FIELDS
from digitize.matching.entries import EntryToMatch, column_of, match_entry, read_entries
from digitize.matching.population import Citizen
from digitize.matching.population.roster import Roster

C = Callable[..., Citizen]
BIRTH = {
    "nksHoTen": "GIÀNG A SỬ",
    "nksNgaySinh": "03.05.2016",
    "nksGioiTinh": "Nam",
    "meHoTen": "SÙNG THỊ MỶ",
    "chaHoTen": "GIÀNG A PÁO",
    "chaNgaySinh": "1991",
}


def test_an_entry_is_told_in_the_documented_shape(c: C) -> None:
    answer = match_entry("e1", "KS-2015", BIRTH, Roster([c()]))
    child, mother, father = answer["persons"]
    assert (answer["id"], answer["form"]) == ("e1", "KS-2015")
    assert set(child) == {"role", "outcome", "personal_id", "score", "margin", "candidates", "differences"}
    assert (child["role"], child["outcome"], child["personal_id"]) == ("child", "discrepant", "015216000011")
    (candidate,) = child["candidates"]
    assert (candidate["personal_id"], candidate["score"]) == ("015216000011", child["score"])
    assert [(e["field"], e["agreement"], e["why"]) for e in candidate["evidence"]] == [
        ("nksHoTen", "equal", "trùng khớp"),
        ("nksNgaySinh", "different", "ngày và tháng đảo chỗ"),
        ("nksGioiTinh", "equal", "trùng khớp"),
        ("meHoTen", "equal", "trùng khớp"),
        ("chaHoTen", "equal", "trùng khớp"),
        ("chaNgaySinh", "different", "năm lệch 1"),
    ]
    assert candidate["evidence"][0]["bits"] > 0
    assert child["differences"] == [
        {
            "field": "nksNgaySinh",
            "kind": "basic",
            "book": "03.05.2016",
            "population": "05.03.2016",
            "why": "ngày và tháng đảo chỗ",
        },
        {"field": "chaNgaySinh", "kind": "basic", "book": "1991", "population": "1990", "why": "năm lệch 1"},
    ]
    assert [(person["role"], person["outcome"]) for person in (mother, father)] == [
        ("mother", "not_found"),
        ("father", "not_found"),
    ]
    assert json.loads(json.dumps(answer)) == answer


def test_personal_id_is_null_unless_found(c: C) -> None:
    answer = match_entry("e1", "KS-2015", {"nksHoTen": "GIÀNG A SỬ"}, Roster([c()]))
    assert [(p["outcome"], p["personal_id"]) for p in answer["persons"]] == [("several", None)]


def test_an_unknown_form_is_refused(c: C) -> None:
    with pytest.raises(FormUnknown):
        match_entry("e1", "KS-1900", BIRTH, Roster([c()]))


def test_every_compared_field_has_a_column_of_the_form() -> None:
    everything = {column: "1" for form in all_forms().values() for column in form.columns()}
    for form in all_forms().values():
        columns = {*form.columns(), *(column for off_page in form.off_page for column in off_page.columns)}
        for person in persons_of(form.kind, {**everything, "nktHoTen": "A"}):
            told = [ours for ours, *_ in FIELDS if getattr(person, ours) not in {"", "2"}]
            told = [ours for ours in told if not (ours == "gender" and person.role != "child")]
            assert {column_of(person.role, ours) for ours in told} <= columns


def test_one_object_or_one_a_line(tmp_path: Path) -> None:
    entry = {"id": "e1", "form": "KS-2015", "fields": {"nksHoTen": {"text": "GIÀNG A SỬ", "confidence": 0.9}}}
    read = EntryToMatch("e1", "KS-2015", {"nksHoTen": "GIÀNG A SỬ"})
    path = tmp_path / "entries.json"
    path.write_text(json.dumps(entry, indent=1), "utf-8")
    assert list(read_entries(path)) == [read]
    path.write_text(json.dumps(entry) + "\n\n" + json.dumps(entry) + "\n", "utf-8")
    assert list(read_entries(path)) == [read, read]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Dòng 1 không phải JSON"),
        ('{"id": "e1",\n "form": }', "Dòng 2 không phải JSON"),
        ('{"id": "e1", "form": "KS-2015", "fields": {}}\n{"id"\n', "Dòng 2 không phải JSON"),
        ('{"id": "e1", "form": "KS-2015", "fields": {}}\n{"id": "e2"}\n', "Dòng 2: mỗi trường hợp"),
        ('{"id": "e1", "form": "KS-2015", "fields": {"nksHoTen": "A"}}', "Dòng 1: trường «nksHoTen»"),
        ("[1]", "Dòng 1: mỗi trường hợp"),
    ],
)
def test_a_bad_file_is_told_by_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "entries.json"
    path.write_text(text, "utf-8")
    with pytest.raises(EntryFileInvalid, match=message):
        list(read_entries(path))
