"""One page of a ledger -> its entries' candidates: the ruling gives rows and columns, the heads say which are which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio

from digitize.books.entry import Box, Candidate, Problem
from digitize.books.forms import Form, Item
from digitize.ocr.cells import cut_at
from digitize.ocr.corrections import DOUBTED
from digitize.ocr.engine import Engine, Image, Line, Posterior
from digitize.ocr.extract import candidates_of_item
from digitize.ocr.grid import Grid, find_grid
from digitize.ocr.ink import draw_in, with_room
from digitize.ocr.labels import plain
from digitize.ocr.lines import read_lines, read_rooms
from digitize.ocr.rows import rows_of
from digitize.ocr.rulings import without_rulings

LEAST_ALIKE = 62.0  # of 100: mean likeness of the heads to a form's
AGAIN = 80.0  # the same for heads printed again further down; entries of four drawn spreads stay below 61
KEYS = ("so", "ngayDangKy")  # one of them stands in every row of either page
Piece = tuple[Box, Posterior]  # a written line of a cell, and what was read in it


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What was read of one ruled row on one page; `middle` is its height on the page, 0..1.

    `struck`: a stroke runs through the row from side to side, and everything in it is doubtful.
    """

    middle: float
    candidates: Mapping[str, Candidate]
    struck: bool = False


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """One page of the ledger: its form, 0 for the left page and 1 for the right, and the rows that are written in."""

    form: Form
    side: int
    entries: tuple[LedgerEntry, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Which rows are struck out, by their number or else by their place on the page."""
        struck = [
            f"số {entry.candidates['so'].text}" if "so" in entry.candidates else f"dòng thứ {place}"
            for place, entry in enumerate(self.entries, start=1)
            if entry.struck
        ]
        message = f"Có dòng bị gạch bỏ trong sổ: {'; '.join(struck)}. Hãy xem ảnh: dòng còn giá trị hay không."
        return (Problem("struck_out", message),) if struck else ()


def read_ledger(engine: Engine, page: Image, ink: NDArray[np.uint8], forms: Sequence[Form]) -> LedgerPage | None:
    """Reads a level page (H x W x 3, BGR; `ink` 255 on ink) of one of these ledgers; None where it is none of them."""
    grid = find_grid(ink) if forms else None
    if grid is None:
        return None
    written = without_rulings(ink)
    lines, _ = read_lines(engine, page, written, closely=True)
    cells = _cells(lines, grid)
    found = _best_side(forms, _heads(cells, grid, 0))
    if found is None:
        return None
    form, side, items = found
    again = {
        row for row in range(len(grid.rows) - 1) if _heads_as(form.body[side], _heads(cells, grid, row))[0] >= AGAIN
    }
    boxes = {
        place: _boxes(lines, place, grid, written) for place, lines in cells.items() if place[0] not in {0, *again}
    }
    wanted = [(row, column, box) for (row, column), each in boxes.items() if column in items for box in each]
    rooms = [with_room(box, _cell(grid, row, column)) for row, column, box in wanted]
    posteriors = read_rooms(engine, page, rooms)
    read: dict[tuple[int, int], list[Piece]] = {}
    for (row, column, box), posterior in zip(wanted, posteriors, strict=True):
        read.setdefault((row, column), []).append((box, posterior))
    read = _carried_on(read, items)
    entries = [_entry(row, grid, items, read, page.shape[0]) for row in range(1, len(grid.rows) - 1)]
    return LedgerPage(form, side, tuple(entry for entry in entries if entry.candidates))


def _cells(lines: Sequence[Line], grid: Grid) -> dict[tuple[int, int], list[Line]]:
    """(row, column) -> the lines in it, cut where they run over a ruling."""
    cells: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        row = int(np.searchsorted(grid.rows, (line.box.y0 + line.box.y1) / 2)) - 1
        if 0 <= row < len(grid.rows) - 1:
            for column, piece in enumerate(cut_at(line, grid.columns)):
                if piece and 1 <= column < len(grid.columns):
                    cells.setdefault((row, column - 1), []).append(piece)
    return cells


def _heads(cells: Mapping[tuple[int, int], Sequence[Line]], grid: Grid, row: int) -> list[str]:
    """What stands in the cells of a row, taken for printed heads."""
    return [" ".join(_texts(cells.get((row, column), []))) for column in range(len(grid.columns) - 1)]


def _texts(lines: Sequence[Line]) -> list[str]:
    return [row.plain.strip() for row in rows_of(lines)]


def _best_side(forms: Sequence[Form], heads: Sequence[str]) -> tuple[Form, int, dict[int, Item]] | None:
    """The page whose heads these are, and column -> item."""
    fits = [
        (score, form, side, items)
        for form in forms
        for side, printed in enumerate(form.body)
        for score, items in [_heads_as(printed, heads)]
    ]
    score, form, side, items = max(fits, key=lambda fit: fit[0])
    return (form, side, items) if score >= LEAST_ALIKE else None


def _heads_as(items: Sequence[Item], heads: Sequence[str]) -> tuple[float, dict[int, Item]]:
    """Mean likeness when items are laid over the heads in order, and which head each item takes.

    Where a ruling was missed or seen twice the counts differ; then some head or item goes without.
    """
    wanted = [[plain(label) for label in (item.label, *item.also)] for item in items]
    alike = np.array([[max(ratio(label, head) for label in labels) for head in heads] for labels in wanted])
    best = np.zeros((len(items) + 1, len(heads) + 1))
    for i in range(1, len(items) + 1):
        for h in range(1, len(heads) + 1):
            best[i, h] = max(best[i - 1, h - 1] + alike[i - 1, h - 1], best[i - 1, h], best[i, h - 1])
    taken: dict[int, Item] = {}
    i, h = len(items), len(heads)
    while i and h:
        if best[i, h] == best[i - 1, h - 1] + alike[i - 1, h - 1]:
            taken[h - 1] = items[i - 1]
            i, h = i - 1, h - 1
        elif best[i, h] == best[i - 1, h]:
            i -= 1
        else:
            h -= 1
    return float(best[-1, -1] / max(len(items), len(heads))), taken


def _boxes(lines: Sequence[Line], place: tuple[int, int], grid: Grid, ink: NDArray[np.uint8]) -> list[Box]:
    """One box for every written line of a cell, drawn in to its ink."""
    cell = _cell(grid, *place)
    rows = [each.box for each in rows_of(lines)]
    drawn = [draw_in(ink, Box(cell.x0, max(box.y0, cell.y0), cell.x1, min(box.y1, cell.y1))) for box in rows]
    return [box for box in drawn if box]


def _cell(grid: Grid, row: int, column: int) -> Box:
    return Box(grid.columns[column], grid.rows[row], grid.columns[column + 1], grid.rows[row + 1])


def _carried_on(
    read: Mapping[tuple[int, int], Sequence[Piece]], items: Mapping[int, Item]
) -> dict[tuple[int, int], list[Piece]]:
    """The pieces with those of a row that carries on the row above moved into it.

    Such a row has neither a number (on the left page) nor a date of registration (on the right), and few cells written.
    """
    keys = {column for column, item in items.items() if item.field in KEYS}
    written = {row: {column for r, column in read if r == row} for row, _ in read}
    most = max(map(len, written.values()), default=0)
    moved: dict[tuple[int, int], list[Piece]] = {}
    above = into = 0
    for row in sorted(written):
        is_begun = above == row - 1 > 0
        if not (is_begun and keys and not keys & written[row] and len(written[row]) < most / 2):
            into = row
        above = row
        for column in written[row]:
            moved.setdefault((into, column), []).extend(read[row, column])
    return moved


def _entry(
    row: int,
    grid: Grid,
    items: Mapping[int, Item],
    read: Mapping[tuple[int, int], Sequence[Piece]],
    height: int,
) -> LedgerEntry:
    candidates: dict[str, Candidate] = {}
    for column, item in items.items():
        lines = read.get((row, column), ())
        if lines:
            candidates |= candidates_of_item(item, [box for box, _ in lines], [posterior for _, posterior in lines])
    struck = row in grid.struck
    if struck:
        candidates = {column: replace(c, confidence=min(c.confidence, DOUBTED)) for column, c in candidates.items()}
    return LedgerEntry((grid.rows[row] + grid.rows[row + 1]) / 2 / height, candidates, struck)
