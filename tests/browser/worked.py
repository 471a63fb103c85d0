"""A commune at work: books half keyed, questions on their way, second readings that differ, samples looked at.

Everything came about as it would at the office, through the workflow.
"""

from dataclasses import replace

from digitize.access.actor import Actor, Agency, Role, setup_actor, worker_actor
from digitize.books.book import Book
from digitize.books.entry import Alternative, Box, Candidate
from digitize.books.kinds import BookKind
from digitize.review.sampling import left_to_check
from digitize.store.unit_of_work import Workspace
from digitize.workflow import questions, review, sampling, second
from tests.conftest import PASSWORD, SAMPLES

UNIT = "24999"
NAMES = {
    "hoa": ("Nông Thị Hoa", {Role.OFFICER}, Agency.CIVIL_STATUS),
    "mai": ("Lò Thị Mai", {Role.OFFICER}, Agency.POLICE),
    "xuan": ("Hoàng Văn Xuân", {Role.CHECKER}, Agency.CIVIL_STATUS),
    "binh": ("Vàng A Bình", {Role.TEAM_LEAD}, Agency.CIVIL_STATUS),
}
READ = {
    "so": ("01", 0.99), "quyenSo": ("01/2017", 0.99), "ngayDangKy": ("05/05/2017", 0.99),
    "nksHoTen": ("HOÀNG HỮU THẮNG", 0.99), "nksNgaySinh": ("09/01/2017", 0.99), "nksGioiTinh": ("Nam", 0.99),
    "nksDanToc": ("Tày", 0.6), "meHoTen": ("NÔNG THỊ HOA", 0.4), "meNgaySinh": ("1990", 0.99),
    "chaHoTen": ("HOÀNG HỮU BÌNH", 0.99),
}  # fmt: skip
WAITING, ASKED, KEYED = 12, 3, 14  # entries of the three books


def people(workspace: Workspace) -> dict[str, Actor]:
    with workspace.unit_of_work(setup_actor()) as work:
        for name, (full_name, roles, agency) in NAMES.items():
            work.accounts.add(name, full_name, PASSWORD, agency, UNIT, roles, {UNIT})
    return {
        name: Actor(name, agency, UNIT, frozenset(roles), frozenset({UNIT}))
        for name, (_, roles, agency) in NAMES.items()
    }


def lay_work(workspace: Workspace) -> dict[str, Actor]:
    """The people by account; entries 1 to 12 wait, 13 to 15 have questions, 16 to 29 are a finished book."""
    actors = people(workspace)
    _book(workspace, 2017, WAITING)
    _book(workspace, 2018, ASKED)
    keyed = _book(workspace, 2019, KEYED)
    _key(workspace, actors["hoa"], keyed)
    _ask(workspace, actors)
    _read_again(workspace, actors)
    _sample(workspace, actors, keyed)
    return actors


def _book(workspace: Workspace, year: int, entries: int) -> Book:
    with workspace.unit_of_work(setup_actor()) as work:
        book = work.books.add(BookKind.BIRTH, UNIT, "xã Suối Mơ", "140", "UBND xã Suối Mơ", year, "01")
        sha256 = workspace.archive.put((SAMPLES / f"ks_0{year - 2016}.jpg").read_bytes())
        work.pages.add(book.book_id, sha256, f"{year}.jpg", 1, 1654, 2339)
    with workspace.unit_of_work(worker_actor()) as work:
        page = work.pages.lease("test", 60)
        assert page is not None
        work.pages.finish(page.page_id, "test", [("KS-2015", read(number)) for number in range(entries)])
    return book


def read(number: int) -> dict[str, Candidate]:
    boxes = {column: Box(300, 300 + 60 * row, 900, 350 + 60 * row) for row, column in enumerate(READ)}
    found = {column: Candidate(text, text, sure, boxes[column]) for column, (text, sure) in READ.items()}
    others = (Alternative("NÔNG THỊ HOÀ", 0.3, literal=True), Alternative("NÔNG THỊ HÒA", 0.2))
    ordinal = f"{number + 1:02d}"
    return found | {
        "so": replace(found["so"], text=ordinal, norm=ordinal),
        "meHoTen": replace(found["meHoTen"], alternatives=others),
    }


def _key(workspace: Workspace, officer: Actor, book: Book) -> None:
    with workspace.view(officer) as work:
        entries = work.entries.of_book(book.book_id)
    for entry in entries:
        review.open_entry(workspace, officer, entry.entry_id)
        review.confirm(workspace, officer, entry.entry_id, {"meHoTen": f"NÔNG THỊ HOA {entry.ordinal}"})


def _ask(workspace: Workspace, actors: dict[str, Actor]) -> None:
    """One question to the team lead, one to an officer, one that is answered."""
    questions.ask(workspace, actors["hoa"], 13, "Chữ đệm của mẹ là Thị hay Thi?", Role.TEAM_LEAD, "meHoTen")
    questions.ask(workspace, actors["mai"], 14, "Trang này có phải của quyển 02 không?", "hoa")
    asked = questions.ask(workspace, actors["hoa"], 15, "Dân tộc ghi «Cao Lan», nhập thế nào?", "mai", "nksDanToc")
    questions.answer(workspace, actors["mai"], asked.question_id, "Ghi đúng như sổ: Cao Lan.")


def _read_again(workspace: Workspace, actors: dict[str, Actor]) -> None:
    """Mai agrees once, and differs three times."""
    for text in ("NÔNG THỊ HOA 1", "NÔNG THỊ HOÀ 2", "LÒ THỊ HOA 3", "NÔNG THỊ HOAN"):
        field = second.next_blind(workspace, actors["mai"])
        assert field is not None
        second.read_again(workspace, actors["mai"], field.entry_id, field.column, text)


def _sample(workspace: Workspace, actors: dict[str, Actor], book: Book) -> None:
    """Drawn, and some of it looked at: all of it right so far, for one wrong field would send this small book back."""
    sample = sampling.draw_sample(workspace, actors["xuan"], book.book_id, "mẫu")
    for entry_id in left_to_check(sample)[:5]:
        sampling.check_entry(workspace, actors["xuan"], sample.sample_id, entry_id, frozenset())
