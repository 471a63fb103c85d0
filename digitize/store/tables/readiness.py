"""Surveys of units and the difficulties they raise."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel


class SurveyRow(SQLModel, table=True):
    """What a unit has for the work; added, never changed."""

    __tablename__ = "survey"

    id: int | None = Field(default=None, primary_key=True)
    unit_code: str = Field(index=True)
    unit_name: str
    district_code: str
    has_place: bool
    a3_scanners: int
    other_scanners: int
    computers: int
    line: str
    police_staff: int
    civil_status_staff: int
    note: str
    on: date
    by: str
    at: datetime


class DifficultyRow(SQLModel, table=True):
    """Something that holds a unit up; open until it is answered."""

    __tablename__ = "difficulty"

    id: int | None = Field(default=None, primary_key=True)
    unit_code: str = Field(index=True)
    unit_name: str
    district_code: str
    kind: str
    text: str
    raised_by: str
    raised_at: datetime
    answer: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
