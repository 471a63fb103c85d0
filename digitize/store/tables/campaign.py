"""The campaign's settings, and what the inventory says of a book."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel


class CampaignRow(SQLModel, table=True):
    """Settings of the province as somebody made them; the newest count, the older ones stay."""

    __tablename__ = "campaign"

    id: int | None = Field(default=None, primary_key=True)
    settings: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    why: str
    by: str
    at: datetime


class StockRow(SQLModel, table=True):
    """What a volume was found to hold; earlier counts are in the journal."""

    __tablename__ = "book_stock"

    book_id: int = Field(foreign_key="book.id", primary_key=True)
    first_number: int | None = None
    last_number: int | None = None
    entries: int | None = None
    pages: int | None = None
    conditions: list[str] = Field(sa_column=Column(JSON, nullable=False))
    electronic: bool = False
    note: str = ""
    by: str
    at: datetime
