"""Counts that are kept, not recounted. The database keeps them itself, by triggers (migration 0018)."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel


class TallyRow(SQLModel, table=True):
    """Pages of a book by state and its entries by step, now."""

    __tablename__ = "book_tally"

    book_id: int = Field(foreign_key="book.id", primary_key=True)
    pages: int = 0
    pages_read: int = 0
    pages_failed: int = 0
    scanned: int = 0
    read: int = 0
    in_review: int = 0
    confirmed: int = 0
    checked: int = 0
    matched: int = 0
    handed_over: int = 0
    set_aside: int = 0
    moved_at: datetime | None = None  # when an entry last changed its step


class DayRow(SQLModel, table=True):
    """By how much each count of a book rose or fell on one day of Vietnam: the sum up to a day is its count."""

    __tablename__ = "book_day"

    book_id: int = Field(foreign_key="book.id", primary_key=True)
    day: date = Field(primary_key=True, index=True)
    scanned: int = 0
    read: int = 0
    in_review: int = 0
    confirmed: int = 0
    checked: int = 0
    matched: int = 0
    handed_over: int = 0
    set_aside: int = 0
