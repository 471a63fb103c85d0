"""The typing sheet: people to look up where only the police network may ask, and the answers read back in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import IO

from digitize.access.actor import Actor, Permission
from digitize.books.book import Book
from digitize.books.entry import Entry
from digitize.books.follow_up import Choice, Decision, Standing
from digitize.books.personal_id import personal_id_digits
from digitize.books.persons import DECLARANT, ROLE_TITLES, Person
from digitize.books.steps import Step
from digitize.errors import DigitizeError, InputError
from digitize.export.people_excel import Sheet, as_excel, rows_of, table
from digitize.matching.compare import FIELDS
from digitize.matching.population import Citizen
from digitize.store.unit_of_work import Workspace
from digitize.workflow.evidence import FIELD_TITLES, LOOK_UP_ORDER, differences_to
from digitize.workflow.match import follow_up_on, person_of, persons_in

SOURCE = "phiếu tra cứu"
READY = frozenset({Step.CONFIRMED, Step.CHECKED, Step.MATCHED})
CITIZEN_OF = {ours: theirs for ours, theirs, *_ in FIELDS}  # attribute of Person -> of Citizen
ANSWERS = {"A": "thống nhất", "B": "tìm thấy, chưa thống nhất", "C": "không tìm thấy"}

CODE, RESULT, NUMBER = "Mã", "KẾT QUẢ (A, B, C)", "Số định danh tra được"
BOOK_COLUMNS = (CODE, "Sổ", "Số", "Vai trò", *(FIELD_TITLES[each] for each in LOOK_UP_ORDER))
DIFFERENT = {each: f"CSDL ghi: {FIELD_TITLES[each]}" for each in LOOK_UP_ORDER if each != "personal_id"}
COLUMNS = (*BOOK_COLUMNS, RESULT, NUMBER, *DIFFERENT.values())
NOTES = (
    "A: thống nhất (ghi số định danh) · B: tìm thấy, chưa thống nhất (ghi số định danh và chỉ những ô CSDL ghi khác) "
    "· C: không tìm thấy.",
    "Thứ tự các ô theo thông tin tra cứu tại Điều 11 Thông tư 01/2022/TT-BTP như được tóm tắt; thứ tự của phần mềm "
    "nhập liệu không được công bố.",
)
NEW_TITLES = (*BOOK_COLUMNS[1:], "Ngày đăng ký", "Nơi đăng ký")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the national software said of one person; `different` holds by attribute of Person what it has instead."""

    result: str  # A, B, C
    personal_id: str = ""
    different: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What became of a filled-in sheet."""

    taken: int
    unanswered: int
    refused: tuple[tuple[int, str], ...]  # row of the file, why


@dataclass(frozen=True, slots=True)
class _Row:
    book: Book
    entry: Entry
    person: Person
    standing: Standing | None


def typing_sheet(workspace: Workspace, actor: Actor, book_id: int | None = None) -> bytes:
    """Everybody of confirmed entries whom nobody has found yet, as Excel. Raises AccessDenied."""
    rows = [each for each in _people(workspace, actor, book_id) if _is_to_look_up(each.standing)]
    cells = table(COLUMNS, (_told(each) + ("",) * (len(COLUMNS) - len(BOOK_COLUMNS)) for each in rows))
    _journal(workspace, actor, "typing-sheet", len(rows))
    to_fill = len(COLUMNS) - len(BOOK_COLUMNS)
    return as_excel(Sheet("PHIẾU TRA CỨU TRÊN PHẦN MỀM NHẬP LIỆU", COLUMNS, cells, NOTES, to_fill))


def new_person_sheet(workspace: Workspace, actor: Actor, book_id: int | None = None) -> bytes:
    """Everybody who is not in the population database, as the book tells them. Raises AccessDenied."""
    rows = [
        each for each in _people(workspace, actor, book_id) if each.standing and each.standing.outcome == "not_found"
    ]
    cells = table(NEW_TITLES, (_told(each)[1:] + _registered(each) for each in rows))
    _journal(workspace, actor, "new-people", len(rows))
    return as_excel(Sheet("PHIẾU NHẬP MỚI: NGƯỜI KHÔNG TÌM THẤY TRONG CSDL DÂN CƯ", NEW_TITLES, cells))


def take_answer(workspace: Workspace, actor: Actor, entry_id: int, role: str, answer: Answer, why: str) -> Decision:
    """What was typed counts as the officer's decision. Raises InputError, NotFound, StepNotLawful, AccessDenied."""
    actor.demand(Permission.MATCH)
    person = person_of(workspace, actor, entry_id, role)
    choice, number, outcome, differences = _decided(person, answer)
    with workspace.unit_of_work(actor) as work:
        made = work.matches.decide(entry_id, role, choice, number, outcome, differences, SOURCE, why)
        follow_up_on(work, entry_id, role)
    return made


def read_back(workspace: Workspace, actor: Actor, file: IO[bytes], name: str) -> ReadBack:
    """The answers of a filled-in sheet; a bad row is told and the others are taken. Raises InputError."""
    actor.demand(Permission.MATCH)
    taken, unanswered, refused = 0, 0, []
    for number, row in rows_of(file, CODE):
        if not row.get(RESULT):
            unanswered += 1
            continue
        try:
            entry_id, role = _code(row[CODE])
            take_answer(workspace, actor, entry_id, role, _answer(row), f"{SOURCE} {name}, dòng {number}")
            taken += 1
        except DigitizeError as error:
            refused.append((number, error.message))
    return ReadBack(taken, unanswered, tuple(refused))


def _decided(person: Person, answer: Answer) -> tuple[Choice, str | None, str, Iterable[Mapping[str, str]]]:
    if answer.result not in ANSWERS:
        told = f", không phải «{answer.result}»" if answer.result else ""
        raise InputError(f"Kết quả phải là A, B hoặc C{told}.")
    if answer.result == "C":
        return Choice.NOBODY, None, "not_found", ()
    number = personal_id_digits(answer.personal_id)
    if number is None:
        raise InputError("Số định danh tra được phải đủ 12 chữ số.")
    if answer.result == "A":
        return Choice.SAME, number, "consistent", ()
    differences = differences_to(person, _citizen(number, answer.different or {}))
    if not differences:
        raise InputError("Kết quả B nhưng không ghi chỗ nào CSDL khác với sổ.")
    return Choice.SAME, number, "discrepant", differences


def _citizen(number: str, different: Mapping[str, str]) -> Citizen:
    """Only what was typed: what the officer left empty is not compared."""
    known = {field.name for field in fields(Citizen)}
    told = {CITIZEN_OF[each]: text for each, text in different.items() if text and CITIZEN_OF[each] in known}
    return Citizen(**({"full_name": ""} | told | {"personal_id": number}))


def _answer(row: Mapping[str, str]) -> Answer:
    different = {field: row.get(title, "") for field, title in DIFFERENT.items()}
    return Answer(row[RESULT].strip().upper(), row.get(NUMBER, ""), different)


def _code(text: str) -> tuple[int, str]:
    number, _, role = text.partition("-")
    if not number.isdecimal() or role not in ROLE_TITLES:
        raise InputError(f"Mã «{text}» không phải mã của phiếu tra cứu.")
    return int(number), role


def _people(workspace: Workspace, actor: Actor, book_id: int | None) -> list[_Row]:
    actor.demand(Permission.VERIFY)
    people = []
    with workspace.view(actor) as work:
        for book in [work.books.get(book_id)] if book_id is not None else work.books.all():
            standings = {(each.entry_id, each.role): each for each in work.matches.of_book(book.book_id)}
            for entry in work.entries.of_book(book.book_id):
                if entry.step in READY:
                    rows = (_Row(book, entry, p, standings.get((entry.entry_id, p.role))) for p in persons_in(entry))
                    people += [row for row in rows if row.standing or row.person.role != DECLARANT]
    return people


def _is_to_look_up(standing: Standing | None) -> bool:
    return standing is None or (standing.decision is None and standing.outcome in ("several", "not_found"))


def _told(each: _Row) -> tuple[str, ...]:
    number = each.entry.values.get("so")
    place = f"{each.book.kind.book_title} {each.book.year}, quyển {each.book.volume}"
    book = (f"{each.entry.entry_id}-{each.person.role}", place, number.text if number else "")
    return (*book, ROLE_TITLES[each.person.role], *(text_of(each.person, field) for field in LOOK_UP_ORDER))


def text_of(person: Person, field: str) -> str:
    """What the book says, as one types it into a search; gender in words."""
    text = str(getattr(person, field))
    return {"1": "Nam", "2": "Nữ"}.get(text, text) if field == "gender" else text


def _registered(each: _Row) -> tuple[str, str]:
    day = each.entry.values.get("ngayDangKy")
    return day.text if day else "", each.book.authority


def _journal(workspace: Workspace, actor: Actor, what: str, rows: int) -> None:
    with workspace.unit_of_work(actor) as work:
        work.follow_ups.exported(what, rows)
