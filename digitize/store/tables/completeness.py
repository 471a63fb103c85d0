"""What people say of a book's pages, of numbers it lacks, and of its closing note."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class PageEndRow(SQLModel, table=True):
    """What a page is that holds no entry; `end` is empty again once it was taken back."""

    __tablename__ = "page_end"

    page_id: int = Field(foreign_key="page.id", primary_key=True)
    book_id: int = Field(foreign_key="book.id", index=True)
    end: str | None
    why: str = ""
    by: str
    at: datetime


class GapRow(SQLModel, table=True):
    __tablename__ = "number_gap"

    book_id: int = Field(foreign_key="book.id", primary_key=True)
    first: int = Field(primary_key=True)
    last: int
    why: str
    by: str
    at: datetime


class ClosingRow(SQLModel, table=True):
    __tablename__ = "closing_note"

    book_id: int = Field(foreign_key="book.id", primary_key=True)
    entries: int | None = None
    pages: int | None = None
    by: str
    at: datetime
