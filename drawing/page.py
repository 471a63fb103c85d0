"""Draws one page of any form from its rows: labels in print, dotted lines, values in a pen, ticks, signatures.

A4 upright at 200 dpi. Nothing here knows a particular form.
"""

import math
from collections.abc import Sequence
from random import Random

from PIL import Image

from digitize.books.forms import Form, Item
from drawing.blanks import Segment
from drawing.ink import Box, Pen, sign, tick, write
from drawing.sheet import PRINT, Aside, Sheet, wrap
from drawing.slips import NO_SLIPS, Slips
from drawing.writing import Writing

SIZE = (1654, 2339)  # of a page with one entry
FRAME = (110, 205, 1580, 2205)
LARGE = (2339, 3307)  # A3 upright, for several entries a page
MARGIN, ABOVE_FRAME, BELOW_FRAME = 110, 90, 110
PADDING = 20
WIDEST_PITCH = 98
SIGNATURE_HEIGHT = 255
SQUARE = 40
INNER_BLANK = 84  # width of a printed blank inside a label, such as the hour, where there is room
LEADING = 42  # from one printed line to the next where nothing is written between
Cell = tuple[float, float]
Frame = tuple[int, int, int, int]
Drawn = tuple[Image.Image, dict[str, list[Box]]]
DrawnEntries = tuple[Image.Image, list[dict[str, list[Box]]]]


def draw_page(form: Form, writing: Writing, pen: Pen, face: str, rng: Random) -> Drawn:
    """The clean page and the ink boxes of its words by column. Raises ValueError when a value does not fit."""
    sheet = draw_sheet(form, writing, pen, face, rng)
    return sheet.image, sheet.boxes


def draw_sheet(form: Form, writing: Writing, pen: Pen, face: str, rng: Random, slips: Slips = NO_SLIPS) -> Sheet:
    """The same as a sheet that still knows its blanks, written with these slips."""
    sheet = Sheet(Image.new("RGB", SIZE, "white"), writing, pen, face, rng, slips=slips)
    draw_entry(sheet, form, FRAME)
    if slips.margin_note:
        _write_in_margin(sheet, slips.margin_note)
    return sheet


def draw_entries(form: Form, writings: Sequence[Writing], pen: Pen, face: str, rng: Random) -> DrawnEntries:
    """A large page (A3) with the form printed as often as it has entries a page, one below the other.

    The first of them are written in. Raises ValueError when a value does not fit.
    """
    image = Image.new("RGB", LARGE, "white")
    height = (LARGE[1] - 2 * MARGIN) // form.entries_per_page
    sheets = []
    for number in range(form.entries_per_page):
        top = MARGIN + number * height
        frame = (MARGIN, top + ABOVE_FRAME, LARGE[0] - MARGIN, top + height - BELOW_FRAME)
        writing = writings[number] if number < len(writings) else Writing(form.form_id, {}, {})
        sheets.append(Sheet(image, writing, pen, face, rng))
        draw_entry(sheets[-1], form, frame)
    return image, [sheet.boxes for sheet in sheets[: len(writings)]]


def draw_entry(sheet: Sheet, form: Form, frame: Frame) -> None:
    """One printed form with what is written in it: header above the frame, page number below."""
    left, top, right, bottom = frame
    middle = left + (right - left) * form.left_cell
    sheet.draw.rectangle(frame, outline=PRINT, width=3)
    sheet.draw.line((middle, top, middle, bottom), fill=PRINT, width=2)
    for lines_below, row in enumerate(reversed(form.header)):
        _draw_row(sheet, row, (left - PADDING, right + PADDING), top - 34 - 60 * lines_below, 60)
    _draw_body(sheet, form.body, (left, middle), (top, bottom))
    rule = _draw_checkboxes(sheet, form, (middle, right), top + 30)
    if form.notes:
        _draw_notes(sheet, form.notes, (middle, right), (rule, bottom))
    if form.footer:
        _draw_row(sheet, (form.footer,), (right - 270, right + PADDING), bottom + 66, 60)


def _draw_body(sheet: Sheet, body: Sequence[Sequence[Item]], cell: Cell, levels: tuple[int, int]) -> None:
    heights = [_height_in_lines(sheet, row, cell) for row in body]
    room = levels[1] - levels[0] - 2 * PADDING - heights.count(0) * SIGNATURE_HEIGHT
    pitch = min(WIDEST_PITCH, room / sum(heights))
    y = levels[0] + PADDING / 2
    for number, (row, height) in enumerate(zip(body, heights, strict=True)):
        below = y + (height * pitch or SIGNATURE_HEIGHT)
        if height == 0:
            _draw_signatures(sheet, row, cell, y)
        else:
            _draw_row(sheet, row, cell, y + 0.75 * pitch, pitch)
        if _is_table(row) or _is_table(body[min(number + 1, len(body) - 1)]):
            _rule_table(sheet, row, cell, y, below)
        y = below


def _is_table(row: Sequence[Item]) -> bool:
    return any(not item.printed for item in row)


def _rule_table(sheet: Sheet, row: Sequence[Item], cell: Cell, top: float, bottom: float) -> None:
    """Rules below a row of a table (or its heads) and at the left of its columns."""
    sheet.draw.line((cell[0], bottom, cell[1], bottom), fill=PRINT, width=2)
    for item, (start, _) in _spans(row, cell):
        if item.at:
            sheet.draw.line((start - PADDING / 2, top, start - PADDING / 2, bottom), fill=PRINT, width=2)


def _height_in_lines(sheet: Sheet, row: Sequence[Item], cell: Cell) -> int:
    """Writing lines of a row; 0 for signatures, which have a height of their own."""
    if row[0].kind == "signature":
        return 0
    if _is_table(row):
        written = max(item.lines for item in row if not item.printed)
        return max(written, *(math.ceil(0.55 * len(_label_lines(sheet, *of))) for of in _spans(row, cell)))
    return max(len(_label_lines(sheet, item, span)) + item.lines - 1 for item, span in _spans(row, cell))


def _spans(row: Sequence[Item], cell: Cell) -> list[tuple[Item, Cell]]:
    """Each item of the row with the stretch of the cell that is its own."""
    left, right = cell[0] + PADDING, cell[1] - PADDING
    starts = [left + item.at * (right - left) for item in row]
    ends = [*(start - 14 for start in starts[1:]), right]
    return list(zip(row, zip(starts, ends, strict=True), strict=True))


def _label_lines(sheet: Sheet, item: Item, span: Cell) -> list[str]:
    """The label broken to its width; from its first printed blank ("…") on it belongs to the value."""
    if not item.printed:
        return []
    label, *blanks = item.label.split("…")
    closing = "" if blanks or item.kind == "section" else ":"
    return wrap(label.strip() + closing, span[1] - span[0], sheet.print_length)


def _draw_row(sheet: Sheet, row: Sequence[Item], cell: Cell, baseline: float, pitch: float) -> None:
    for item, span in _spans(row, cell):
        if item.printed:
            _draw_item(sheet, item, span, cell, baseline, pitch, bold=item.kind == "section" and not _is_table(row))
        else:
            segments = [Segment(*span, baseline + line * pitch) for line in range(item.lines)]
            sheet.fill(item.columns, sheet.writing.blanks.get(item.field or "", ""), segments)


def _draw_item(sheet: Sheet, item: Item, span: Cell, cell: Cell, baseline: float, pitch: float, bold: bool) -> None:
    """A label with its dotted lines and value; further lines begin at the left of the cell."""
    end = span[0]
    leading = pitch if item.field else min(pitch, LEADING)
    for line in _label_lines(sheet, item, span):
        end = sheet.print(line, span[0], baseline, bold=bold)
        baseline += leading
    if item.kind == "section" or item.field is None:
        return
    baseline -= leading
    if "…" in item.label:
        _fill_inner_blanks(sheet, item, Segment(end + 10, span[1], baseline))
        return
    left, right = cell[0] + PADDING, cell[1] - PADDING
    segments = [Segment(end + 10, span[1], baseline)]
    segments += [Segment(left, right, baseline + line * pitch) for line in range(1, item.lines)]
    for segment in segments:
        sheet.dots(segment)
    sheet.fill(item.columns, sheet.writing.blanks.get(item.field, ""), segments)


def _fill_inner_blanks(sheet: Sheet, item: Item, line: Segment) -> None:
    """A label with blanks inside ("… giờ … phút, ngày …"): print and pen take turns."""
    printed = [part.strip() for part in item.label.split("…")][1:-1]
    rest = sheet.writing.blanks.get(item.field or "", "")
    x = line.x0
    room = line.x1 - line.x0 - sum(sheet.print_length(words) + 16 for words in printed)
    width = min(INNER_BLANK, room / (len(printed) + 1))
    for words in printed:
        value, _, rest = rest.partition(words)
        value = value.replace("…", "").strip()
        blank = Segment(x, x + max(width, sheet.pen.reach(value) + 8), line.baseline)
        sheet.dots(blank)
        sheet.fill(item.columns, value, [blank])
        x = sheet.print(words, blank.x1 + 8, line.baseline) + 8
    blank = Segment(x, line.x1, line.baseline)
    sheet.dots(blank)
    sheet.fill(item.columns, rest.replace("…", ""), [blank])


def _draw_signatures(sheet: Sheet, row: Sequence[Item], cell: Cell, top: float) -> None:
    for item, span in _spans(row, cell):
        centre = (span[0] + span[1]) / 2
        sheet.print_centred(item.label, centre, top + 45, bold=True)
        if sheet.writing.blanks:
            sign(sheet.image, (centre, top + 130), sheet.pen, sheet.rng)
        name = sheet.writing.blanks.get(item.field or "", "") or sheet.writing.signed.get(item.label, "")
        start = max(span[0], centre - sheet.pen.reach(name) / 2)
        sheet.fill(item.columns, name, [Segment(start, span[1], top + 225)])


def _draw_checkboxes(sheet: Sheet, form: Form, cell: Cell, y: float) -> float:
    """Labels at the left, squares at the right, from `y` down; returns where the rule under them stands."""
    for box in form.checkboxes:
        square = (cell[1] - PADDING - SQUARE, y, cell[1] - PADDING, y + SQUARE)
        sheet.draw.rectangle(square, outline=PRINT, width=2)
        for words in wrap(box.label, cell[1] - cell[0] - SQUARE - 3.5 * PADDING, sheet.print_length):
            sheet.print(words, cell[0] + PADDING, y + 31)
            y += 42
        y += 26
        if box.label in sheet.writing.ticked:
            tick(sheet.image, square, sheet.pen, sheet.rng, sheet.slips.mark)
            sheet.keep([box.field], [square])
    if form.checkboxes:
        sheet.draw.line((*(cell[0], y), *(cell[1], y)), fill=PRINT, width=2)
    return y


def _draw_notes(sheet: Sheet, notes: Item, cell: Cell, levels: tuple[float, int]) -> None:
    top, bottom = levels
    for words in wrap(notes.label, cell[1] - cell[0] - 3 * PADDING, sheet.print_length):
        sheet.print_centred(words, (cell[0] + cell[1]) / 2, top + 48, bold=True)
        top += LEADING
    baselines = range(round(top) + 82 + 48 - LEADING, bottom - PADDING, 62)
    segments = [Segment(cell[0] + PADDING, cell[1] - PADDING, baseline) for baseline in baselines]
    sheet.fill(notes.columns, sheet.writing.blanks.get(notes.field or "", ""), segments)


def _write_in_margin(sheet: Sheet, note: str) -> None:
    """A note that runs up the paper beside the frame."""
    strip = Image.new("RGB", (FRAME[3] - FRAME[1], FRAME[0] - 8), "white")
    x = sheet.rng.uniform(0.1, 0.4) * strip.width
    words = write(strip, note, x, 0.68 * strip.height, sheet.pen, sheet.rng)
    sheet.image.paste(strip.rotate(90, expand=True), (4, FRAME[1]))
    boxes = [(4 + y0, FRAME[3] - x1, 4 + y1, FRAME[3] - x0) for x0, y0, x1, y1 in words]
    sheet.aside["note"] = Aside(note, boxes)
