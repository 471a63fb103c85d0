from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pikepdf
import pytest

from digitize.books.book import Book
from digitize.books.forms import get_form
from digitize.errors import ExportRefused, ScanNotAnImage
from digitize.export.manifest import facts_of, parse_manifest
from digitize.export.package import EntryToHandOver, package_stem, write_package

Picture = Callable[..., bytes]


def entry(entry_id: int, images: Sequence[bytes], **values: str) -> EntryToHandOver:
    told = {"so": f"{entry_id:02d}", "ngayDangKy": "03.02.2017", "nksHoTen": f"NGƯỜI MẪU {entry_id}", **values}
    return EntryToHandOver(entry_id, get_form("KS-2015"), told, lambda: images)


def test_a_book_leaves_as_one_excel_and_one_zip(tmp_path: Path, book: Book, picture: Picture) -> None:
    entries = [entry(number, [picture()]) for number in (1, 2, 3)]
    report = write_package(tmp_path / "out", book, entries)
    assert (report.excel.name, report.pdfs.name) == ("xã Suối Mẫu-KS.2017.01.xlsx", "xã Suối Mẫu-KS.2017.01.zip")
    assert (report.entries, report.unreadable_dates) == (3, {})
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in report.paths)
    rows = list(openpyxl.load_workbook(report.excel).active.iter_rows(values_only=True))
    name_at = rows[0].index("nksHoTen")
    assert [row[name_at] for row in rows[1:]] == ["NGƯỜI MẪU 1", "NGƯỜI MẪU 2", "NGƯỜI MẪU 3"]
    with ZipFile(report.pdfs) as packed:
        assert packed.namelist() == [f"KS.2017.01.2017-02-03.0{number}.pdf" for number in (1, 2, 3)]
        second = packed.read("KS.2017.01.2017-02-03.02.pdf")
    with pikepdf.open(BytesIO(second)) as pdf:
        assert len(pdf.pages) == 1
    told = parse_manifest(report.manifest.read_text("utf-8"))
    assert (told.entries, told.template, told.trial) == (3, "KS_new70", False)
    assert sorted(told.files) == [report.excel.name, report.pdfs.name]
    assert told.files[report.excel.name] == facts_of(report.excel)
    assert told.pdfs["KS.2017.01.2017-02-03.02.pdf"] == sha256(second).hexdigest()


def test_the_older_template_can_be_asked_for(tmp_path: Path, book: Book, picture: Picture) -> None:
    report = write_package(tmp_path, book, [entry(1, [picture()])], template="KS")
    assert openpyxl.load_workbook(report.excel).active.max_column == 60


def test_dates_left_as_confirmed_are_told_by_entry(tmp_path: Path, book: Book, picture: Picture) -> None:
    report = write_package(tmp_path, book, [entry(1, [picture()]), entry(2, [picture()], nksNgaySinh="không rõ")])
    assert report.unreadable_dates == {2: ("nksNgaySinh",)}


def test_two_entries_of_one_name_are_refused(tmp_path: Path, book: Book, picture: Picture) -> None:
    with pytest.raises(ExportRefused, match="Trường hợp 1 và 2 trùng số"):
        write_package(tmp_path, book, [entry(1, [picture()]), entry(2, [picture()], so="01")])
    assert list(tmp_path.iterdir()) == []


def test_an_entry_without_a_registration_date_is_refused(tmp_path: Path, book: Book, picture: Picture) -> None:
    with pytest.raises(ExportRefused, match="Trường hợp 4"):
        write_package(tmp_path, book, [entry(4, [picture()], ngayDangKy="2017")])


def test_everything_that_stands_in_the_way_is_told_at_once(tmp_path: Path, book: Book, picture: Picture) -> None:
    bad = [entry(1, [picture()], ngayDangKy="2017"), entry(2, [picture()]), entry(3, [picture()], so="")]
    with pytest.raises(ExportRefused, match=r"Trường hợp 1 .*\n.*Trường hợp 3 ") as refused:
        write_package(tmp_path, book, bad)
    assert "Trường hợp 2" not in str(refused.value)


def test_a_pdf_over_the_limit_is_refused_and_named(tmp_path: Path, book: Book, picture: Picture) -> None:
    with pytest.raises(ExportRefused, match="trường hợp 2 nặng"):
        write_package(tmp_path, book, [entry(1, [picture()]), entry(2, [picture(1650, 2340)])])
    assert list(tmp_path.iterdir()) == []


def test_a_template_of_another_book_is_refused(tmp_path: Path, book: Book, picture: Picture) -> None:
    with pytest.raises(ExportRefused, match="KS_new70"):
        write_package(tmp_path, book, [entry(1, [picture()])], template="KH")


def test_an_empty_book_is_refused(tmp_path: Path, book: Book) -> None:
    with pytest.raises(ExportRefused):
        write_package(tmp_path, book, [])


def test_one_bad_image_leaves_the_earlier_package_whole(tmp_path: Path, book: Book, picture: Picture) -> None:
    first = write_package(tmp_path, book, [entry(1, [picture()])])
    before = {path: path.read_bytes() for path in first.paths}
    with pytest.raises(ScanNotAnImage):
        write_package(tmp_path, book, [entry(1, [picture()]), entry(2, [b"no image"])])
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_file_names_keep_accents_and_lose_what_no_file_may_have(book: Book) -> None:
    assert package_stem(replace(book, unit_name="vị thắng", year=2006)) == "vị thắng-KS.2006.01"
    assert package_stem(replace(book, unit_name="xã A/B: C.")) == "xã A_B_ C-KS.2017.01"
