"""A page that the machine cannot read becomes entries that an officer keys from the picture, up to the export."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from digitize.access.actor import Actor, Agency, Role, setup_actor, worker_actor
from digitize.books.book import Book, PageState
from digitize.books.forms import get_form
from digitize.books.kinds import BookKind
from digitize.books.steps import Step
from digitize.errors import AccessDenied, InputError, StepNotLawful
from digitize.export.ministry_excel import export_columns, row_of_entry, write_book_excel
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace
from digitize.workflow.by_hand import forms_of, key_by_hand
from digitize.workflow.review import confirm, open_entry, save_value


def actor(role: Role) -> Actor:
    return Actor(role.value, Agency.CIVIL_STATUS, "24999", frozenset({role}), frozenset({"24999"}))


OPERATOR, OFFICER, CHECKER = actor(Role.OPERATOR), actor(Role.OFFICER), actor(Role.CHECKER)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(Settings(workspace=tmp_path))
    yield opened
    opened.close()


def failed_page(workspace: Workspace, kind: BookKind = BookKind.BIRTH, year: int = 2017) -> int:
    with workspace.unit_of_work(setup_actor()) as work:
        book = work.books.add(kind, "24999", "xã Suối Mơ", "140", "UBND xã Suối Mơ", year, "01")
        work.pages.add(book.book_id, "0" * 64, "a.jpg", 1, 1654, 2339)
    with workspace.unit_of_work(worker_actor()) as work:
        page = work.pages.lease("w", 60)
        assert page is not None
        work.pages.fail(page.page_id, "w", "form_unknown", "Không rõ biểu mẫu.")
    return page.page_id


def test_a_failed_page_waits_for_the_officer_without_suggestions(workspace: Workspace) -> None:
    page_id = failed_page(workspace)
    (entry,) = key_by_hand(workspace, OPERATOR, page_id)
    assert (entry.form_id, entry.step, entry.candidates) == ("KS-2015", Step.READ, {})
    with workspace.view(setup_actor()) as work:
        page, last = work.pages.get(page_id), work.journal.of("page", page_id)[-1]
    assert (page.state, page.form_id, page.failure_message) == (PageState.READ, "KS-2015", None)
    assert (last.act, last.account) == ("page.key_by_hand", "operator")
    view = open_entry(workspace, OFFICER, entry.entry_id)
    assert [problem.code for problem in view.problems] == ["key_by_hand"]
    assert all(field.text == "" for field in view.fields)


def test_a_spread_of_a_ledger_becomes_as_many_entries_as_it_has_rows(workspace: Workspace) -> None:
    made = key_by_hand(workspace, OFFICER, failed_page(workspace, year=1999), entries=7)
    assert [(entry.form_id, entry.ordinal) for entry in made] == [("KS-1998", row) for row in range(1, 8)]


def test_only_a_failed_page_is_given_up(workspace: Workspace) -> None:
    page_id = failed_page(workspace)
    key_by_hand(workspace, OPERATOR, page_id)
    with pytest.raises(StepNotLawful):
        key_by_hand(workspace, OPERATOR, page_id)


def test_entries_that_were_read_before_keep_what_was_read(workspace: Workspace) -> None:
    page_id = failed_page(workspace)
    (entry,) = key_by_hand(workspace, OPERATOR, page_id)
    open_entry(workspace, OFFICER, entry.entry_id)
    save_value(workspace, OFFICER, entry.entry_id, "so", "05")
    with workspace.unit_of_work(worker_actor()) as work:
        work.pages.retry(page_id)
        work.pages.lease("w", 60)
        work.pages.fail(page_id, "w", "form_unknown", "")
    first, second = key_by_hand(workspace, OPERATOR, page_id, entries=2)
    assert (first.entry_id, first.values["so"].text, second.values) == (entry.entry_id, "05", {})


@pytest.mark.parametrize(("form_id", "entries"), [("KH-2015", 1), (None, 0), (None, 1000)])
def test_what_cannot_be_is_refused(workspace: Workspace, form_id: str | None, entries: int) -> None:
    with pytest.raises(InputError):
        key_by_hand(workspace, OPERATOR, failed_page(workspace), form_id, entries)


def test_whoever_neither_takes_in_nor_keys_may_not(workspace: Workspace) -> None:
    with pytest.raises(AccessDenied):
        key_by_hand(workspace, CHECKER, failed_page(workspace))


@pytest.mark.parametrize(
    ("year", "first"), [(1999, "KS-1998"), (2005, "KS-1998"), (2006, "KS-2006"), (2015, "KS-2006"), (2020, "KS-2015")]
)
def test_the_form_of_the_books_year_comes_first(year: int, first: str) -> None:
    book = Book(1, BookKind.BIRTH, "24999", "xã", "140", "UBND xã", year, "01", datetime.now(UTC))
    assert next(form.form_id for form in forms_of(book)) == first
    assert len(forms_of(book)) == 3


def test_a_note_of_divorce_keyed_by_hand_is_exported(workspace: Workspace, tmp_path: Path) -> None:
    (entry,) = key_by_hand(workspace, OFFICER, failed_page(workspace, BookKind.DIVORCE_NOTE))
    keyed = {"so": "03", "ngayDangKy": "5/6/2017", "lhLoai": "1", "lhVoHoTen": "LÒ THỊ SAO"}
    confirmed = confirm(workspace, OFFICER, entry.entry_id, keyed)
    values = {column: value.text for column, value in confirmed.values.items()}
    with workspace.view(setup_actor()) as work:
        book = work.books.get(confirmed.book_id)
    write_book_excel(tmp_path / "lh.xlsx", "LH", [row_of_entry(get_form("LH-2015"), values, book, {}, 1)])
    head, row = openpyxl.load_workbook(tmp_path / "lh.xlsx").worksheets[0].iter_rows(values_only=True)
    assert head == export_columns("LH")
    written = {column: text for column, text in zip(head, row, strict=True) if text}
    assert written == keyed | {"ngayDangKy": "05.06.2017", "noiDangKy": "UBND xã Suối Mơ", "quyenSo": "01/2017"}
