"""Queues: which entry an officer is given next, and how many wait in each book, commune, kind and doubt."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from digitize.access.actor import Actor
from digitize.books.entry import Entry
from digitize.books.teamwork import Queue, Waiting
from digitize.review.fields import SURE
from digitize.store.unit_of_work import Workspace

ALL = Queue()
Key = TypeVar("Key", bound=Hashable)


def next_entry(workspace: Workspace, actor: Actor, queue: Queue = ALL, after_id: int | None = None) -> Entry | None:
    """What the actor was asked or answered comes first, once; then the queue behind `after_id`, then before it.

    Entries in a colleague's hands and those that wait for somebody else's answer are left out.
    """
    with workspace.view(actor) as work:
        return work.queues.next(queue, SURE, after_id)


def waiting(workspace: Workspace, actor: Actor) -> tuple[Waiting, ...]:
    """Counts per book in the plan's order, of all books in scope in which an entry waits."""
    with workspace.view(actor) as work:
        return work.queues.counts(SURE)


def totals(counts: Iterable[Waiting], by: Callable[[Waiting], Key]) -> dict[Key, int]:
    """Entries that wait, by kind or commune: `totals(counts, lambda each: each.book.kind)`."""
    summed: dict[Key, int] = {}
    for each in counts:
        summed[by(each)] = summed.get(by(each), 0) + each.total
    return summed
