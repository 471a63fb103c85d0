"""Take in: a book is opened, files from the scanner go into the archive and their pages into the queue."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from digitize.access.actor import Actor, Permission
from digitize.books.book import Book
from digitize.books.entry import Problem
from digitize.books.kinds import BookKind
from digitize.errors import BookNotAtHand, DigitizeError, ExportRefused, InputError, ScanError, ScanOfAnotherBook
from digitize.export.entry_pdf import volume_number
from digitize.scans.cover import cover_code
from digitize.scans.files import PageImage, count_pages, load_page
from digitize.scans.marks import marks_of
from digitize.scans.quality import Glance, find_problems
from digitize.store.unit_of_work import Workspace
from digitize.workflow.at_hand import AtHand, Sheets, sheets_of


@dataclass(frozen=True, slots=True)
class TakenFile:
    """What became of one file: pages taken in, pages that were in the book before, pages that could not be opened."""

    file_name: str
    pages: int
    already: int
    error: DigitizeError | None = None  # the first; the file's other pages were taken in all the same
    problems: tuple[tuple[int, Problem], ...] = ()  # page of the file, and what is wrong with its picture
    book_id: int | None = None  # of which its pages are; None: nothing was taken in


def open_book(
    workspace: Workspace,
    actor: Actor,
    kind: BookKind,
    unit_code: str,
    unit_name: str,
    district_code: str,
    authority: str,
    year: int,
    volume: str,
) -> Book:
    """A new book of a unit in the actor's scope. Raises AlreadyThere, NotFound, InputError.

    A volume that would have no file name at the hand-over is refused now, before anything is keyed into it.
    """
    demand_usable_volume(volume)
    with workspace.unit_of_work(actor) as work:
        return work.books.add(kind, unit_code, unit_name, district_code, authority, year, volume)


def demand_usable_volume(volume: str) -> None:
    """Raises InputError where no file of the hand-over could be named after the volume."""
    try:
        volume_number(volume)
    except ExportRefused as cause:
        raise InputError("Quyển số phải bắt đầu bằng một số có một hoặc hai chữ số, ví dụ 01 hoặc 01/2017.") from cause


def take_in(
    workspace: Workspace, actor: Actor, book_id: int | None, files: Iterable[tuple[str, BinaryIO]]
) -> Iterator[TakenFile]:
    """Takes in named files one after the other; a file that cannot be used is told and the rest goes on.

    Without a book the cover sheets tell it: each stands for the pages behind it, those of the next files too.
    Raises BookNotAtHand unless the book was lent for keying.
    """
    actor.demand(Permission.TAKE_IN)
    at_hand = AtHand(workspace, actor, book_id)
    for name, file in files:
        try:
            yield from _take_file(at_hand, name, file)
        except (ScanError, BookNotAtHand) as error:
            yield TakenFile(name, 0, 0, error)


def read_again(workspace: Workspace, actor: Actor, page_ids: Iterable[int]) -> None:
    """Queues pages for reading once more; what a person has keyed stays. Raises NotFound, StepNotLawful."""
    with workspace.unit_of_work(actor) as work:
        for page_id in page_ids:
            work.pages.retry(page_id)


@dataclass(frozen=True, slots=True)
class Scan:
    """A page of a file as it was looked at while the book is at hand."""

    number: int  # page of the file, from 1
    size: tuple[int, int]  # width, height
    problems: tuple[Problem, ...]
    marks: bytes | None


def replace_scan(
    workspace: Workspace, actor: Actor, page_id: int, name: str, file: BinaryIO, number: int = 1
) -> tuple[Problem, ...]:
    """A new scan takes the place of a bad one, and is queued; returns what is wrong with the new one.

    Raises ScanError, NotFound, BookNotAtHand, StepNotLawful, AlreadyThere; then nothing has changed.
    """
    actor.demand(Permission.TAKE_IN)
    with workspace.view(actor) as work:
        book_id = work.pages.get(page_id).book_id
        work.custody.demand_lent(book_id)
        seen = sheets_of(work, book_id, but=page_id)
    scan = _judge(load_page(file, name, number), seen, name, number)
    file.seek(0)
    sha256 = workspace.archive.put(file.read())
    with workspace.unit_of_work(actor) as work:
        work.pages.replace(page_id, sha256, name, number, *scan.size, scan.problems, scan.marks)
        work.wholeness.scanned_anew(page_id)
    return scan.problems


def _take_file(at_hand: AtHand, name: str, file: BinaryIO) -> Iterator[TakenFile]:
    """Every page is opened once before the file is accepted, so that bad scans are told while the book is at hand.

    One answer for each book that the file has pages of. Raises ScanOfAnotherBook; then nothing was taken in.
    """
    by_book: dict[int, list[Scan]] = {}
    error: ScanError | None = None
    for number in range(1, count_pages(file, name) + 1):
        try:
            scan = _look(at_hand, file, name, number)
        except ScanOfAnotherBook:
            raise
        except ScanError as cause:
            error = error or cause
        else:
            by_book.setdefault(at_hand.book_id, []).extend([scan] if scan else [])
    if not by_book:
        yield TakenFile(name, 0, 0, error)
    for book_id, scans in by_book.items():
        yield _shelve(at_hand, book_id, name, file, scans, error)
        error = None


def _shelve(
    at_hand: AtHand, book_id: int, name: str, file: BinaryIO, scans: Sequence[Scan], error: ScanError | None
) -> TakenFile:
    if not scans:  # a cover sheet alone
        return TakenFile(name, 0, 0, error, (), book_id)
    file.seek(0)
    sha256 = at_hand.workspace.archive.put(file.read())
    with at_hand.workspace.unit_of_work(at_hand.actor) as work:
        taken = [work.pages.add(book_id, sha256, name, s.number, *s.size, s.problems, s.marks) for s in scans]
    new = [scan for scan, page in zip(scans, taken, strict=True) if not page.already]
    told = tuple((scan.number, problem) for scan in new for problem in scan.problems)
    return TakenFile(name, len(new), len(taken) - len(new), error, told, book_id)


def _look(at_hand: AtHand, file: BinaryIO, name: str, number: int) -> Scan | None:
    """None for a cover sheet: it turns to its book and is no page. Raises ScanError, BookNotAtHand."""
    picture = load_page(file, name, number)
    if (cover := cover_code(picture)) is not None:
        at_hand.turn_to(cover)
        return None
    return _judge(picture, at_hand.sheets, name, number)


def _judge(picture: PageImage, seen: Sheets, name: str, number: int) -> Scan:
    glance = Glance.at(picture)
    problems = find_problems(glance)
    marks = next(filter(None, map(marks_of, glance.pages)), None)
    packed = marks.packed() if marks else None
    if packed:
        problems += _double(seen, packed)
        seen.add(packed, f"trang {number} của tệp {name}")
    return Scan(number, (picture.shape[1], picture.shape[0]), problems, packed)


def _double(seen: Sheets, marks: bytes) -> tuple[Problem, ...]:
    """A near double; the very same file is no new page at all."""
    words = seen.double_of(marks)
    told = f"Giống hệt {words}: một tờ quét hai lần. Nếu đúng là hai tờ khác nhau thì giữ nguyên."
    return (Problem("near_duplicate", told),) if words else ()
