"""Completeness: what each page of a book is, which numbers it lacks, what its closing note says."""

from collections.abc import Iterable

from digitize.access.actor import Actor, Permission
from digitize.campaign.completeness import ClosingNote, Completeness, PageEnd
from digitize.clock import today_here
from digitize.export.completeness_report import report_of
from digitize.export.papers.write import write_paper
from digitize.store.unit_of_work import Workspace


def completeness_of(workspace: Workspace, actor: Actor, book_id: int) -> Completeness:
    """Raises AccessDenied, NotFound."""
    actor.demand(Permission.FOLLOW)
    with workspace.view(actor) as work:
        return work.wholeness.of_book(book_id)


def mark_pages(workspace: Workspace, actor: Actor, page_ids: Iterable[int], end: PageEnd | None, why: str = "") -> None:
    """All of them or none. Raises AccessDenied, InputError, NotFound, StepNotLawful."""
    with workspace.unit_of_work(actor) as work:
        for page_id in page_ids:
            work.wholeness.mark(page_id, end, why)


def explain_gap(workspace: Workspace, actor: Actor, book_id: int, first: int, last: int, why: str) -> None:
    """Raises AccessDenied, InputError, NotFound."""
    with workspace.unit_of_work(actor) as work:
        work.wholeness.explain(book_id, first, last, why)


def note_closing(workspace: Workspace, actor: Actor, book_id: int, note: ClosingNote) -> None:
    """Raises AccessDenied, NotFound."""
    with workspace.unit_of_work(actor) as work:
        work.wholeness.close(book_id, note)


def report(workspace: Workspace, actor: Actor, book_id: int, kind: str) -> bytes:
    """The report as "docx" or "pdf". Raises AccessDenied, NotFound."""
    return write_paper(report_of(completeness_of(workspace, actor, book_id), today_here()), kind)
