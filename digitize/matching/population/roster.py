"""A population small enough to stand in memory: for tests, trials and a single small office."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from digitize.books.persons import Person
from digitize.matching.block import PROBES, Keys, Probe, keys_of_citizen, keys_of_person, nearness, probes_of
from digitize.matching.population import Citizen, ExtractInfo


class Roster:
    """A list of citizens behind the Population seam."""

    def __init__(self, citizens: Iterable[Citizen], source: str = "roster") -> None:
        self._citizens = tuple(citizens)
        self._keys = tuple(keys_of_citizen(citizen) for citizen in self._citizens)
        self._info = ExtractInfo(source, datetime.now(UTC), len(self._citizens))
        self._places: dict[Probe, list[int]] = defaultdict(list)
        for place, keys in enumerate(self._keys):
            for probe in _kept_under(keys):
                self._places[probe].append(place)

    def candidates(self, person: Person, limit: int) -> Sequence[Citizen]:
        wanted = keys_of_person(person)
        places = {place for probe in probes_of(wanted) for place in self._places.get(probe, ())}
        ranked = sorted(places, key=lambda place: nearness(wanted, self._keys[place]), reverse=True)
        return [self._citizens[place] for place in ranked[:limit]]

    def extract(self) -> ExtractInfo:
        return self._info


def _kept_under(keys: Keys) -> Iterable[Probe]:
    for columns in PROBES:
        yield tuple((column, getattr(keys, column)) for column in columns)
