"""Leases: an entry is in one officer's hands while her desk is open."""

from digitize.access.actor import Actor
from digitize.books.teamwork import Lease
from digitize.store.unit_of_work import Workspace


def heartbeat(workspace: Workspace, actor: Actor, entry_id: int) -> Lease:
    """The desk is still open: the lease runs on. Where a colleague has the entry now, it is her lease that returns."""
    raise NotImplementedError


def give_back(workspace: Workspace, actor: Actor, entry_id: int) -> None:
    """The officer leaves the entry; what she saved stays. Nothing happens where it is not in her hands."""
    raise NotImplementedError


def take_over(workspace: Workspace, actor: Actor, entry_id: int, why: str = "") -> Lease | None:
    """After the lease has run out, or at any time for a team lead, who frees it (None) unless she keys herself.

    Raises EntryHeld, AccessDenied, NotFound.
    """
    raise NotImplementedError
