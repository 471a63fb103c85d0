"""Lines found on a page -> rows of the ruled cells that they stand in (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from digitize.books.entry import Box
from digitize.ocr.engine import Line
from digitize.ocr.rows import Row, rows_of
from digitize.ocr.rulings import Frame


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows of the body (with header, footer and the first column of its tables), of the right cell, and of table
    columns, each row within one column."""

    body: tuple[Row, ...]
    right: tuple[Row, ...] = ()
    columns: tuple[Row, ...] = ()


def split_cells(lines: Sequence[Line], frame: Frame | None) -> Cells:
    """Sorts the lines into cells; a line that runs over the ruling between two columns is cut there."""
    if frame is None:
        return Cells(tuple(rows_of(lines)))
    right = [line for line in lines if _in_right_cell(line.box, frame)]
    body: list[Line] = []
    columns: dict[int, list[Line]] = {}
    for line in lines:
        if line in right:
            continue
        for number, piece in enumerate(cut_at(line, _edges_beside(line.box, frame))):
            if piece:
                (columns.setdefault(number, []) if number else body).append(piece)
    in_columns = [row for number in sorted(columns) for row in rows_of(columns[number])]
    return Cells(tuple(rows_of(body)), tuple(rows_of(right)), tuple(in_columns))


def _in_right_cell(box: Box, frame: Frame) -> bool:
    middle = (box.y0 + box.y1) / 2
    return box.x0 >= frame.split - (box.y1 - box.y0) / 2 and frame.box.y0 < middle < frame.box.y1


def _edges_beside(box: Box, frame: Frame) -> list[int]:
    """Upright rulings at the height of the box, left to right."""
    middle = (box.y0 + box.y1) / 2
    return sorted(upright.x1 for upright in frame.uprights if upright.y0 <= middle <= upright.y1)


def cut_at(line: Line, edges: Sequence[int]) -> list[Line | None]:
    """What stands of the line before, between and behind these columns of pixels, None where nothing does."""
    height = line.box.y1 - line.box.y0
    bounds = [line.box.x0, *(min(max(edge, line.box.x0), line.box.x1) for edge in edges), line.box.x1]
    pieces = [(a, b) if b - a > height / 3 else None for a, b in pairwise(bounds)]
    return [line.between(*piece) if piece else None for piece in pieces]
