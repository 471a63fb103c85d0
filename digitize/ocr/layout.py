"""A fitted form -> where every value stands on the page (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rapidfuzz.fuzz import partial_ratio, ratio

from digitize.books.entry import Box
from digitize.books.forms import CheckBox, Form, Item
from digitize.ocr.cells import Cells
from digitize.ocr.guess import Label, labels_of, letter_width, missed_rows
from digitize.ocr.labels import Fit, Found, Span, plain
from digitize.ocr.rows import Row, around
from digitize.ocr.rulings import Frame
from digitize.ocr.ticks import TickBox

LETTER = 0.25  # of a row's height: half the width of a letter
COLON_WITHIN = 4  # characters after a label as it was matched: its last letters may have been misread
EDGE = 0.15  # of a row's height, kept away from the ruling at the end of a cell
AROUND = 0.5  # of a line's height: letters reach out of the line that the detector found
HINTS = (  # printed in brackets under "Ghi chú" and under the words of a signature
    "(thay đổi, cải chính, sửa chữa sai sót, ngày, chữ ký)",
    "(Ký, ghi rõ họ, chữ đệm, tên)",
)
# What never goes on in the next line: writing there is a correction above that line's own value
ONE_LINE = frozenset({"date", "year_or_date", "number", "entry_no", "volume", "pid12", "gender", "ethnic"})
LEAST_HINT = 80.0
LEAST_NOTES = 80.0
MOST_ABOVE = 5  # lines between a row's label and the ruling above it
NEAR = 0.12  # of the cell's width: how far a table's ruling may stand from where our drawing of the form has it


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: one box per written line, in page pixels; none when nothing was found.

    `label_behind`: the first box ends where the next label was read, so that label's first letter may stand in it.
    `rooms`: of boxes drawn in to their ink, what is read around each. Not `seen`: the label was not read, the form
    tells where it must be.
    """

    item: Item
    boxes: tuple[Box, ...]
    label_behind: bool = False
    rooms: tuple[Box, ...] = ()
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """All places of one entry on the page, and its check boxes with their squares."""

    form: Form
    places: tuple[Place, ...]
    ticks: tuple[tuple[CheckBox, TickBox], ...]
    signatures: tuple[Box, ...] = ()


def place_values(fit: Fit, cells: Cells, squares: Sequence[TickBox], frame: Frame | None) -> Layout:
    """Where the values of the form stand, from its labels found in the body."""
    body = cells.body
    missed, letter = missed_rows(fit, body), letter_width(fit, body)
    signatures = list[Box]()
    taken = {span.row for found in fit.rows for f in found for span in (f.first, f.last)} | set(missed.values())
    places = []
    for number, (items, found) in enumerate(zip(fit.form.printed_rows, fit.rows, strict=True)):
        if any(not item.printed for item in items):
            below = next((rows[0].first.row for rows in fit.rows[number + 1 :] if rows), len(body))
            label = found[0].first.row if found else missed.get(number)
            places += _cells_of_row(items, label, cells, below, frame)
        else:
            row = found[0].first.row if found else missed.get(number)
            labels = _labels(items, found, row, body, frame, letter) if row is not None else []
            places += _places_of_row(labels, body, taken, frame)
            signatures += _signatures(labels, body, taken, frame)
            missing = {item for item in items if item.field} - {place.item for place in places}
            places += [Place(item, ()) for item in items if item in missing]
    notes = (_notes(fit.form.notes, cells.right),) if fit.form.notes else ()
    return Layout(fit.form, (*places, *notes), _ticks(fit.form, cells.right, squares), tuple(signatures))


def _labels(
    items: Sequence[Item], found: Sequence[Found], row: int, body: Sequence[Row], frame: Frame | None, letter: float
) -> list[Label]:
    """The labels of a printed row, those that were not read where the form has them if there is room."""
    cell = _cell(body[row], body, frame)
    ends = {f.item: _label_ends(f.last, body[f.last.row]) for f in found}
    labels = labels_of(items, found, row, body, cell, ends, letter)
    if any(f.first.row != f.last.row for f in found):  # a label that ran on into the next row: nothing stands beside it
        return [label for label in labels if label.seen]
    behind = [label.x0 for label in labels[1:]] + [cell.x1]
    return [label for label, x in zip(labels, behind, strict=True) if label.seen or label.x1 < x]


def _places_of_row(labels: Sequence[Label], body: Sequence[Row], taken: set[int], frame: Frame | None) -> list[Place]:
    """The places of a printed row: each blank from its label to the next, the last to the end of its cell and on."""
    places = []
    for label, following in zip_longest(labels, labels[1:]):
        row = body[label.row]
        cell = _cell(row, body, frame)
        until = following.x0 if following else cell.x1
        if label.item.kind == "signature":
            named = _written_below(label, body, taken, until)[-1:] if label.seen else []
            boxes = tuple(_roomy(box, around(row.box for row in body)) for box in named)
        else:
            boxes = _on_row(label, row, until, 0 if following else EDGE)
            if not following and label.item.kind not in ONE_LINE:
                boxes += _continued(label.row, body, taken, cell)
        places.append(Place(label.item, boxes, label_behind=following is not None, seen=label.seen))
    return [place for place in places if place.item.field]


def _cells_of_row(items: Sequence[Item], row: int | None, cells: Cells, below: int, frame: Frame | None) -> list[Place]:
    """A row of a table: the cells beside its label (in that row), each as wide as its column, down to row `below`."""
    wanted = [item for item in items if not item.printed]
    if row is None:
        return [Place(item, ()) for item in wanted]
    label = cells.body[row]
    edge = cells.body[below].box.y0 if below < len(cells.body) else cells.body[-1].box.y1
    whole = _cell(label, cells.body, frame)
    top, bottom = _between_levels(label.box, edge, frame)
    starts = [_column_edge(whole, item.at, frame) for item in wanted]
    columns = zip(starts, [*starts[1:], whole.x1], strict=True)
    return [
        Place(item, _written_in(Box(x0, top, x1, bottom), cells))
        for item, (x0, x1) in zip(wanted, columns, strict=True)
    ]


def _written_in(cell: Box, cells: Cells) -> tuple[Box, ...]:
    """Rows whose middle lies in the cell, as wide as the cell; of a table without rulings the body's rows."""
    rows = [row.box for row in cells.columns or cells.body if _letters(row)]
    inside = [
        box for box in rows if cell.y0 <= (box.y0 + box.y1) / 2 < cell.y1 and box.x0 < cell.x1 and box.x1 > cell.x0
    ]
    if cells.columns:
        inside = [box for box in inside if cell.x0 <= (box.x0 + box.x1) / 2 < cell.x1]
    return tuple(Box(cell.x0, box.y0, cell.x1, box.y1) for box in inside)


def _between_levels(label: Box, edge: int, frame: Frame | None) -> tuple[int, int]:
    """The rulings above and below a label; without them from half a line above it to the next label."""
    middle, height = (label.y0 + label.y1) // 2, label.y1 - label.y0
    levels = [level.y0 for level in frame.levels] if frame else []
    above, under = [y for y in levels if y < middle], [y for y in levels if y > middle]
    if above and under and middle - above[-1] < MOST_ABOVE * height:
        return above[-1], under[0]
    return label.y0 - height // 2, edge


def _column_edge(cell: Box, at: float, frame: Frame | None) -> int:
    """Where a column begins: behind the upright ruling that stands nearest to where the form has it."""
    width = cell.x1 - cell.x0
    expected = cell.x0 + at * width
    near = [u for u in (frame.uprights if frame else ()) if abs(u.x0 - expected) < NEAR * width]
    return min((u.x1 for u in near), key=lambda x: abs(x - expected), default=int(expected))


def _cell(row: Row, body: Sequence[Row], frame: Frame | None) -> Box:
    """The cell that the row stands in: body cell of the frame, or the whole width outside it."""
    box = row.box
    if frame and frame.box.y0 < (box.y0 + box.y1) / 2 < frame.box.y1:
        return Box(frame.box.x0, frame.box.y0, frame.split, frame.box.y1)
    return around(r.box for r in body)


def _on_row(label: Label, row: Row, until: float, kept_off: float) -> tuple[Box, ...]:
    """The blank from the end of the label to `until`, whether anything was read in it or not."""
    start = int(label.x1)
    beside = [b for b in row.boxes if b.x1 > start and b.x0 < until] or list(row.boxes)
    line = around(beside)
    stop = int(until - (line.y1 - line.y0) * kept_off)
    return (Box(start, line.y0, stop, line.y1),) if stop > start else ()


def _label_ends(label: Span, row: Row) -> int:
    """The right edge of the label's last letter, which reaches beyond the moment at which it was read.

    Up to a colon, and up to the end of a word, letters are the label's: its end may have been misread.
    """
    rest = row.text[label.end : label.end + COLON_WITHIN]
    colon = rest.find(":")
    tail = colon if colon >= 0 else next((i for i, c in enumerate(rest) if not c.isalnum()), 0)
    last, behind = row.glyphs[label.end + tail - 1], row.glyphs[label.end + tail :]
    value = next((g.x0 for g in behind if g.character.isalnum()), last.x1 + 2 * LETTER * row.height)
    return int(min(last.x1 + LETTER * row.height, max(last.x1, value - LETTER * row.height)))


def _continued(index: int, body: Sequence[Row], taken: set[int], cell: Box) -> tuple[Box, ...]:
    """Rows below without a label of their own carry on the value; at most up to the cell's floor."""
    boxes = []
    for below in range(index + 1, len(body)):
        box = body[below].box
        if below in taken or box.y0 >= cell.y1 or not _letters(body[below]):
            break
        boxes.append(_roomy(box, cell))
    return tuple(boxes)


def _roomy(box: Box, cell: Box) -> Box:
    """The box with some room at its sides, inside the cell."""
    room = int(AROUND * (box.y1 - box.y0))
    return Box(max(box.x0 - room, min(box.x0, cell.x0)), box.y0, min(box.x1 + room, cell.x1), box.y1)


def _letters(row: Row) -> bool:
    return any(g.character.isalnum() for g in row.glyphs)


def _signatures(labels: Sequence[Label], body: Sequence[Row], taken: set[int], frame: Frame | None) -> list[Box]:
    """What is written between the label of each signature and the name beneath."""
    signed = list[Box]()
    for label, following in zip_longest(labels, labels[1:]):
        if label.item.kind == "signature" and label.seen:
            until = following.x0 if following else _cell(body[label.row], body, frame).x1
            above = _written_below(label, body, taken, until)[:-1]
            signed += [around(above)] if above else []
    return signed


def _written_below(label: Label, body: Sequence[Row], taken: set[int], until: float) -> list[Box]:
    """Writing below a signature's label and beside no other label; the lowest is the name."""
    box = body[label.row].box
    left, height = label.x0, box.y1 - box.y0
    below: list[Box] = []
    for index in range(label.row + 1, len(body)):
        if index in taken:
            break
        if not _is_hint(body[index]):
            below += [b for b in body[index].boxes if left - 3 * height < (b.x0 + b.x1) / 2 < until + height]
    return below


def _notes(notes: Item, right: Sequence[Row]) -> Place:
    """Writing below the label of the notes in the right cell; the label may stand on two rows."""
    labels = [plain(label) for label in (notes.label, *notes.also)]
    for index in range(len(right)):
        alike, rows = max(_alike(labels, right[index : index + rows], rows) for rows in (1, 2))
        if alike >= LEAST_NOTES:
            rest = right[index + rows :]
            written = [r.box for r in rest if _letters(r) and not _is_hint(r)]
            return Place(notes, tuple(_roomy(box, around(r.box for r in right)) for box in written))
    return Place(notes, ())


def _alike(labels: Sequence[str], rows: Sequence[Row], count: int) -> tuple[float, int]:
    """How like one of the labels these rows together are (0..100), and how many they are."""
    printed = " ".join(row.plain.strip() for row in rows)
    return max(ratio(label, printed) for label in labels), count


def _is_hint(row: Row) -> bool:
    return len(row.plain) > 5 and any(partial_ratio(row.plain.strip(), plain(h)) >= LEAST_HINT for h in HINTS)


def _ticks(form: Form, right: Sequence[Row], squares: Sequence[TickBox]) -> tuple[tuple[CheckBox, TickBox], ...]:
    """Each printed check box with its square: in order when all are there, else by the label beside it."""
    if len(squares) == len(form.checkboxes):
        return tuple(zip(form.checkboxes, squares, strict=True))
    pairs: list[tuple[CheckBox, TickBox]] = []
    for checkbox in form.checkboxes if right else ():
        row = max(right, key=lambda r: partial_ratio(plain(checkbox.label), r.plain))
        middle, height = (row.box.y0 + row.box.y1) / 2, row.box.y1 - row.box.y0
        free = [square for square in squares if square not in (taken for _, taken in pairs)]
        square = min(free, key=lambda s: abs((s.box.y0 + s.box.y1) / 2 - middle), default=None)
        if square and abs((square.box.y0 + square.box.y1) / 2 - middle) < 1.5 * height:
            pairs.append((checkbox, square))
    return tuple(pairs)
