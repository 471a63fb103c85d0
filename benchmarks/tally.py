"""What was read on drawn pages against what stands on them: counted by kind of field, by set of pages, by threshold."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from benchmarks.drawn_pages import DrawnPage, Truth
from digitize.books.entry import Box, Candidate
from digitize.books.forms import CheckBox
from digitize.ocr.reader import PageReading

CLOSED, DATES = ("gender", "ethnic", "nationality"), ("date", "year_or_date", "number", "entry_no", "volume", "pid12")
NAMES = ("name_upper", "name", "signature")
GROUPS = ("closed", "dates", "names", "places", "others")
IOU = 0.5
MOST_WRONG = 0.005  # of the fields that are not flagged


@dataclass(frozen=True, slots=True)
class FieldTold:
    """One field that stands on a page, and what was read for it; `box_right` is None for a check box."""

    column: str
    group: str  # one of GROUPS, or "code"
    truth: str
    read: str
    confidence: float  # 0 when nothing was read
    right: bool
    box_right: bool | None
    touched: bool
    edits: int


@dataclass(frozen=True, slots=True)
class PageTold:
    """What came of one page; `untrue`: confidence of what was read where the page says nothing."""

    form_right: bool
    fields: tuple[FieldTold, ...]
    ticks: tuple[bool, ...]
    untrue: tuple[float, ...]


def judge(page: DrawnPage, reading: PageReading) -> PageTold:
    """Compares a reading with the page; entries belong together where their boxes lie over each other."""
    fields, ticks, untrue = list[FieldTold](), list[bool](), list[float]()
    for truth, found in _paired(page.entries, reading.entries):
        fields += [_field(page, truth, column, found.get(column)) for column in truth.fields]
        ticks += [is_ticked(box, truth) == _says(box, found) for box in page.form.checkboxes]
        untrue += [
            candidate.confidence
            for column, candidate in found.items()
            if column not in truth.fields and page.form.kind_of(column) != "code"
        ]
    return PageTold(reading.form_id == page.form.form_id, tuple(fields), tuple(ticks), tuple(untrue))


def _paired(
    truths: Sequence[Truth], read: Sequence[Mapping[str, Candidate]]
) -> list[tuple[Truth, Mapping[str, Candidate]]]:
    """Each true entry with the entry read at its place, or with nothing."""
    if len(truths) == 1 and len(read) == 1:
        return [(truths[0], read[0])]
    left, pairs = list(read), []
    for truth in truths:
        best = max(left, key=lambda entry: _shared(truth, entry), default=None)
        found = best if best is not None and _shared(truth, best) else {}
        if found:
            left.remove(found)
        pairs.append((truth, found))
    return pairs


def _shared(truth: Truth, entry: Mapping[str, Candidate]) -> int:
    boxes = ((found.box, truth.boxes[column]) for column, found in entry.items() if column in truth.boxes)
    return sum(bool(box and overlap(box, other) > 0) for box, other in boxes)


def _field(page: DrawnPage, truth: Truth, column: str, found: Candidate | None) -> FieldTold:
    kind, text = page.form.kind_of(column), truth.fields[column]
    read, box = (found.text, found.box) if found else ("", None)
    right = same(text, read, real=not page.in_pen)
    return FieldTold(
        column,
        group(kind),
        text,
        read,
        found.confidence if found else 0.0,
        right,
        None if kind == "code" else bool(box and overlap(box, truth.boxes[column]) >= IOU),
        column in page.touched,
        Levenshtein.distance(text.casefold(), read.casefold()),
    )


def is_ticked(box: CheckBox, truth: Truth) -> bool:
    return truth.fields.get(box.field) in _codes(box)


def _says(box: CheckBox, found: Mapping[str, Candidate]) -> bool:
    said = found.get(box.field)
    return bool(said and said.text in _codes(box))


def _codes(box: CheckBox) -> set[str]:
    return {box.code, *box.only_empty.values(), *box.when_female.values()}


def group(kind: str) -> str:
    for name, kinds in (("closed", CLOSED), ("dates", DATES), ("names", NAMES), ("places", ("place",))):
        if kind in kinds:
            return name
    return "code" if kind == "code" else "others"


def same(truth: str, read: str, real: bool) -> bool:
    """Labels of real ink are in title case whatever is written."""
    return truth.casefold() == read.casefold() if real else truth == read


def overlap(box: Box, truth: Sequence[int]) -> float:
    """Intersection over union."""
    x0, y0, x1, y1 = truth
    shared = max(0, min(box.x1, x1) - max(box.x0, x0)) * max(0, min(box.y1, y1) - max(box.y0, y0))
    return shared / max(1, (box.x1 - box.x0) * (box.y1 - box.y0) + (x1 - x0) * (y1 - y0) - shared)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of `n`, 0..1."""

    part: float
    n: int

    def __str__(self) -> str:
        return f"{100 * self.part:.2f}% n={self.n}" if self.n else "-"


def share(told: Iterable[bool]) -> Share:
    each = list(told)
    return Share(sum(each) / max(1, len(each)), len(each))


class Tally:
    """The figures of one set of pages."""

    def __init__(self, pages: Sequence[PageTold]) -> None:
        self.pages = pages
        self.fields = [field for page in pages for field in page.fields]

    def form_right(self) -> Share:
        return share(page.form_right for page in self.pages)

    def boxes(self) -> Share:
        return share(field.box_right for field in self.fields if field.box_right is not None)

    def ticks(self) -> Share:
        return share(tick for page in self.pages for tick in page.ticks)

    def exact(self, group: str) -> Share:
        return share(field.right for field in self.fields if field.group == group)

    def cer(self, group: str) -> Share:
        """Edits per letter of the truth, case left aside."""
        fields = [field for field in self.fields if field.group == group]
        letters = sum(len(field.truth) for field in fields)
        return Share(sum(field.edits for field in fields) / max(1, letters), letters)

    def touched(self) -> Share:
        return share(field.right for field in self.fields if field.touched)

    def touched_boxes(self) -> Share:
        return share(field.box_right for field in self.fields if field.touched and field.box_right is not None)

    def untrue(self) -> Share:
        """Values that were read where the page says nothing, per field of the page."""
        return Share(sum(len(page.untrue) for page in self.pages) / max(1, len(self.fields)), len(self.fields))

    def claims(self) -> list[tuple[float, bool]]:
        """Confidence of everything that was read, and whether it was right."""
        said = [(field.confidence, field.right) for field in self.fields if field.confidence]
        return said + [(confidence, False) for page in self.pages for confidence in page.untrue]

    def unflagged(self, threshold: float) -> tuple[Share, Share]:
        """Share of all fields that are not flagged, and share of those that are wrong."""
        sure = [right for confidence, right in self.claims() if confidence >= threshold]
        return Share(len(sure) / max(1, len(self.fields)), len(self.fields)), share(not right for right in sure)

    def safe_threshold(self) -> float | None:
        """The lowest threshold that leaves at most MOST_WRONG of what is not flagged wrong; None where none does."""
        kept, wrong, safe = 0, 0, None
        claims = sorted(self.claims(), reverse=True)
        for i, (confidence, right) in enumerate(claims):
            kept, wrong = kept + 1, wrong + (not right)
            whole = i + 1 == len(claims) or claims[i + 1][0] < confidence
            if whole and wrong <= MOST_WRONG * kept:
                safe = confidence
        return safe


ROWS: Mapping[str, Callable[[Tally], Share]] = {
    "form right": Tally.form_right,
    "boxes, IoU 0.5": Tally.boxes,
    "check boxes": Tally.ticks,
    **{f"{name}, exact": lambda tally, name=name: tally.exact(name) for name in GROUPS},  # type: ignore[misc]
    "places, CER": lambda tally: tally.cer("places"),
    "read where blank": Tally.untrue,
}
HARD_ROWS: Mapping[str, Callable[[Tally], Share]] = {
    **ROWS,
    "touched, exact": Tally.touched,
    "touched, boxes": Tally.touched_boxes,
}


def table(sets: Mapping[str, Tally], rows: Mapping[str, Callable[[Tally], Share]] = ROWS) -> str:
    """Figures by row, sets by column."""
    lines = [f"{'':18}" + "".join(f"{name:>19}" for name in sets)]
    lines += [f"{'pages':18}" + "".join(f"{len(tally.pages):>19}" for tally in sets.values())]
    lines += [
        f"{name:18}" + "".join(f"{figure(tally)!s:>19}" for tally in sets.values()) for name, figure in rows.items()
    ]
    return "\n".join(lines)


def hard_table(sets: Mapping[str, Tally]) -> str:
    """Kinds of damage by row, figures by column."""
    lines = [f"{'':18}{'pages':>6}" + "".join(f"{name:>17}" for name in HARD_ROWS)]
    for name, tally in sets.items():
        shares = "".join(f"{figure(tally)!s:>17}" for figure in HARD_ROWS.values())
        lines.append(f"{name:18}{len(tally.pages):>6}{shares}")
    return "\n".join(lines)


def curve(sets: Mapping[str, Tally], thresholds: Sequence[float]) -> str:
    """By threshold: what is not flagged, and what of it is wrong; at the end the threshold that is safe."""
    lines = [f"{'confidence at least':22}" + "".join(f"{name + ': unflagged, wrong of them':>40}" for name in sets)]
    for threshold in thresholds:
        lines.append(f"{threshold:<22.3f}" + "".join(_at(tally, threshold) for tally in sets.values()))
    safe = {name: tally.safe_threshold() for name, tally in sets.items()}
    for name, lowest in safe.items():
        told = f"{lowest:.4f}:{_at(sets[name], lowest)}" if lowest is not None else "none"
        lines.append(f"at most {100 * MOST_WRONG} % wrong, {name}: {told}")
    return "\n".join(lines)


def _at(tally: Tally, threshold: float) -> str:
    kept, wrong = tally.unflagged(threshold)
    return f"{f'{100 * kept.part:.1f}%':>20}{wrong!s:>20}"
