"""A package comes in as a book: to be checked or confirmed, whole or not at all, and leaves as it came."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from digitize.access.actor import Actor, Agency, Role
from digitize.books.steps import Step
from digitize.errors import AccessDenied, InputError, PackageFaulty
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace
from digitize.workflow import hand_over, review
from digitize.workflow.import_package import import_package

UNIT = "04468"  # Mồ Dề
LEAD = Actor("lead", Agency.CIVIL_STATUS, UNIT, frozenset({Role.TEAM_LEAD}), frozenset({UNIT}))
BOTH = Actor("both", Agency.CIVIL_STATUS, UNIT, frozenset({Role.TEAM_LEAD, Role.OFFICER}), frozenset({UNIT}))
OFFICER = Actor("officer", Agency.CIVIL_STATUS, UNIT, frozenset({Role.OFFICER}), frozenset({UNIT}))


@pytest.fixture
def package(peopled, person, tmp_path: Path) -> Path:
    """A finished book of two births, as another office would send it: without a manifest."""
    for entry_id, number in ((1, "01"), (2, "02")):
        with peopled.view(person("lead")) as work:
            is_open = work.entries.get(entry_id).step is Step.READ
        if is_open:
            review.confirm(peopled, person("officer"), entry_id, {"so": number})
    report = hand_over.export_book(peopled, person("lead"), 1, tmp_path / "goi")
    report.manifest.unlink()
    return tmp_path / "goi"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    workspace = Workspace.open(Settings(workspace=tmp_path / "elsewhere"))
    yield workspace
    workspace.close()


def rows_of(path: Path) -> list[dict[str, str]]:
    header, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_entries_wait_for_an_officer_with_the_package_as_suggestions(empty, package) -> None:
    told = import_package(empty, LEAD, package, UNIT)
    assert (told.entries, told.already, told.book.unit_code, told.book.year) == (2, 0, UNIT, 2017)
    with empty.view(LEAD) as work:
        first, second = work.entries.of_book(told.book.book_id)
        page = work.pages.get(first.page_id)
    assert (first.step, second.step, first.values) == (Step.READ, Step.READ, {})
    assert first.candidates["nksGioiTinh"].text in ("Nam", "Nữ")
    with empty.archive.open(page.sha256) as original:
        assert page.file_name.startswith("KS.2017.01.") and original.read(5) == b"%PDF-"
    again = import_package(empty, LEAD, package, UNIT)
    assert (again.entries, again.already) == (0, 2)


def test_confirmed_at_once_it_leaves_as_it_came(empty, package) -> None:
    with pytest.raises(AccessDenied):
        import_package(empty, LEAD, package, UNIT, confirmed=True)
    told = import_package(empty, BOTH, package, UNIT, confirmed=True)
    with empty.view(BOTH) as work:
        steps = {entry.step for entry in work.entries.of_book(told.book.book_id)}
        (line,) = [each for each in work.journal.of("entry", 1) if each.act == "entry.confirm"]
    assert steps == {Step.CONFIRMED} and "Nhập từ gói" in line.why
    report = hand_over.export_book(empty, BOTH, told.book.book_id)
    (before,) = package.glob("*.xlsx")
    assert rows_of(report.excel) == rows_of(before)


def test_nothing_comes_in_of_a_package_that_lacks_a_picture(empty, package) -> None:
    (path,) = package.glob("*.zip")
    with ZipFile(path) as packed:
        name, *_ = packed.namelist()
        pdf = packed.read(name)
    with ZipFile(path, "w") as packed:
        packed.writestr(name, pdf)
    with pytest.raises(PackageFaulty, match="dòng 3"):
        import_package(empty, LEAD, package, UNIT)
    with empty.view(LEAD) as work:
        assert work.books.all() == ()


def test_a_unit_that_nobody_knows_must_be_named_and_officers_do_not_import(empty, package) -> None:
    with pytest.raises(InputError, match="chọn đơn vị"):
        import_package(empty, LEAD, package)
    with pytest.raises(AccessDenied):
        import_package(empty, OFFICER, package, UNIT)
