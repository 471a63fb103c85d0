"""Leases: an entry is in one officer's hands while her desk is in use.

`open_entry` takes it, every save renews it or takes it again, confirming ends it.
"""

from digitize.access.actor import Actor
from digitize.books.teamwork import Lease
from digitize.store.unit_of_work import Workspace


def of(workspace: Workspace, actor: Actor, entry_id: int) -> Lease | None:
    """In whose hands the entry is now; None: in nobody's, or it is out of scope."""
    with workspace.view(actor) as work:
        return work.leases.of(entry_id)


def give_back(workspace: Workspace, actor: Actor, entry_id: int) -> None:
    """The officer leaves the entry; what she saved stays. Nothing happens where it is not in her hands.

    Raises NotFound.
    """
    with workspace.unit_of_work(actor) as work:
        work.leases.give_back(entry_id)


def take_over(workspace: Workspace, actor: Actor, entry_id: int, why: str = "") -> Lease | None:
    """After the lease has run out, or at any time for a team lead, who frees it (None) unless she keys herself.

    Raises AccessDenied while the lease runs, EntryAsked, NotFound.
    """
    with workspace.unit_of_work(actor) as work:
        return work.leases.take_over(entry_id, why)


def running(workspace: Workspace, actor: Actor) -> tuple[Lease, ...]:
    """Who has which entry in hand now, in the actor's scope."""
    with workspace.view(actor) as work:
        return work.leases.running()
