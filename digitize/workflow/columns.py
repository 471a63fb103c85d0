"""Columns: one field of many entries keyed at once; each value is saved as at the desk."""

from digitize.access.actor import Actor, Permission
from digitize.books.steps import Act, Step
from digitize.errors import StaleEntry
from digitize.review.columns import Cell, Column, cells_of, columns_of
from digitize.store.unit_of_work import Workspace
from digitize.workflow import review

AT_ONCE = 200  # cells in one list; more than an officer does in a sitting


def columns(workspace: Workspace, actor: Actor, book_id: int) -> tuple[tuple[Column, int], ...]:
    """The columns of a book's waiting entries, and how many cells of each nobody has keyed."""
    actor.demand(Permission.REVIEW)
    with workspace.view(actor) as work:
        entries = work.entries.free_of_book(book_id)
    of_forms = columns_of(entry.form_id for entry in entries)
    return tuple((column, sum(column.column not in entry.values for entry in entries)) for column in of_forms)


def cells(
    workspace: Workspace, actor: Actor, book_id: int, column: str, doubtful_first: bool = False
) -> tuple[Cell, ...]:
    """The next cells of a column that wait; entries in somebody else's hands are left out."""
    actor.demand(Permission.REVIEW)
    with workspace.view(actor) as work:
        entries, marked = work.entries.free_of_book(book_id), work.readings.marked(book_id)
    return cells_of(entries, column, marked, doubtful_first)[:AT_ONCE]


def save_cell(workspace: Workspace, actor: Actor, cell: Cell, text: str) -> None:
    """Saves one value unless somebody keyed this very field since the cell was shown.

    That another field of the entry was saved meanwhile harms nothing. Raises StaleEntry, StepNotLawful, NotFound.
    """
    with workspace.unit_of_work(actor) as work:
        entry = work.entries.get(cell.entry_id)
        if not work.entries.is_free(cell.entry_id):
            raise StaleEntry(f"Trường hợp {cell.entry_id} đang do đồng nghiệp nhập hoặc đã được xác nhận.")
        there = entry.values.get(cell.field.column)
        if there and there.text != text and there.confirmed_by != actor.account:
            raise StaleEntry(f"Ô này của trường hợp {cell.entry_id} đã có người ghi «{there.text}».")
        if entry.step is Step.READ:
            entry = work.entries.advance(cell.entry_id, Act.REVIEW, expected_version=entry.version)
    review.save_value(workspace, actor, cell.entry_id, cell.field.column, text, entry.version)


def mark(workspace: Workspace, actor: Actor, cell: Cell, is_doubtful: bool) -> None:
    """Marks the field as doubtful: another officer will read it again. Raises NotFound."""
    with workspace.unit_of_work(actor) as work:
        work.readings.mark(cell.entry_id, cell.field.column, is_doubtful)
