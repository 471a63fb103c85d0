"""A sound package has no fault; of every kind one is planted and found, and nothing else is called an error."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import openpyxl
import pikepdf
import pytest
from PIL import Image

from digitize.books.book import Book
from digitize.books.forms import get_form
from digitize.books.kinds import BookKind
from digitize.errors import PackageLocked, PackageUnusable
from digitize.export.bundle import SUFFIX, bundle
from digitize.export.check.kinds import KINDS, Severity
from digitize.export.check.look import Look, look_over
from digitize.export.entry_pdf import entry_pdf
from digitize.export.manifest import LeftOut
from digitize.export.package import EntryToHandOver, write_package
from digitize.settings import REPOSITORY

Picture = Callable[..., bytes]
Plant = Callable[[Path], None]
PASSWORD = "mat-khau-cua-goi"


def picture_of(number: int, mode: str = "RGB", side: int = 40) -> bytes:
    out = BytesIO()
    noise = Image.frombytes("RGB", (side * 7, side * 10), Random(number).randbytes(side * 7 * side * 10 * 3))
    noise.convert(mode).save(out, "JPEG", quality=90)
    return out.getvalue()


def birth(number: int) -> EntryToHandOver:
    day = f"0{number}.03.2017"
    values = {
        "so": f"0{number}", "ngayDangKy": day, "loaiDangKy": "1", "nguoiKy": "LÝ VĂN MẪU", "chucVuNguoiKy": "Chủ tịch",
        "nksHoTen": "GIÀNG A MẪU", "nksGioiTinh": "Nam", "nksNgaySinh": "05.01.2017", "nksDanToc": "Mông",
        "nksNgaySinhBangChu": "Ngày năm tháng một năm hai nghìn không trăm mười bảy", "nksQuocTich": "Việt Nam",
        "meHoTen": "SÙNG THỊ MẪU", "meNgaySinh": "1992", "chaHoTen": "GIÀNG A CHA", "chaNgaySinh": "1990",
    }  # fmt: skip
    ids = {"nksSoDinhDanh": f"01521700000{number}"}
    return EntryToHandOver(number, get_form("KS-2015"), values, lambda: [picture_of(number)], ids)


@pytest.fixture
def package(tmp_path: Path, book: Book) -> Path:
    """The folder of a sound package of four births, with its manifest."""
    write_package(tmp_path / "goi", book, [birth(number) for number in (1, 2, 3, 4)], made_by="lead")
    return tmp_path / "goi"


def only(folder: Path, suffix: str) -> Path:
    (path,) = folder.glob(f"*{suffix}")
    return path


def forget_manifest(folder: Path) -> None:
    """As a contractor's package comes."""
    only(folder, ".json").unlink()


def cell(column: str, text: object, row: int = 3) -> Plant:
    """Another value in a cell; the row is Excel's."""

    def plant(folder: Path) -> None:
        forget_manifest(folder)
        book = openpyxl.load_workbook(only(folder, ".xlsx"))
        header = [each.value for each in book.active[1]]
        book.active.cell(row, header.index(column) + 1).value = text
        book.save(only(folder, ".xlsx"))

    return plant


def sheet(change: Callable[[openpyxl.worksheet.worksheet.Worksheet], object]) -> Plant:
    def plant(folder: Path) -> None:
        forget_manifest(folder)
        book = openpyxl.load_workbook(only(folder, ".xlsx"))
        change(book.active)
        book.save(only(folder, ".xlsx"))

    return plant


def zipped(change: Callable[[dict[str, bytes]], object], keep_manifest: bool = False) -> Plant:
    """The PDFs by name, to be changed."""

    def plant(folder: Path) -> None:
        if not keep_manifest:
            forget_manifest(folder)
        path = only(folder, ".zip")
        with ZipFile(path) as packed:
            pdfs = {name: packed.read(name) for name in packed.namelist()}
        change(pdfs)
        with ZipFile(path, "w") as packed:
            for name, pdf in pdfs.items():
                packed.writestr(name, pdf)

    return plant


SECOND = "KS.2017.01.2017-03-02.02.pdf"


def put(name: str, pdf: bytes, old: str = SECOND) -> Callable[[dict[str, bytes]], object]:
    return lambda pdfs: pdfs.update({name: pdfs.pop(old) and pdf})


def renamed(new: str) -> Callable[[dict[str, bytes]], object]:
    return lambda pdfs: pdfs.update({new: pdfs.pop(SECOND)})


def without_picture() -> bytes:
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


def locked_or_signed(signed: bool) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(entry_pdf([picture_of(2)]))) as pdf:
        if signed:
            pdf.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=pikepdf.Array())
            pdf.save(out)
        else:
            pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def doubled_name(folder: Path) -> None:
    forget_manifest(folder)
    with pytest.warns(UserWarning, match="Duplicate name"), ZipFile(only(folder, ".zip"), "a") as packed:
        packed.writestr(SECOND, entry_pdf([picture_of(7)]))


def manifest(change: Callable[[dict[str, object]], object]) -> Plant:
    def plant(folder: Path) -> None:
        path = only(folder, ".json")
        told = json.loads(path.read_text("utf-8"))
        change(told)
        path.write_text(json.dumps(told), "utf-8")

    return plant


def rename(suffixes: tuple[str, ...], stem: str) -> Plant:
    def plant(folder: Path) -> None:
        forget_manifest(folder)
        for suffix in suffixes:
            only(folder, suffix).rename(folder / f"{stem}{suffix}")

    return plant


def cut(suffix: str) -> Plant:
    def plant(folder: Path) -> None:
        forget_manifest(folder)
        path = only(folder, suffix)
        path.write_bytes(path.read_bytes()[:200])

    return plant


def moved_column(page: openpyxl.worksheet.worksheet.Worksheet) -> None:
    first, second = page.cell(1, 12).value, page.cell(1, 13).value
    page.cell(1, 12).value, page.cell(1, 13).value = second, first


PLANTED: dict[str, Plant] = {
    "file_missing": lambda folder: only(folder, ".zip").unlink(),
    "file_unreadable": cut(".xlsx"),
    "file_name": rename((".xlsx", ".zip"), "So khai sinh 2017"),
    "file_names_differ": rename((".zip",), "xã Khác-KS.2017.01"),
    "manifest_unreadable": lambda folder: only(folder, ".json").write_text("{}", "utf-8"),
    "file_altered": zipped(put(SECOND, entry_pdf([picture_of(9)])), keep_manifest=True),
    "count_altered": manifest(lambda told: told.update(entries=5)),
    "trial_package": manifest(lambda told: told.update(trial=True)),
    "pdf_name": zipped(renamed("KS-2017-01-02.pdf")),
    "pdf_of_other_book": zipped(renamed("KS.2017.02.2017-03-02.02.pdf")),
    "pdf_in_folder": zipped(renamed(f"anh/{SECOND}")),
    "pdf_name_doubled": doubled_name,
    "pdf_unreadable": zipped(put(SECOND, locked_or_signed(signed=False))),
    "pdf_empty": zipped(put(SECOND, without_picture())),
    "pdf_too_heavy": zipped(put(SECOND, entry_pdf([picture_of(2, side=160)]))),
    "pdf_not_colour": zipped(put(SECOND, entry_pdf([picture_of(2, "L")]))),
    "pdf_same_picture": zipped(put(SECOND, entry_pdf([picture_of(1)]))),
    "pdf_signed": zipped(put(SECOND, locked_or_signed(signed=True))),
    "row_without_pdf": zipped(lambda pdfs: pdfs.pop(SECOND)),
    "pdf_without_row": sheet(lambda page: page.delete_rows(5)),
    "sheet_empty": sheet(lambda page: page.delete_rows(2, 9)),
    "column_missing": sheet(lambda page: page.delete_cols(11)),
    "column_unknown": sheet(lambda page: setattr(page.cell(1, 71), "value", "ghiChuRieng")),
    "column_order": sheet(moved_column),
    "column_doubled": sheet(lambda page: setattr(page.cell(1, 71), "value", "ghiChu")),
    "row_blank": sheet(lambda page: page.insert_rows(3)),
    "cell_not_text": cell("trangSo", 7),
    "text_damaged": cell("nguoiKy", "LÃ½ VÄƒn Máº«u"),
    "number_missing": cell("so", None),
    "number_doubled": cell("so", "01"),
    "number_gap": cell("so", "09", row=5),
    "name_missing": cell("nksHoTen", None),
    "place_missing": cell("noiDangKy", None),
    "registration_date": cell("ngayDangKy", "03.2017"),
    "date_unreadable": cell("meNgaySinh", "mùa gặt 1987"),
    "date_not_dotted": cell("meNgaySinh", "1/2/1990"),
    "dates_backwards": cell("ngayDangKy", "01.02.2017"),
    "date_words": cell("nksNgaySinh", "06.01.2017"),
    "registered_before": cell("nksNgaySinh", "05.01.2018"),
    "died_before_birth": lambda folder: None,  # of a death: below
    "volume_differs": cell("quyenSo", "02/2017"),
    "volume_year": cell("quyenSo", "01/2016"),
    "code_unknown": cell("loaiDangKy", "9"),
    "ethnic_unknown": cell("nksDanToc", "Việt"),
    "personal_id_malformed": cell("nksSoDinhDanh", "15217000002"),
    "personal_id_contradicts": cell("nksSoDinhDanh", "015317000002"),
    "personal_id_doubled": cell("nksSoDinhDanh", "015217000001"),
    "special_value": cell("meHoTen", "[không đọc được]"),
}
ALONG = {  # what a planted fault brings with it
    "file_missing": set(), "file_unreadable": set(), "pdf_name": {"row_without_pdf", "pdf_without_row"},
    "pdf_of_other_book": {"row_without_pdf", "pdf_without_row"}, "number_missing": {"pdf_without_row"},
    "number_doubled": {"row_without_pdf", "pdf_without_row"}, "number_gap": {"row_without_pdf", "pdf_without_row"},
    "registration_date": {"pdf_without_row"}, "dates_backwards": {"row_without_pdf", "pdf_without_row"},
    "sheet_empty": {"pdf_without_row"}, "column_order": {"name_missing", "personal_id_malformed"},
    "trial_package": set(), "file_altered": set(),
}  # fmt: skip


def test_a_sound_package_has_no_fault(package: Path) -> None:
    look = look_over(package)
    assert (look.faults, look.rows, look.pdfs, look.template, look.has_manifest) == ((), 4, 4, "KS_new70", True)
    assert look_over(only(package, ".xlsx")).faults == ()


def test_there_is_a_plant_of_every_kind() -> None:
    assert PLANTED.keys() == KINDS.keys()
    assert len(KINDS) >= 25


@pytest.mark.parametrize("code", sorted(PLANTED.keys() - {"died_before_birth"}))
def test_a_planted_fault_is_found_and_nothing_else_is_called_an_error(package: Path, code: str) -> None:
    PLANTED[code](package)
    look = look_over(package)
    assert code in look.counts, look.faults
    errors = {fault.code for fault in look.faults if fault.kind.severity is Severity.ERROR}
    assert errors <= {code} | ALONG.get(code, set()), look.faults


def test_who_died_before_birth(tmp_path: Path, book: Book) -> None:
    values = {
        "so": "01",
        "ngayDangKy": "03.03.2017",
        "nktHoTen": "LÒ VĂN MẪU",
        "nktNgaySinh": "1990",
        "nktNgayChet": "1989",
    }
    dead = EntryToHandOver(1, get_form("KT-2015"), values, lambda: [picture_of(1)])
    write_package(tmp_path, replace(book, kind=BookKind.DEATH), [dead])
    assert set(look_over(tmp_path).counts) == {"died_before_birth"}


def test_a_trial_says_so(tmp_path: Path, book: Book) -> None:
    left_out = [LeftOut(9, 3, "Đang nhập")]
    write_package(tmp_path, book, [birth(1)], left_out=left_out)
    assert set(look_over(tmp_path).counts) == {"trial_package"}


def test_a_bundle_is_looked_into_with_its_password_only(package: Path, tmp_path: Path) -> None:
    paths = [only(package, suffix) for suffix in (".xlsx", ".zip", ".json")]
    locked = bundle(paths, tmp_path / f"goi{SUFFIX}", PASSWORD)
    assert look_over(locked, PASSWORD).faults == ()
    for wrong in (None, "mat-khau-sai-roi"):
        with pytest.raises(PackageLocked):
            look_over(locked, wrong)
    with ZipFile(locked) as packed:
        assert len(packed.namelist()) == 3  # the names can be read, nothing else
        with pytest.raises((RuntimeError, NotImplementedError)):
            packed.read(packed.namelist()[0])
    assert look_over(bundle(paths, tmp_path / f"mo{SUFFIX}")).faults == ()


def test_what_is_no_package(tmp_path: Path, package: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.zip").write_text("x")
    for path in (tmp_path / "empty", tmp_path / "a.txt", tmp_path / "a.zip", tmp_path / "none"):
        with pytest.raises(PackageUnusable):
            look_over(path)
    shutil.copytree(package, tmp_path / "two")
    shutil.copy(only(package, ".xlsx"), tmp_path / "two" / "b-KS.2017.02.xlsx")
    with pytest.raises(PackageUnusable, match="nhiều gói"):
        look_over(tmp_path / "two")


def test_no_fault_tells_what_a_row_says(package: Path) -> None:
    for code in ("text_damaged", "personal_id_doubled", "date_words", "ethnic_unknown"):
        PLANTED[code](package) if only_exists(package, ".json") else None
    assert "MẪU" not in " ".join(f"{fault.place} {fault.message}" for fault in look_over(package).faults)


def only_exists(folder: Path, suffix: str) -> bool:
    return any(folder.glob(f"*{suffix}"))


def kinds_in_docs() -> Iterator[tuple[str, str]]:
    text = (REPOSITORY / "docs/package.md").read_text("utf-8")
    yield from re.findall(r"^\| `(\w+)` \| (lỗi|nhắc) \|", text, re.M)


def test_the_docs_list_every_kind_with_what_to_do() -> None:
    words = {Severity.ERROR: "lỗi", Severity.WARNING: "nhắc"}
    assert list(kinds_in_docs()) == [(code, words[kind.severity]) for code, kind in KINDS.items()]
    text = (REPOSITORY / "docs/package.md").read_text("utf-8")
    assert all(f"| {kind.title} | {kind.advice} |" in text for kind in KINDS.values())


def test_a_look_counts_errors_and_warnings(package: Path) -> None:
    PLANTED["ethnic_unknown"](package)
    look: Look = look_over(package)
    assert (look.errors, look.warnings) == (0, 1)
