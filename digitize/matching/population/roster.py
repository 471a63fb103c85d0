"""A population small enough to stand in memory: for tests, trials and a single small office."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import numpy as np

from digitize.books.persons import Person
from digitize.matching.block import (
    columns,
    keys_of_citizen,
    keys_of_person,
    nearest,
    probes_of,
    share_year,
    wider_probes_of,
)
from digitize.matching.population import Citizen, ExtractInfo
from digitize.matching.population.counting import count_names
from digitize.matching.weigh.shares import NameShares


class Roster:
    """A list of citizens behind the Population seam."""

    def __init__(self, citizens: Iterable[Citizen], source: str = "roster") -> None:
        self._citizens = tuple(citizens)
        self._keys = tuple(keys_of_citizen(citizen) for citizen in self._citizens)
        self._born = np.array([keys.born for keys in self._keys], np.int64)
        self._info = ExtractInfo(source, datetime.now(UTC), len(self._citizens))
        self._shares = NameShares(count_names((c.full_name, c.gender) for c in self._citizens))

    def candidates(self, person: Person, limit: int, wider: bool = False) -> Sequence[Citizen]:
        wanted = keys_of_person(person)
        probes = (wider_probes_of if wider else probes_of)(wanted)
        alike = share_year(wanted.born, self._born) & wider
        rows = [row for row, keys in enumerate(self._keys) if alike[row] or any(probe.finds(keys) for probe in probes)]
        found = columns((row, k.name, k.mother, k.born) for row in rows for k in (self._keys[row],))
        numbered = [row for row, keys in enumerate(self._keys) if keys.personal_id == wanted.personal_id]
        near = numbered + [rows[place] for place in nearest(wanted, found, limit)]
        return [self._citizens[row] for row in list(dict.fromkeys(near))[:limit]]

    def extract(self) -> ExtractInfo:
        return self._info

    def shares(self) -> NameShares:
        return self._shares
