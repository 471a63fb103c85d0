"""The seam to the population database: what matching asks of it, and nothing more.

The database itself is out of reach (it stands in the police network); behind the seam stands an
extract that was handed over as CSV.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from digitize.books.persons import Person

if TYPE_CHECKING:
    from digitize.matching.weigh.shares import NameShares


@dataclass(frozen=True, slots=True)
class Citizen:
    """A person as the extract tells it: texts as given (NFC), dates `dd.mm.yyyy`, `mm.yyyy` or `yyyy`."""

    personal_id: str  # 12 digits
    full_name: str
    gender: str = ""
    date_of_birth: str = ""
    ethnicity: str = ""
    nationality: str = ""
    place_of_birth: str = ""
    hometown: str = ""
    father_name: str = ""
    mother_name: str = ""
    father_birth_year: str = ""
    mother_birth_year: str = ""
    residence: str = ""  # kept for the officer to see; never compared


@dataclass(frozen=True, slots=True)
class ExtractInfo:
    """Which extract stands behind the seam."""

    source: str  # file name it was loaded from
    loaded_at: datetime  # UTC
    rows: int
    as_of: str = ""  # day for which the data hold, dd.mm.yyyy; "" when not told
    scope: str = ""  # whose people are in it; "" when not told


class Population(Protocol):
    """What matching may ask."""

    def candidates(self, person: Person, limit: int, wider: bool = False) -> Sequence[Citizen]:
        """The citizens nearest to the person, nearest first; at most `limit`. Raises ExtractMissing.

        `wider` asks the second, slower step, which misses fewer.
        """
        ...

    def shares(self) -> "NameShares":
        """How common the words of names are in the whole extract."""
        ...

    def extract(self) -> ExtractInfo:
        """Which extract answers. Raises ExtractMissing."""
        ...
