"""Reading the journal. It is written by the transaction, which hears here only of acts on files outside the store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from digitize.access.actor import Permission
from digitize.store import chain
from digitize.store.repositories.base import Repository, found
from digitize.store.tables import (
    BookRow,
    EntryRow,
    FollowUpRow,
    JournalRow,
    MatchDecisionRow,
    MatchRow,
    PageRow,
    QuestionRow,
)

InScope = BookRow | PageRow | EntryRow | MatchRow | QuestionRow | MatchDecisionRow | FollowUpRow
IN_SCOPE: dict[str, type[InScope]] = {
    "book": BookRow,
    "page": PageRow,
    "entry": EntryRow,
    "match": MatchRow,
    "question": QuestionRow,
    "decision": MatchDecisionRow,
    "follow_up": FollowUpRow,
}


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One act: who, from which office, when, what, before, after and why."""

    line_id: int
    at: datetime  # UTC
    account: str
    agency: str
    unit: str
    act: str
    subject_kind: str
    subject_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    why: str
    hash: str


class Journal(Repository):
    def of(self, subject_kind: str, subject_id: int | str) -> tuple[JournalLine, ...]:
        """All acts on a book, page, entry, match or question in scope, oldest first; others for administrators.

        Raises NotFound, AccessDenied.
        """
        if subject_kind in IN_SCOPE:
            row = IN_SCOPE[subject_kind]
            found(self._session.exec(select(row).where(row.id == int(subject_id))).first(), "mục", subject_id)
        else:
            self._actor.demand(Permission.ADMINISTER)
        acts = select(JournalRow).where(
            JournalRow.subject_kind == subject_kind, JournalRow.subject_id == str(subject_id)
        )
        return tuple(as_line(row) for row in self._session.exec(acts.order_by(col(JournalRow.id))))

    def extract_loaded(self, source: str, rows: int, refused: int) -> None:
        """Journals that a population extract was loaded; it lies in a database of its own."""
        self._transaction.note("population.load", "population", source, {"rows": rows, "refused": refused})

    def head(self) -> tuple[int, str]:
        """Number of rows and hash of the last one: print it daily, so that a cut-off end shows."""
        return chain.head(self._session)

    def first_broken(self) -> int | None:
        """Number of the first row that is missing or was changed; None where the chain holds."""
        rows = select(JournalRow).order_by(col(JournalRow.id)).execution_options(yield_per=1000)
        return chain.first_broken(self._session.exec(rows))


def as_line(row: JournalRow) -> JournalLine:
    return JournalLine(
        row.id, row.at, row.account, row.agency, row.unit, row.act, row.subject_kind, row.subject_id, row.before,
        row.after, row.why, row.hash,
    )  # fmt: skip
