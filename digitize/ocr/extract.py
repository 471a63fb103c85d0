"""What was read at each place -> candidates for the record's columns (pure)."""

import re
from collections.abc import Mapping, Sequence

from digitize.books.composites import part_kind, split_composite
from digitize.books.entry import Alternative, Candidate, Problem
from digitize.books.forms import CheckBox, Form, Item
from digitize.books.values import normal_form
from digitize.ocr.decode import beam_search, best_path
from digitize.ocr.engine import Posterior
from digitize.ocr.layout import Layout, Place
from digitize.ocr.marks import TICKED, TickBox
from digitize.ocr.rows import around

LEADERS = " .:;…_-—–,'`|"  # what dotted lines and label ends are read as, at the edges of a value
LABEL_TAIL = re.compile(r"^\s*\w{0,3}:")
MOST_ALTERNATIVES = 4
BARE_DATE = 0.5  # what is left of the confidence in a date without separators
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
            candidates |= _of_place(place, read[place.item.field])
    ticked, problems = _of_ticks(layout, candidates)
    return candidates | ticked, problems


def _of_place(place: Place, posteriors: Sequence[Posterior]) -> dict[str, Candidate]:
    whole = _whole(place, posteriors)
    item = place.item
    if not whole.text:
        return {}
    if not item.splits_into:
        return {item.columns[0]: whole}
    parts = split_composite(item.kind, item.splits_into, whole.text)
    return {column: _part(item, column, text, whole) for column, text in parts.items() if text}


def _whole(place: Place, posteriors: Sequence[Posterior]) -> Candidate:
    """The value over all its lines; alternatives differ in the least certain line."""
    readings = [best_path(p) for p in posteriors]
    lines = [clean(r.text, goes_on=i + 1 < len(readings)) for i, r in enumerate(readings)]
    text = _join(lines)
    written = [r.confidence for r, line in zip(readings, lines, strict=True) if line]
    weakest = min(range(len(readings)), key=lambda i: readings[i].confidence)
    others: list[Alternative] = []
    for alternative in beam_search(posteriors[weakest]):
        line = clean(alternative.text, goes_on=weakest + 1 < len(lines))
        other = _join([*lines[:weakest], line, *lines[weakest + 1 :]])
        if other and other != text and other not in [o.text for o in others]:
            others.append(Alternative(other, round(alternative.confidence, 4)))
    return Candidate(
        text=text,
        norm=normal_form(place.item.kind, text),
        confidence=round(min(written, default=0.0) * _trust(place.item.kind, text), 4),
        box=around(place.boxes),
        alternatives=tuple(others[:MOST_ALTERNATIVES]),
    )


def _trust(kind: str, text: str) -> float:
    """A date of bare digits is doubted: its full stops may have stood on the leader and been wiped with it."""
    return BARE_DATE if kind in ("date", "year_or_date") and text.isdecimal() and len(text) > 4 else 1.0


def clean(text: str, goes_on: bool = False) -> str:
    """The value without what the reader made of dotted leaders at its edges, and of the label's last letters.

    A comma at the end of a line is the writer's when the value goes on in the next.
    """
    written = LABEL_TAIL.sub("", text).lstrip(LEADERS)
    return written.rstrip(LEADERS.replace(",", "") if goes_on else LEADERS)


def _join(lines: Sequence[str]) -> str:
    return " ".join(line for line in lines if line)


def _part(item: Item, column: str, text: str, whole: Candidate) -> Candidate:
    """One column of a composite; it shares the box, and alternatives that split differently."""
    others: dict[str, Alternative] = {}
    for alternative in whole.alternatives:
        other = split_composite(item.kind, item.splits_into, alternative.text)[column]
        if other and other != text:
            others.setdefault(other, Alternative(other, alternative.confidence))
    return Candidate(text, normal_form(part_kind(column), text), whole.confidence, whole.box, tuple(others.values()))


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
            candidates[field] = Candidate(code, code, _sureness(square), square.box)
        elif ticked:
            problems.append(Problem("check_boxes_doubled", f"Có {len(ticked)} ô được đánh dấu cho «{field}»."))
        elif group.flag_when_none:
            problems.append(Problem("check_boxes_empty", f"Không có ô nào được đánh dấu cho «{field}»."))
            if group.when_none:
                candidates[field] = Candidate(group.when_none, group.when_none, UNTICKED, None)
    return candidates, tuple(problems)


def _code(box: CheckBox, found: Mapping[str, Candidate]) -> str:
    """The box's code; of "parents not known" it depends on which parent's name is missing."""
    empty = [column for column in box.only_empty if column not in found]
    return box.only_empty[empty[0]] if len(empty) == 1 else box.code


def _sureness(square: TickBox) -> float:
    """0.5 for ink at the threshold, 1 from twice the threshold on."""
    return round(0.5 + 0.5 * min(1.0, abs(square.ink - TICKED) / TICKED), 4)


def missing_labels(layout: Layout) -> tuple[Problem, ...]:
    """One problem that counts the labels nobody could find, if there are any."""
    form: Form = layout.form
    labels = [form.label_of(place.item.columns[0]) for place in layout.places if place.item.field and not place.boxes]
    if not labels:
        return ()
    return (Problem("values_not_found", f"Chưa thấy giá trị của: {'; '.join(labels)}."),)
