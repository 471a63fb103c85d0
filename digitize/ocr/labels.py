"""Printed labels of a form found in the page's rows, by fuzzy match in form order (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.fuzz import partial_ratio_alignment, ratio

from digitize.books.forms import Form, Item
from digitize.books.names import unaccented
from digitize.ocr.rows import Row

LEAST_SIMILARITY = 68.0  # of 100; below this a label counts as not seen
WRAPPING_LABEL = 34  # labels longer than this may run on in the next row
SLACK = 5  # characters by which a found label may be longer or shorter than printed
LEAD = 6  # characters that may stand before a label that opens its row (dust, a ruling read as a letter)
SHORT = 3  # letters; so short a label must be right and a word of its own
MOST_OF_ROW = 0.6  # of the weight of a printed row's labels: less may be a label that comes again within the form
WEIGHT_LIMIT = 24  # longer labels are not more certain


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a row: row index, first, one past the last."""

    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A label seen on the page: where it begins, where it ends (wrapped labels end a row below)."""

    item: Item
    first: Span
    last: Span
    similarity: float  # 0..100


@dataclass(frozen=True, slots=True)
class Fit:
    """How a form lies on a page. `rows[k]` holds what was found of the form's k-th printed row."""

    form: Form
    rows: tuple[tuple[Found, ...], ...]
    share: float  # 0..1, part of the form's labels that were found, weighted by length


@dataclass(frozen=True, slots=True)
class _Candidate:
    found: tuple[Found, ...]
    gain: float
    first_row: int
    last_row: int


def plain(label: str) -> str:
    """A label as rows are compared: lower case, no diacritics."""
    return unaccented(label)


def fit_form(form: Form, rows: Sequence[Row]) -> Fit:
    """Lays the form's printed rows over the page's rows, in order, where they match best."""
    printed = [tuple(item for item in row if item.printed) for row in form.printed_rows]
    texts = [row.plain for row in rows]
    options = [_candidates(items, texts) for items in printed]
    chosen = _best_in_order(options, len(rows))
    possible = sum(weight(item) for items in printed for item in items)
    gained = sum(weight(f.item) * f.similarity / 100 for found in chosen for f in found)
    return Fit(form, tuple(chosen), gained / possible)


def starts_of(form: Form, rows: Sequence[Row]) -> list[int]:
    """Indices of the rows at which the form may begin: most of its first or second printed row stands there."""
    starts, texts = set[int](), [row.plain for row in rows]
    for row in form.printed_rows[:2]:
        items = [item for item in row if item.printed]
        most = MOST_OF_ROW * sum(map(weight, items))
        starts |= {
            place.first_row for place in _candidates(items, texts) if sum(weight(f.item) for f in place.found) >= most
        }
    return sorted(starts)


def weight(item: Item) -> float:
    """How much an item's label says of which form a page is."""
    return float(min(len(item.label), WEIGHT_LIMIT))


def _candidates(items: Sequence[Item], rows: Sequence[str]) -> list[_Candidate]:
    """Every place where a printed row may stand: its items side by side in one row of the page, `rows` as compared."""
    places = []
    for index in range(len(rows)):
        found: list[Found] = []
        for item in items:
            begin = found[-1].last.end if found and found[-1].last.row == index else 0
            hit = _find(item, rows, index, begin, opens_row=item.at == 0)
            if hit:
                found.append(hit)
                if hit.last.row > index:  # the label ran on into the next row: nothing stands beside it
                    break
        if found:
            gain = sum(weight(f.item) * (f.similarity - LEAST_SIMILARITY + 5) for f in found)
            places.append(_Candidate(tuple(found), gain, index, max(f.last.row for f in found)))
    return places


def _find(item: Item, rows: Sequence[str], index: int, begin: int, opens_row: bool) -> Found | None:
    """The item's label (or another wording of it) in this row, after the `begin`-th character."""
    here, following = len(rows[index]), rows[index + 1] if index + 1 < len(rows) else ""
    wordings = (item.label, *item.also)
    hits = [hit for label in wordings if (hit := _place(label, rows[index], following, begin, opens_row))]
    if not hits:
        return None
    start, stop, similarity = max(hits, key=lambda hit: hit[2])
    first = Span(index, start, min(stop, here))
    if stop <= here + 1:  # the blank between the rows is nobody's letter
        return Found(item, first, first, similarity)
    return Found(item, first, Span(index + 1, 0, stop - here - 1), similarity)


@lru_cache(maxsize=50_000)  # forms share labels, and a page is held against all of them
def _place(label: str, row: str, following: str, begin: int, opens_row: bool) -> tuple[int, int, float] | None:
    """Where a label stands in a row (first, one past the last character), and how much alike it is, 0..100.

    A long label may run on in the `following` row, which then counts as written behind a blank.
    """
    wanted = _wanted(label)
    text = f"{row} {following}" if len(wanted) > WRAPPING_LABEL and following else row
    window = text[begin : begin + len(wanted) + LEAD if opens_row else len(text)]
    hit = partial_ratio_alignment(wanted, window, score_cutoff=LEAST_SIMILARITY) if window else None
    if not hit:
        return None
    start, stop, similarity = _trim(wanted, window, hit.dest_start, hit.dest_end)
    here = len(row) - begin
    if stop > here and window[stop : stop + 1].isalnum():  # what wraps ends with a word; this is the value's
        stop = here
    if similarity < _least(wanted) or start >= here or not _is_word(wanted, window, start, stop):
        return None
    return begin + start, begin + stop, similarity


@cache
def _wanted(label: str) -> str:
    return plain(label.partition("…")[0].strip())  # "Đã chết vào lúc … giờ …": blanks follow, they are the value


def _trim(wanted: str, window: str, start: int, stop: int) -> tuple[int, int, float]:
    """The piece of the window around start..stop that is most like the label.

    The search compares pieces of the label's own length; where letters were lost in reading, such a
    piece takes in some of the value beside it.
    """
    pieces = [
        (ratio(wanted, window[a:b]), a, b)
        for a in range(max(0, start - SLACK), min(len(window), start + SLACK) + 1)
        for b in range(max(a + 1, stop - SLACK), min(len(window), stop + SLACK) + 1)
    ]
    similarity, a, b = max(pieces, key=lambda piece: (piece[0], piece[1]))
    return a, b, similarity


def _is_word(wanted: str, window: str, start: int, stop: int) -> bool:
    """Whether a short label stands by itself: "CHA" does not begin in "Chấn"."""
    beside = (window[start - 1 : start], window[stop : stop + 1])
    return len(wanted) > SHORT or not any(letter.isalnum() for letter in beside)


def _least(wanted: str) -> float:
    """Short labels ("Do", "Số") must be right, long ones may be misread here and there."""
    return 99.0 if len(wanted) <= SHORT else LEAST_SIMILARITY


def _best_in_order(options: list[list[_Candidate]], row_count: int) -> list[tuple[Found, ...]]:
    """Picks at most one place per printed row, places going down the page, with the greatest gain."""
    # best[r]: (gain, choice per printed row so far) using only page rows before r
    best: list[tuple[float, tuple[_Candidate | None, ...]]] = [(0.0, ())] * (row_count + 1)
    for places in options:
        starting: dict[int, list[_Candidate]] = {}
        for place in places:
            starting.setdefault(place.last_row, []).append(place)
        grown = [(best[0][0], (*best[0][1], None))]
        for r in range(1, row_count + 1):
            skip = (best[r][0], (*best[r][1], None))
            taken = [(best[p.first_row][0] + p.gain, (*best[p.first_row][1], p)) for p in starting.get(r - 1, ())]
            grown.append(max([grown[-1], skip, *taken], key=lambda option: option[0]))
        best = grown
    return [place.found if place else () for place in best[-1][1]]
