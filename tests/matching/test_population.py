import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from digitize.books.persons import Person
from digitize.errors import ExtractColumnMissing, ExtractError, ExtractIdDoubled, ExtractMissing
from digitize.matching.block import Probe, keys_of_person, probes_of, wider_probes_of
from digitize.matching.population import Citizen, Population
from digitize.matching.population.extract import ExtractPopulation, open_extract
from digitize.matching.population.load import load_extract
from digitize.matching.population.roster import Roster
from digitize.matching.population.tables import CITIZEN_COLUMNS

P = Callable[..., Person]
C = Callable[..., Citizen]


def write_csv(path: Path, citizens: Iterable[Citizen], columns: Iterable[str] = CITIZEN_COLUMNS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(asdict(citizen) for citizen in citizens)
    return path


@contextmanager
def opened(path: Path) -> Iterator[ExtractPopulation]:
    population = open_extract(path)
    yield population
    population.close()


def test_a_loaded_citizen_comes_back_as_given(tmp_path: Path, p: P, c: C) -> None:
    report = load_extract(write_csv(tmp_path / "people.csv", [c()]), tmp_path / "population.db")
    assert (report.rows, report.refused, report.source) == (1, (), "people.csv")
    with opened(tmp_path / "population.db") as population:
        assert population.candidates(p(), 5) == [c()]
        info = population.extract()
    assert (info.source, info.rows) == ("people.csv", 1)
    assert info.loaded_at.tzinfo is not None


def test_the_extract_is_for_its_owner_only_whatever_its_folder_is_called(tmp_path: Path, p: P, c: C) -> None:
    database = tmp_path / "bản trích #1 100%?" / "population.db"
    load_extract(write_csv(tmp_path / "people.csv", [c()]), database)
    assert database.stat().st_mode & 0o077 == 0
    with opened(database) as population:
        assert population.candidates(p(), 5) == [c()]


def test_texts_are_kept_in_nfc_and_dates_dotted(tmp_path: Path, p: P, c: C) -> None:
    decomposed = c(full_name="Giàng A Sư\u0309", date_of_birth="2016-03-05")
    load_extract(write_csv(tmp_path / "people.csv", [decomposed]), tmp_path / "population.db")
    with opened(tmp_path / "population.db") as population:
        assert population.candidates(p(), 5) == [c()]


def test_semicolons_and_a_byte_order_mark_are_accepted(tmp_path: Path, c: C) -> None:
    path = write_csv(tmp_path / "people.csv", [c(place_of_birth="", hometown="", residence="")])
    path.write_text("\ufeff" + path.read_text("utf-8").replace(",", ";"), "utf-8")
    assert load_extract(path, tmp_path / "population.db").rows == 1


def test_missing_columns_are_named(tmp_path: Path, c: C) -> None:
    columns = [column for column in CITIZEN_COLUMNS if column not in {"gender", "mother_name"}]
    with pytest.raises(ExtractColumnMissing, match="gender, mother_name"):
        load_extract(write_csv(tmp_path / "people.csv", [c()], columns), tmp_path / "population.db")


def test_a_doubled_id_is_told_by_its_rows_and_never_by_the_person(tmp_path: Path, c: C) -> None:
    path = write_csv(tmp_path / "people.csv", [c(), c(personal_id="015216000022"), c()])
    with pytest.raises(ExtractIdDoubled) as caught:
        load_extract(path, tmp_path / "population.db")
    assert "2 và 4" in caught.value.message
    assert "015216000011" not in str(caught.value)
    assert "Giàng" not in str(caught.value)


def test_bad_rows_are_left_out_and_listed(tmp_path: Path, c: C) -> None:
    bad = [c(personal_id="123"), c(date_of_birth="31.02.2016"), c(full_name=" "), c()]
    report = load_extract(write_csv(tmp_path / "people.csv", bad), tmp_path / "population.db")
    assert report.rows == 1
    assert [(refused.row, refused.reason) for refused in report.refused] == [
        (2, "số định danh không đủ 12 chữ số"),
        (3, "ngày sinh không đọc được"),
        (4, "thiếu họ tên"),
    ]


def test_a_failed_load_keeps_the_old_extract(tmp_path: Path, c: C) -> None:
    database = tmp_path / "population.db"
    load_extract(write_csv(tmp_path / "first.csv", [c()]), database)
    with pytest.raises(ExtractIdDoubled):
        load_extract(write_csv(tmp_path / "second.csv", [c(), c()]), database)
    with opened(database) as population:
        assert population.extract().source == "first.csv"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.csv", "population.db", "second.csv"]


def test_a_new_extract_replaces_the_old(tmp_path: Path, p: P, c: C) -> None:
    database = tmp_path / "population.db"
    load_extract(write_csv(tmp_path / "first.csv", [c()]), database)
    load_extract(write_csv(tmp_path / "second.csv", [c(personal_id="015216000022")]), database)
    with opened(database) as population:
        assert [citizen.personal_id for citizen in population.candidates(p(), 5)] == ["015216000022"]


@pytest.mark.parametrize("content", [b"", b"personal_id,full_name\n", b"\xff\xfe\x00name"])
def test_a_file_that_is_no_extract_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(ExtractError):
        load_extract(path, tmp_path / "population.db")


def test_an_extract_without_a_usable_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match="không có dòng nào"):
        load_extract(write_csv(tmp_path / "people.csv", []), tmp_path / "population.db")


def test_nothing_loaded(tmp_path: Path) -> None:
    with pytest.raises(ExtractMissing):
        open_extract(tmp_path / "population.db")


def test_another_file_is_no_extract(tmp_path: Path) -> None:
    (tmp_path / "population.db").write_text("not a database" * 100)
    with pytest.raises(ExtractMissing):
        open_extract(tmp_path / "population.db")


def test_the_tables_stay_out_of_the_workspace() -> None:
    assert not {"citizen", "extract"} & set(SQLModel.metadata.tables)


def test_both_populations_give_the_same_candidates(tmp_path: Path, p: P, c: C) -> None:
    citizens = [
        c(),
        c(personal_id="015216000033", date_of_birth="01.01.1960"),  # same name
        c(personal_id="015216000022", full_name="Giàng A Páo"),  # same day
        c(
            personal_id="015216000044",
            full_name="Vàng A Lử",
            date_of_birth="07.07.1950",
            mother_name="",
            father_name="",
        ),
    ]
    load_extract(write_csv(tmp_path / "people.csv", citizens), tmp_path / "population.db")
    roster: Population = Roster(citizens)
    with opened(tmp_path / "population.db") as population:
        assert population.candidates(p(), 10) == roster.candidates(p(), 10) == [citizens[0], citizens[2]]
        wider = population.candidates(p(), 10, wider=True)
        assert wider == roster.candidates(p(), 10, wider=True)
        assert citizens[1] in wider and citizens[3] not in wider
        assert len(population.candidates(p(), 1)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"name": "GIÀNG A SUR"},
        {"birth": "05.03.2015"},
        {"birth": "03.05.2016", "name": "GIÀNG A SUR", "mother_name": "", "father_name": ""},
        {"birth": "07.03.2016", "name": "GIÀNG B SỬ", "mother_name": "", "father_name": ""},
        {"birth": "2011", "name": "GIÀNG B SỬ", "father_name": ""},
        {"birth": "2016", "name": "GIÀNG B SUR", "father_name": "", "mother_name": ""},
    ],
)
def test_blocking_survives_mistakes(p: P, c: C, change: dict[str, str]) -> None:
    roster = Roster([c()])
    assert [*roster.candidates(p(**change), 5), *roster.candidates(p(**change), 5, wider=True)][:1] == [c()]


def test_no_probe_asks_for_an_empty_value(p: P) -> None:
    probes = probes_of(keys_of_person(p(birth="", mother_name="", father_name="")))
    assert probes == (Probe("name", "giang a su"),)
    assert wider_probes_of(keys_of_person(p(name="", birth="", mother_name="", father_name=""))) == ()
