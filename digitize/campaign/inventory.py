"""Inventory (plan II.2): what each volume holds, in which condition it is, and the sums by unit, kind and period."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from digitize.books.book import Book
from digitize.books.kinds import BookKind
from digitize.errors import InputError


class Condition(StrEnum):
    """What a volume is like; one may be torn and faded at once."""

    GOOD = "good"
    TORN = "torn"
    FADED = "faded"
    PAGES_MISSING = "pages_missing"
    MOULDY = "mouldy"


CONDITION_TITLES = {
    Condition.GOOD: "tốt",
    Condition.TORN: "rách",
    Condition.FADED: "mờ",
    Condition.PAGES_MISSING: "mất trang",
    Condition.MOULDY: "ẩm mốc",
}


class Period(StrEnum):
    """Years in which books of about one make were kept."""

    TO_1975 = "to_1975"
    TO_1998 = "1976_1998"
    TO_2005 = "1999_2005"
    TO_2015 = "2006_2015"
    FROM_2016 = "from_2016"


PERIOD_TITLES = {
    Period.TO_1975: "đến 1975",
    Period.TO_1998: "1976-1998",
    Period.TO_2005: "1999-2005",
    Period.TO_2015: "2006-2015",
    Period.FROM_2016: "từ 2016",
}
LAST_YEARS = {Period.TO_1975: 1975, Period.TO_1998: 1998, Period.TO_2005: 2005, Period.TO_2015: 2015}


def period_of(year: int) -> Period:
    return next((period for period, last in LAST_YEARS.items() if year <= last), Period.FROM_2016)


def conditions_told(conditions: Iterable[Condition]) -> str:
    """ "rách, mờ"."""
    return ", ".join(CONDITION_TITLES[each] for each in Condition if each in set(conditions))


@dataclass(frozen=True, slots=True)
class Stock:
    """What a volume was found to hold when it was counted. None: nobody has counted that."""

    first_number: int | None = None
    last_number: int | None = None
    entries: int | None = None
    pages: int | None = None
    conditions: frozenset[Condition] = frozenset({Condition.GOOD})
    electronic: bool = False  # its data are in the electronic civil-status database: not part of the plan (II.3.1)
    note: str = ""

    def check(self) -> None:
        """Raises InputError where the counts contradict each other."""
        first, last = self.first_number, self.last_number
        if first is not None and last is not None and last < first:
            raise InputError("«Đến số» phải lớn hơn hoặc bằng «Từ số».")
        if any(count is not None and count < 0 for count in (first, last, self.entries, self.pages)):
            raise InputError("Các số lượng không được âm.")
        if not self.conditions or (Condition.GOOD in self.conditions and len(self.conditions) > 1):
            raise InputError("Tình trạng: chọn «tốt», hoặc một hay nhiều hư hỏng, không chọn cả hai.")


@dataclass(frozen=True, slots=True)
class Volume:
    """A book with what the inventory says of it; `stock` is None for one that was opened but never counted."""

    book: Book
    stock: Stock | None

    @property
    def entries(self) -> int:
        """Entries by the count; where only the numbers are known, from first to last."""
        stock = self.stock
        if stock is None:
            return 0
        if stock.entries is None and stock.first_number is not None and stock.last_number is not None:
            return stock.last_number - stock.first_number + 1
        return stock.entries or 0


@dataclass(frozen=True, slots=True)
class StockSum:
    """Volumes of one unit, kind and period together. `electronic` ones are in `books` and `entries` too."""

    unit_code: str
    unit_name: str
    district_code: str
    kind: BookKind
    period: Period
    books: int
    uncounted: int  # opened, but nobody has counted them
    electronic: int
    entries: int
    electronic_entries: int
    pages: int
    damaged: int  # in any other condition than good
