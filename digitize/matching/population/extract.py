"""The population behind the seam as an extract in its own SQLite file, opened for reading only."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path

from digitize.books.persons import Person
from digitize.errors import ExtractMissing
from digitize.matching.block import (
    Keys,
    Near,
    Probe,
    is_whole_year,
    keys_of_person,
    nearest,
    probes_of,
    wider_probes_of,
)
from digitize.matching.population import Citizen, ExtractInfo
from digitize.matching.population.tables import CITIZEN_COLUMNS
from digitize.matching.weigh.shares import NameShares

FETCHED_PER_PROBE = 1500  # a very common name in a large extract has more; parents and birth date find those
CACHE_KB = 48_000
YEARS_KEPT = 80  # years of which everybody is kept in memory, a few MB each in an extract of a million

Row = tuple[int, str, str, int]  # row number, name, mother, born

_NEAR = "SELECT row_number, name, mother, born FROM sought"
_BY_ID = (
    "SELECT s.row_number, s.name, s.mother, s.born FROM citizen c"
    " JOIN sought s ON s.born = c.born AND s.row_number = c.row_number WHERE c.personal_id = ?"
)


class ExtractPopulation:
    """An extract that was loaded with `load_extract`. A newly loaded one is seen after opening again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._born_in = lru_cache(maxsize=YEARS_KEPT)(self._everybody)

    def candidates(self, person: Person, limit: int, wider: bool = False) -> Sequence[Citizen]:
        wanted = keys_of_person(person)
        found: dict[int, Row] = {}
        for probe in (wider_probes_of if wider else probes_of)(wanted):
            found.update((row[0], row) for row in self._asked(probe, wanted, limit))
        near = _columns(found.values())
        return self._citizens([near.rows[place] for place in nearest(wanted, near, limit)])

    def extract(self) -> ExtractInfo:
        return self._info

    def shares(self) -> NameShares:
        return self._shares

    def close(self) -> None:
        """Lets go of the file."""
        for connection in self._opened:
            connection.close()
        self._opened.clear()
        self._local = threading.local()

    @cached_property
    def _info(self) -> ExtractInfo:
        query = "SELECT source, loaded_at, rows, as_of, scope FROM extract"
        source, loaded_at, rows, as_of, scope = self._connection().execute(query).fetchone()
        return ExtractInfo(source, datetime.fromisoformat(loaded_at), rows, as_of, scope)

    @cached_property
    def _shares(self) -> NameShares:
        counts: dict[tuple[str, str], dict[str, int]] = {}
        for part, gender, word, people in self._connection().execute("SELECT * FROM name_part"):
            counts.setdefault((part, gender), {})[word] = people
        return NameShares(counts)

    def _asked(self, probe: Probe, wanted: Keys, limit: int) -> Iterator[Row]:
        if probe.column == "personal_id":
            yield from self._connection().execute(_BY_ID, (probe.value,))
        elif not probe.column and is_whole_year(probe.spans[0]):
            near = self._born_in(probe.spans[0])
            for place in nearest(wanted, near, limit):
                yield near.rows[place], near.names[place], near.mothers[place], near.born[place]
        else:
            where = f"{probe.column} = ? AND born BETWEEN ? AND ?" if probe.column else "born BETWEEN ? AND ?"
            for span in probe.spans:
                asked = (probe.value, *span) if probe.column else span
                query = f"{_NEAR} WHERE {where} LIMIT {FETCHED_PER_PROBE}"
                yield from self._connection().execute(query, asked)

    def _everybody(self, year: tuple[int, int]) -> Near:
        return _columns(self._connection().execute(f"{_NEAR} WHERE born BETWEEN ? AND ?", year))

    def _citizens(self, rows: Sequence[int]) -> list[Citizen]:
        """In the order asked for."""
        marks = ",".join("?" * len(rows))
        query = f"SELECT row_number, {', '.join(CITIZEN_COLUMNS)} FROM citizen WHERE row_number IN ({marks})"
        found = {row: Citizen(*texts) for row, *texts in self._connection().execute(query, rows)}
        return [found[row] for row in rows]

    def _connection(self) -> sqlite3.Connection:
        """One for each thread; reading only, through a URI, since a folder's name may hold any character."""
        if not hasattr(self._local, "connection"):
            connection = sqlite3.connect(f"{self._path.as_uri()}?mode=ro", uri=True, check_same_thread=False)
            connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
            self._local.connection = connection
            self._opened.append(connection)
        connection = self._local.connection
        return connection


def open_extract(path: Path) -> ExtractPopulation:
    """The extract in this file. Raises ExtractMissing when none has been loaded or the file is no extract."""
    if not path.is_file():
        raise ExtractMissing("Chưa nạp bản trích CSDL dân cư.")
    population = ExtractPopulation(path.resolve())
    try:
        population.extract()
    except sqlite3.DatabaseError as cause:
        population.close()
        raise ExtractMissing(
            "Tệp CSDL dân cư không phải là bản trích đã nạp, hoặc do bản cũ nạp; hãy nạp lại."
        ) from cause
    return population


def _columns(rows: Iterable[Row]) -> Near:
    columns = tuple(zip(*rows, strict=True)) or ((), (), (), ())
    return Near(*columns)
