"""Hand over: a book's confirmed entries become the transfer package."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from digitize.access.actor import Actor, Permission
from digitize.books.entry import Entry
from digitize.books.follow_up import Standing
from digitize.books.forms import get_form
from digitize.books.persons import personal_id_column
from digitize.books.special import stated
from digitize.books.steps import Step
from digitize.export.package import EntryToHandOver, PackageReport, write_package
from digitize.scans.files import as_jpeg, load_page
from digitize.store.unit_of_work import UnitOfWork, Workspace

READY = frozenset({Step.CONFIRMED, Step.CHECKED, Step.MATCHED, Step.HANDED_OVER})


def export_book(workspace: Workspace, actor: Actor, book_id: int, out: Path) -> PackageReport:
    """Writes the book's .xlsx and .zip of PDFs into `out`. Raises ExportRefused, NotFound."""
    actor.demand(Permission.EXPORT)
    with workspace.view(actor) as work:
        book = work.books.get(book_id)
        ready = [entry for entry in work.entries.of_book(book_id) if entry.step in READY]
        entries = [_to_hand_over(workspace, work, entry) for entry in ready]
    report = write_package(out, book, entries)
    with workspace.unit_of_work(actor) as work:
        work.books.exported(book_id, [entry.entry_id for entry in ready])
    return report


def _to_hand_over(workspace: Workspace, work: UnitOfWork, entry: Entry) -> EntryToHandOver:
    page = work.pages.get(entry.page_id)

    def open_images() -> Sequence[bytes]:
        with workspace.archive.open(page.sha256) as file:
            return [as_jpeg(load_page(file, page.file_name, page.page_of_file), quality=95)]

    return EntryToHandOver(
        entry_id=entry.entry_id,
        form=get_form(entry.form_id),
        values={column: stated(value.text) for column, value in entry.values.items()},
        open_images=open_images,
        personal_ids=_personal_ids(work.matches.standings(entry.entry_id)),
    )


def _personal_ids(standings: Sequence[Standing]) -> Mapping[str, str]:
    """Only of persons on whom book and population agree: the number of anyone else is not the book's to give."""
    return {
        column: standing.personal_id
        for standing in standings
        if standing.outcome == "consistent" and standing.personal_id and (column := personal_id_column(standing.role))
    }
