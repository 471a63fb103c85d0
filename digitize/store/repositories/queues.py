"""Queues of entries that wait for an officer, filtered, ordered and counted by the database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import and_, case, col, exists, func, not_, or_, select, tuple_
from sqlmodel.sql.expression import SelectOfScalar

from digitize.books.entry import Entry
from digitize.books.steps import Step
from digitize.books.teamwork import Doubt, Order, Queue, Waiting
from digitize.errors import NotFound
from digitize.store.repositories.base import Repository
from digitize.store.repositories.books import as_book
from digitize.store.repositories.holding import asked_of, in_other_hands
from digitize.store.repositories.shelving import as_entries
from digitize.store.tables import BookRow, EntryRow, LeaseRow, PageRow, QuestionRow

WAITING = (Step.READ.value, Step.IN_REVIEW.value)
PLACE = (col(BookRow.priority), col(BookRow.id), col(PageRow.sequence), col(EntryRow.ordinal))  # the plan's order
MOST_DOUBTFUL = (col(BookRow.priority), -col(EntryRow.doubt), *PLACE[1:])


class Queues(Repository):
    """`sure` is the confidence from which a suggestion counts as sure."""

    def next(self, queue: Queue, sure: float, after_id: int | None = None) -> Entry | None:
        """What the actor was asked or answered first, then what waits behind `after_id`, then before it. None: nothing.

        Raises NotFound when `after_id` is out of scope.
        """
        if (first := self._with_question(after_id)) is not None:
            return first
        place = MOST_DOUBTFUL if queue.order is Order.DOUBT else PLACE
        free = self._waiting(queue, sure).where(not_(in_other_hands(self._actor, self._now)))
        if after_id is None:
            return self._first(free)
        behind = free.where(tuple_(*place) > tuple_(*self._place(after_id, place)))
        return self._first(behind) or self._first(free.where(EntryRow.id != after_id))

    def list(self, queue: Queue, sure: float, limit: int = 50) -> tuple[Entry, ...]:
        """What waits, in other hands or not, in the queue's order."""
        return as_entries(self._session, self._session.exec(self._waiting(queue, sure).limit(limit)).all())

    def counts(self, sure: float) -> tuple[Waiting, ...]:
        """Per book in which an entry waits, in the plan's order."""
        of_doubt = [func.sum(case((_is(doubt, sure), 1), else_=0)) for doubt in Doubt]
        others = func.sum(case((in_other_hands(self._actor, self._now), 1), else_=0))
        counted = (
            select(EntryRow.book_id, others, *of_doubt)
            .where(col(EntryRow.step).in_(WAITING))
            .group_by(col(EntryRow.book_id))
        )
        counts = {row[0]: row[1:] for row in self._session.execute(counted)}
        books = select(BookRow).where(col(BookRow.id).in_(counts)).order_by(col(BookRow.priority), col(BookRow.id))
        return tuple(_as_waiting(row, *counts[row.id]) for row in self._session.exec(books))

    def _with_question(self, after_id: int | None) -> Entry | None:
        """Once: what she has opened since it came to her waits in the ordinary queue."""
        is_answered = col(QuestionRow.answer).is_not(None)
        came = func.coalesce(QuestionRow.answered_at, QuestionRow.asked_at)
        looked_at = exists().where(
            col(LeaseRow.entry_id) == col(EntryRow.id),
            col(LeaseRow.owner) == self._actor.account,
            col(LeaseRow.since) > came,
        )
        for_me = or_(
            and_(not_(is_answered), asked_of(self._actor)),
            and_(is_answered, QuestionRow.asked_by == self._actor.account),
        )
        query = (
            select(EntryRow)
            .join(QuestionRow, col(QuestionRow.entry_id) == col(EntryRow.id))
            .where(col(EntryRow.step).in_(WAITING), col(QuestionRow.settled_at).is_(None), for_me, not_(looked_at))
            .where(not_(in_other_hands(self._actor, self._now)), EntryRow.id != (after_id or 0))
            .order_by(came)
        )
        return self._first(query)

    def _waiting(self, queue: Queue, sure: float) -> SelectOfScalar[EntryRow]:
        place = MOST_DOUBTFUL if queue.order is Order.DOUBT else PLACE
        return (
            select(EntryRow)
            .join(PageRow, col(EntryRow.page_id) == col(PageRow.id))
            .join(BookRow, col(EntryRow.book_id) == col(BookRow.id))
            .where(col(EntryRow.step).in_(WAITING), *_wanted(queue, sure))
            .order_by(*place)
        )

    def _first(self, query: SelectOfScalar[EntryRow]) -> Entry | None:
        return next(iter(as_entries(self._session, self._session.exec(query.limit(1)).all())), None)

    def _place(self, entry_id: int, place: Sequence[Any]) -> tuple[Any, ...]:
        where = (
            select(*place)
            .select_from(EntryRow)
            .join(PageRow, col(EntryRow.page_id) == col(PageRow.id))
            .join(BookRow, col(EntryRow.book_id) == col(BookRow.id))
            .where(EntryRow.id == entry_id)
        )
        if (there := self._session.execute(where).first()) is None:
            raise NotFound(f"Không có trường hợp số {entry_id} trong phạm vi của tài khoản.")
        return tuple(there)


def _wanted(queue: Queue, sure: float) -> list[ColumnElement[bool]]:
    asked = [
        (queue.book_id, col(EntryRow.book_id) == queue.book_id),
        (queue.unit_code, col(BookRow.unit_code) == queue.unit_code),
        (queue.kind, col(BookRow.kind) == (queue.kind.value if queue.kind else None)),
    ]
    wanted = [criterion for told, criterion in asked if told is not None]
    return wanted if queue.doubt is None else [*wanted, _is(queue.doubt, sure)]


def _is(doubt: Doubt, sure: float) -> ColumnElement[bool]:
    least = col(EntryRow.least_sure)
    return {Doubt.DOUBTFUL: least < sure, Doubt.SURE: least >= sure, Doubt.UNREAD: least.is_(None)}[doubt]


def _as_waiting(row: BookRow, others: int, *of_doubt: int) -> Waiting:
    return Waiting(as_book(row), dict(zip(Doubt, of_doubt, strict=True)), others)
