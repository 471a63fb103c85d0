"""An entry made ready for the desk."""

from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any

from digitize.access.actor import Actor
from digitize.app.desk_messages import hands_told, question_told
from digitize.app.desk_queue import queue_told
from digitize.app.telling import title_of
from digitize.books.entry import Candidate, Entry
from digitize.books.forms import get_form
from digitize.books.rules import Finding, Weight, findings
from digitize.books.teamwork import Queue
from digitize.errors import ExportRefused
from digitize.export.ministry_excel import export_columns
from digitize.review.desk import DeskField, Sheet
from digitize.review.fields import FieldView, fields_of, texts_of, warnings_of
from digitize.store.unit_of_work import Workspace
from digitize.workflow.review import ReviewView

LONG_KINDS = frozenset({"place", "notes", "date_words", "text"})
LONG_TEXT = 42  # letters that one line of the form's column holds


def sheet_of(workspace: Workspace, actor: Actor, view: ReviewView, queue: Queue) -> Sheet:
    """`queue` is the pile that is being worked."""
    entry = view.entry
    rules = {finding.message for finding in findings(texts_of(view.form, entry))}
    places = _places(view.form.export)
    with workspace.view(actor) as work:
        before = work.entries.keyed_before(entry.entry_id)
        assistants = {account.name: account.full_name for account in work.accounts.assistants(entry.book_id)}
        is_asked = any(question.settled_at is None for question in view.questions)
        colleagues = work.accounts.colleagues(entry.book_id) if is_asked else ()
    return Sheet(
        account=actor.account,
        serial=token_hex(4),
        entry=entry.entry_id,
        version=entry.version,
        title=f"Trường hợp {entry.entry_id} · {title_of(view.book)}",
        page=view.page.page_id,
        width=view.page.width,
        height=view.page.height,
        fields=tuple(_desk_field(field, rules, places) for field in view.fields),
        assistants=assistants,
        assisted_by=entry.assisted_by or "",
        problems=tuple(problem.message for problem in view.problems if problem.message not in rules),
        warnings=tuple(problem.message for problem in view.problems if problem.message in rules),
        previous=_texts(before),
        queue=queue_told(queue),
        held=hands_told(view.lease, actor),
        question=question_told(view.questions, actor, {each.name: each.full_name for each in colleagues}),
    )


def sheet_since(workspace: Workspace, actor: Actor, entry: Entry) -> dict[str, Any]:
    """Of an entry that the desk fetched before and that has not changed since: what its coming into hand changes."""
    with workspace.view(actor) as work:
        before = work.entries.keyed_before(entry.entry_id)
    return {"entry": entry.entry_id, "version": entry.version, "previous": _texts(before)}


def told_after_save(entry: Entry) -> dict[str, object]:
    """What the rules say of the entry as it is now: per column the words and whether they speak against it."""
    form = get_form(entry.form_id)
    found = findings(texts_of(form, entry))
    of_columns = {column: [each for each in found if column in each.columns] for column in form.columns()}
    reasons = {column: _told(those) for column, those in of_columns.items() if those}
    return {"reasons": reasons, "warnings": [problem.message for problem in warnings_of(found)]}


def _texts(entry: Entry | None) -> dict[str, str]:
    return {column: value.text for column, value in entry.values.items()} if entry else {}


def _told(found: Sequence[Finding]) -> tuple[str, bool]:
    against = any(each.weight is not Weight.AGREEMENT for each in found)
    return " ".join(each.message for each in found), against


def state_of_column(entry: Entry, column: str) -> str:
    """ "machine", "doubtful", "rule", "human" or "empty"."""
    fields = fields_of(get_form(entry.form_id), entry)
    return next((_state(field) for field in fields if field.column == column), "empty")


def _places(export: tuple[str, ...]) -> Mapping[str, int]:
    try:
        columns = export_columns(export[0]) if export else ()
    except ExportRefused:  # the Ministry has no table for this kind of book
        return {}
    return {column: place for place, column in enumerate(columns)}


def _desk_field(field: FieldView, rules: set[str], places: Mapping[str, int]) -> DeskField:
    read = field.suggestion
    return DeskField(
        column=field.column,
        label=field.label,
        text=field.text,
        suggestion=read.text if read else None,
        confidence=round(read.confidence, 3) if read else None,
        alternatives=tuple((other.text, other.literal) for other in read.alternatives) if read else (),
        box=_corners(read),
        state=_state(field),
        long=field.kind in LONG_KINDS or len(field.text) > LONG_TEXT or "\n" in field.text,
        options=dict(field.options),
        reason=" ".join(reason for reason in field.reasons if reason in rules),
        beside=" ".join(reason for reason in field.reasons if reason not in rules),
        place=places.get(field.column),
    )


def _corners(read: Candidate | None) -> tuple[int, int, int, int] | None:
    return (read.box.x0, read.box.y0, read.box.x1, read.box.y1) if read and read.box else None


def _state(field: FieldView) -> str:
    if field.human:
        return "human"
    if field.doubtful:
        return "doubtful"
    if field.questioned:
        return "rule"
    return "machine" if field.text else "empty"
