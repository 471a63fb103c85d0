"""What becomes of findings: officers' decisions, and the follow-up list."""

from datetime import datetime

from sqlalchemy import JSON, Column, LargeBinary
from sqlmodel import Field, SQLModel


class MatchDecisionRow(SQLModel, table=True):
    """An officer's decision about one person; added, never overwritten: the newest counts."""

    __tablename__ = "match_decision"

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)
    book_id: int = Field(foreign_key="book.id", index=True)
    role: str
    choice: str
    personal_id: str | None = None
    outcome: str
    differences: list[dict[str, str]] = Field(sa_column=Column(JSON, nullable=False))
    source: str
    why: str
    by: str
    at: datetime


class PairDecisionRow(SQLModel, table=True):
    """An officer's decision about two entries that may be doubled; added, never overwritten: the newest counts."""

    __tablename__ = "pair_decision"

    id: int | None = Field(default=None, primary_key=True)
    first_id: int = Field(foreign_key="entry.id", index=True)
    second_id: int = Field(foreign_key="entry.id", index=True)
    book_id: int = Field(foreign_key="book.id", index=True)  # of the first
    finding: str
    seen: str
    choice: str
    why: str
    by: str
    at: datetime


class FollowUpRow(SQLModel, table=True):
    """One difference between book and population database, until both offices have settled it."""

    __tablename__ = "follow_up"

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)
    book_id: int = Field(foreign_key="book.id", index=True)
    role: str
    column: str
    kind: str
    personal_id: str | None = None
    book_text: str
    population_text: str
    why: str
    direction: str
    state: str = Field(index=True)
    responsible: str | None = None
    note: str = ""
    opened_by: str
    opened_at: datetime
    changed_by: str
    changed_at: datetime


class CandidateInkRow(SQLModel, table=True):
    """What the reader saw of one field, packed: other texts can be weighed against the ink later."""

    __tablename__ = "candidate_ink"

    entry_id: int = Field(foreign_key="entry.id", primary_key=True)
    column: str = Field(primary_key=True)
    ink: bytes = Field(sa_type=LargeBinary)
