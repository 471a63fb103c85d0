"""Every number of the report is counted again by a query of its own, now and as of earlier days."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from sqlalchemy import text

from digitize.access.actor import Actor, Agency, Role, setup_actor
from digitize.books.kinds import BookKind
from digitize.books.readiness import DifficultyKind
from digitize.books.report import last_report, report_before
from digitize.books.steps import Step
from digitize.campaign.inventory import Stock
from digitize.clock import today_here
from digitize.errors import AccessDenied
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace
from digitize.workflow import difficulties
from digitize.workflow.monthly_report import monthly_report, write_report

LEAD = Actor("lead", Agency.POLICE, "15", frozenset({Role.TEAM_LEAD}), frozenset({"15"}))
LOCAL = Actor("local", Agency.POLICE, "04468", frozenset({Role.TEAM_LEAD}), frozenset({"04468"}))
COUNTER = Actor("c", Agency.CIVIL_STATUS, "15", frozenset({Role.OFFICER}), frozenset({"15"}))
STEPS = ("read", "in_review", "confirmed", "checked", "matched", "handed_over")
DONE = ("confirmed", "checked", "matched", "handed_over")


@pytest.fixture(scope="module")
def province(tmp_path_factory) -> Iterator[Workspace]:
    """Twelve books of four communes with entries in every step, laid down without their way there."""
    workspace = Workspace.open(Settings(workspace=tmp_path_factory.mktemp("province")))
    units = (("04468", "xã Mồ Dề", "137"), ("04249", "phường Yên Thịnh", "132"), ("04252", "phường Yên Ninh", "132"))
    long_ago = datetime(2026, 1, 2, tzinfo=UTC)
    with workspace.unit_of_work(setup_actor()) as work:
        for code, name, district in units:
            for kind in (BookKind.BIRTH, BookKind.DEATH, BookKind.GUARDIANSHIP):
                work.books.add(kind, code, name, district, f"UBND {name}", 2010, "01")
    with workspace.engine.begin() as connection:
        connection.execute(text("UPDATE book SET opened_at = :at"), {"at": long_ago.replace(tzinfo=None)})
        for book in range(1, 10):
            page = {"book": book, "id": book}
            connection.execute(
                text("INSERT INTO page (id, book_id, sha256, file_name, page_of_file, sequence, width, height, state,"
                     " attempts) VALUES (:id, :book, 'a', 'a.jpg', 1, 1, 10, 10, 'read', 0)"), page,
            )  # fmt: skip
            for ordinal in range(1, book + 4):
                step = "handed_over" if book in (2, 5) else STEPS[(book + ordinal) % len(STEPS)]
                told = {"book": book, "ordinal": ordinal, "step": step, "at": long_ago.replace(tzinfo=None)}
                connection.execute(
                    text("INSERT INTO entry (page_id, book_id, ordinal, form_id, step, changed_at, version, doubt)"
                         " VALUES (:book, :book, :ordinal, 'KS-2015', :step, :at, 1, 0)"), told,
                )  # fmt: skip
    yield workspace
    workspace.close()


def counted(workspace: Workspace, query: str) -> int:
    with sqlite3.connect(workspace.settings.workspace / "digitize.db") as connection:
        return int(connection.execute(query).fetchone()[0])


@pytest.mark.parametrize("where", ["1=1", "b.kind IN ('KS','KH','CN','KT')", "b.kind NOT IN ('KS','KH','CN','KT')"])
def test_sums_are_those_of_a_query_of_its_own(province, where: str) -> None:
    report = monthly_report(province, LEAD, today_here())
    stand = report.total if where == "1=1" else report.of_lane("NOT" not in where)
    of = f"FROM entry e JOIN book b ON b.id = e.book_id WHERE {where}"
    assert stand.entries == counted(province, f"SELECT count(*) {of}")
    assert stand.confirmed == counted(province, f"SELECT count(*) {of} AND e.step IN {DONE}")
    assert stand.handed_over == counted(province, f"SELECT count(*) {of} AND e.step = 'handed_over'")
    assert stand.books == counted(province, f"SELECT count(*) FROM book b WHERE {where}")
    unfinished = f"SELECT book_id FROM entry WHERE step NOT IN {DONE}"
    assert stand.finished == counted(
        province, f"SELECT count(*) FROM book b WHERE {where} AND id NOT IN ({unfinished})"
    )


def test_kinds_districts_and_successors_add_up_to_the_whole(province) -> None:
    report = monthly_report(province, LEAD, today_here())
    for areas in (report.districts, report.successors):
        assert sum(area.stand.entries for area in areas) == report.total.entries
        assert sum(area.stand.confirmed for area in areas) == report.total.confirmed
        assert sum(area.communes for area in areas) == 173
    assert sum(report.of_kind(kind).confirmed for kind in BookKind) == report.total.confirmed
    assert report.of_lane(True) + report.of_lane(False) == report.total
    assert {area.name: area.finished for area in report.districts if area.begun} == {
        "Thành phố Yên Bái": 0,
        "Huyện Mù Cang Chải": 0,
    }


def test_books_of_district_and_province_make_no_commune(province) -> None:
    before = monthly_report(province, LEAD, today_here())
    with province.unit_of_work(setup_actor()) as work:
        work.books.add(BookKind.BIRTH, "137", "huyện Mù Cang Chải", "137", "UBND huyện", 2011, "01")
        work.books.add(BookKind.BIRTH, "15", "tỉnh Yên Bái", "15", "Sở Tư pháp", 2011, "01")
    told = monthly_report(province, LEAD, today_here())
    assert told.total.books == before.total.books + 2
    for areas in (told.districts, told.successors):
        assert (sum(area.communes for area in areas), sum(area.begun for area in areas)) == (173, 3)
        assert sum(area.stand.books for area in areas) == told.total.books
    assert "Sở Tư pháp tỉnh Yên Bái" in [area.name for area in told.districts]


def test_an_earlier_day_is_told_as_it_stood(province) -> None:
    before = monthly_report(province, LEAD, today_here())
    with province.unit_of_work(Actor("o", Agency.POLICE, "15", frozenset({Role.OFFICER}), frozenset({"15"}))) as work:
        entry = next(e for b in range(1, 10) for e in work.entries.of_book(b) if e.step is Step.IN_REVIEW)
        work.entries.confirm(entry.entry_id, {"so": "01"})
    now = monthly_report(province, LEAD, today_here())
    assert now.total.confirmed == before.total.confirmed + 1
    assert now.total.in_period == 1  # nothing else has changed since the report before
    yesterday = monthly_report(province, LEAD, today_here() - timedelta(days=1), today_here() - timedelta(days=2))
    assert yesterday.total.in_period == 0
    assert yesterday.total.confirmed == before.total.confirmed


def test_what_is_planned_comes_from_the_inventory(province) -> None:
    before = monthly_report(province, LEAD, today_here())
    with province.unit_of_work(COUNTER) as work:
        work.inventory.count(9, Stock(1, 50))
        work.inventory.count(1, Stock(electronic=True))
    now = monthly_report(province, LEAD, today_here())
    planned = "SELECT sum(coalesce(s.entries, s.last_number - s.first_number + 1, (SELECT count(*) FROM entry e"
    planned += " WHERE e.book_id = b.id))) FROM book b LEFT JOIN book_stock s ON s.book_id = b.id"
    planned += " WHERE coalesce(s.electronic, 0) = 0"
    assert now.total.planned == counted(province, planned)
    assert now.total.books == before.total.books - 1  # what is in the civil-status database is not keyed again
    with province.unit_of_work(COUNTER) as work:
        work.inventory.count(9, Stock())
        work.inventory.count(1, Stock())
    assert monthly_report(province, LEAD, today_here()).total == before.total


def test_a_book_is_finished_without_what_was_set_aside(province) -> None:
    def total():
        return monthly_report(province, LEAD, today_here()).total

    def set_step(step: str) -> None:
        with province.engine.begin() as connection:
            connection.execute(text("UPDATE entry SET step = :step WHERE book_id = 2 AND ordinal = 1"), {"step": step})

    before = total()
    set_step("in_review")
    assert total().finished == before.finished - 1
    set_step("set_aside")
    assert (total().finished, total().entries) == (before.finished, before.entries - 1)
    set_step("handed_over")
    assert total() == before


def test_a_commune_sees_its_own(province) -> None:
    report = monthly_report(province, LOCAL, today_here())
    assert {each.book.unit_code for each in report.books} == {"04468"}
    assert len(report.communes) == 1
    with pytest.raises(AccessDenied):
        monthly_report(province, Actor("x", Agency.POLICE, "15", frozenset({Role.OFFICER}), LEAD.scope), today_here())


def test_difficulties_are_summed_up_and_those_open_are_told(province) -> None:
    place = {place.code: place for place in difficulties.places_of(province, LEAD)}["04468"]
    raised = difficulties.raise_difficulty(province, LEAD, place, DifficultyKind.LINE, "Mạng chập chờn.")
    paper = text_of_docx(write_report(monthly_report(province, LEAD, today_here()), "docx"))
    assert "xã Mồ Dề (đường truyền): Mạng chập chờn." in paper
    difficulties.answer_difficulty(province, LEAD, raised.difficulty_id, "Đã sửa")
    told = monthly_report(province, LEAD, today_here())
    assert [each.is_open for each in told.difficulties] == [False]
    assert "Mạng chập chờn" not in text_of_docx(write_report(told, "docx"))


def text_of_docx(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_three_writings_say_the_same(province, tmp_path: Path) -> None:
    report = monthly_report(province, LEAD, date(2026, 11, 15), date(2026, 10, 15))
    total = report.total
    book = openpyxl.load_workbook(BytesIO(write_report(report, "xlsx")))
    first = list(book.worksheets[0].iter_rows(values_only=True))
    assert first[-1][:6] == ("TỔNG CỘNG", total.books, total.finished, total.planned, total.entries, total.confirmed)
    with pypdfium2.PdfDocument(write_report(report, "pdf")) as document:
        pdf = "".join(page.get_textpage().get_text_bounded() for page in document)
    words = text_of_docx(write_report(report, "docx"))
    for must in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Nơi nhận:", "BÁO CÁO"):
        assert must in words
    plain = " ".join(pdf.split())
    for must in ("Yên Bái, ngày 15 tháng 11 năm 2026", f"{total.confirmed} trường hợp", "Số:"):
        assert must in plain and must in words


@pytest.mark.parametrize(
    ("day", "before", "last"),
    [("2026-11-15", "2026-10-15", "2026-11-15"), ("2026-11-20", "2026-11-15", "2026-11-15"),
     ("2026-01-10", "2025-12-15", "2025-12-15")],
)  # fmt: skip
def test_report_days(day: str, before: str, last: str) -> None:
    asked = date.fromisoformat(day)
    assert (report_before(asked), last_report(asked)) == (date.fromisoformat(before), date.fromisoformat(last))
