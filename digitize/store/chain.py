"""The journal's chain: every row carries the hash of the row before, so a changed row breaks the next link."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from digitize.store.tables import JournalRow

FIRST = "0" * 64  # stands before the first row


@dataclass(frozen=True, slots=True)
class Told:
    """What one act tells the journal; `before` and `after` are plain JSON."""

    at: datetime  # UTC
    account: str
    agency: str
    unit: str
    act: str
    subject_kind: str
    subject_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    why: str


def digest(number: int, told: Told, previous_hash: str) -> str:
    """SHA-256 over everything the row tells, its number and the hash of the row before."""
    return sha256(canonical([number, asdict(told), previous_hash]).encode()).hexdigest()


def canonical(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_text)


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def append(session: Session, told: Told) -> None:
    """Adds a row behind the last one."""
    last, previous_hash = head(session)
    digested = digest(last + 1, told, previous_hash)
    session.add(JournalRow(id=last + 1, previous_hash=previous_hash, hash=digested, **asdict(told)))
    session.flush()


def head(session: Session) -> tuple[int, str]:
    """Number of the last row and its hash."""
    last = select(JournalRow.id, JournalRow.hash).order_by(col(JournalRow.id).desc()).limit(1)
    return session.exec(last).first() or (0, FIRST)


def first_broken(rows: Iterable[JournalRow]) -> int | None:
    """Id of the first row that is missing, changed or out of place; None where the chain holds."""
    previous = FIRST
    for expected, row in enumerate(rows, start=1):
        if (row.id, row.previous_hash, row.hash) != (expected, previous, digest(expected, told_by(row), previous)):
            return expected
        previous = row.hash
    return None


def told_by(row: JournalRow) -> Told:
    return Told(
        row.at, row.account, row.agency, row.unit, row.act, row.subject_kind, row.subject_id, row.before, row.after,
        row.why,
    )  # fmt: skip
