"""Printed forms as data: one TOML per form and edition in this folder, ids as in docs/forms.md."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as given
from functools import cache
from importlib.resources import files
from typing import Any

from digitize.books.kinds import BookKind
from digitize.errors import FormInvalid, FormUnknown


@dataclass(frozen=True, slots=True)
class Item:
    """One printed label with the blank that belongs to it, or a cell of a table beside its row's label."""

    label: str  # of a cell that has none on the page: what it holds, in words
    kind: str  # kind of value, see docs/forms.md
    field: str | None = None  # Ministry's column, or the key of a composite; None for headings and signatures
    also: tuple[str, ...] = ()  # other wordings of the label
    splits_into: tuple[str, ...] = ()  # columns of a composite value
    at: float = 0.0  # where the item begins, as a share of the row's width
    lines: int = 1  # writing lines printed for the value
    printed: bool = True  # False: a cell of a table, known by its row and column

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the record that this item fills."""
        return self.splits_into or ((self.field,) if self.field else ())


@dataclass(frozen=True, slots=True)
class CheckBox:
    """A box to tick: `field` gets `code`, which is exported as `export_code`."""

    label: str
    field: str
    code: str
    export_code: str  # the same as `code` unless the Ministry's list lacks that code
    only_empty: Mapping[str, str] = given(default_factory=dict)  # column -> code when it alone of these is empty
    when_female: Mapping[str, str] = given(default_factory=dict)  # column of a gender -> code when it says Nữ


@dataclass(frozen=True, slots=True)
class CheckBoxGroup:
    """The boxes that share a field: the code when none is ticked, and whether a person must look then."""

    at_most_one: bool
    when_none: str
    flag_when_none: bool


@dataclass(frozen=True, slots=True)
class OffPage:
    """Export columns that no label of the form fills, and where their value comes from."""

    columns: tuple[str, ...]
    source: str  # book, officer, derived, match, export, empty
    default: str


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form: rows of items from top to bottom, check boxes, notes.

    Of a ledger the two rows of the body are the columns of the left and of the right page; it has no notes, no footer.
    Of the family "columns" no layout is known: the body lists what a person keys from the picture.
    """

    form_id: str
    kind: BookKind
    title: str
    edition: str
    years: tuple[int, ...]
    mark: str
    entries_per_page: int
    left_cell: float
    header: tuple[tuple[Item, ...], ...]
    body: tuple[tuple[Item, ...], ...]
    notes: Item | None
    footer: Item | None
    checkboxes: tuple[CheckBox, ...]
    checkbox_groups: Mapping[str, CheckBoxGroup]
    off_page: tuple[OffPage, ...]
    export: tuple[str, ...]
    family: str = "page"  # or "ledger": an entry is a ruled row over two pages; "columns": nothing to find on the page

    @property
    def printed_rows(self) -> tuple[tuple[Item, ...], ...]:
        """Header, body and footer, from top to bottom."""
        return (*self.header, *self.body, *(((self.footer,),) if self.footer else ()))

    def items(self) -> Iterator[Item]:
        """Every labelled item in page order, notes and page number last."""
        for row in (*self.header, *self.body):
            yield from row
        yield from filter(None, (self.notes, self.footer))

    def columns(self) -> tuple[str, ...]:
        """The record's columns that stand on the page, in page order, each once."""
        on_page = [c for item in self.items() for c in item.columns]
        boxes = [box.field for box in self.checkboxes]
        return tuple(dict.fromkeys([*on_page, *boxes]))

    def kind_of(self, column: str) -> str:
        """Kind of value of a column; `part` for a column of a composite, `code` for a check box."""
        for item in self.items():
            if column == item.field:
                return item.kind
            if column in item.splits_into:
                return "part"
        return "code"

    def label_of(self, column: str) -> str:
        """The printed label of a column, or the column's own name."""
        for item in self.items():
            if column in item.columns:
                return item.label
        return column


def _item(raw: Mapping[str, Any]) -> Item:
    return Item(
        label=raw["label"],
        kind=raw["kind"],
        field=raw.get("field"),
        also=tuple(raw.get("also", ())),
        splits_into=tuple(raw.get("splits_into", ())),
        at=float(raw.get("at", 0.0)),
        lines=int(raw.get("lines", 1)),
        printed=bool(raw.get("printed", True)),
    )


def _rows(raw: list[list[dict[str, Any]]]) -> tuple[tuple[Item, ...], ...]:
    return tuple(tuple(_item(item) for item in row) for row in raw)


def parse_form(text: str, origin: str) -> Form:
    """Builds a form from the text of its TOML; `origin` names it in errors. Raises FormInvalid."""
    try:
        raw = tomllib.loads(text)
        return Form(
            form_id=raw["id"],
            kind=BookKind(raw["kind"]),
            title=raw["title"],
            edition=raw["edition"],
            years=tuple(raw["years"]),
            mark=raw["mark"],
            entries_per_page=raw["entries_per_page"],
            left_cell=raw.get("left_cell", 1.0),
            header=_rows(raw["header"]),
            body=_rows(raw["body"]),
            notes=_item(raw["notes"]) if "notes" in raw else None,
            footer=_item(raw["footer"]) if "footer" in raw else None,
            checkboxes=tuple(
                CheckBox(
                    b["label"],
                    b["field"],
                    b["code"],
                    b.get("export_code", b["code"]),
                    b.get("only_empty", {}),
                    b.get("when_female", {}),
                )
                for b in raw.get("checkbox", ())
            ),
            checkbox_groups={k: CheckBoxGroup(**v) for k, v in raw.get("checkbox_group", {}).items()},
            off_page=tuple(OffPage(tuple(o["columns"]), o["from"], o["default"]) for o in raw.get("not_on_page", ())),
            export=tuple(raw["export"]),
            family=raw.get("family", "page"),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as cause:
        raise FormInvalid(f"Biểu mẫu {origin} không hợp lệ: {cause}.") from cause


@cache
def all_forms() -> Mapping[str, Form]:
    """Every form of this folder by id."""
    folder = files(__package__)
    forms = [parse_form(f.read_text("utf-8"), f.name) for f in folder.iterdir() if f.name.endswith(".toml")]
    return {form.form_id: form for form in sorted(forms, key=lambda form: (form.kind.priority, form.form_id))}


def get_form(form_id: str) -> Form:
    """The form of this id. Raises FormUnknown."""
    try:
        return all_forms()[form_id]
    except KeyError as cause:
        raise FormUnknown(f"Không có biểu mẫu «{form_id}»; hiện có: {', '.join(all_forms())}.") from cause
