"""Custody: books are given, received and returned, each time with minutes; where they are, and what is late."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from digitize.access.actor import Actor, Permission
from digitize.books.book import Book
from digitize.campaign.custody import Direction, Handover, Party, Whereabouts, out_of_turn
from digitize.campaign.inventory import Condition
from digitize.clock import today_here
from digitize.export.completeness_report import table_of
from digitize.export.cover_sheet import cover_sheets
from digitize.export.minutes import minutes_of
from digitize.export.papers.write import write_paper
from digitize.store.unit_of_work import Workspace

Conditions = Mapping[int, frozenset[Condition]]  # by book


def whereabouts(workspace: Workspace, actor: Actor) -> tuple[Whereabouts, ...]:
    """Every book in scope that is to be keyed. Raises AccessDenied."""
    actor.demand(Permission.FOLLOW)
    with workspace.view(actor) as work:
        return work.custody.whereabouts()


def give(
    workspace: Workspace, actor: Actor, direction: Direction, conditions: Conditions, giver: Party, receiver: Party,
    place: str = "", due: date | None = None, note: str = "", notes: Mapping[int, str] | None = None,
) -> Handover:  # fmt: skip
    """Minutes of books of one unit. Raises AccessDenied, InputError, NotFound, StepNotLawful."""
    given = {book_id: (condition, (notes or {}).get(book_id, "")) for book_id, condition in conditions.items()}
    with workspace.unit_of_work(actor) as work:
        return work.custody.give(direction, given, giver, receiver, place, due, note)


def due_day(workspace: Workspace, actor: Actor) -> date:
    """When a book lent today should be back, by the plan's settings."""
    with workspace.view(actor) as work:
        return today_here() + timedelta(days=work.plans.current().loan_days)


def first_by_the_plan(chosen: Sequence[Whereabouts], everything: Sequence[Whereabouts]) -> tuple[Book, ...]:
    """Books at home that should be lent before those chosen."""
    return out_of_turn(chosen, everything)


def receive(workspace: Workspace, actor: Actor, handover_id: int, conditions: Conditions) -> Handover:
    """Raises AccessDenied, InputError, NotFound, StepNotLawful."""
    with workspace.unit_of_work(actor) as work:
        return work.custody.receive(handover_id, conditions)


def cancel(workspace: Workspace, actor: Actor, handover_id: int, why: str) -> Handover:
    """Raises AccessDenied, NotFound, StepNotLawful."""
    with workspace.unit_of_work(actor) as work:
        return work.custody.cancel(handover_id, why)


def handovers(workspace: Workspace, actor: Actor, limit: int = 30) -> tuple[Handover, ...]:
    """Newest first. Raises AccessDenied."""
    actor.demand(Permission.CUSTODY)
    with workspace.view(actor) as work:
        return work.custody.all(limit)


def waiting(workspace: Workspace, actor: Actor) -> tuple[Handover, ...]:
    """Given and not yet acknowledged. Raises AccessDenied."""
    actor.demand(Permission.CUSTODY)
    with workspace.view(actor) as work:
        return work.custody.open()


def minutes(workspace: Workspace, actor: Actor, handover_id: int, kind: str) -> bytes:
    """The minutes as "docx" or "pdf"; with returned books goes what was found whole. Raises AccessDenied, NotFound."""
    actor.demand(Permission.CUSTODY)
    with workspace.view(actor) as work:
        handover = work.custody.get(handover_id)
        is_return = handover.direction is Direction.RETURN
        found = [work.wholeness.of_book(each.volume.book.book_id) for each in handover.books] if is_return else []
    return write_paper(minutes_of(handover, table_of(found) if found else None), kind)


def covers(workspace: Workspace, actor: Actor, book_ids: Sequence[int]) -> bytes:
    """Cover sheets as PDF. Raises AccessDenied, NotFound."""
    actor.demand(Permission.CUSTODY)
    with workspace.view(actor) as work:
        return cover_sheets([work.books.get(book_id) for book_id in book_ids])
