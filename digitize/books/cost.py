"""A cost sheet: entries and keyed fields by length, at rates that the province sets (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from digitize.books.kinds import BookKind


class Length(StrEnum):
    """How long a keyed field is. The limits are settings; those of a price list were not read."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Rates:
    """Đồng an entry and a field; 0 where none is set. `short`, `medium`: characters up to which a field is so."""

    entry: int = 0
    fields: tuple[int, int, int] = (0, 0, 0)  # short, medium, long
    short: int = 15
    medium: int = 50

    @property
    def are_set(self) -> bool:
        return bool(self.entry or any(self.fields))


@dataclass(frozen=True, slots=True)
class Work:
    """What was keyed and confirmed of one kind of book."""

    kind: BookKind
    entries: int
    fields: tuple[int, int, int]  # short, medium, long; empty ones are not counted

    def cost(self, rates: Rates) -> int:
        """Đồng."""
        return self.entries * rates.entry + sum(n * rate for n, rate in zip(self.fields, rates.fields, strict=True))


def entries_and_fields(works: Iterable[Work]) -> tuple[int, tuple[int, int, int]]:
    """The sums of a sheet."""
    given = tuple(works)
    short, medium, long = (sum(work.fields[at] for work in given) for at in range(3))
    return sum(work.entries for work in given), (short, medium, long)
