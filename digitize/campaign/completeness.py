"""Completeness of a book: every page ends as exactly one thing, numbers run on or are explained, counts agree."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from digitize.campaign.inventory import Volume

MOST_NUMBERS = 100_000  # a span wider than this is a misread number, not a book


class PageEnd(StrEnum):
    """What a page of the book turned out to be."""

    ENTERED = "entered"
    BLANK = "blank"
    COVER = "cover"
    CLOSING = "closing"
    DUPLICATE = "duplicate"
    SCAN_AGAIN = "scan_again"


PAGE_END_TITLES = {
    PageEnd.ENTERED: "đã nhập",
    PageEnd.BLANK: "trang trắng",
    PageEnd.COVER: "bìa",
    PageEnd.CLOSING: "lời khóa sổ",
    PageEnd.DUPLICATE: "quét trùng",
    PageEnd.SCAN_AGAIN: "phải quét lại",
}
BY_HAND = tuple(end for end in PageEnd if end is not PageEnd.ENTERED)  # those that a person says
HINTS = {"blank page": PageEnd.BLANK, "near_duplicate": PageEnd.DUPLICATE}  # problem of the picture -> what it may be


@dataclass(frozen=True, slots=True)
class PageStanding:
    """A page with its entries by how far they are, and what a person said of it."""

    page_id: int
    sequence: int
    file_name: str
    confirmed: int
    unconfirmed: int
    marked: PageEnd | None = None
    why: str = ""
    hint: PageEnd | None = None

    @property
    def end(self) -> PageEnd | None:
        """None: not known yet."""
        if self.marked:
            return self.marked
        return PageEnd.ENTERED if self.confirmed and not self.unconfirmed else None


@dataclass(frozen=True, slots=True)
class Gap:
    """Entry numbers that the book lacks, and why."""

    first: int
    last: int
    why: str

    @property
    def numbers(self) -> range:
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class ClosingNote:
    """What the note at the end of the book says: total events and pages."""

    entries: int | None
    pages: int | None


@dataclass(frozen=True, slots=True)
class Completeness:
    """`numbers` are those confirmed, in the book's order; `unreadable` counts entries whose number is no number."""

    volume: Volume
    pages: tuple[PageStanding, ...]
    numbers: tuple[int, ...]
    unreadable: int
    gaps: tuple[Gap, ...]
    closing: ClosingNote | None

    @property
    def ends(self) -> dict[PageEnd | None, int]:
        counted = Counter(page.end for page in self.pages)
        return {end: counted[end] for end in (*PageEnd, None)}

    @property
    def entries(self) -> int:
        """Confirmed."""
        return sum(page.confirmed for page in self.pages)

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers that should be there and are neither confirmed nor explained."""
        if (span := self._span()) is None:
            return ()
        explained = {number for gap in self.gaps for number in gap.numbers}
        there = set(self.numbers)
        return tuple(number for number in span if number not in there and number not in explained)

    @property
    def doubled(self) -> tuple[int, ...]:
        return tuple(sorted(number for number, times in Counter(self.numbers).items() if times > 1))

    @property
    def open_points(self) -> tuple[str, ...]:
        """What stands between the book and being whole, in words."""
        ends = self.ends
        told = [
            f"{ends[None]} trang chưa rõ là gì" if ends[None] else "",
            f"{ends[PageEnd.SCAN_AGAIN]} trang phải quét lại" if ends[PageEnd.SCAN_AGAIN] else "",
            f"thiếu số {as_runs(self.missing)}" if self.missing else "",
            f"trùng số {as_runs(self.doubled)}" if self.doubled else "",
            f"{self.unreadable} trường hợp không có số đăng ký" if self.unreadable else "",
            self._against_closing(),
        ]
        return tuple(filter(None, told if self.pages else ["chưa quét trang nào"]))

    @property
    def is_whole(self) -> bool:
        return not self.open_points

    def _span(self) -> range | None:
        stock = self.volume.stock
        first = stock.first_number if stock and stock.first_number is not None else min(self.numbers, default=None)
        last = stock.last_number if stock and stock.last_number is not None else max(self.numbers, default=None)
        if first is None or last is None or last - first > MOST_NUMBERS:
            return None
        return range(first, last + 1)

    def _against_closing(self) -> str:
        if self.closing is None or self.closing.entries is None or self.closing.entries == self.entries:
            return ""
        return f"lời khóa sổ ghi {self.closing.entries} trường hợp, đã nhập {self.entries}"


def as_runs(numbers: Sequence[int]) -> str:
    """ "5-7, 9" for 5, 6, 7, 9."""
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in _runs(numbers))


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    ordered = sorted(numbers)
    runs = [ordered[:1]] if ordered else []
    for before, number in pairwise(ordered):
        if number == before + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
