"""Who may write into an entry now: nobody while a colleague has it in hand or somebody owes an answer."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, not_, or_, select

from digitize.access.actor import Actor
from digitize.books.teamwork import LEASE, Lease
from digitize.errors import EntryAsked, EntryHeld
from digitize.store.repositories.base import found, key
from digitize.store.tables import AccountRow, EntryRow, LeaseRow, QuestionRow
from digitize.store.transaction import Transaction


def locked(session: Session, entry_id: int) -> EntryRow:
    """The entry, for changing: a second writer waits here. Raises NotFound."""
    entry = select(EntryRow).where(EntryRow.id == entry_id).with_for_update()
    return found(session.exec(entry).first(), "trường hợp", entry_id)


def lease_row(session: Session, entry_id: int) -> LeaseRow | None:
    return session.exec(select(LeaseRow).where(LeaseRow.entry_id == entry_id)).first()


def as_lease(session: Session, row: LeaseRow) -> Lease:
    name = session.exec(select(AccountRow.full_name).where(AccountRow.name == row.owner)).first()
    return Lease(row.entry_id, row.owner, name or row.owner, row.until)


def unsettled(session: Session, entry_id: int) -> QuestionRow | None:
    """The question on its way, open or answered; there is never more than one."""
    on_its_way = select(QuestionRow).where(QuestionRow.entry_id == entry_id, col(QuestionRow.settled_at).is_(None))
    return session.exec(on_its_way).first()


def is_asked(question: QuestionRow, actor: Actor) -> bool:
    """Whether the question is for the actor; her own to a role she has too is not."""
    return question.asked_by != actor.account and (
        question.to_account == actor.account or question.to_role in actor.roles
    )


def demand_free(transaction: Transaction, entry_id: int) -> LeaseRow | None:
    """Gives back the lease that was there. Raises EntryHeld, EntryAsked."""
    lease = lease_row(transaction.session, entry_id)
    if lease and lease.owner != transaction.actor.account and lease.until > transaction.now:
        held = as_lease(transaction.session, lease)
        raise EntryHeld(f"Trường hợp số {entry_id}: {held.told}.")
    question = unsettled(transaction.session, entry_id)
    if question and question.answer is None and not is_asked(question, transaction.actor):
        raise EntryAsked(f"Trường hợp số {entry_id} đang chờ trả lời câu hỏi của tài khoản {question.asked_by}.")
    return lease


def take(transaction: Transaction, entry: EntryRow) -> LeaseRow:
    """The entry comes into the actor's hands, or stays there. Raises EntryHeld, EntryAsked."""
    lease, owner = demand_free(transaction, key(entry.id)), transaction.actor.account
    if lease and lease.owner == owner and lease.until > transaction.now:
        return renew(transaction, lease)
    new = lease or LeaseRow(
        entry_id=key(entry.id), book_id=entry.book_id, owner=owner, since=transaction.now, until=transaction.now
    )
    with transaction.change("entry.lease", "entry", new):
        new.owner, new.since, new.until = owner, transaction.now, transaction.now + LEASE
    return new


def renew(transaction: Transaction, lease: LeaseRow) -> LeaseRow:
    """A sign of life, which is nobody's act and costs a write only now and then."""
    if lease.until < transaction.now + LEASE * 0.8:
        with transaction.quiet():
            lease.until = transaction.now + LEASE
            transaction.session.flush()
    return lease


def release(transaction: Transaction, entry_id: int) -> None:
    """Out of the actor's hands, within or without another act; what she saved stays."""
    lease = lease_row(transaction.session, entry_id)
    if lease and lease.owner == transaction.actor.account and lease.until > transaction.now:
        with transaction.change("entry.release", "entry", lease):
            lease.until = transaction.now


def in_other_hands(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Of an entry in a query: a colleague has it, or it waits for an answer or for who asked."""
    mine = or_(
        and_(col(QuestionRow.answer).is_(None), asked_of(actor)),
        and_(col(QuestionRow.answer).is_not(None), QuestionRow.asked_by == actor.account),
    )
    held = exists().where(
        col(LeaseRow.entry_id) == col(EntryRow.id), col(LeaseRow.owner) != actor.account, col(LeaseRow.until) > now
    )
    asked = exists().where(
        col(QuestionRow.entry_id) == col(EntryRow.id), col(QuestionRow.settled_at).is_(None), not_(mine)
    )
    return or_(held.correlate(EntryRow), asked.correlate(EntryRow))


def asked_of(actor: Actor) -> ColumnElement[bool]:
    """Of a question in a query: it is for the actor; says the same as `is_asked`."""
    return and_(
        QuestionRow.asked_by != actor.account,
        or_(
            col(QuestionRow.to_account).is_not(None) & (col(QuestionRow.to_account) == actor.account),
            col(QuestionRow.to_role).is_not(None) & col(QuestionRow.to_role).in_([role.value for role in actor.roles]),
        ),
    )
