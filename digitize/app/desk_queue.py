"""Which waiting entries an officer wants: as the desk, the address and the browser's memory write it."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from digitize.books.kinds import BookKind
from digitize.books.teamwork import Doubt, Order, Queue

KEYS = ("book", "unit", "kind", "doubt", "order")


def queue_of(told: Mapping[str, Any]) -> Queue:
    """What is missing, empty or unknown narrows nothing: an old memory must not stop the work."""
    told = {key: str(told.get(key) or "") for key in KEYS}
    kind, doubt, order = None, None, Order.PAGE
    with suppress(ValueError):
        kind = BookKind(told["kind"])
    with suppress(ValueError):
        doubt = Doubt(told["doubt"])
    with suppress(ValueError):
        order = Order(told["order"])
    book = int(told["book"]) if told["book"].isdecimal() else None
    return Queue(book, told["unit"] or None, kind, doubt, order)


def queue_told(queue: Queue) -> dict[str, str]:
    """The other way; every key is there."""
    values = (queue.book_id, queue.unit_code, queue.kind, queue.doubt, queue.order)
    return {key: "" if value is None else str(value) for key, value in zip(KEYS, values, strict=True)}


def memory_name(account: str) -> str:
    """The cookie in which the desk keeps the choice of one officer."""
    return f"digitize_queue_{account}"
