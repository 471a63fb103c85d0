"""Entries, what was read for them, what people keyed, and what matching found."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

VERSION = Column("version", Integer, nullable=False)


class EntryRow(SQLModel, table=True):
    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("page_id", "ordinal", name="uq_entry_place"),)
    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": VERSION}

    id: int | None = Field(default=None, primary_key=True)
    page_id: int = Field(foreign_key="page.id")
    book_id: int = Field(foreign_key="book.id", index=True)
    ordinal: int
    form_id: str
    step: str = Field(index=True)
    keyed_by: str | None = None
    assisted_by: str | None = None
    changed_at: datetime  # also makes the version rise when only a value of the entry changes
    version: int = Field(default=None, sa_column=VERSION)
    doubt: float = 0.0  # fields expected to be wrong among those nobody has keyed
    least_sure: float | None = None  # lowest confidence among them; None: none is left


class CandidateRow(SQLModel, table=True):
    """The latest reading of one field."""

    __tablename__ = "candidate"

    entry_id: int = Field(foreign_key="entry.id", primary_key=True)
    column: str = Field(primary_key=True)
    text: str
    norm: str
    confidence: float
    x0: int | None = None
    y0: int | None = None
    x1: int | None = None
    y1: int | None = None
    version: int = 0  # of the entry when this was laid down
    alternatives: list[list[Any]] = Field(sa_column=Column(JSON, nullable=False))  # [text, confidence, literal]
    doubts: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class ValueRow(SQLModel, table=True):
    """What a person keyed for one field; earlier texts are in the journal."""

    __tablename__ = "field_value"

    entry_id: int = Field(foreign_key="entry.id", primary_key=True)
    column: str = Field(primary_key=True)
    text: str
    by: str
    at: datetime
    version: int = 0  # of the entry when this was saved
    sitting: str | None = None  # the open page that saved it


class MatchRow(SQLModel, table=True):
    """One finding about one person; added, never overwritten."""

    __tablename__ = "person_match"

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)
    role: str
    outcome: str
    personal_id: str | None = None
    score: float
    detail: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    by: str
    at: datetime
