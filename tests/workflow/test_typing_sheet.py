"""Where only the police network may ask: people go out as a sheet, and the answers come back as decisions."""

from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook

from digitize.access.actor import Actor
from digitize.books.steps import Step
from digitize.errors import InputError, NotFound
from digitize.store.unit_of_work import Workspace
from digitize.workflow import follow_up, review, typing_sheet
from digitize.workflow.typing_sheet import CODE, COLUMNS, DIFFERENT, NUMBER, RESULT

MOTHER = "015190616012"


def rows(excel: bytes) -> list[dict[str, str]]:
    given = list(load_workbook(BytesIO(excel)).active.iter_rows(values_only=True))
    top = next(at for at, row in enumerate(given) if row[0] in (CODE, "Sổ", "STT"))
    return [dict(zip(given[top], row, strict=True)) for row in given[top + 1 :]]


def filled_in(excel: bytes, answers: dict[str, dict[str, str]]) -> BytesIO:
    """The sheet as an officer sends it back: answers by code, each by column."""
    book = load_workbook(BytesIO(excel))
    for row in book.active.iter_rows():
        for column, text in answers.get(str(row[0].value), {}).items():
            row[COLUMNS.index(column)].value = text
    out = BytesIO()
    book.save(out)
    out.seek(0)
    return out


def test_a_sheet_goes_out_and_its_answers_come_back(peopled: Workspace, person: Callable[[str], Actor]) -> None:
    officer = person("officer")
    review.confirm(peopled, officer, 1, {})
    sheet = typing_sheet.typing_sheet(peopled, officer)
    people = {row[CODE]: row for row in rows(sheet)}
    assert set(people) == {"1-child", "1-mother", "1-father"}
    assert people["1-mother"]["Họ, chữ đệm, tên"] == "NÔNG THỊ HOA"
    assert list(people["1-child"])[4:8] == ["Số định danh", "Họ, chữ đệm, tên", "Giới tính", "Ngày, tháng, năm sinh"]
    answers = {
        "1-child": {RESULT: "B", NUMBER: "015217682041", DIFFERENT["birth"]: "01.09.2017"},
        "1-mother": {RESULT: "a", NUMBER: MOTHER},
        "1-father": {RESULT: "C"},
    }
    told = typing_sheet.read_back(peopled, officer, filled_in(sheet, answers), "phieu.xlsx")
    assert (told.taken, told.unanswered, told.refused) == (3, 0, ())
    with peopled.view(officer) as work:
        standings = {each.role: each for each in work.matches.standings(1)}
        assert work.entries.get(1).step is Step.MATCHED
    assert {role: (each.outcome, each.personal_id) for role, each in standings.items()} == {
        "child": ("discrepant", "015217682041"),
        "mother": ("consistent", MOTHER),
        "father": ("not_found", None),
    }
    assert standings["mother"].decision.why == "phiếu tra cứu phieu.xlsx, dòng 6"
    assert [each.follow_up.column for each in follow_up.listed(peopled, officer)] == ["nksNgaySinh"]
    assert rows(typing_sheet.typing_sheet(peopled, officer)) == []
    assert [row["Vai trò"] for row in rows(typing_sheet.new_person_sheet(peopled, officer))] == ["Cha"]
    (listed,) = rows(follow_up.follow_up_excel(peopled, officer))
    assert (listed["Giá trị trong sổ"], listed["Giá trị trong CSDL dân cư"]) == ("09/01/2017", "01.09.2017")
    (item,) = follow_up.listed(peopled, officer)
    words = text_of(follow_up.letter_of(peopled, officer, item.follow_up.follow_up_id, "pdf"))
    for must in ("Kính gửi: Công an", "09/01/2017", "01.09.2017", "015217682041", "Ngày, tháng, năm sinh"):
        assert must in words
    words = text_of(follow_up.follow_up_paper(peopled, officer, "pdf"))
    assert "DANH SÁCH" in words and "01.09.2017" in words and "Danh sách có 1 thông tin." in words
    with pytest.raises(NotFound):
        follow_up.letter_of(peopled, person("stranger"), item.follow_up.follow_up_id, "pdf")
    with peopled.view(person("administrator")) as work:
        letters = work.journal.of("people_list", "letter")
        assert [line.after for line in letters] == [{"rows": 1}]
        lines = work.journal.of("people_list", "typing-sheet")
    assert [line.after for line in lines] == [{"rows": 3}, {"rows": 0}]


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({RESULT: "D", NUMBER: MOTHER}, "A, B hoặc C"),
        ({RESULT: "A", NUMBER: "01519061601"}, "12 chữ số"),
        ({RESULT: "B", NUMBER: MOTHER}, "không ghi chỗ nào"),
    ],
)
def test_a_bad_answer_is_told_with_its_row_and_changes_nothing(
    peopled: Workspace, person: Callable[[str], Actor], answer: dict[str, str], why: str
) -> None:
    officer = person("officer")
    review.confirm(peopled, officer, 2, {})
    sheet = typing_sheet.typing_sheet(peopled, officer)
    told = typing_sheet.read_back(peopled, officer, filled_in(sheet, {"2-mother": answer}), "phieu.xlsx")
    assert (told.taken, told.unanswered) == (0, 2)
    ((row, refusal),) = told.refused
    assert row == 6 and why in refusal
    with peopled.view(officer) as work:
        assert work.matches.decisions(2) == ()
    review.send_back(peopled, officer, 2, "hết bài thử")


def test_what_is_no_sheet_is_refused(peopled: Workspace, person: Callable[[str], Actor]) -> None:
    with pytest.raises(InputError, match="không phải bảng Excel"):
        typing_sheet.read_back(peopled, person("officer"), BytesIO(b"PK\x03\x04"), "x.xlsx")
    other = follow_up.follow_up_excel(peopled, person("officer"))
    with pytest.raises(InputError, match="dòng tiêu đề"):
        typing_sheet.read_back(peopled, person("officer"), BytesIO(other), "x.xlsx")
