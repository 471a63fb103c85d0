"""Custody (plan II.2): books are lent to the police of the same level and given back; where each is at any moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from digitize.access.actor import Agency
from digitize.books.book import Book
from digitize.campaign.inventory import Condition, Volume
from digitize.campaign.units import Level, level_of


class Direction(StrEnum):
    LEND = "lend"  # from the registration authority to the police
    RETURN = "return"


DIRECTION_TITLES = {Direction.LEND: "Giao sổ", Direction.RETURN: "Trả sổ"}


class Place(StrEnum):
    """Where a book is."""

    AT_HOME = "at_home"
    GOING = "going"
    LENT = "lent"
    COMING_BACK = "coming_back"


PLACE_TITLES = {
    Place.AT_HOME: "Ở cơ quan đăng ký hộ tịch",
    Place.GOING: "Đã giao, chờ Công an nhận",
    Place.LENT: "Công an đang giữ",
    Place.COMING_BACK: "Đã trả, chờ nhận lại",
}
FROM = {Direction.LEND: Place.AT_HOME, Direction.RETURN: Place.LENT}  # where a book must be to go
GIVER = {Direction.LEND: Agency.CIVIL_STATUS, Direction.RETURN: Agency.POLICE}
RECEIVER = {Direction.LEND: Agency.POLICE, Direction.RETURN: Agency.CIVIL_STATUS}


def place_after(direction: Direction | None, is_received: bool) -> Place:
    """Where the last minutes that name a book leave it; None: no minutes name it."""
    if direction is None:
        return Place.AT_HOME
    if direction is Direction.LEND:
        return Place.LENT if is_received else Place.GOING
    return Place.AT_HOME if is_received else Place.COMING_BACK


@dataclass(frozen=True, slots=True)
class Party:
    """A person who signs the minutes."""

    name: str
    title: str  # "Công chức tư pháp - hộ tịch"


@dataclass(frozen=True, slots=True)
class HandoverBook:
    """A book of the minutes as it was given and, where it came so far, received."""

    volume: Volume
    conditions: frozenset[Condition]
    received_conditions: frozenset[Condition] | None
    note: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether it arrived in another condition than it was given in."""
        return self.received_conditions is not None and self.received_conditions != self.conditions


@dataclass(frozen=True, slots=True)
class Handover:
    """One set of minutes (biên bản giao nhận)."""

    handover_id: int
    unit_code: str
    unit_name: str
    district_code: str
    year: int
    number: int  # runs on within the unit and year
    direction: Direction
    giver: Party
    receiver: Party
    place: str
    due: date | None  # of what is lent
    note: str
    given_by: str  # account
    given_at: datetime  # UTC
    received_by: str | None
    received_at: datetime | None
    is_cancelled: bool
    books: tuple[HandoverBook, ...]

    @property
    def title(self) -> str:
        return f"Biên bản {self.number:02d}/{self.year}, {DIRECTION_TITLES[self.direction].lower()}, {self.unit_name}"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a book is, since when, by which minutes, and until when it may be away."""

    book: Book
    place: Place
    since: datetime | None = None
    handover_id: int | None = None
    due: date | None = None

    def days_late(self, today: date) -> int:
        """Days that it should have been back already; 0 for a book that is at home or not due."""
        if self.place is Place.AT_HOME or self.due is None:
            return 0
        return max((today - self.due).days, 0)


def office_of(agency: Agency, unit_code: str, unit_name: str) -> str:
    """The office of an agency at the unit's level, as the plan names them."""
    level = level_of(unit_code)
    if agency is Agency.POLICE:
        return f"Công an {unit_name}"
    if level is Level.PROVINCE:
        return f"Sở Tư pháp {unit_name}"
    return f"Phòng Tư pháp {unit_name}" if level is Level.DISTRICT else f"UBND {unit_name}"


def out_of_turn(chosen: Iterable[Whereabouts], all_here: Iterable[Whereabouts]) -> tuple[Book, ...]:
    """Books at home that by the plan's order come before one that is being lent."""
    ids = {each.book.book_id for each in chosen}
    last = max((each.book.kind.priority for each in chosen if not each.book.ahead_why), default=0)
    return tuple(
        each.book
        for each in all_here
        if each.place is Place.AT_HOME and each.book.kind.priority < last and each.book.book_id not in ids
    )
