"""Quality: the list of a book's pages that should be scanned again or looked at, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from digitize.access.actor import Actor, Permission
from digitize.books.book import Page, PageProblem, PageState
from digitize.books.entry import Entry, Problem
from digitize.books.sequence import ENTRIES, PAGES, Numbered, find_breaks, number_in
from digitize.review.fields import SURE
from digitize.store.unit_of_work import UnitOfWork, Workspace
from digitize.workflow.told import FOR_THE_OFFICER

NO_PAGE = ("blank page", "near_duplicate")  # not counted where page numbers should run on


@dataclass(frozen=True, slots=True)
class BadPage:
    """A page on the list, and everything that is wrong with it."""

    page: Page
    problems: tuple[Problem, ...]


def pages_to_scan_again(workspace: Workspace, actor: Actor, book_id: int) -> tuple[BadPage, ...]:
    """Pages with problems nobody has settled, in the book's order; empty for a book out of scope."""
    actor.demand(Permission.FOLLOW)
    with workspace.view(actor) as work:
        pages, noted = work.pages.of_book(book_id), work.problems.of_book(book_id)
        breaks = _breaks(work, book_id, pages, noted)
    kept = {(each.page_id, each.code, each.message) for each in noted if each.kept_by}
    blank = {each.page_id for each in noted if each.code == "blank page"}
    live = [
        (each.page_id, Problem(each.code, each.message))
        for each in noted
        if each.code not in FOR_THE_OFFICER and (each.code != "form_unknown" or each.page_id not in blank)  # one word
    ] + breaks
    return tuple(
        BadPage(page, problems)
        for page in pages
        if (problems := tuple(p for at, p in live if at == page.page_id and (at, p.code, p.message) not in kept))
    )


def keep_page(workspace: Workspace, actor: Actor, bad: BadPage, why: str) -> None:
    """The page stays as it is, for a reason that goes into the journal. Raises InputError without one, NotFound."""
    with workspace.unit_of_work(actor) as work:
        work.problems.keep(bad.page.page_id, bad.problems, why)


def _breaks(
    work: UnitOfWork, book_id: int, pages: Sequence[Page], noted: Sequence[PageProblem]
) -> list[tuple[int, Problem]]:
    """Where page numbers and entry numbers do not run on; told once the whole book has been tried."""
    if any(page.state in (PageState.QUEUED, PageState.READING) for page in pages):
        return []
    left_out = {each.page_id for each in noted if each.code in NO_PAGE}
    entries: dict[int, list[Entry]] = {}
    for entry in work.entries.of_book(book_id):
        entries.setdefault(entry.page_id, []).append(entry)
    counted = [(page.page_id, entries.get(page.page_id, [])) for page in pages if page.page_id not in left_out]
    on_pages = [_first_numbered(at, of_page, "trangSo") for at, of_page in counted]
    in_book = [
        numbered
        for at, of_page in counted
        for numbered in [_numbered(at, entry, "so") for entry in of_page] or [Numbered(at, None, False)]
    ]
    return [*find_breaks(PAGES, on_pages), *find_breaks(ENTRIES, in_book)]


def _first_numbered(page_id: int, entries: Sequence[Entry], column: str) -> Numbered:
    numbered = [_numbered(page_id, entry, column) for entry in entries]
    return next((each for each in numbered if each.number is not None), Numbered(page_id, None, False))


def _numbered(page_id: int, entry: Entry, column: str) -> Numbered:
    """What a person keyed counts before what was read."""
    if value := entry.values.get(column):
        return Numbered(page_id, number_in(value.text), sure=True)
    read = entry.candidates.get(column)
    if read is None:
        return Numbered(page_id, None, sure=False)
    return Numbered(page_id, number_in(read.text), read.confidence >= SURE)
