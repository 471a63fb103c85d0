"""What keeps the quality of a book: doubts, second readings, samples; and the keys by which entries are found."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel


class FieldDoubtRow(SQLModel, table=True):
    """A field that an officer marked: somebody should look again."""

    __tablename__ = "field_doubt"

    entry_id: int = Field(foreign_key="entry.id", primary_key=True)
    column: str = Field(primary_key=True)
    book_id: int = Field(foreign_key="book.id", index=True)
    by: str
    at: datetime


class SecondReadingRow(SQLModel, table=True):
    """What another person read in one field, blind, or a third one decided; added, never changed."""

    __tablename__ = "second_reading"

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)
    book_id: int = Field(foreign_key="book.id", index=True)
    column: str
    first_text: str  # what was confirmed when it was read again
    first_by: str
    text: str
    decides: bool
    by: str
    at: datetime


class SampleRow(SQLModel, table=True):
    """Entries drawn from a book by a seed, and how many wrong ones let it pass."""

    __tablename__ = "book_sample"

    id: int | None = Field(default=None, primary_key=True)
    book_id: int = Field(foreign_key="book.id", index=True)
    seed: str
    size: int  # entries of the book when it was drawn
    accept: int  # so many wrong entries at most
    entries: list[int] = Field(sa_column=Column(JSON, nullable=False))
    by: str
    at: datetime
    verdict: str | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None


class SampleCheckRow(SQLModel, table=True):
    """What a person found in one entry of a sample; added, never changed."""

    __tablename__ = "sample_check"
    __table_args__ = (UniqueConstraint("sample_id", "entry_id", name="uq_sample_entry"),)

    id: int | None = Field(default=None, primary_key=True)
    sample_id: int = Field(foreign_key="book_sample.id")
    book_id: int = Field(foreign_key="book.id", index=True)
    entry_id: int = Field(foreign_key="entry.id")
    keyed_by: str | None = None
    looked: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # kind of field -> how many were looked at
    wrong: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # column -> kind of field
    by: str
    at: datetime


class SearchKeyRow(SQLModel, table=True):
    """One way to find an entry: the end of a name, a number or a date, as `books.search_keys` writes it."""

    __tablename__ = "search_key"

    what: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    book_id: int = Field(foreign_key="book.id", primary_key=True)  # in the key, so that filters need no look-up
    entry_id: int = Field(foreign_key="entry.id", primary_key=True, index=True)
