"""The journal's chain: every row carries the hash of the row before, so a changed row breaks the next link."""

import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from digitize.store.database import lock_journal
from digitize.store.tables import JournalRow

FIRST = "0" * 64  # stands before the first row
CHAINED = ("id", "account", "agency", "unit", "act", "subject_kind", "subject_id", "before", "after", "why")


def digest(row: JournalRow) -> str:
    """SHA-256 over everything the row tells and the hash of the row before."""
    told = {name: getattr(row, name) for name in CHAINED}
    told |= {"at": row.at.isoformat(), "previous_hash": row.previous_hash}
    return sha256(canonical(told).encode()).hexdigest()


def canonical(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_text)


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def append(session: Session, row: JournalRow) -> None:
    """Adds the row behind the last one; `id`, `previous_hash` and `hash` are filled in here."""
    lock_journal(session)
    last = session.exec(select(JournalRow).order_by(col(JournalRow.id).desc()).limit(1)).first()
    row.id = last.id + 1 if last else 1
    row.previous_hash = last.hash if last else FIRST
    row.hash = digest(row)
    session.add(row)
    session.flush()


def first_broken(rows: Iterable[JournalRow]) -> int | None:
    """Id of the first row that is missing, changed or out of place; None where the chain holds."""
    previous = FIRST
    for expected, row in enumerate(rows, start=1):
        if row.id != expected or row.previous_hash != previous or row.hash != digest(row):
            return expected
        previous = row.hash
    return None
