"""The monthly report in numbers: what stood at the end of a day, by book, added up in every way it is told (pure)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from digitize.books.book import Book
from digitize.books.kinds import POPULATION_KINDS, BookKind
from digitize.books.places import PLAN_DAY, PROVINCE, PROVINCE_CODE, Unit, covers, units_valid_on
from digitize.books.readiness import Difficulty
from digitize.books.steps import FINISHED, Step

REPORT_DAY = 15  # plan V.2, of each month


@dataclass(frozen=True, slots=True)
class Stand:
    """What stood for one book, or for many added up. Entries unless told otherwise."""

    books: int = 0
    finished: int = 0  # books
    planned: int = 0  # by the inventory; of a book that nobody counted, what is in the program
    entries: int = 0  # in the program
    confirmed: int = 0  # confirmed or further
    in_period: int = 0  # of these, since the report before
    handed_over: int = 0
    received: int = 0

    def __add__(self, other: "Stand") -> "Stand":
        return Stand(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Stand)))

    @property
    def share(self) -> float:
        """Confirmed of those planned, 0..1; an inventory that counted too few makes it no more."""
        return min(self.confirmed / self.planned, 1.0) if self.planned else 0.0


@dataclass(frozen=True, slots=True)
class BookStand:
    """One book as it stood."""

    book: Book
    stand: Stand


@dataclass(frozen=True, slots=True)
class AreaStand:
    """A district of 2023, or a unit since 07/2025: how many of its communes of 2023 are finished."""

    name: str
    communes: int
    begun: int  # with a book here
    finished: int
    stand: Stand


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """Everything the report tells; sums are always made of `books`."""

    day: date
    before: date  # the report before
    books: tuple[BookStand, ...]
    communes: tuple[Unit, ...]  # of 2023, in scope
    difficulties: tuple[Difficulty, ...]
    population_kinds: frozenset[BookKind] = POPULATION_KINDS

    @property
    def total(self) -> Stand:
        return add_up(each.stand for each in self.books)

    def of_kind(self, kind: BookKind) -> Stand:
        return add_up(each.stand for each in self.books if each.book.kind is kind)

    def of_lane(self, on_population: bool) -> Stand:
        """The lane on the population database, or the one keyed directly."""
        return add_up(each.stand for each in self.books if (each.book.kind in self.population_kinds) == on_population)

    def kinds_of_lane(self, on_population: bool) -> list[BookKind]:
        return [kind for kind in BookKind if (kind in self.population_kinds) == on_population]

    @property
    def districts(self) -> tuple[AreaStand, ...]:
        """A district's own books stand with its communes'; those of the Sở Tư pháp in a row of their own."""
        names = {unit.district_code: unit.district for unit in units_valid_on(PLAN_DAY)}
        names[PROVINCE_CODE] = f"Sở Tư pháp tỉnh {PROVINCE}"
        return self._areas(
            lambda unit: unit.district_code, lambda book: book.district_code, lambda code: names.get(code, code)
        )

    @property
    def successors(self) -> tuple[AreaStand, ...]:
        """Units of Lào Cai that keep the books since 01/07/2025."""
        of = {unit.code: unit.successor_name for unit in units_valid_on(PLAN_DAY)}
        of |= dict.fromkeys(_above_communes(), "Sổ của cấp huyện, cấp tỉnh")
        return self._areas(
            lambda unit: unit.successor_name, lambda book: of.get(book.unit_code, "Chưa rõ đơn vị kế thừa"), str
        )

    def _areas(
        self, area_of: Callable[[Unit], str], area_of_book: Callable[[Book], str], name_of: Callable[[str], str]
    ) -> tuple[AreaStand, ...]:
        communes: dict[str, set[str]] = {}
        for unit in self.communes:
            communes.setdefault(area_of(unit), set()).add(unit.code)
        books: dict[str, list[BookStand]] = {}
        for each in self.books:
            books.setdefault(area_of_book(each.book), []).append(each)
            communes.setdefault(area_of_book(each.book), set()).update({each.book.unit_code} - _above_communes())
        return tuple(_area(name_of(area), communes[area], books.get(area, ())) for area in sorted(communes))


def _above_communes() -> set[str]:
    """Codes of district and province: they keep books, but are no communes."""
    return {PROVINCE_CODE, *(unit.district_code for unit in units_valid_on(PLAN_DAY))}


def add_up(stands: Iterable[Stand]) -> Stand:
    return sum(stands, Stand())


def _area(name: str, communes: set[str], books: Sequence[BookStand]) -> AreaStand:
    begun = {each.book.unit_code for each in books} & communes
    unfinished = {each.book.unit_code for each in books if not each.stand.finished}
    return AreaStand(name, len(communes), len(begun), len(begun - unfinished), add_up(each.stand for each in books))


def report_before(day: date, report_day: int = REPORT_DAY) -> date:
    """The last day of a report before this one: 15/11 -> 15/10, 20/11 -> 15/11."""
    months = day.year * 12 + day.month - 1 - (day.day <= report_day)
    return date(months // 12, months % 12 + 1, report_day)


def last_report(today: date, report_day: int = REPORT_DAY) -> date:
    """The newest report day that has come."""
    return today if today.day == report_day else report_before(today, report_day)


def communes_in(scope: frozenset[str]) -> tuple[Unit, ...]:
    """The communes that the plan counts, as far as the scope reaches."""
    return tuple(unit for unit in units_valid_on(PLAN_DAY) if covers(scope, unit.code))


def stands(
    planned: Mapping[Book, int],
    then: Mapping[int, Mapping[Step, int]],
    before: Mapping[int, Mapping[Step, int]],
    received: Mapping[int, int],
    unfinished: frozenset[int],
) -> tuple[BookStand, ...]:
    """One stand a book. `then`, `before`: entries by book and step at the end of the two days; `unfinished`: books."""
    told = list[BookStand]()
    for book, number in planned.items():
        steps = then.get(book.book_id, {})
        confirmed = _confirmed(steps)
        stand = Stand(
            books=1,
            finished=int(book.book_id not in unfinished and 0 < confirmed >= number),
            planned=number,
            entries=sum(steps.values()) - steps.get(Step.SET_ASIDE, 0),
            confirmed=confirmed,
            in_period=confirmed - _confirmed(before.get(book.book_id, {})),
            handed_over=steps.get(Step.HANDED_OVER, 0),
            received=received.get(book.book_id, 0),
        )
        told.append(BookStand(book, stand))
    return tuple(told)


def _confirmed(steps: Mapping[Step, int]) -> int:
    return sum(number for step, number in steps.items() if step in FINISHED)
