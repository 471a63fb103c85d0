"""A book is handed over: whole or refused with the list, by two people; it comes back, is mended, and goes again."""

import json
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from digitize.access.actor import Actor, setup_actor
from digitize.books.handover import PackageState, ReceiptKind, ResultOutcome
from digitize.books.steps import Act, Step
from digitize.clock import today_here
from digitize.errors import AccessDenied, ExportRefused, InputError, NotFound, StepNotLawful
from digitize.export.returned import Fit
from digitize.store.unit_of_work import Workspace, verify_journal
from digitize.workflow import hand_over, receipts, review
from digitize.workflow.package_check import check_package

BOOK = 1


@pytest.fixture
def lead(person) -> Actor:
    return person("lead")


@pytest.fixture
def checker(person) -> Actor:
    return person("checker")


def steps(workspace: Workspace) -> list[Step]:
    with workspace.view(setup_actor()) as work:
        return [entry.step for entry in work.entries.of_book(BOOK)]


def test_the_whole_way_of_a_book(peopled, person, lead, checker, tmp_path: Path) -> None:
    officer = person("officer")
    with pytest.raises(ExportRefused, match=r"Trường hợp chưa xác nhận: 1-2\."):
        hand_over.export_book(peopled, lead, BOOK)
    assert hand_over.hand_overs(peopled, lead) == ()
    review.confirm(peopled, officer, 1, {"so": "01"})
    with pytest.raises(ExportRefused, match=r"chưa xác nhận: 2\."):
        hand_over.export_book(peopled, lead, BOOK)

    trial = hand_over.export_book(peopled, lead, BOOK, tmp_path / "trial", trial=True)
    assert (trial.entries, [each.entry for each in trial.told.left_out]) == (1, [2])
    with pytest.raises(StepNotLawful, match="Gói thử"):
        hand_over.release(peopled, checker, 1)

    confirm_second = review.confirm(peopled, officer, 2, {"so": "02"})
    assert confirm_second.step is Step.CONFIRMED
    for who in (officer, checker):
        with pytest.raises(AccessDenied):
            hand_over.export_book(peopled, who, BOOK)
    report = hand_over.export_book(peopled, lead, BOOK)
    assert (report.entries, report.told.trial) == (2, False)
    assert check_package(report.excel).errors == 0
    with pytest.raises(StepNotLawful, match="phát hành"):
        hand_over.files_of(peopled, lead, 2)
    with pytest.raises(AccessDenied, match="người thứ hai"):
        hand_over.release(peopled, lead, 2)
    assert steps(peopled) == [Step.CONFIRMED, Step.CONFIRMED]

    with peopled.unit_of_work(checker) as work:  # somebody touches an entry in between
        work.entries.advance(1, Act.CHECK)
    with pytest.raises(ExportRefused, match="lập lại gói"):
        hand_over.release(peopled, checker, 2)
    again = hand_over.export_book(peopled, lead, BOOK)
    content = again.pdfs.read_bytes()
    again.pdfs.write_bytes(content[:-1])
    with pytest.raises(ExportRefused, match="bị thay đổi"):
        hand_over.release(peopled, checker, 3)
    again.pdfs.write_bytes(content)
    assert hand_over.release(peopled, checker, 3).state is PackageState.RELEASED
    assert steps(peopled) == [Step.HANDED_OVER, Step.HANDED_OVER]
    with peopled.view(lead) as work:
        states = [package.state for package in work.packages.of_book(BOOK)]
    assert states == [PackageState.REPLACED, PackageState.REPLACED, PackageState.RELEASED]
    carried = hand_over.carry(peopled, lead, 3, "mat-khau-cua-goi")
    assert check_package(carried, "mat-khau-cua-goi").errors == 0
    with pytest.raises(InputError, match="12 ký tự"):
        hand_over.carry(peopled, lead, 3, "ngan")

    (waiting,) = hand_over.hand_overs(peopled, lead, today_here() + timedelta(days=12))
    assert (waiting.clock.days_left, waiting.clock.told) == (-2, "Quá hạn 2 ngày")
    for wrong, day in ((ReceiptKind.ENTERED, today_here()), (ReceiptKind.RECEIVED, today_here() + timedelta(days=1))):
        with pytest.raises((StepNotLawful, InputError)):
            receipts.receive(peopled, lead, 3, wrong, "Sở Tư pháp", "", day)
    with pytest.raises(InputError, match="lý do"):
        receipts.receive(peopled, lead, 3, ReceiptKind.RETURNED, "Sở Tư pháp", "", today_here())
    receipts.receive(peopled, lead, 3, ReceiptKind.RECEIVED, "Sở Tư pháp", "BB 12", today_here())
    (received,) = hand_over.hand_overs(peopled, lead, today_here() + timedelta(days=30))
    assert (received.clock.told, received.clock.stopped) == ("Đúng hạn", today_here())

    receipts.receive(peopled, lead, 3, ReceiptKind.RETURNED, "Sở Tư pháp", "", today_here(), "số 02 mờ")
    (running,) = hand_over.hand_overs(peopled, lead, today_here())
    assert running.clock.stopped is None
    with pytest.raises(InputError):
        receipts.recall(peopled, lead, 2, " ")
    assert receipts.recall(peopled, lead, 2, "số 02 mờ").step is Step.IN_REVIEW
    review.confirm(peopled, officer, 2, {"so": "02"})
    hand_over.export_book(peopled, lead, BOOK)
    hand_over.release(peopled, checker, 4)
    receipts.receive(peopled, lead, 4, ReceiptKind.RECEIVED, "Sở Tư pháp", "BB 13", today_here())
    receipts.receive(peopled, lead, 4, ReceiptKind.ENTERED, "UBND xã Suối Mơ", "", today_here())
    assert [each.kind for each in receipts.receipts_of(peopled, lead, BOOK)] == [
        *(ReceiptKind.RECEIVED, ReceiptKind.RETURNED),
        *(ReceiptKind.RECEIVED, ReceiptKind.ENTERED),
    ]
    assert verify_journal(peopled, setup_actor()) is None


def returned_file(workspace: Workspace, lead: Actor, folder: Path, change) -> Path:
    """The package's own Excel as it might come back."""
    excel, _, _ = hand_over.files_of(workspace, lead, 4)
    book = openpyxl.load_workbook(excel)
    change(book.active, {cell.value: cell.column for cell in book.active[1]})
    book.save(folder / "tra-ve.xlsx")
    return folder / "tra-ve.xlsx"


def test_what_comes_back_is_set_against_the_book_entry_by_entry(peopled, lead, tmp_path: Path) -> None:
    def change(sheet, at) -> None:
        sheet.cell(1, 71).value, sheet.cell(1, 72).value = "ketQua", "lyDo"
        sheet.cell(2, at["meSoDinhDanhCaNhan"]).value = "015192000123"
        sheet.cell(2, 71).value = "Thành công"
        sheet.cell(3, 71).value, sheet.cell(3, 72).value = "Từ chối", "thiếu ngày cấp"
        sheet.cell(3, at["nksQueQuan"]).value = "nơi khác"
        sheet.cell(4, at["so"]).value, sheet.cell(4, at["ngayDangKy"]).value = "99", "01.01.2017"

    path = returned_file(peopled, lead, tmp_path, change)
    told = receipts.reconcile_file(peopled, lead, BOOK, path)
    assert [(each.fit, each.entry_id, each.outcome) for each in told] == [
        (Fit.SAME, 1, ResultOutcome.ACCEPTED),
        (Fit.DIFFERENT, 2, ResultOutcome.REFUSED),
        (Fit.UNKNOWN, None, None),
    ]
    assert told[1].differing == ("nksQueQuan",)
    assert all(answer is None for _, answer in receipts.results_of(peopled, lead, BOOK))  # nothing recorded by looking
    assert receipts.record(peopled, lead, told, path.name) == 2
    (_, first), (_, second) = receipts.results_of(peopled, lead, BOOK)
    assert first.personal_ids["meSoDinhDanhCaNhan"] == "015192000123"
    assert (second.outcome, second.note, second.source) == (ResultOutcome.REFUSED, "thiếu ngày cấp", "tra-ve.xlsx")
    (counted,) = hand_over.hand_overs(peopled, lead)
    assert counted.answers == 2


def test_a_number_that_is_none_and_a_row_that_is_missing_are_told_and_not_recorded(peopled, lead, tmp_path) -> None:
    def change(sheet, at) -> None:
        sheet.cell(2, at["nksSoDinhDanh"]).value = "123"
        sheet.delete_rows(3)

    told = receipts.reconcile_file(peopled, lead, BOOK, returned_file(peopled, lead, tmp_path, change))
    assert [each.fit for each in told] == [Fit.CONFLICT, Fit.MISSING]
    assert receipts.record(peopled, lead, told, "x") == 0


def test_an_answer_by_hand_needs_a_reason_to_refuse_and_a_whole_number(peopled, lead) -> None:
    with pytest.raises(InputError, match="từ chối"):
        receipts.answer(peopled, lead, 1, ResultOutcome.REFUSED, {})
    with pytest.raises(InputError, match="12 chữ số"):
        receipts.answer(peopled, lead, 1, ResultOutcome.ACCEPTED, {"nksSoDinhDanh": "015"})
    told = receipts.answer(peopled, lead, 1, ResultOutcome.DOUBLED, {"nksSoDinhDanh": "015 217 000 999"}, "HS-1")
    assert (told.personal_ids, told.reference) == ({"nksSoDinhDanh": "015217000999"}, "HS-1")


def test_nobody_else_sees_or_fetches_it(peopled, person, lead) -> None:
    stranger = person("stranger")
    assert hand_over.hand_overs(peopled, stranger) == ()
    with pytest.raises(NotFound):
        hand_over.files_of(peopled, stranger, 4)
    with pytest.raises(NotFound):
        hand_over.export_book(peopled, stranger, BOOK)


def test_the_pictures_are_light_and_the_manifest_is_right(peopled, lead) -> None:
    excel, pdfs, manifest = hand_over.files_of(peopled, lead, 4)
    told = json.loads(manifest.read_text("utf-8"))
    with ZipFile(pdfs) as packed:
        sizes = {info.filename: info.file_size for info in packed.infolist()}
    assert told["pdfs"].keys() == sizes.keys()
    assert max(sizes.values()) <= 160_000
    assert openpyxl.load_workbook(excel).active.max_row - 1 == told["entries"] == len(sizes)
