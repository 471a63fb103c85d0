"""Progress: counts of books added up by commune, district, kind, lane and period; what is stuck, and why."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from typing import TypeVar

from digitize.books.book import Book
from digitize.campaign.custody import Place, Whereabouts
from digitize.campaign.plan import Campaign

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one book or of many. `confirmed`, `checked`, `matched` and `handed_over` count entries at that very step."""

    books: int = 0
    expected: int = 0  # entries by the inventory; by what was scanned, where nobody has counted
    pages: int = 0
    pages_read: int = 0
    pages_failed: int = 0
    scanned: int = 0
    read: int = 0
    in_review: int = 0
    confirmed: int = 0
    checked: int = 0
    matched: int = 0
    handed_over: int = 0

    @property
    def entries(self) -> int:
        """That are in the program."""
        return self.scanned + self.read + self.in_review + self.done

    @property
    def done(self) -> int:
        """Confirmed by an officer, or further."""
        return self.confirmed + self.checked + self.matched + self.handed_over

    @property
    def share(self) -> float:
        """Done of what is expected, 0..1."""
        return min(self.done / self.expected, 1.0) if self.expected else 0.0

    @property
    def is_finished(self) -> bool:
        return self.expected > 0 and self.done >= self.expected


_values = attrgetter(*(field.name for field in fields(Counts)))


def summed(counts: Iterable[Counts]) -> Counts:
    """All together."""
    return Counts(*map(sum, zip(*map(_values, counts), strict=True)))


@dataclass(frozen=True, slots=True)
class Standing:
    """A book that is to be keyed: its counts, and the day on which an entry last moved."""

    book: Book
    counts: Counts
    moved_on: date | None


def add_up(standings: Iterable[Standing], by: Callable[[Book], Key]) -> dict[Key, Counts]:
    """Counts per key, in the order in which the keys come."""
    groups: dict[Key, list[Counts]] = {}
    for each in standings:
        groups.setdefault(by(each.book), []).append(each.counts)
    return {key: summed(counts) for key, counts in groups.items()}


@dataclass(frozen=True, slots=True)
class Stuck:
    """A book on which something holds the work up."""

    standing: Standing
    reasons: tuple[str, ...]


def stuck_books(
    standings: Iterable[Standing], places: Iterable[Whereabouts], today: date, campaign: Campaign
) -> tuple[Stuck, ...]:
    """Every unfinished book that is held up, with the reasons in words."""
    where = {place.book.book_id: place for place in places}
    found = (Stuck(each, _reasons(each, where.get(each.book.book_id), today, campaign)) for each in standings)
    return tuple(stuck for stuck in found if stuck.reasons)


def _reasons(each: Standing, place: Whereabouts | None, today: date, campaign: Campaign) -> tuple[str, ...]:
    counts, told = each.counts, list[str]()
    if place and (late := place.days_late(today)):
        told.append(f"quá hạn trả {late} ngày")
    if place and place.place is Place.GOING:
        told.append("đã giao, Công an chưa nhận")
    if counts.is_finished:
        return tuple(told)
    if counts.pages_failed:
        told.append(f"{counts.pages_failed} trang không đọc được")
    if place and place.place is Place.LENT and not counts.pages:
        since = (today - place.since.date()).days if place.since else 0
        told += [f"giao {since} ngày chưa quét"] if since >= campaign.idle_days else []
    if counts.entries and each.moved_on and (idle := (today - each.moved_on).days) >= campaign.idle_days:
        told.append(f"đứng yên {idle} ngày")
    if counts.expected and counts.pages_read and counts.pages == counts.pages_read and counts.entries < counts.expected:
        told.append(f"quét thiếu {counts.expected - counts.entries} trường hợp so với kiểm kê")
    return tuple(told)
