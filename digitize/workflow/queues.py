"""Queues: which entry an officer is given next, and how many wait in each book, commune, kind and doubt."""

from digitize.access.actor import Actor
from digitize.books.entry import Entry
from digitize.books.teamwork import Queue, Waiting
from digitize.store.unit_of_work import Workspace


def next_entry(
    workspace: Workspace, actor: Actor, queue: Queue | None = None, after_id: int | None = None
) -> Entry | None:
    """Entries with a question for the actor or an answer come first, then the queue behind `after_id`.

    Entries in a colleague's hands and those that wait for somebody's answer are left out.
    """
    raise NotImplementedError


def waiting(workspace: Workspace, actor: Actor) -> tuple[Waiting, ...]:
    """Counts per book in the plan's order, of all books in scope in which an entry waits."""
    raise NotImplementedError
