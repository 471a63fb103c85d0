"""What was read at each place -> candidates for the record's columns (pure)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from digitize.books.codelists import FEMALE, gender_code
from digitize.books.composites import part_kind, split_composite
from digitize.books.doubts import Doubt
from digitize.books.entry import Alternative, Box, Candidate, Problem
from digitize.books.forms import CheckBox, Form, Item
from digitize.books.values import normal_form
from digitize.ocr.calibrate import confidence_of
from digitize.ocr.decode import align, best_path, joined, part_of
from digitize.ocr.engine import Posterior
from digitize.ocr.field import OFF, FieldReading, is_bound, read_field
from digitize.ocr.layout import Layout
from digitize.ocr.likelihood import KEPT_KINDS, packed
from digitize.ocr.rows import around

LEADERS = " .:;…_-—–,'`|"  # what dotted lines and label ends are read as, at the edges of a value
LABEL_TAIL = re.compile(r"^\s*\w{0,3}:")
MOST_ALTERNATIVES = 4
GUESSED = 0.5  # most that is claimed of a value that may stand behind another label
UNLAWFUL = 0.5  # the same of a value that its field cannot say, as eight figures and a stroke for an ID number
UNTICKED = 0.5  # of the code that stands for "no box ticked": always for a person to look at


def candidates_of(
    layout: Layout, read: Mapping[str, Sequence[Posterior]]
) -> tuple[dict[str, Candidate], tuple[Problem, ...]]:
    """Candidates by column, and what a person should look at.

    `read` holds, by item field, one posterior per box of its place. Columns for which nothing was
    read have no candidate.
    """
    candidates: dict[str, Candidate] = {}
    for place in layout.places:
        if place.item.field and place.boxes:
            found = candidates_of_item(place.item, place.boxes, read[place.item.field])
            candidates |= (
                found if place.seen else {column: each.doubted(Doubt.PLACE, GUESSED) for column, each in found.items()}
            )
    ticked, problems = _of_ticks(layout, candidates)
    return candidates | ticked, problems


def candidates_of_item(item: Item, boxes: Sequence[Box], posteriors: Sequence[Posterior]) -> dict[str, Candidate]:
    """Candidates by column of what was read in the boxes of one item, line by line."""
    box = around(boxes)
    read = read_value(posteriors, item.kind)
    if read is None:
        return {}
    ink, reading = read
    if not item.splits_into:
        found = {item.columns[0]: _candidate(item.kind, ink, reading, box)}
    else:
        split = {each.text: split_composite(item.kind, item.splits_into, each.text) for each in reading.ranked}
        found = {column: _part(item, column, ink, reading, split, box) for column in item.splits_into}
    written = {column: candidate for column, candidate in found.items() if candidate.text}
    if item.splits_into and len(written) == len(boxes) == 1:
        return {column: replace(each, box=_behind(box, ink, reading, each.text)) for column, each in written.items()}
    return written


def _behind(box: Box, ink: Posterior, whole: FieldReading, text: str) -> Box:
    """The box of the only part that is written, without the printed words before it: "giờ phút, ngày 16/2/2011"."""
    aligned = align(ink, whole.ranked[0].text)
    first = aligned.text.find(text)
    start = aligned.starts[first] if first > 0 else 0.0
    return replace(box, x0=max(box.x0, int(box.x1 - (ink.width - start)))) if start else box


def read_value(posteriors: Sequence[Posterior], kind: str) -> tuple[Posterior, FieldReading] | None:
    """A value of this kind from the posteriors of its lines: the moments that hold it, and what was read there.

    None when nothing but leaders and ends of labels was read.
    """
    last = len(posteriors) - 1
    lines = [_written(posterior, i > 0, i < last) for i, posterior in enumerate(posteriors)]
    written = [line for line in lines if line]
    if not written:
        return None
    ink = joined(written)
    return ink, read_field(ink, kind).mapped(clean)


def _written(posterior: Posterior, went_on: bool, goes_on: bool) -> Posterior | None:
    """The posterior without leaders and label letters at its ends; None when nothing else is there."""
    reading = best_path(posterior)
    first, last = _edges(reading.text, goes_on, went_on)
    return part_of(posterior, reading, first, last) if last > first else None


def _part(
    item: Item, column: str, value: Posterior, whole: FieldReading, split: Mapping[str, Mapping[str, str]], box: Box
) -> Candidate:
    """One column of a composite, read once more by itself as what it is; it shares the box. `split` has every reading.

    A part that is not in the text letter for letter, as a code, is taken as the whole tells it.
    """
    parts = whole.mapped(lambda text: split[text][column])
    text, kind = parts.ranked[0].text, part_kind(column)
    first = whole.ranked[0].text.find(text)
    if not text or first < 0 or kind == "code":
        return _candidate(kind, value, parts, box)
    ink = part_of(value, align(value, whole.ranked[0].text), first, first + len(text))
    own = kind if is_bound(kind) or kind == "name" else item.kind
    return _candidate(kind, ink, read_field(ink, own).mapped(clean), box)


def _candidate(kind: str, ink: Posterior, reading: FieldReading, box: Box) -> Candidate:
    """The likeliest text with its calibrated confidence; the others, the literal one marked where it is another."""
    best, (share, *shares) = reading.ranked[0], reading.shares
    sure = confidence_of(ink, reading, kind)
    is_unlawful = is_bound(kind) and best.gain <= OFF  # what the field cannot say was read all the same
    sure = min(sure, UNLAWFUL) if is_unlawful else sure
    scale = min(sure / share, (1 - sure) / max(1 - share, 1e-9))  # no other is surer than the best, all together fit
    others = [
        Alternative(other.text, round(scale * its, 4), other is reading.literal)
        for other, its in zip(reading.ranked[1:], shares, strict=True)
        if other.text
    ]
    kept = [other for i, other in enumerate(others) if i < MOST_ALTERNATIVES or other.literal]
    seen = packed(ink) if kind in KEPT_KINDS else b""
    doubts = (Doubt.UNUSUAL,) if is_unlawful and best.text else ()
    return Candidate(best.text, normal_form(kind, best.text), round(sure, 4), box, tuple(kept), seen, doubts)


def clean(text: str, goes_on: bool = False) -> str:
    """The value without what the reader made of dotted leaders at its edges, and of the label's last letters.

    A comma at the end of a line is the writer's when the value goes on in the next.
    """
    first, last = _edges(text, goes_on)
    return text[first:last]


def _edges(text: str, goes_on: bool, went_on: bool = False) -> tuple[int, int]:
    """Where the value begins and ends in the text; before a line that goes on from another stands no label."""
    begun = (text if went_on else LABEL_TAIL.sub("", text)).lstrip(LEADERS)
    first = len(text) - len(begun)
    return first, first + len(begun.rstrip(LEADERS.replace(",", "") if goes_on else LEADERS))


def _of_ticks(layout: Layout, found: Mapping[str, Candidate]) -> tuple[dict[str, Candidate], tuple[Problem, ...]]:
    candidates: dict[str, Candidate] = {}
    problems: list[Problem] = []
    for field, group in layout.form.checkbox_groups.items():
        boxes = [(box, square) for box, square in layout.ticks if box.field == field]
        ticked = [(_code(box, found), square) for box, square in boxes if square.ticked]
        if not boxes:
            problems.append(Problem("check_boxes_not_found", f"Không tìm thấy ô đánh dấu của «{field}»."))
        elif len(ticked) == 1 or (ticked and not group.at_most_one):
            code, square = ticked[0]
            candidates[field] = Candidate(code, code, square.sureness, square.box)
        elif ticked:
            problems.append(Problem("check_boxes_doubled", f"Có {len(ticked)} ô được đánh dấu cho «{field}»."))
        elif group.flag_when_none:
            problems.append(Problem("check_boxes_empty", f"Không có ô nào được đánh dấu cho «{field}»."))
            if group.when_none:
                code = group.when_none
                candidates[field] = Candidate(code, code, UNTICKED, None, doubts=(Doubt.UNTICKED,))
    return candidates, tuple(problems)


def _code(box: CheckBox, found: Mapping[str, Candidate]) -> str:
    """The box's code; it may depend on which parent's name is missing, or on the gender of a parent."""
    for column, code in box.when_female.items():
        if column in found and gender_code(found[column].text) == FEMALE:
            return code
    empty = [column for column in box.only_empty if column not in found]
    return box.only_empty[empty[0]] if len(empty) == 1 else box.code


def missing_labels(layout: Layout) -> tuple[Problem, ...]:
    """One problem that counts the labels nobody could find, if there are any."""
    form: Form = layout.form
    labels = [form.label_of(place.item.columns[0]) for place in layout.places if place.item.field and not place.boxes]
    if not labels:
        return ()
    return (Problem("values_not_found", f"Chưa thấy giá trị của: {'; '.join(labels)}."),)
