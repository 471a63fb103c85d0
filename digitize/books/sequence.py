"""Numbers that should run on through a book, page numbers or entry numbers: what is missing, doubled or misread."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from digitize.books.entry import Problem

MOST_LISTED = 6  # missing numbers told one by one; more are told as a stretch
DOUBTFUL = 0.4  # weight of a number that was read without confidence; a sure one has 1
IN_STEP = 0.6  # gained where numbers go on as the pages do
BREAK = 0.7  # lost where they do not, and a little more for a longer way
FAR = 0.1  # for each doubling of the way


@dataclass(frozen=True, slots=True)
class Numbered:
    """One place in the book's order and the number that stands there."""

    page_id: int
    number: int | None  # None: nothing was read
    sure: bool  # read with confidence, or confirmed by a person


@dataclass(frozen=True, slots=True)
class Series:
    """What is counted, for codes and sentences."""

    code: str  # "page_number", "entry_number"
    title: str  # "Số trang"


PAGES = Series("page_number", "Số trang")
ENTRIES = Series("entry_number", "Số đăng ký")


def number_in(text: str) -> int | None:
    """The number a field begins with: "05", "5/2017", "Số 5". None where there is none."""
    found = re.match(r"\D{0,4}(\d{1,5})(?!\d)", text)
    return int(found[1]) if found else None


def find_breaks(series: Series, places: Sequence[Numbered]) -> tuple[tuple[int, Problem], ...]:
    """Page and problem of every break in the run of numbers, in the book's order.

    A number that only doubtfully disturbs an otherwise good run is told as probably misread, never as missing ones.
    """
    step = _step(places)
    found = _around(series, places, _best_run(places, step), step)
    return tuple((places[at].page_id, problem) for at, problem in sorted(found, key=lambda each: each[0]))


def _step(places: Sequence[Numbered]) -> int:
    """By how much numbers mostly rise from one place to the next: 1, or 2 where only every other side is scanned."""
    ways = [b.number - a.number for a, b in pairwise(places) if a.number is not None and b.number is not None]
    return 2 if ways.count(2) > ways.count(1) else 1


def _best_run(places: Sequence[Numbered], step: int) -> list[int]:
    """The places whose numbers rise and fit each other best: the run that all others are judged by."""
    best: dict[int, tuple[float, int | None]] = {}
    for at, place in enumerate(places):
        if place.number is not None:
            weight = 1.0 if place.sure else DOUBTFUL
            before = [(best[i][0] + _gain(places, i, at, step), i) for i in best if _way(places, i, at) > 0]
            score, last = max(before, default=(0.0, None))
            best[at] = (weight + score, last) if score > 0 else (weight, None)
    at_end = max(best, key=lambda at: best[at][0], default=None)
    run: list[int] = []
    while at_end is not None:
        run.append(at_end)
        at_end = best[at_end][1]
    return run[::-1]


def _gain(places: Sequence[Numbered], i: int, j: int, step: int) -> float:
    """What it is worth to go on from one place to another."""
    most, ways = j - i, _way(places, i, j) / step
    least = most - sum(place.number is None for place in places[i + 1 : j])  # blank pages stand between, or unread ones
    off = ceil(max(ways - most, least - ways, 0))
    return IN_STEP if off == 0 else -BREAK - FAR * off.bit_length()


def _way(places: Sequence[Numbered], i: int, j: int) -> int:
    return int(places[j].number or 0) - int(places[i].number or 0)


def _around(series: Series, places: Sequence[Numbered], run: Sequence[int], step: int) -> list[tuple[int, Problem]]:
    members = {places[at].number for at in run if places[at].sure}
    lacking = {number for i, j in pairwise(run) for number in _lacking(places, i, j, step)}
    elsewhere = {place.number for place in places if place.sure and place.number in lacking}
    found: list[tuple[int, Problem]] = []
    for at, place in enumerate(places):
        if place.number is None or at in run or place.number in elsewhere:  # scanned later than its neighbours
            continue
        is_double = place.sure and place.number in members
        found.append((at, _doubled(series, place.number) if is_double else _misread(series, places, run, at, step)))
    for i, j in pairwise(run):
        count = len(_lacking(places, i, j, step)) - len(elsewhere.intersection(_lacking(places, i, j, step)))
        if count > j - i - 1:
            found.append((j, _missing(series, _lacking(places, i, j, step), elsewhere, count - (j - i - 1))))
    return found


def _lacking(places: Sequence[Numbered], i: int, j: int, step: int) -> range:
    """Numbers between two neighbours of the run."""
    return range(int(places[i].number or 0) + step, int(places[j].number or 0), step)


def _doubled(series: Series, number: int) -> Problem:
    told = (
        f"{series.title} {number} có ở hai chỗ trong sổ. Xem có quét trùng tờ không; nếu sổ ghi đúng như thế thì giữ."
    )
    return Problem(f"{series.code}_doubled", told)


def _misread(series: Series, places: Sequence[Numbered], run: Sequence[int], at: int, step: int) -> Problem:
    before = max((i for i in run if i < at), default=None)
    after = min((i for i in run if i > at), default=None)
    expected = ""
    if before is not None and after is not None and _way(places, before, after) == step * (after - before):
        expected = f", theo thứ tự phải là {int(places[before].number or 0) + step * (at - before)}"
    told = (
        f"{series.title} máy đọc là {places[at].number}{expected}: có lẽ đọc nhầm. Xem lại trang, không cần quét lại."
    )
    return Problem(f"{series.code}_misread", told)


def _missing(series: Series, between: range, elsewhere: Container[int | None], count: int) -> Problem:
    numbers = [number for number in between if number not in elsewhere]
    few = len(numbers) <= MOST_LISTED
    listed = ", ".join(map(str, numbers)) if few else f"từ {numbers[0]} đến {numbers[-1]}"
    what = series.title.lower()
    told = f"Thiếu {what} {listed} trước trang này" if count == len(numbers) else f"Thiếu {count} {what} trong {listed}"
    return Problem(f"{series.code}_missing", f"{told}. Xem sổ có tờ bị sót không rồi quét bổ sung.")
