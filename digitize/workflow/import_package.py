"""Import: a package in the hand-over's own format becomes a book, its entries to be checked or confirmed at once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from digitize.access.actor import Actor, Permission
from digitize.books.book import Book
from digitize.books.codelists import codes
from digitize.books.dates import parse_date
from digitize.books.entry import Candidate
from digitize.books.places import PLAN_DAY, Unit, find_unit
from digitize.books.places import unit as listed_unit
from digitize.books.steps import Act
from digitize.books.values import normal_form
from digitize.errors import AlreadyThere, InputError, PackageFaulty
from digitize.export.check.look import Look, look_over
from digitize.export.check.opened import BookName, Opened, Row, opened
from digitize.export.entry_pdf import parse_entry_pdf_name
from digitize.scans.files import load_page
from digitize.store.unit_of_work import UnitOfWork, Workspace
from digitize.workflow.by_hand import forms_of

BLOCKING = frozenset(
    {
        *("file_missing", "file_unreadable", "file_name", "file_altered", "count_altered", "sheet_empty"),
        *("pdf_unreadable", "pdf_empty", "pdf_name", "pdf_name_doubled", "row_without_pdf", "pdf_without_row"),
        *("column_doubled", "number_doubled"),
    }
)  # with these some row or picture would be lost, or two be mixed up
NOT_MEASURED = 0.9  # confidence of a value that another office keyed: below the desk's threshold, so it is looked at
MADE_ANEW = ("STT", "noiDangKy", "noiCap", "nksNoiSinhDVHC")  # the export makes these of book and entry


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a package. `left_over`: columns with a value that the form has no place for, and how many."""

    book: Book
    entries: int
    already: int
    confirmed: bool
    left_over: Mapping[str, int]
    look: Look


def import_package(
    workspace: Workspace, actor: Actor, path: Path, unit_code: str = "", password: str | None = None,
    confirmed: bool = False,
) -> Imported:  # fmt: skip
    """All of the package or nothing. Entries wait for an officer, or with `confirmed` the actor vouches for them now.

    Raises PackageFaulty where a row or a PDF would be lost (with `confirmed`: for any error), PackageUnusable,
    PackageLocked, InputError when the unit is not known, AccessDenied, NotFound.
    """
    actor.demand(Permission.IMPORT)
    if confirmed:
        actor.demand(Permission.CONFIRM)
    look = look_over(path, password)
    _demand_whole(look, confirmed)
    with opened(path, password) as package:
        assert package.name is not None and package.pdfs is not None
        pdfs = _pdfs(package.pdfs)
        with workspace.unit_of_work(actor) as work:
            book = _book(work, actor, package, unit_code)
            laid = [
                _lay(workspace, work, book, row, *pdfs[_key(row)], confirmed, look.stem)
                for row in package.rows
                if not row.is_blank
            ]
    left_over = Counter(column for row in package.rows for column in _left_over(row, book))
    return Imported(book, sum(laid), len(laid) - sum(laid), confirmed, {} if confirmed else left_over, look)


def _demand_whole(look: Look, confirmed: bool) -> None:
    standing = [f for f in look.faults if f.code in BLOCKING or (confirmed and f.kind.severity == "error")]
    if standing:
        told = "; ".join(f"{fault.place}: {fault.message}" for fault in standing[:5])
        raise PackageFaulty(f"Gói {look.stem} chưa nhập được vì {len(standing)} lỗi: {told}")


def _pdfs(path: Path) -> dict[tuple[str, str], tuple[str, bytes]]:
    """Name and content by number and day of registration."""
    found = dict[tuple[str, str], tuple[str, bytes]]()
    with ZipFile(path) as packed:
        for info in packed.infolist():
            name = parse_entry_pdf_name(Path(info.filename).name)
            if name:
                found[name.number.lstrip("0").upper(), f"{name.registered_on:%d.%m.%Y}"] = (
                    str(name),
                    packed.read(info),
                )
    return found


def _key(row: Row) -> tuple[str, str]:
    day = parse_date(row.texts.get("ngayDangKy", ""))
    return row.texts.get("so", "").split("/")[0].strip().lstrip("0").upper(), day.dotted if day else ""


def _book(work: UnitOfWork, actor: Actor, package: Opened, unit_code: str) -> Book:
    """The book of the package's name, opened where it is not there yet."""
    name = package.name
    assert name is not None
    authority = package.rows[0].texts.get("noiDangKy") or package.rows[0].texts.get("noiCap", "")
    found = listed_unit(unit_code) if unit_code else find_unit(authority, PLAN_DAY) or _of_name(name)
    if found is None:
        raise InputError(f"Không nhận ra đơn vị «{name.unit}»: hãy chọn đơn vị giữ sổ (ở dòng lệnh: --unit).")
    volume = f"{name.volume:02d}"
    there = work.books.find(name.kind, found.code, name.year, volume)
    title = f"{found.kind} {found.name}"
    return there or work.books.add(
        name.kind, found.code, title, found.district_code, authority or f"UBND {title}", name.year, volume
    )


def _of_name(name: BookName) -> Unit | None:
    return find_unit(f"{name.unit}, tỉnh Yên Bái", PLAN_DAY) or find_unit(name.unit, PLAN_DAY)


def _lay(
    workspace: Workspace, work: UnitOfWork, book: Book, row: Row, name: str, pdf: bytes, confirmed: bool, stem: str
) -> bool:
    """Whether the row is new to the book."""
    form = forms_of(book)[0]
    height, width = load_page(BytesIO(pdf), name).shape[:2]
    texts = {column: _as_in_book(column, text) for column, text in row.texts.items() if text}
    candidates = {c: Candidate(t, normal_form(form.kind_of(c), t), NOT_MEASURED, None) for c, t in texts.items()}
    kept = {column: candidates[column] for column in form.columns() if column in candidates}
    try:
        entry = work.imports.lay(book.book_id, workspace.archive.put(pdf), name, (width, height), form.form_id, kept)
    except AlreadyThere:
        return False
    if confirmed:
        work.entries.advance(entry.entry_id, Act.REVIEW)
        shown = {column: "" for column in form.columns()}
        values = {column: text for column, text in texts.items() if column not in MADE_ANEW}
        work.entries.confirm(entry.entry_id, shown | values, why=f"Nhập từ gói {stem}")
    return True


def _as_in_book(column: str, text: str) -> str:
    """A gender by its word: the desk asks for what the book says."""
    if column.endswith("GioiTinh"):
        return {"1": "Nam", "2": "Nữ"}.get(text, codes("gender").get(text, text))
    return text


def _left_over(row: Row, book: Book) -> Iterator[str]:
    on_form = forms_of(book)[0].columns()
    for column, text in row.texts.items():
        if text not in ("", "0") and column not in on_form and column not in MADE_ANEW and not column.endswith("Str"):
            yield column
