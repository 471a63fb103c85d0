"""Follow up: the list of what differs between book and population database, until both offices have settled it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from digitize.access.account import Account
from digitize.access.actor import Actor, Permission
from digitize.books.book import Book
from digitize.books.entry import Entry
from digitize.books.follow_up import DIRECTION_TITLES, STATE_TITLES, Direction, FollowState, FollowUp
from digitize.books.forms import all_forms
from digitize.books.kinds import BookKind
from digitize.books.persons import ROLE_TITLES, name_column
from digitize.books.steps import Step
from digitize.clock import here, today_here
from digitize.export.follow_up_paper import Difference, follow_up_list, letter
from digitize.export.papers.write import write_paper
from digitize.export.people_excel import Sheet, as_excel, table
from digitize.review.fields import fields_of
from digitize.store.unit_of_work import UnitOfWork, Workspace

KINDS = {"basic": "Cơ bản", "other": "Khác"}
WAITING = (FollowState.OPEN, FollowState.VERIFYING)
COLUMNS = (
    "STT", "Loại sổ", "Số", "Quyển", "Trang", "Ngày đăng ký", "Nơi đăng ký", "Họ tên (sổ)", "Vai trò", "Số định danh",
    "Thông tin sai lệch", "Mức độ", "Giá trị trong sổ", "Giá trị trong CSDL dân cư", "Lý do", "Hướng xử lý",
    "Người phụ trách", "Tình trạng", "Kết quả xác minh", "Người lập", "Ngày lập", "Ngày xử lý",
)  # fmt: skip
NOTE = "Các cột do nhóm làm phần mềm đề xuất; mẫu chính thức của danh sách này chưa đọc được."


@dataclass(frozen=True, slots=True)
class Listed:
    """A difference with what one must see to work on it."""

    follow_up: FollowUp
    book: Book
    name: str  # of the person, as the book has it
    texts: Mapping[str, str]  # of the entry: so, quyenSo, trangSo, ngayDangKy, noiDangKy


def listed(
    workspace: Workspace, actor: Actor, states: Sequence[FollowState] = WAITING, book_id: int | None = None
) -> tuple[Listed, ...]:
    """In the order in which they came up. Raises AccessDenied."""
    actor.demand(Permission.VERIFY)
    with workspace.view(actor) as work:
        found = work.follow_ups.list(states, book_id)
        books = {each: work.books.get(each) for each in {one.book_id for one in found}}
        texts = {each: _texts_of(work, each, found) for each in books}
    return tuple(_listed(each, books[each.book_id], texts[each.book_id]) for each in found)


def change(
    workspace: Workspace,
    actor: Actor,
    follow_up_id: int,
    state: FollowState,
    direction: Direction,
    responsible: str | None,
    note: str,
) -> FollowUp:
    """How far it is; every change stays in the journal. Raises as `FollowUps.change`."""
    with workspace.unit_of_work(actor) as work:
        return work.follow_ups.change(follow_up_id, state, direction, responsible, note)


@cache
def labels_of(kind: BookKind) -> Mapping[str, str]:
    """What the columns of a kind of book are called, on whichever of its forms."""
    forms = [form for form in all_forms().values() if form.kind is kind]
    blank = [fields_of(form, Entry(0, form.form_id, Step.READ)) for form in forms]
    return {field.column: field.label for fields in blank for field in fields}


def has_ink(workspace: Workspace, actor: Actor, each: FollowUp) -> bool:
    """Whether the strokes of the differing field can be shown. Raises NotFound."""
    with workspace.view(actor) as work:
        read = work.entries.get(each.entry_id).candidates.get(each.column)
    return read is not None and read.box is not None


def colleagues(workspace: Workspace, actor: Actor, book_id: int) -> tuple[Account, ...]:
    """Who may be responsible. Raises NotFound."""
    with workspace.view(actor) as work:
        return work.accounts.colleagues(book_id)


def follow_up_excel(workspace: Workspace, actor: Actor, book_id: int | None = None) -> bytes:
    """The whole list as Excel, settled ones too; the file leaving the house is journalled. Raises AccessDenied."""
    found = listed(workspace, actor, tuple(FollowState), book_id)
    rows = table(COLUMNS, (_row(number, each) for number, each in enumerate(found, start=1)))
    with workspace.unit_of_work(actor) as work:
        work.follow_ups.exported("follow-up", len(rows))
    title = "DANH SÁCH THEO DÕI SAI LỆCH GIỮA SỔ HỘ TỊCH VÀ CSDL QUỐC GIA VỀ DÂN CƯ"
    return as_excel(Sheet(title, COLUMNS, rows, (NOTE,)))


def follow_up_paper(workspace: Workspace, actor: Actor, form: str, book_id: int | None = None) -> bytes:
    """The same list as "docx" or "pdf", to be signed; journalled too. Raises AccessDenied."""
    found = listed(workspace, actor, tuple(FollowState), book_id)
    with workspace.unit_of_work(actor) as work:
        told = [_difference(work, each) for each in found]
        work.follow_ups.exported("follow-up", len(told))
    return write_paper(follow_up_list(told, actor.agency, today_here()), form)


def letter_of(workspace: Workspace, actor: Actor, follow_up_id: int, form: str) -> bytes:
    """The letter to the other office about one difference; journalled. Raises AccessDenied, NotFound."""
    actor.demand(Permission.VERIFY)
    with workspace.unit_of_work(actor) as work:
        each = work.follow_ups.get(follow_up_id)
        one = _listed(each, work.books.get(each.book_id), _texts_of(work, each.book_id, [each]))
        told = _difference(work, one)
        work.follow_ups.exported("letter", 1)
    return write_paper(letter(told, actor.agency, today_here()), form)


def _difference(work: UnitOfWork, each: Listed) -> Difference:
    told, texts = each.follow_up, each.texts
    people = {account.name: account.full_name for account in work.accounts.colleagues(told.book_id)}
    return Difference(
        told, each.book, each.name, labels_of(each.book.kind).get(told.column, told.column), texts.get("so", ""),
        texts.get("ngayDangKy", ""), people.get(told.responsible or "", ""),
    )  # fmt: skip


def _texts_of(work: UnitOfWork, book_id: int, found: Sequence[FollowUp]) -> dict[tuple[int, str], str]:
    names = {name_column(each.role) for each in found}
    return work.entries.texts_of_book(book_id, names | {"so", "quyenSo", "trangSo", "ngayDangKy", "noiDangKy"})


def _listed(each: FollowUp, book: Book, texts: Mapping[tuple[int, str], str]) -> Listed:
    own = {column: text for (entry_id, column), text in texts.items() if entry_id == each.entry_id}
    return Listed(each, book, own.get(name_column(each.role), ""), own)


def _row(number: int, listed: Listed) -> tuple[object, ...]:
    each, book, texts = listed.follow_up, listed.book, listed.texts
    label = labels_of(book.kind).get(each.column, each.column)
    settled = each.changed_at if each.state in (FollowState.SETTLED, FollowState.GONE) else None
    return (
        number, book.kind.book_title, texts.get("so"), texts.get("quyenSo") or book.volume, texts.get("trangSo"),
        texts.get("ngayDangKy"), texts.get("noiDangKy") or book.authority, listed.name, ROLE_TITLES[each.role],
        each.personal_id, label, KINDS[each.kind], each.book_text, each.population_text, each.why,
        DIRECTION_TITLES[each.direction], each.responsible, STATE_TITLES[each.state], each.note, each.opened_by,
        f"{here(each.opened_at):%d/%m/%Y}", f"{here(settled):%d/%m/%Y}" if settled else "",
    )  # fmt: skip
