"""Receipts, and the way back: what the receiver says of a package, what the national software made of its entries."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from digitize.access.actor import Actor, Permission
from digitize.books.entry import Entry
from digitize.books.forms import get_form
from digitize.books.handover import NationalResult, Package, Receipt, ReceiptKind, ResultOutcome
from digitize.books.special import stated
from digitize.books.steps import Step
from digitize.errors import PackageUnusable
from digitize.export.check.opened import UNREADABLE, read_sheet
from digitize.export.ministry_excel import row_of_entry
from digitize.export.returned import Reconciled, reconcile
from digitize.store.unit_of_work import Workspace
from digitize.workflow.hand_over import personal_ids


def receive(
    workspace: Workspace, actor: Actor, package_id: int, kind: ReceiptKind, authority: str, document: str, on: date,
    note: str = "",
) -> Package:  # fmt: skip
    """Records what the receiver said. Raises InputError, StepNotLawful, NotFound."""
    with workspace.unit_of_work(actor) as work:
        return work.packages.receive(package_id, kind, authority, document, on, note)


def receipts_of(workspace: Workspace, actor: Actor, book_id: int) -> tuple[Receipt, ...]:
    """Everything that was said of the packages of a book, oldest first."""
    with workspace.view(actor) as work:
        return work.packages.receipts(book_id)


def recall(workspace: Workspace, actor: Actor, entry_id: int, why: str) -> Entry:
    """An entry of a returned package goes back to the desk. Raises InputError, StepNotLawful, NotFound."""
    with workspace.unit_of_work(actor) as work:
        return work.packages.recall(entry_id, why)


def results_of(workspace: Workspace, actor: Actor, book_id: int) -> tuple[tuple[Entry, NationalResult | None], ...]:
    """The entries handed over with the newest answer for each, in the book's order."""
    with workspace.view(actor) as work:
        answers = work.national.of_book(book_id)
        return tuple((entry, answers.get(entry.entry_id)) for entry in _handed_over(work.entries.of_book(book_id)))


def answer(
    workspace: Workspace, actor: Actor, entry_id: int, outcome: ResultOutcome, numbers: Mapping[str, str],
    reference: str = "", note: str = "",
) -> NationalResult:  # fmt: skip
    """Records by hand what the national software answered. Raises InputError, StepNotLawful, NotFound."""
    with workspace.unit_of_work(actor) as work:
        return work.national.add(entry_id, outcome, numbers, reference, note)


def reconcile_file(workspace: Workspace, actor: Actor, book_id: int, file: Path) -> tuple[Reconciled, ...]:
    """The returned file set against the book; nothing is recorded yet. Raises PackageUnusable, InputError, NotFound."""
    actor.demand(Permission.EXPORT)
    try:
        _, rows = read_sheet(file)
    except UNREADABLE as cause:
        raise PackageUnusable(f"Không mở được {file.name} như một tệp Excel.") from cause
    with workspace.view(actor) as work:
        book, handed_over = work.books.get(book_id), dict[int, Mapping[str, str]]()
        for number, entry in enumerate(_handed_over(work.entries.of_book(book_id)), start=1):
            values = {column: stated(value.text) for column, value in entry.values.items()}
            ids = personal_ids(work.matches.standings(entry.entry_id))
            handed_over[entry.entry_id] = row_of_entry(get_form(entry.form_id), values, book, ids, number).values
    return reconcile(rows, handed_over)


def record(workspace: Workspace, actor: Actor, told: Sequence[Reconciled], source: str) -> int:
    """Lays down the answers that fit an entry, all or none; returns how many."""
    fitting = [each for each in told if each.can_be_recorded]
    with workspace.unit_of_work(actor) as work:
        for each in fitting:
            assert each.entry_id is not None and each.outcome is not None
            note = each.note or "Phần mềm quốc gia không ghi lý do"
            work.national.add(
                each.entry_id, each.outcome, each.personal_ids or {}, each.reference,
                note if each.outcome is ResultOutcome.REFUSED else each.note, source,
            )  # fmt: skip
    return len(fitting)


def _handed_over(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.step is Step.HANDED_OVER]
