"""What the desk sends goes into the store: field by field, once, and never over what a colleague wrote unseen."""

from collections.abc import Mapping

from digitize.access.actor import Actor
from digitize.books.forms import get_form
from digitize.books.steps import Step
from digitize.books.teamwork import EditMark, Saved
from digitize.review.fields import fields_of
from digitize.store.unit_of_work import Workspace


def save(
    workspace: Workspace, actor: Actor, entry_id: int, values: Mapping[str, str], seen: int, mark: EditMark
) -> Saved:
    """Saves what does not collide; gives back what does, and what others wrote elsewhere. The same mark twice is
    one change; without values it is a sign of life that asks for news.

    `seen` is the version of the entry up to which its officer has seen what stands there. To settle a collision,
    save the chosen text with `seen=collision.version` and a new mark.
    Raises EntryHeld (a colleague has it in hand), EntryAsked (it waits for an answer), StepNotLawful, NotFound.
    """
    with workspace.unit_of_work(actor) as work:
        return work.edits.save(entry_id, values, seen, mark)


def confirm(
    workspace: Workspace, actor: Actor, entry_id: int, values: Mapping[str, str], seen: int, mark: EditMark,
    assisted_by: str | None = None, why: str = "",
) -> Saved:  # fmt: skip
    """Confirms every field of the form, gives the lease back; with collisions it only saves the other fields.

    It is confirmed when no collision comes back; confirming twice is one confirmation.
    Raises as `save`, and AccessDenied (`assisted_by` may not assist here).
    """
    with workspace.unit_of_work(actor) as work:
        entry = work.entries.get(entry_id)
        shown = {field.column: field.text for field in fields_of(get_form(entry.form_id), entry)}
        saved = work.edits.confirm(entry_id, values, shown, seen, mark, why)
        if saved.entry.step is not Step.CONFIRMED or saved.entry.assisted_by == assisted_by:
            return saved
        return Saved(work.entries.set_keyed(entry_id, actor.account, assisted_by))
