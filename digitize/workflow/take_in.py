"""Take in: a book is opened, files from the scanner go into the archive and their pages into the queue."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from digitize.access.actor import Actor, Permission
from digitize.books.book import Book
from digitize.books.kinds import BookKind
from digitize.errors import DigitizeError, ExportRefused, InputError, ScanError
from digitize.export.entry_pdf import volume_number
from digitize.scans.files import count_pages, load_page
from digitize.store.unit_of_work import Workspace


@dataclass(frozen=True, slots=True)
class TakenFile:
    """What became of one file: pages taken in, pages that were in the book before, pages that could not be opened."""

    file_name: str
    pages: int
    already: int
    error: DigitizeError | None = None  # the first; the file's other pages were taken in all the same


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
    try:
        volume_number(volume)
    except ExportRefused as cause:
        raise InputError("Quyển số phải bắt đầu bằng một số có một hoặc hai chữ số, ví dụ 01 hoặc 01/2017.") from cause
    with workspace.unit_of_work(actor) as work:
        return work.books.add(kind, unit_code, unit_name, district_code, authority, year, volume)


def take_in(
    workspace: Workspace, actor: Actor, book_id: int, files: Iterable[tuple[str, BinaryIO]]
) -> Iterator[TakenFile]:
    """Takes in named files one after the other; a file that cannot be used is told and the rest goes on."""
    actor.demand(Permission.TAKE_IN)
    for name, file in files:
        try:
            yield _take_file(workspace, actor, book_id, name, file)
        except ScanError as error:
            yield TakenFile(name, 0, 0, error)


def read_again(workspace: Workspace, actor: Actor, page_ids: Iterable[int]) -> None:
    """Queues pages for reading once more; what a person has keyed stays. Raises NotFound, StepNotLawful."""
    with workspace.unit_of_work(actor) as work:
        for page_id in page_ids:
            work.pages.retry(page_id)


def _take_file(workspace: Workspace, actor: Actor, book_id: int, name: str, file: BinaryIO) -> TakenFile:
    """Every page is opened once before the file is accepted, so that bad scans are told while the book is at hand."""
    sizes: dict[int, tuple[int, int]] = {}
    error: ScanError | None = None
    for number in range(1, count_pages(file, name) + 1):
        try:
            height, width = load_page(file, name, number).shape[:2]
            sizes[number] = (width, height)
        except ScanError as cause:
            error = error or cause
    if not sizes:
        return TakenFile(name, 0, 0, error)
    file.seek(0)
    sha256 = workspace.archive.put(file.read())
    with workspace.unit_of_work(actor) as work:
        taken = [work.pages.add(book_id, sha256, name, number, *size) for number, size in sizes.items()]
    already = sum(page.already for page in taken)
    return TakenFile(name, len(taken) - already, already, error)
