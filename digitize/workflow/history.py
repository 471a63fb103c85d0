"""History of a field over days, and back to an earlier text: as a new change, with its own row in the journal."""

from digitize.access.actor import Actor
from digitize.books.teamwork import FieldChange, Saved
from digitize.store.unit_of_work import Workspace


def history(workspace: Workspace, actor: Actor, entry_id: int, column: str) -> tuple[FieldChange, ...]:
    """Every change of one field, oldest first. Raises NotFound."""
    raise NotImplementedError


def take_back(workspace: Workspace, actor: Actor, entry_id: int, column: str, line_id: int, seen: int) -> Saved:
    """The field is again as it was before that change; None there takes the person's value away. Raises as `save`."""
    raise NotImplementedError
