"""The journal: one row per act, append-only by triggers (first migration), chained by SHA-256."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel


class JournalRow(SQLModel, table=True):
    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_subject", "subject_kind", "subject_id"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})  # 1, 2, 3, ...: a gap is a broken link
    at: datetime
    account: str
    agency: str
    unit: str
    act: str
    subject_kind: str
    subject_id: str
    before: dict[str, Any] | None = Field(sa_column=Column(JSON(none_as_null=True)))
    after: dict[str, Any] | None = Field(sa_column=Column(JSON(none_as_null=True)))
    why: str
    previous_hash: str
    hash: str
