"""Leases: an entry is in one officer's hands while her desk is open. `open_entry` takes it, confirming ends it."""

from digitize.access.actor import Actor
from digitize.books.teamwork import Lease
from digitize.store.unit_of_work import Workspace


def heartbeat(workspace: Workspace, actor: Actor, entry_id: int) -> Lease | None:
    """The desk is still open: the lease runs on. Once a minute is enough.

    Gives back the lease as it stands: a colleague's where she has the entry now, None where it has run out or
    was freed; then the next save takes it again unless somebody else was faster. Raises NotFound.
    """
    with workspace.unit_of_work(actor) as work:
        return work.leases.renew(entry_id)


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
