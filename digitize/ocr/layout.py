"""A fitted form -> where every value stands on the page (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rapidfuzz.fuzz import partial_ratio

from digitize.books.entry import Box
from digitize.books.forms import CheckBox, Form, Item
from digitize.ocr.engine import Line
from digitize.ocr.labels import Fit, Found, plain
from digitize.ocr.marks import Frame, TickBox
from digitize.ocr.rows import Row, around, rows_of

COLON_WITHIN = 4  # characters after a label as it was matched: its last letters may have been misread
EDGE = 0.15  # of a row's height, kept away from the ruling at the end of a cell
HINTS = (  # printed in brackets under "Ghi chú" and under the words of a signature
    "(thay đổi, cải chính, sửa chữa sai sót, ngày, chữ ký)",
    "(Ký, ghi rõ họ, chữ đệm, tên)",
)
LEAST_HINT = 80.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: one box per written line, in page pixels; none when nothing was found."""

    item: Item
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """All places of one entry on the page, and its check boxes with their squares."""

    form: Form
    places: tuple[Place, ...]
    ticks: tuple[tuple[CheckBox, TickBox], ...]


def split_cells(lines: Sequence[Line], frame: Frame | None) -> tuple[list[Row], list[Row]]:
    """Rows of the body (with header and footer), and rows of the right cell."""
    right = [line for line in lines if frame and _in_right_cell(line.box, frame)]
    return rows_of([line for line in lines if line not in right]), rows_of(right)


def _in_right_cell(box: Box, frame: Frame) -> bool:
    middle = (box.y0 + box.y1) / 2
    return box.x0 >= frame.split - (box.y1 - box.y0) / 2 and frame.box.y0 < middle < frame.box.y1


def place_values(
    fit: Fit, body: Sequence[Row], right: Sequence[Row], squares: Sequence[TickBox], frame: Frame | None
) -> Layout:
    """Where the values of the form stand, from its labels found in `body`."""
    taken = {span.row for found in fit.rows for f in found for span in (f.first, f.last)}
    printed = [*fit.form.header, *fit.form.body, (fit.form.footer,)]
    places = [
        place
        for items, found in zip(printed, fit.rows, strict=True)
        for place in _places_of_row(items, found, body, taken, frame)
    ]
    return Layout(fit.form, (*places, _notes(fit.form, right)), _ticks(fit.form, right, squares))


def _places_of_row(
    items: Sequence[Item], found: Sequence[Found], body: Sequence[Row], taken: set[int], frame: Frame | None
) -> list[Place]:
    if not found:
        return [Place(item, ()) for item in items if item.field]
    places = []
    for f, following in zip_longest(found, found[1:]):
        row = body[f.last.row]
        cell = _cell(row, body, frame)
        until = row.glyphs[following.first.start].x0 if following else cell.x1
        if f.item.kind == "signature":
            boxes = _written_below(f, body, taken, until)
        else:
            boxes = _on_row(f, row, until)
            if not following:
                boxes += _continued(f.last.row, body, taken, cell)
        places.append(Place(f.item, boxes))
    seen = {f.item for f in found}
    return [p for p in places if p.item.field] + [Place(i, ()) for i in items if i.field and i not in seen]


def _cell(row: Row, body: Sequence[Row], frame: Frame | None) -> Box:
    """The cell that the row stands in: body cell of the frame, or the whole width outside it."""
    box = row.box
    if frame and frame.box.y0 < (box.y0 + box.y1) / 2 < frame.box.y1:
        return Box(frame.box.x0, frame.box.y0, frame.split, frame.box.y1)
    return around(r.box for r in body)


def _on_row(found: Found, row: Row, until: float) -> tuple[Box, ...]:
    """The blank from the end of the label to `until`, whether anything was read in it or not."""
    start = _label_ends(found.last.end, row)
    beside = [b for b in row.boxes if b.x1 > start and b.x0 < until] or list(row.boxes)
    line = around(beside)
    stop = int(until - (line.y1 - line.y0) * EDGE)
    return (Box(start, line.y0, stop, line.y1),) if stop > start else ()


def _label_ends(end: int, row: Row) -> int:
    """Where the label's colon begins, since its end may already be in the value; else the label's end."""
    colon = row.text.find(":", end, end + COLON_WITHIN)
    if colon >= 0:
        return int(row.glyphs[colon].x0)
    tail = next((i for i, c in enumerate(row.text[end : end + COLON_WITHIN]) if not c.isalnum()), 0)
    return int(row.glyphs[end + tail - 1].x1)  # letters that run on to the end of a word are the label's too


def _continued(index: int, body: Sequence[Row], taken: set[int], cell: Box) -> tuple[Box, ...]:
    """Rows below without a label of their own carry on the value; at most up to the cell's floor."""
    boxes = []
    for below in range(index + 1, len(body)):
        box = body[below].box
        if below in taken or box.y0 >= cell.y1 or not _letters(body[below]):
            break
        boxes.append(Box(box.x0, box.y0, min(box.x1, cell.x1), box.y1))
    return tuple(boxes)


def _letters(row: Row) -> bool:
    return any(g.character.isalnum() for g in row.glyphs)


def _written_below(found: Found, body: Sequence[Row], taken: set[int], until: float) -> tuple[Box, ...]:
    """The name written under a signature: the lowest writing below the label and beside no other label."""
    label = body[found.first.row]
    left, height = label.glyphs[found.first.start].x0, label.box.y1 - label.box.y0
    below: list[Box] = []
    for index in range(found.last.row + 1, len(body)):
        if index in taken:
            break
        if not _is_hint(body[index]):
            below += [b for b in body[index].boxes if left - 3 * height < (b.x0 + b.x1) / 2 < until + height]
    return tuple(below[-1:])


def _notes(form: Form, right: Sequence[Row]) -> Place:
    """Writing below the label of the notes in the right cell."""
    wanted = plain(form.notes.label)
    for index, row in enumerate(right):
        if partial_ratio(wanted, row.plain) >= 85 and len(row.plain.strip()) <= len(wanted) + 4:
            written = [r.box for r in right[index + 1 :] if _letters(r) and not _is_hint(r)]
            return Place(form.notes, tuple(written))
    return Place(form.notes, ())


def _is_hint(row: Row) -> bool:
    return len(row.plain) > 5 and any(partial_ratio(row.plain.strip(), plain(h)) >= LEAST_HINT for h in HINTS)


def _ticks(form: Form, right: Sequence[Row], squares: Sequence[TickBox]) -> tuple[tuple[CheckBox, TickBox], ...]:
    """Each printed check box with its square: in order when all are there, else by the label beside it."""
    if len(squares) == len(form.checkboxes):
        return tuple(zip(form.checkboxes, squares, strict=True))
    pairs = []
    for checkbox in form.checkboxes:
        row = max(right, key=lambda r: partial_ratio(plain(checkbox.label), r.plain), default=None)
        if row is None or not squares:
            continue
        middle = (row.box.y0 + row.box.y1) / 2
        square = min(squares, key=lambda s: abs((s.box.y0 + s.box.y1) / 2 - middle))
        if abs((square.box.y0 + square.box.y1) / 2 - middle) < 1.5 * (row.box.y1 - row.box.y0):
            pairs.append((checkbox, square))
    return tuple(pairs)
