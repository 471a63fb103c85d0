"""Books that change hands."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel


class HandoverRow(SQLModel, table=True):
    """One set of minutes: books lent to the police or given back, between two offices of one unit."""

    __tablename__ = "handover"
    __table_args__ = (UniqueConstraint("unit_code", "year", "number", name="uq_handover_number"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_code: str = Field(index=True)
    unit_name: str
    district_code: str = Field(index=True)
    year: int
    number: int
    direction: str
    giver: str
    giver_title: str
    receiver: str
    receiver_title: str
    place: str
    due: date | None = None
    note: str = ""
    given_by: str
    given_at: datetime
    received_by: str | None = None
    received_at: datetime | None = None
    cancelled_at: datetime | None = None


class HandoverBookRow(SQLModel, table=True):
    """A book of the minutes, in the condition in which it was given and received."""

    __tablename__ = "handover_book"

    handover_id: int = Field(foreign_key="handover.id", primary_key=True)
    book_id: int = Field(foreign_key="book.id", primary_key=True, index=True)
    conditions: list[str] = Field(sa_column=Column(JSON, nullable=False))
    received_conditions: list[str] | None = Field(sa_column=Column(JSON, nullable=True))
    note: str = ""
