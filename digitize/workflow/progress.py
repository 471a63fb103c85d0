"""Progress: books with their counts, and the same per commune and kind, within the actor's scope."""

from digitize.access.actor import Actor
from digitize.books.book import BookCounts, UnitProgress
from digitize.store.unit_of_work import Workspace


def books(workspace: Workspace, actor: Actor) -> tuple[BookCounts, ...]:
    """Every book, in the plan's order."""
    with workspace.view(actor) as work:
        return work.books.counts()


def progress(workspace: Workspace, actor: Actor) -> tuple[UnitProgress, ...]:
    """Per unit and kind of book."""
    with workspace.view(actor) as work:
        return work.books.progress()
