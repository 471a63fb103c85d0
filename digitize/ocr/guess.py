"""Where labels stand that were not read: by the form's rows above and below, and by its columns (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from digitize.books.entry import Box
from digitize.books.forms import Item
from digitize.ocr.labels import Fit, Found
from digitize.ocr.rows import Row

NEAR = 0.6  # of the distance between two printed lines: how far a row may stand from where the form has it


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: the row of the page on which its blank begins, and its columns of pixels there.

    Not `seen`: it was not read, the form alone tells its place.
    """

    item: Item
    row: int
    x0: float
    x1: float
    seen: bool = True


def letter_width(fit: Fit, body: Sequence[Row]) -> float:
    """Pixels that a printed letter takes, as the labels that were read show; 0 where none was."""
    seen = [f for found in fit.rows for f in found if f.first == f.last and len(f.item.label) > 4]
    ends = [body[f.first.row].glyphs[f.first.end - 1].x1 for f in seen]
    widths = [(end - _x0(f, body)) / (f.first.end - f.first.start) for f, end in zip(seen, ends, strict=True)]
    return float(median(widths)) if widths else 0.0


def missed_rows(fit: Fit, body: Sequence[Row]) -> dict[int, int]:
    """Number of a printed row of which nothing was read -> the row of the page where it must be.

    Only rows between two that were read are looked for, at the height that their printed lines give them.
    """
    printed, guessed = fit.form.printed_rows, dict[int, int]()
    known = [number for number, found in enumerate(fit.rows) if found]
    for above, below in pairwise(known):
        last, first = fit.rows[above][-1].last.row, fit.rows[below][0].first.row
        lines = [_lines(printed[number]) for number in range(above, below)]
        top, bottom = _middle(body[last]), _middle(body[first])
        pitch = (bottom - top) / sum(lines)
        between = list(range(last + 1, first))
        for number in range(above + 1, below):
            expected = top + pitch * sum(lines[: number - above])
            nearest = min(between, key=lambda row: abs(_middle(body[row]) - expected), default=None)
            if nearest is not None and abs(_middle(body[nearest]) - expected) < NEAR * pitch:
                guessed[number] = nearest
                between = [row for row in between if row > nearest]
    return guessed


def labels_of(
    items: Sequence[Item],
    found: Sequence[Found],
    row: int,
    body: Sequence[Row],
    cell: Box,
    ends: Mapping[Item, float],
    letter: float,
) -> list[Label]:
    """The labels of a printed row from left to right, those that were not read where the form has them.

    `ends` tells where the labels that were read end, `letter` how wide a printed letter is.
    """
    seen = {f.item: f for f in found}
    shift = _x0(found[0], body) - _column(found[0].item, cell) if found else 0.0
    labels = []
    for item in items:
        if f := seen.get(item):
            labels.append(Label(item, f.last.row, _x0(f, body), ends[item]))
        else:
            x0 = max(cell.x0, _column(item, cell) + shift)
            labels.append(Label(item, row, x0, x0 + letter * len(item.label), seen=False))
    return labels


def _column(item: Item, cell: Box) -> float:
    return cell.x0 + item.at * (cell.x1 - cell.x0)


def _x0(found: Found, body: Sequence[Row]) -> float:
    return body[found.first.row].glyphs[found.first.start].x0


def _lines(items: Sequence[Item]) -> int:
    return max(item.lines for item in items)


def _middle(row: Row) -> float:
    return (row.box.y0 + row.box.y1) / 2
