"""Verify: whether the journal and the archived originals are still what they were."""

from dataclasses import dataclass

from digitize.access.actor import Actor, Permission
from digitize.errors import NotFound
from digitize.store.archive import Archive
from digitize.store.unit_of_work import Workspace, verify_journal


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found. `head` is the hash of the journal's last row: kept outside, it shows a cut-off end."""

    rows: int
    head: str
    broken_row: int | None
    damaged_pages: tuple[int, ...]  # pages of which an original, a replaced one too, is missing or altered


def verify(workspace: Workspace, actor: Actor) -> Verification:
    """Reads the whole journal and every original in the actor's scope."""
    actor.demand(Permission.ADMINISTER)
    with workspace.view(actor) as work:
        rows, head = work.journal.head()
        books = [book.book_id for book in work.books.all()]
        scans = [(page.page_id, page.sha256) for book in books for page in work.pages.of_book(book)]
        scans += [scan for book in books for scan in work.pages.former_scans(book)]
    damaged = {page_id: None for page_id, sha256 in scans if not _is_whole(workspace.archive, sha256)}
    return Verification(rows, head, verify_journal(workspace, actor), tuple(damaged))


def _is_whole(archive: Archive, sha256: str) -> bool:
    try:
        return archive.verify(sha256)
    except NotFound:
        return False
