"""The population behind the seam as an extract in its own SQLite file, opened for reading only."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from digitize.books.persons import Person
from digitize.errors import ExtractMissing
from digitize.matching.block import (
    Keys,
    Near,
    Probe,
    Row,
    columns,
    keys_of_person,
    nearest,
    probes_of,
    share_year,
    wider_probes_of,
)
from digitize.matching.population import Citizen, ExtractInfo
from digitize.matching.population.tables import CITIZEN_COLUMNS
from digitize.matching.weigh.shares import NameShares

FETCHED_PER_PROBE = 1500  # a very common name in a large extract has more; parents and birth date find those
CACHE_KB = 48_000
YEARS_KEPT = 80  # years of which everybody is kept in memory, a few MB each in an extract of a million


_NEAR = "SELECT row_number, name, mother, born FROM sought"


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
            found.update((row[0], row) for row in self._asked(probe))
        if wider and wanted.born:
            found.update((row[0], row) for row in self._of_the_year(wanted, limit))
        near = columns(found.values())
        rows = self._by_number(wanted) + [int(near.rows[place]) for place in nearest(wanted, near, limit)]
        return self._citizens(list(dict.fromkeys(rows))[:limit])

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

    def _asked(self, probe: Probe) -> Iterator[Row]:
        where = f"{probe.column} = ? AND born BETWEEN ? AND ?" if probe.column else "born BETWEEN ? AND ?"
        for span in probe.spans:
            asked = (probe.value, *span) if probe.column else span
            query = f"{_NEAR} WHERE {where} LIMIT {FETCHED_PER_PROBE}"
            yield from self._connection().execute(query, asked)

    def _of_the_year(self, wanted: Keys, limit: int) -> Iterator[Row]:
        everybody = self._born_in(wanted.born // 10000)
        alike = everybody.only(np.flatnonzero(share_year(wanted.born, everybody.born)))
        for place in nearest(wanted, alike, limit):
            yield int(alike.rows[place]), alike.names[place], alike.mothers[place], int(alike.born[place])

    def _by_number(self, wanted: Keys) -> list[int]:
        """Whoever has this very number, however unlike the rest."""
        query = "SELECT row_number FROM citizen WHERE personal_id = ?"
        return [row for (row,) in self._connection().execute(query, (wanted.personal_id,))]

    def _everybody(self, year: int) -> Near:
        span = (year * 10000, year * 10000 + 9999)
        return columns(self._connection().execute(f"{_NEAR} WHERE born BETWEEN ? AND ?", span))

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
        opened: sqlite3.Connection = self._local.connection
        return opened


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
