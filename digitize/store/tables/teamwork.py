"""Many people, one pile: who has an entry in hand, which edits are done, what was asked of whom."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class LeaseRow(SQLModel, table=True):
    """Who had the entry last; it is in her hands until `until`, free afterwards."""

    __tablename__ = "entry_lease"

    entry_id: int = Field(foreign_key="entry.id", primary_key=True)
    book_id: int = Field(foreign_key="book.id", index=True)
    owner: str
    since: datetime
    until: datetime


class EditRow(SQLModel, table=True):
    """The newest edit of one open page that is in the store, so that none is taken in twice."""

    __tablename__ = "entry_edit"

    entry_id: int = Field(foreign_key="entry.id", primary_key=True)
    sitting: str = Field(primary_key=True)
    number: int


class QuestionRow(SQLModel, table=True):
    """A question about an entry, to a person or to whoever has a role; open until answered or taken back."""

    __tablename__ = "question"

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)
    book_id: int = Field(foreign_key="book.id", index=True)
    column: str | None = None
    text: str
    asked_by: str
    asked_at: datetime
    to_account: str | None = None
    to_role: str | None = None
    answer: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    settled_at: datetime | None = None  # the asker has seen the answer, or took the question back
