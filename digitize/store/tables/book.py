"""Books, their pages, and what is wrong with a page."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel


class BookRow(SQLModel, table=True):
    __tablename__ = "book"
    __table_args__ = (UniqueConstraint("unit_code", "kind", "year", "volume", name="uq_book_volume"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    priority: int  # of the kind in the plan, for ordering
    unit_code: str = Field(index=True)
    unit_name: str
    district_code: str = Field(index=True)
    authority: str
    year: int
    volume: str
    opened_at: datetime
    ahead_why: str | None = None  # why it comes before its kind's turn; priority is 0 then


class PageRow(SQLModel, table=True):
    __tablename__ = "page"
    __table_args__ = (
        UniqueConstraint("book_id", "sha256", "page_of_file", name="uq_page_scan"),
        UniqueConstraint("book_id", "sequence", name="uq_page_sequence"),
    )

    id: int | None = Field(default=None, primary_key=True)
    book_id: int = Field(foreign_key="book.id")
    sha256: str
    file_name: str
    page_of_file: int
    sequence: int
    width: int
    height: int
    state: str = Field(index=True)
    form_id: str | None = None
    lease_owner: str | None = None
    lease_until: datetime | None = None
    attempts: int = 0
    failure_code: str | None = None
    failure_message: str | None = None


class PageProblemRow(SQLModel, table=True):
    """Something wrong with a page, and who decided to leave it as it is."""

    __tablename__ = "page_problem"

    page_id: int = Field(foreign_key="page.id", primary_key=True)
    code: str = Field(primary_key=True)
    book_id: int = Field(foreign_key="book.id", index=True)
    message: str
    stage: str  # what found it
    found_at: datetime
    kept_by: str | None = None
    kept_at: datetime | None = None
    why: str | None = None


class PageMarksRow(SQLModel, table=True):
    """What a page's picture looks like, for finding the same sheet scanned twice."""

    __tablename__ = "page_marks"

    page_id: int = Field(foreign_key="page.id", primary_key=True)
    book_id: int = Field(foreign_key="book.id", index=True)
    marks: bytes = Field(sa_type=LargeBinary)


class FormerScanRow(SQLModel, table=True):
    """A scan that a better one has replaced; its original stays in the archive."""

    __tablename__ = "former_scan"

    id: int | None = Field(default=None, primary_key=True)
    page_id: int = Field(foreign_key="page.id", index=True)
    book_id: int = Field(foreign_key="book.id", index=True)
    sha256: str
    file_name: str
    page_of_file: int
    replaced_at: datetime
    replaced_by: str
