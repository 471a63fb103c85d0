"""What an office may hand over: old fonts, Excel, Parquet, an interrupted load, numbers that Excel shortened."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import openpyxl
import pytest

from digitize.errors import ExtractError
from digitize.matching.population import Citizen
from digitize.matching.population import load as loading
from digitize.matching.population.encodings import CP1258, TCVN3, UNICODE, VNI, to_unicode
from digitize.matching.population.extract import open_extract
from digitize.matching.population.load import load_extract
from digitize.matching.population.sources import rows_of
from digitize.matching.population.tables import CITIZEN_COLUMNS
from tests.matching.test_population import opened, write_csv

C = Callable[..., Citizen]

ENCODED = [
    ("NguyÔn V¨n Hßa", "Nguyễn Văn Hòa", TCVN3),
    ("Lª ThÞ Hång", "Lê Thị Hồng", TCVN3),
    ("§Æng ThÞ ¦íc", "Đặng Thị Ước", TCVN3),
    ("Nguyeãn Vaên Hoøa", "Nguyễn Văn Hòa", VNI),
    ("NGUYEÃN THÒ HOÀ".replace("HOÀ", "HOØA"), "NGUYỄN THỊ HÒA", VNI),
    ("Ñaëng Thò Öôùc", "Đặng Thị Ước", VNI),
    ("Giàng A Sư\u0309", "Giàng A Sử", UNICODE),
    ("Sùng Thị Mỷ", "Sùng Thị Mỷ", UNICODE),
    ("Cóc", "Cóc", UNICODE),
    ("Đắk Lắk", "Đắk Lắk", UNICODE),
]


@pytest.mark.parametrize(("given", "text", "encoding"), ENCODED)
def test_old_fonts_are_recognised_and_converted(given: str, text: str, encoding: str) -> None:
    assert to_unicode([given]) == ([text], encoding)


def test_what_could_be_either_is_read_as_the_rest_of_its_row() -> None:
    assert to_unicode(["Lª V¨n Cóc", "Hµ", "Cóc", "abc"]) == (["Lê Văn Cúc", "Hà", "Cúc", "abc"], TCVN3)
    assert to_unicode(["Lª V¨n An", "Nguyễn Thị Mỷ"]) == (["Lê Văn An", "Nguyễn Thị Mỷ"], TCVN3)


def test_windows_1258_is_read() -> None:
    text = "Nguyễn Thị Hạnh"
    told = "NguyêÞn Thiò Haònh"
    assert to_unicode([told]) == ([text], CP1258)


def test_an_extract_of_mixed_encodings_is_converted_and_told(tmp_path: Path, c: C) -> None:
    mixed = [
        c(),
        c(personal_id="015216000022", full_name="NguyÔn V¨n Hßa", mother_name="Lª ThÞ Hång"),
        c(personal_id="015216000033", full_name="Traàn Thò Ngoïc Aùnh"),
    ]
    report = load_extract(write_csv(tmp_path / "people.csv", mixed), tmp_path / "population.db")
    assert report.converted == ((TCVN3, 1), (VNI, 1))
    with closing(sqlite3.connect(tmp_path / "population.db")) as database:
        names = [name for (name,) in database.execute("SELECT full_name FROM citizen ORDER BY personal_id")]
    assert names == ["Giàng A Sử", "Nguyễn Văn Hòa", "Trần Thị Ngọc Ánh"]


def test_a_file_of_the_eight_bits_of_an_old_font_is_read(tmp_path: Path, c: C) -> None:
    plain = {column: "" for column in CITIZEN_COLUMNS} | {"personal_id": "015216000011", "full_name": "NguyÔn V¨n An"}
    path = write_csv(tmp_path / "people.csv", [Citizen(**plain)])
    path.write_bytes(path.read_text("utf-8").encode("cp1252"))
    assert load_extract(path, tmp_path / "population.db").converted == ((TCVN3, 1),)


def test_a_shortened_number_is_told_as_what_it_is(tmp_path: Path, c: C) -> None:
    path = write_csv(tmp_path / "people.csv", [c(personal_id="15216000011"), c(), c(date_of_birth="01/04/5005")])
    report = load_extract(path, tmp_path / "population.db")
    assert [refused.reason for refused in report.refused] == [
        "số định danh chỉ có 11 chữ số; có thể Excel đã bỏ số 0 ở đầu",
        "ngày sinh không đọc được",
    ]


def test_excel_is_read_with_its_counted_days(tmp_path: Path, c: C) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(CITIZEN_COLUMNS))
    sheet.append(list(asdict(c(date_of_birth=42434)).values()))
    sheet.append(list(asdict(c(personal_id="015216000022", date_of_birth="1990", ethnicity=None)).values()))
    book.save(tmp_path / "people.xlsx")
    assert load_extract(tmp_path / "people.xlsx", tmp_path / "population.db").rows == 2
    with closing(sqlite3.connect(tmp_path / "population.db")) as database:
        born = [day for (day,) in database.execute("SELECT date_of_birth FROM citizen ORDER BY personal_id")]
    assert born == ["05.03.2016", "1990"]


def test_parquet_is_read(tmp_path: Path, c: C) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.Table.from_pylist([asdict(c())]), tmp_path / "people.parquet")
    assert load_extract(tmp_path / "people.parquet", tmp_path / "population.db").rows == 1


@pytest.mark.parametrize("name", ["people.xlsx", "people.parquet"])
def test_a_broken_file_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no such thing" * 20)
    with pytest.raises(ExtractError):
        load_extract(tmp_path / name, tmp_path / "population.db")


def test_date_and_scope_are_kept(tmp_path: Path, c: C) -> None:
    path = write_csv(tmp_path / "people.csv", [c()])
    load_extract(path, tmp_path / "population.db", as_of="01.10.2026", scope="xã Nậm Có")
    with opened(tmp_path / "population.db") as population:
        assert (population.extract().as_of, population.extract().scope) == ("01.10.2026", "xã Nậm Có")


def test_an_interrupted_load_goes_on_where_it_stopped(tmp_path: Path, c: C, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [c(personal_id=f"01521600{number:04d}") for number in range(10)]
    path, database = write_csv(tmp_path / "people.csv", people), tmp_path / "population.db"
    monkeypatch.setattr(loading, "BATCH", 3)

    def cut(rows: int) -> None:
        if rows >= 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_extract(path, database, progress=cut)
    assert not database.exists()
    report = load_extract(path, database)
    assert (report.rows, report.taken_up_from) == (10, 7)
    assert load_extract(path, database).taken_up_from == 0


def test_two_loads_at_once_are_refused(tmp_path: Path, c: C) -> None:
    path, database = write_csv(tmp_path / "people.csv", [c()]), tmp_path / "population.db"
    told: list[str] = []

    def second(rows: int) -> None:
        with pytest.raises(ExtractError) as caught:
            load_extract(path, database)
        told.append(caught.value.message)

    assert load_extract(path, database, progress=second).rows == 1
    assert told == ["Một lần nạp bản trích khác đang chạy; hãy đợi lần đó xong."]


def test_an_extract_loaded_by_an_older_program_is_told(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "population.db")) as database:
        database.execute("CREATE TABLE extract (source TEXT, loaded_at TEXT, rows INTEGER)")
    with pytest.raises(Exception, match="nạp lại"):
        open_extract(tmp_path / "population.db")


def test_rows_count_as_a_spreadsheet_does(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("a;b\n\n1;2\n", "utf-8")
    rows: Iterator[tuple[int, list[str]]] = rows_of(tmp_path / "people.csv")
    assert list(rows) == [(1, ["a", "b"]), (3, ["1", "2"])]
