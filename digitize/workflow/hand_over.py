"""Hand over: a finished book becomes a package that a second person releases. Nothing is left out unsaid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from digitize.access.actor import Actor, Permission
from digitize.books.book import Book, Page
from digitize.books.entry import Entry
from digitize.books.follow_up import Standing
from digitize.books.forms import get_form
from digitize.books.handover import Clock, Package, PackageFile, PackageState, clock, told_numbers
from digitize.books.persons import personal_id_column
from digitize.books.special import stated
from digitize.books.steps import FINISHED, STEP_TITLES, Step
from digitize.clock import day_here, today_here
from digitize.errors import ExportRefused, NotFound, StepNotLawful
from digitize.export.bundle import SUFFIX, bundle
from digitize.export.entry_pdf import PDF_OVERHEAD_BYTES, Place
from digitize.export.manifest import FileFacts, LeftOut, facts_of
from digitize.export.package import EntryToHandOver, PackageReport, write_package
from digitize.scans.light import light_jpeg
from digitize.store.unit_of_work import UnitOfWork, Workspace

# Of a picture per A4: the least that was tried within a point of the original's reading (make bench-pdf).
LIGHT_BYTES = 160_000 - PDF_OVERHEAD_BYTES
GONE = (PackageState.RELEASED, PackageState.RECEIVED, PackageState.ENTERED)


@dataclass(frozen=True, slots=True)
class HandOver:
    """A book that is finished or has a package, and its newest one. The plan's clock runs once the book is finished."""

    book: Book
    package: Package | None
    clock: Clock | None
    answers: int  # entries of which the national software's answer is known


def package_folder(workspace: Workspace, book_id: int) -> Path:
    """Where the newest package of a book lies."""
    return workspace.settings.workspace / "packages" / str(book_id)


def export_book(
    workspace: Workspace,
    actor: Actor,
    book_id: int,
    out: Path | None = None,
    template: str | None = None,
    trial: bool = False,
) -> PackageReport:
    """Writes the book's package, to wait for its release. A trial may leave out what is not finished, and says so.

    Raises ExportRefused with the list of all that is unfinished, NotFound, ScanError.
    """
    actor.demand(Permission.EXPORT)
    with workspace.view(actor) as work:
        book = work.books.get(book_id)
        entries, left_out = _sorted_out(work, book_id)
        if left_out and not trial:
            raise ExportRefused(_refusal(book_id, left_out))
        images = _Images(workspace)
        given = [_to_hand_over(images, work, entry) for entry in entries]
    folder = out or package_folder(workspace, book_id)
    if out is None:
        _clear(folder)
    report = write_package(folder, book, given, template, actor.account, left_out, trial)
    with workspace.unit_of_work(actor) as work:
        files = {name: PackageFile(facts.sha256, facts.size) for name, facts in report.told.files.items()}
        work.packages.add(book_id, report.told.template, entries, len(left_out), files, trial)
    return report


def release(workspace: Workspace, actor: Actor, package_id: int) -> Package:
    """A second person lets the package go, if its files are still as they were made.

    Raises AccessDenied, StepNotLawful, ExportRefused, NotFound.
    """
    with workspace.view(actor) as work:
        package = work.packages.get(package_id)
    if package.state is PackageState.MADE:
        _demand_unaltered(package, package_folder(workspace, package.book_id))
    with workspace.unit_of_work(actor) as work:
        return work.packages.release(package_id)


def _demand_unaltered(package: Package, folder: Path) -> None:
    for name, told in package.files.items():
        path = folder / name
        if not path.is_file() or facts_of(path) != FileFacts(told.sha256, told.size):
            raise ExportRefused(f"Tệp của gói số {package.package_id} bị mất hoặc bị thay đổi: hãy lập lại gói.")


def files_of(workspace: Workspace, actor: Actor, package_id: int) -> tuple[Path, ...]:
    """The three files of a released package, or of a trial. Raises StepNotLawful before the release, NotFound."""
    if not actor.may(Permission.RELEASE):
        actor.demand(Permission.EXPORT)
    with workspace.view(actor) as work:
        package = work.packages.get(package_id)
    if package.state is PackageState.MADE:
        raise StepNotLawful(f"Gói số {package_id} chưa được người thứ hai phát hành.")
    folder = package_folder(workspace, package.book_id)
    there = tuple(folder / name for name in package.files)
    if not there or not all(path.is_file() for path in there):
        raise NotFound(
            f"Tệp của gói số {package_id} không còn ở đây: đã có gói mới hơn, hoặc gói được ghi ra nơi khác."
        )
    return (*there, there[0].with_suffix(".json"))


def carry(
    workspace: Workspace, actor: Actor, package_id: int, password: str | None = None, out: Path | None = None
) -> Path:
    """The package as one file, on request under a password; who took it stands in the journal."""
    paths = files_of(workspace, actor, package_id)
    target = bundle(paths, (out or paths[0].parent) / f"{paths[0].stem}{SUFFIX}", password)
    with workspace.unit_of_work(actor) as work:
        work.books.fetched(work.packages.get(package_id).book_id, target.name)
    return target


def hand_overs(workspace: Workspace, actor: Actor, today: date | None = None) -> tuple[HandOver, ...]:
    """Every book that is finished or has a package, most urgent first, those received last."""
    today = today or today_here()
    with workspace.view(actor) as work:
        days = work.plans.current().receipt_days
        packages = {package.book_id: package for package in work.packages.newest()}
        completed = work.packages.completed() | {
            each.book_id: each.completed_at for each in packages.values() if each.state is not PackageState.TRIAL
        }
        received, answers = work.packages.received_on(), work.national.counts()
        books = {book.book_id: book for book in work.books.all()}
    told = [
        HandOver(
            books[book_id],
            packages.get(book_id),
            clock(day_here(at), _stopped(packages.get(book_id), received.get(book_id)), today, days)
            if (at := completed.get(book_id))
            else None,
            answers.get(book_id, 0),
        )
        for book_id in packages | completed
    ]
    return tuple(sorted(told, key=_urgency))


def _urgency(each: HandOver) -> tuple[bool, date, int]:
    if each.clock is None:
        return True, date.max, each.book.book_id
    return each.clock.stopped is not None, each.clock.due, each.book.book_id


def _stopped(package: Package | None, received: date | None) -> date | None:
    """The clock runs on when what was received came back."""
    return received if package and package.state in (PackageState.RECEIVED, PackageState.ENTERED) else None


def _sorted_out(work: UnitOfWork, book_id: int) -> tuple[list[Entry], list[LeftOut]]:
    """What goes into the package, and what of the book cannot yet."""
    pages = {page.page_id: page for page in work.pages.of_book(book_id)}
    entries = [entry for entry in work.entries.of_book(book_id) if entry.step is not Step.SET_ASIDE]
    unfinished = [entry for entry in entries if entry.step not in FINISHED]
    left_out = [LeftOut(e.entry_id, pages[e.page_id].sequence, STEP_TITLES[e.step]) for e in unfinished]
    left_out += [LeftOut(None, page.sequence, "Trang chưa đọc được") for page in work.packages.open_pages(book_id)]
    return [entry for entry in entries if entry.step in FINISHED], left_out


def _refusal(book_id: int, left_out: Sequence[LeftOut]) -> str:
    entries = told_numbers([each.entry for each in left_out if each.entry is not None])
    pages = told_numbers([each.page for each in left_out if each.entry is None])
    told = [f"Sổ số {book_id} chưa xong nên chưa lập được gói."]
    told += [f"Trường hợp chưa xác nhận: {entries}."] if entries else []
    told += [f"Trang chưa đọc được: {pages}."] if pages else []
    return " ".join(told)


def _clear(folder: Path) -> None:
    """An older package, and bundles made of it, go: only the newest can be taken out."""
    for old in folder.glob("*") if folder.is_dir() else ():
        old.unlink()


class _Images:
    """Pages made light; a page that several entries share is made so once."""

    def __init__(self, workspace: Workspace) -> None:
        self._archive = workspace.archive
        self.light = lru_cache(maxsize=8)(self._light)

    def _light(self, sha256: str, name: str, number: int, limit_bytes: int) -> bytes:
        with self._archive.open(sha256) as file:
            return light_jpeg(file, name, number, limit_bytes)


def _to_hand_over(images: _Images, work: UnitOfWork, entry: Entry) -> EntryToHandOver:
    page: Page = work.pages.get(entry.page_id)

    def open_images() -> Sequence[bytes]:
        return [images.light(page.sha256, page.file_name, page.page_of_file, told.sheets * LIGHT_BYTES)]

    told = EntryToHandOver(
        entry_id=entry.entry_id,
        form=get_form(entry.form_id),
        values={column: stated(value.text) for column, value in entry.values.items()},
        open_images=open_images,
        personal_ids=personal_ids(work.matches.standings(entry.entry_id)),
        place=_place(entry, page),
    )
    return told


def _place(entry: Entry, page: Page) -> Place | None:
    """Where an entry stands that shares its page with others; None where nobody has found it there."""
    boxes = [each.box for each in entry.candidates.values() if each.box]
    if not boxes or get_form(entry.form_id).entries_per_page == 1:
        return None
    return (
        min(box.x0 for box in boxes) / page.width,
        min(box.y0 for box in boxes) / page.height,
        max(box.x1 for box in boxes) / page.width,
        max(box.y1 for box in boxes) / page.height,
    )


def personal_ids(standings: Sequence[Standing]) -> Mapping[str, str]:
    """Only of persons on whom book and population agree: the number of anyone else is not the book's to give."""
    return {
        personal_id_column(standing.role): standing.personal_id
        for standing in standings
        if standing.outcome == "consistent" and standing.personal_id
    }
