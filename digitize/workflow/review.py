"""Review: an officer corrects an entry's fields and confirms it; a checker checks it or sends it back."""

from collections.abc import Mapping
from dataclasses import dataclass

from digitize.access.actor import Actor, Permission
from digitize.books.book import Book, Page
from digitize.books.ditto import dittos_on_page
from digitize.books.entry import Entry, Problem
from digitize.books.forms import Form, get_form
from digitize.books.rules import Finding, findings, numbers_on_page
from digitize.books.steps import Act, Step
from digitize.books.teamwork import Lease, Question, Queue
from digitize.errors import AccessDenied
from digitize.review.fields import SURE, FieldView, fields_of, texts_of, warnings_of
from digitize.store.unit_of_work import UnitOfWork, Workspace
from digitize.workflow.by_hand import NOTHING_READ
from digitize.workflow.told import on_desk

__all__ = ["FieldView", "ReviewView", "check", "confirm", "next_entry", "open_entry", "save_value", "send_back"]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """An entry with all that the desk shows of it."""

    entry: Entry
    book: Book
    page: Page
    form: Form
    fields: tuple[FieldView, ...]
    problems: tuple[Problem, ...]
    lease: Lease | None  # in whose hands the entry is
    questions: tuple[Question, ...]  # all ever asked about it, oldest first

    def is_held_by(self, actor: Actor) -> bool:
        """Whether the actor may key now; otherwise the lease, or a question without answer, says why not."""
        return self.lease is not None and self.lease.owner == actor.account


def open_entry(workspace: Workspace, actor: Actor, entry_id: int) -> ReviewView:
    """The entry for the desk; into an officer's hands, when it is free, it comes for review. Raises NotFound."""
    with workspace.view(actor) as work:
        entry, lease = work.entries.get(entry_id), work.leases.of(entry_id)
        if not _is_for_the_desk(entry, lease, actor):
            return _view(work, entry)
    with workspace.unit_of_work(actor) as work:
        _take(work, actor, entry)
    with workspace.view(actor) as work:
        return _view(work, work.entries.get(entry_id))


def look_at(workspace: Workspace, actor: Actor, entry_id: int) -> ReviewView:
    """The entry as `open_entry` gives it, in whose hands it may be. Raises NotFound."""
    with workspace.view(actor) as work:
        return _view(work, work.entries.get(entry_id))


def _is_for_the_desk(entry: Entry, lease: Lease | None, actor: Actor) -> bool:
    """An officer opens an entry that is to be keyed and that she does not have in hand yet."""
    is_hers = entry.step is Step.IN_REVIEW and lease is not None and lease.owner == actor.account
    return entry.step in (Step.READ, Step.IN_REVIEW) and actor.may(Permission.REVIEW) and not is_hers


def _view(work: UnitOfWork, entry: Entry) -> ReviewView:
    form = get_form(entry.form_id)
    on_page = _among_neighbours(work, entry)
    fields = fields_of(form, entry, on_page)
    told = (*on_desk(work.problems.of_page(entry.page_id)), *(() if entry.candidates else (NOTHING_READ,)))
    problems = (*told, *warnings_of((*on_page, *findings(texts_of(form, entry)))))
    book, page = work.books.get(entry.book_id), work.pages.get(entry.page_id)
    lease, questions = work.leases.of(entry.entry_id), work.questions.of_entry(entry.entry_id)
    return ReviewView(entry, book, page, form, fields, problems, lease, questions)


def _among_neighbours(work: UnitOfWork, entry: Entry) -> tuple[Finding, ...]:
    """What the page's other entries show of this one: numbers that run on, ditto marks."""
    on_page = work.entries.of_page(entry.page_id)
    own = [each.entry_id for each in on_page].index(entry.entry_id)
    texts = [texts_of(get_form(each.form_id), each) for each in on_page]
    return (*numbers_on_page([each.get("so", "") for each in texts])[own], *dittos_on_page(texts)[own])


def save_value(
    workspace: Workspace, actor: Actor, entry_id: int, column: str, text: str, expected_version: int | None = None
) -> Entry:
    """Stores what the officer typed in one field. Raises StaleEntry, StepNotLawful, NotFound."""
    with workspace.unit_of_work(actor) as work:
        return work.entries.save_value(entry_id, column, text, expected_version)


def next_entry(
    workspace: Workspace, actor: Actor, book_id: int | None = None, after_id: int | None = None
) -> Entry | None:
    """The next entry that waits for an officer, in the plan's order."""
    with workspace.view(actor) as work:
        return work.queues.next(Queue(book_id), SURE, after_id)


def confirm(
    workspace: Workspace,
    actor: Actor,
    entry_id: int,
    values: Mapping[str, str],
    assisted_by: str | None = None,
    expected_version: int | None = None,
    why: str = "",
) -> Entry:
    """Confirms every field of the form: as given in `values`, else as the desk showed it.

    Raises StaleEntry, StepNotLawful, NotFound, AccessDenied (`assisted_by` may not assist here).
    """
    with workspace.unit_of_work(actor) as work:
        return _confirm(work, actor, entry_id, values, assisted_by, expected_version, why)


def _confirm(
    work: UnitOfWork, actor: Actor, entry_id: int, values: Mapping[str, str], assisted_by: str | None,
    expected_version: int | None, why: str = "",
) -> Entry:  # fmt: skip
    entry = work.entries.get(entry_id)
    if entry.step is Step.READ:
        entry = work.entries.advance(entry_id, Act.REVIEW, expected_version=expected_version)
        expected_version = None
    shown = {field.column: field.text for field in fields_of(get_form(entry.form_id), entry)}
    confirmed = work.entries.confirm(entry_id, shown | dict(values), expected_version, why)
    if (confirmed.keyed_by, confirmed.assisted_by) == (actor.account, assisted_by):
        return confirmed
    return work.entries.set_keyed(entry_id, actor.account, assisted_by)


@dataclass(frozen=True, slots=True)
class Following:
    """The entry that came into the officer's hands after another one."""

    taken: Entry
    seen_version: int  # until it came into her hands
    stands_alone: bool  # nothing of the entry before speaks of it: another page, and no question ever asked


def confirm_and_go_on(
    workspace: Workspace, actor: Actor, entry_id: int, values: Mapping[str, str], assisted_by: str | None,
    expected_version: int | None, queue: Queue,
) -> Following | None:  # fmt: skip
    """Confirms and takes the next entry of the queue in hand: one act of the store, so that nobody waits for two.

    None: nothing else waits. Raises as `confirm` does.
    """
    with workspace.unit_of_work(actor) as work:
        confirmed = _confirm(work, actor, entry_id, values, assisted_by, expected_version)
        return _take_next(work, actor, confirmed, queue)


def go_on(workspace: Workspace, actor: Actor, entry_id: int, queue: Queue) -> Following | None:
    """Takes the entry behind this one in hand. None: nothing else waits."""
    with workspace.unit_of_work(actor) as work:
        return _take_next(work, actor, work.entries.get(entry_id), queue)


def _take_next(work: UnitOfWork, actor: Actor, before: Entry, queue: Queue) -> Following | None:
    found = work.queues.next(queue, SURE, before.entry_id)
    if found is None:
        return None
    taken = _take(work, actor, found)
    stands_alone = found.page_id != before.page_id and not work.questions.of_entry(found.entry_id)
    return Following(taken, found.version, stands_alone)


def _take(work: UnitOfWork, actor: Actor, entry: Entry) -> Entry:
    """Into the actor's hands, where it is free."""
    lease = work.leases.take(entry.entry_id)
    if lease and lease.owner == actor.account and entry.step is Step.READ:
        return work.entries.advance(entry.entry_id, Act.REVIEW)
    return entry


def check(workspace: Workspace, actor: Actor, entry_id: int) -> Entry:
    """A second person vouches for the entry. Raises AccessDenied for who keyed it or assisted."""
    with workspace.unit_of_work(actor) as work:
        entry = work.entries.get(entry_id)
        if actor.account in (entry.keyed_by, entry.assisted_by):
            raise AccessDenied(f"Trường hợp {entry_id} do chính bạn nhập; người khác phải kiểm tra.")
        return work.entries.advance(entry_id, Act.CHECK)


def send_back(workspace: Workspace, actor: Actor, entry_id: int, why: str) -> Entry:
    """Back to the desk, with the reason in the journal. Raises StepNotLawful."""
    with workspace.unit_of_work(actor) as work:
        return work.entries.advance(entry_id, Act.SEND_BACK, why)
