"""The population behind the seam as an extract in its own SQLite file, opened for reading only."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from digitize.books.persons import Person
from digitize.errors import ExtractMissing
from digitize.matching.block import Keys, Probe, keys_of_person, nearness, probes_of
from digitize.matching.population import Citizen, ExtractInfo
from digitize.matching.population.tables import CITIZEN, CITIZEN_COLUMNS, EXTRACT, KEY_COLUMNS

FETCHED_PER_PROBE = 1000  # a very common name in a large extract has more; parents and birth date find those

_KEYS = tuple(CITIZEN.c[column] for column in KEY_COLUMNS)
_CITIZEN = tuple(CITIZEN.c[column] for column in CITIZEN_COLUMNS)


class ExtractPopulation:
    """An extract that was loaded with `load_extract`. A newly loaded one is seen after opening again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def candidates(self, person: Person, limit: int) -> Sequence[Citizen]:
        wanted = keys_of_person(person)
        with self._engine.connect() as connection:
            found: dict[int, Keys] = {}
            for probe in probes_of(wanted):
                found |= _fetch_keys(connection, probe)
            nearest = sorted(found, key=lambda row: nearness(wanted, found[row]), reverse=True)[:limit]
            return _fetch_citizens(connection, nearest)

    def extract(self) -> ExtractInfo:
        with self._engine.connect() as connection:
            row = connection.execute(select(EXTRACT)).one()
        return ExtractInfo(row.source, row.loaded_at.replace(tzinfo=UTC), row.rows)

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()


def open_extract(path: Path) -> ExtractPopulation:
    """The extract in this file. Raises ExtractMissing when none has been loaded or the file is no extract."""
    if not path.is_file():
        raise ExtractMissing("Chưa nạp bản trích CSDL dân cư.")
    engine = create_engine("sqlite://", creator=partial(_connect, path.resolve()), poolclass=QueuePool)
    population = ExtractPopulation(engine)
    try:
        population.extract()
    except DatabaseError as cause:
        engine.dispose()
        raise ExtractMissing("Tệp CSDL dân cư không phải là bản trích đã nạp.") from cause
    return population


def _connect(path: Path) -> sqlite3.Connection:
    """Reading only; through a URI of our own, since a folder's name may hold any character."""
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)


def _fetch_keys(connection: Connection, probe: Probe) -> dict[int, Keys]:
    query = select(CITIZEN.c.row_number, *_KEYS)
    for column, value in probe:
        query = query.where(CITIZEN.c[column] == value)
    rows = connection.execute(query.limit(FETCHED_PER_PROBE))
    return {row[0]: Keys(*row[1:]) for row in rows}


def _fetch_citizens(connection: Connection, row_numbers: Sequence[int]) -> list[Citizen]:
    """In the order asked for."""
    rows = connection.execute(select(CITIZEN.c.row_number, *_CITIZEN).where(CITIZEN.c.row_number.in_(row_numbers)))
    citizens = {number: Citizen(*texts) for number, *texts in rows}
    return [citizens[number] for number in row_numbers]
