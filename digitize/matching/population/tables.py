"""Tables of the extract's own database file. Their metadata is their own: the workspace never sees them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Index, Table
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from digitize.matching.block import PROBES, Keys
from digitize.matching.population import Citizen


class ExtractTable(SQLModel, registry=registry()):
    """Base of the tables that hold a population extract."""


class CitizenRow(ExtractTable, table=True):
    """A citizen and the keys she is fetched by; `row_number` is the row of the CSV file, header = 1."""

    __tablename__ = "citizen"

    row_number: int = Field(primary_key=True)
    personal_id: str
    full_name: str
    gender: str
    date_of_birth: str
    ethnicity: str
    nationality: str
    place_of_birth: str
    hometown: str
    father_name: str
    mother_name: str
    father_birth_year: str
    mother_birth_year: str
    residence: str
    name: str  # the keys of matching.block.Keys
    given: str
    year: str
    born: str
    mother: str
    father: str


class ExtractRow(ExtractTable, table=True):
    """The one row that tells which extract this is."""

    __tablename__ = "extract"

    source: str = Field(primary_key=True)
    loaded_at: datetime
    rows: int


CITIZEN: Table = ExtractTable.metadata.tables["citizen"]
EXTRACT: Table = ExtractTable.metadata.tables["extract"]
CITIZEN_COLUMNS: Sequence[str] = tuple(Citizen.__dataclass_fields__)
KEY_COLUMNS: Sequence[str] = tuple(Keys.__dataclass_fields__)

# Made after the rows are in: one index per probe.
INDEXES = tuple(Index(f"ix_citizen_{'_'.join(probe)}", *(CITIZEN.c[column] for column in probe)) for probe in PROBES)
