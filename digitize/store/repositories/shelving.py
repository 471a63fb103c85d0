"""Between the rows of an entry and the value `books.entry.Entry`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, col, select

from digitize.books.doubts import Doubt
from digitize.books.entry import Alternative, Box, Candidate, ConfirmedValue, Entry
from digitize.books.steps import Step
from digitize.store.repositories.base import key
from digitize.store.tables import CandidateInkRow, CandidateRow, EntryRow, ValueRow

AT_ONCE = 500  # ids in one IN (...)
Part = TypeVar("Part", CandidateRow, ValueRow)


def as_entries(session: Session, rows: Sequence[EntryRow]) -> tuple[Entry, ...]:
    """Entries with all their candidates and values, in the order of the rows."""
    ids = [key(row.id) for row in rows]
    candidates = _by_entry(session, CandidateRow, ids)
    values = _by_entry(session, ValueRow, ids)
    return tuple(as_entry(row, candidates.get(key(row.id), []), values.get(key(row.id), [])) for row in rows)


def shelve(session: Session, row: EntryRow, candidates: Mapping[str, Candidate]) -> None:
    """Puts candidates on the shelf in columns that have none there; the ink that the reader saw beside them."""
    for column, candidate in candidates.items():
        session.add(_as_row(row, column, candidate))
        if candidate.ink:
            session.add(CandidateInkRow(entry_id=key(row.id), column=column, ink=candidate.ink))


def raise_version(row: EntryRow, now: datetime) -> None:
    """Marks the entry as saved, also where only its values changed or the clock stood still."""
    row.changed_at = now
    flag_modified(row, "changed_at")


def move(row: EntryRow, step: Step, now: datetime) -> None:
    """Step and moment in one write: the counts by day are kept by the moment that stands beside the new step."""
    row.step = step.value
    raise_version(row, now)


def reckon_doubt(row: EntryRow, untouched: Iterable[Candidate | CandidateRow]) -> None:
    """How much of the entry is expected to be wrong, for the queues: of what was read and nobody keyed."""
    confidences = [candidate.confidence for candidate in untouched]
    row.doubt, row.least_sure = sum(1 - each for each in confidences), min(confidences, default=None)


def _by_entry(session: Session, part: type[Part], ids: Sequence[int]) -> dict[int, list[Part]]:
    grouped: dict[int, list[Part]] = {}
    for start in range(0, len(ids), AT_ONCE):
        for row in session.exec(select(part).where(col(part.entry_id).in_(ids[start : start + AT_ONCE]))):
            grouped.setdefault(row.entry_id, []).append(row)
    return grouped


def as_entry(row: EntryRow, candidates: Iterable[CandidateRow], values: Iterable[ValueRow]) -> Entry:
    return Entry(
        entry_id=key(row.id),
        form_id=row.form_id,
        step=Step(row.step),
        candidates={candidate.column: _as_candidate(candidate) for candidate in candidates},
        values={value.column: ConfirmedValue(value.text, value.by) for value in values},
        page_id=row.page_id,
        book_id=row.book_id,
        ordinal=row.ordinal,
        keyed_by=row.keyed_by,
        assisted_by=row.assisted_by,
        version=row.version,
    )


def _as_candidate(row: CandidateRow) -> Candidate:
    box = None
    if row.x0 is not None and row.y0 is not None and row.x1 is not None and row.y1 is not None:
        box = Box(row.x0, row.y0, row.x1, row.y1)
    alternatives = tuple(Alternative(*told) for told in row.alternatives)
    doubts = tuple(map(Doubt, row.doubts))
    return Candidate(row.text, row.norm, row.confidence, box, alternatives, doubts=doubts)


def _as_row(entry: EntryRow, column: str, candidate: Candidate) -> CandidateRow:
    row = CandidateRow(
        entry_id=key(entry.id), column=column, text=candidate.text, norm=candidate.norm,
        confidence=candidate.confidence, version=entry.version,
        alternatives=[[other.text, other.confidence, other.literal] for other in candidate.alternatives],
        doubts=list(candidate.doubts),
    )  # fmt: skip
    if candidate.box:
        row.x0, row.y0, row.x1, row.y1 = candidate.box.x0, candidate.box.y0, candidate.box.x1, candidate.box.y1
    return row
