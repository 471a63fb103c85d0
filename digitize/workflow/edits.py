"""What the desk sends goes into the store: field by field, once, and never over what a colleague wrote unseen."""

from collections.abc import Mapping

from digitize.access.actor import Actor
from digitize.books.teamwork import EditMark, Saved
from digitize.store.unit_of_work import Workspace


def save(
    workspace: Workspace, actor: Actor, entry_id: int, values: Mapping[str, str], seen: int, mark: EditMark
) -> Saved:
    """Saves what does not collide and gives back what does. The same mark twice is one change.

    `seen` is the version of the entry when the desk laid it out; it stays the same however often this
    sitting saves. To settle a collision, save the chosen text with `seen=collision.version`.
    Raises EntryHeld (a colleague has it in hand), EntryAsked (it waits for an answer), StepNotLawful, NotFound.
    """
    raise NotImplementedError


def confirm(
    workspace: Workspace, actor: Actor, entry_id: int, values: Mapping[str, str], seen: int, mark: EditMark,
    assisted_by: str | None = None, why: str = "",
) -> Saved:  # fmt: skip
    """Confirms every field of the form, gives the lease back; with collisions it only saves the other fields.

    It is confirmed when `entry.step` says so; confirming twice is one confirmation. Raises as `save`.
    """
    raise NotImplementedError
