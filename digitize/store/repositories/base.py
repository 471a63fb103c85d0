"""What every repository starts from."""

from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, SQLModel

from digitize.access.actor import Actor
from digitize.errors import NotFound
from digitize.store.transaction import Transaction

Row = TypeVar("Row", bound=SQLModel)


class Repository:
    """Bound to one transaction, and so to one actor and scope."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    @property
    def _session(self) -> Session:
        return self._transaction.session

    @property
    def _actor(self) -> Actor:
        return self._transaction.actor

    @property
    def _now(self) -> datetime:
        return self._transaction.now


def found(row: Row | None, what: str, row_id: object) -> Row:
    """The row, or NotFound: what is out of scope looks just like what does not exist."""
    if row is None:
        raise NotFound(f"Không có {what} số {row_id} trong phạm vi của tài khoản.")
    return row


def key(row_id: int | None) -> int:
    """The id of a row that has been flushed."""
    assert row_id is not None
    return row_id
