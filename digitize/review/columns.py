"""Column view: one field of many entries at once, equal suggestions together (pure)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from digitize.books.entry import Box, Entry
from digitize.books.forms import get_form
from digitize.books.steps import Step
from digitize.review.fields import FieldView, fields_of

QUICK = ("gender", "ethnic", "nationality", "date", "year_or_date", "entry_no", "number", "code")


@dataclass(frozen=True, slots=True)
class Column:
    """A field that the forms of a book have."""

    column: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Cell:
    """That field of one entry."""

    entry_id: int
    page_id: int
    field: FieldView
    marked: bool  # an officer wants somebody to look again

    @property
    def box(self) -> Box | None:
        return self.field.suggestion.box if self.field.suggestion else None

    @property
    def confidence(self) -> float:
        """0..1; a field in which nothing was read is as doubtful as can be."""
        return self.field.suggestion.confidence if self.field.suggestion else 0.0


def columns_of(form_ids: Iterable[str]) -> tuple[Column, ...]:
    """Every column of the forms, once: the kinds that go quickest in a column first, then in page order."""
    found: dict[str, Column] = {}
    for form_id in dict.fromkeys(form_ids):
        for field in fields_of(get_form(form_id), Entry(0, form_id, Step.READ)):
            found.setdefault(field.column, Column(field.column, field.label, field.kind))
    return tuple(sorted(found.values(), key=lambda column: QUICK.index(column.kind) if column.kind in QUICK else 99))


def cells_of(
    entries: Iterable[Entry], column: str, marked: Mapping[int, Collection[str]], doubtful_first: bool = False
) -> tuple[Cell, ...]:
    """The column's cells that nobody has keyed: equal suggestions together, the largest group first.

    With `doubtful_first` in the order of confidence instead, the lowest first.
    """
    cells = [cell for entry in entries for cell in _cell(entry, column, marked.get(entry.entry_id, ()))]
    if doubtful_first:
        return tuple(sorted(cells, key=lambda cell: cell.confidence))
    number = Counter(cell.field.text for cell in cells)
    return tuple(sorted(cells, key=lambda cell: (-number[cell.field.text], cell.field.text)))


def _cell(entry: Entry, column: str, marked: Collection[str]) -> Iterable[Cell]:
    if column in entry.values:
        return
    for field in fields_of(get_form(entry.form_id), entry):
        if field.column == column:
            yield Cell(entry.entry_id, entry.page_id, field, column in marked)
