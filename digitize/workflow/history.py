"""History of a field over days, and back to an earlier text: as a new change, with its own row in the journal."""

from collections.abc import Iterator, Mapping
from typing import Any

from digitize.access.actor import Actor
from digitize.books.teamwork import EditMark, FieldChange, Saved
from digitize.errors import NotFound
from digitize.store.repositories.journal import JournalLine
from digitize.store.unit_of_work import Workspace

BEGINNING = 0  # instead of a line of the journal: before any person had keyed the field


def history(workspace: Workspace, actor: Actor, entry_id: int, column: str) -> tuple[FieldChange, ...]:
    """Every change of one field by a person, oldest first. Raises NotFound."""
    with workspace.view(actor) as work:
        return tuple(_changes(work.journal.of("entry", entry_id), column))


def take_back(
    workspace: Workspace, actor: Actor, entry_id: int, column: str, line_id: int, seen: int, mark: EditMark
) -> Saved:
    """The field is again as it was after the change in that line of the journal, or as at the BEGINNING.

    Raises NotFound for a line that changed something else, and as `edits.save`.
    """
    earlier = {change.line_id: change.after for change in history(workspace, actor, entry_id, column)}
    if line_id not in earlier and line_id != BEGINNING:
        raise NotFound(f"Dòng {line_id} của nhật ký không thuộc mục này của trường hợp số {entry_id}.")
    why = f"về dòng {line_id} của nhật ký" if line_id else "về như trước khi nhập"
    with workspace.unit_of_work(actor) as work:
        return work.edits.take_back(entry_id, column, earlier.get(line_id), seen, mark, why)


def _changes(lines: tuple[JournalLine, ...], column: str) -> Iterator[FieldChange]:
    for line in lines:
        before, after = _text_in(line.before, column), _text_in(line.after, column)
        if before != after:
            yield FieldChange(line.line_id, line.at, line.account, line.act, before, after, line.why)


def _text_in(told: Mapping[str, Any] | None, column: str) -> str | None:
    text = ((told or {}).get("values") or {}).get(column)
    return str(text) if text is not None else None
