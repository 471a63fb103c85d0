"""Packages of books on their way to the Sở Tư pháp, what was said of them, and what came back for each entry."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel


class PackageRow(SQLModel, table=True):
    """A package that was made; the newest of its book counts."""

    __tablename__ = "package"
    __table_args__ = (UniqueConstraint("book_id", "number", name="uq_package_number"),)

    id: int | None = Field(default=None, primary_key=True)
    book_id: int = Field(foreign_key="book.id", index=True)
    number: int
    state: str = Field(index=True)
    template: str
    entries: int
    left_out: int
    files: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # name -> {"sha256", "size"}
    content: str  # SHA-256 of which entries in which version it holds
    completed_at: datetime
    made_by: str
    made_at: datetime
    released_by: str | None = None
    released_at: datetime | None = None


class ReceiptRow(SQLModel, table=True):
    """What the receiver said of a package; added, never changed."""

    __tablename__ = "package_receipt"

    id: int | None = Field(default=None, primary_key=True)
    package_id: int = Field(foreign_key="package.id", index=True)
    book_id: int = Field(foreign_key="book.id", index=True)
    kind: str
    authority: str
    document: str
    on: date
    note: str
    by: str
    at: datetime


class NationalResultRow(SQLModel, table=True):
    """What the national software answered for an entry; added, never changed."""

    __tablename__ = "national_result"

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)
    book_id: int = Field(foreign_key="book.id", index=True)
    outcome: str
    personal_ids: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # export column -> number
    reference: str
    note: str
    source: str
    by: str
    at: datetime
