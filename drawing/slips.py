"""What goes wrong while a page is written: corrections, values that overrun, unusual ticks, marginal notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from digitize.books.forms import Form, Item
from drawing.ink import Mark
from drawing.names import GROUPS, invent_name
from drawing.people import VILLAGES
from drawing.writing import Writing

Overrun = Literal["past", "climbs", "below"]
OVERRUNS: tuple[Overrun, ...] = ("past", "climbs", "below")
MARGIN_NOTES = (
    "Đã cấp lại bản chính ngày 20/6/2018",
    "Cải chính theo QĐ số 15/QĐ-UBND",
    "Đã cấp trích lục 03 bản",
    "Xem trang 45 quyển 02/2015",
)


@dataclass(frozen=True, slots=True)
class Correction:
    """`struck` was written first, struck out, and what is right written above it or behind it.

    It stands in place of the value's `word` (from 0), or of the whole value where that is None.
    """

    struck: str
    word: int | None = None
    above: bool = True


@dataclass(frozen=True, slots=True)
class Slips:
    """By the field key of an item what happened to its value; how boxes are ticked (None: tick or cross)."""

    corrections: Mapping[str, Correction] = field(default_factory=dict)
    overruns: Mapping[str, Overrun] = field(default_factory=dict)
    mark: Mark | None = None
    margin_note: str = ""


NO_SLIPS = Slips()


def some_corrections(form: Form, writing: Writing, rng: Random, count: int) -> dict[str, Correction]:
    """Corrections for up to `count` values of the page, each a slip that a clerk would make."""
    able = [item for item in form.items() if item.field in writing.fields and not item.splits_into]
    rng.shuffle(able)
    slips = ((item, _slip(item, writing.fields[str(item.field)], rng)) for item in able)
    return dict([(str(item.field), slip) for item, slip in slips if slip][:count])


def _slip(item: Item, text: str, rng: Random) -> Correction | None:
    words, above = text.split(), rng.random() < 0.7
    match item.kind:
        case "name" | "name_upper":
            other = invent_name(rng, rng.choice(("Nam", "Nữ")), rng.choice(GROUPS)).split()[-1]
            last = len(words) - 1
            return Correction(other.upper() if text.isupper() else other, last, above) if other != words[last] else None
        case "date" | "year_or_date" if text[-1].isdecimal() and len(words) == 1:
            digit = text[-1]
            return Correction(text[:-1] + rng.choice("0123456789".replace(digit, "")), None, above)
        case "gender":
            return Correction("Nữ" if text == "Nam" else "Nam", None, above)
        case "ethnic":
            return Correction(rng.choice([group for group in GROUPS if group != text]), None, above)
        case "place" if len(words) > 3:
            village = rng.choice(VILLAGES).split()[-1]
            return Correction(village, 1, above) if village != words[1].strip(",") else None
    return None


def some_overruns(form: Form, writing: Writing, rng: Random, count: int) -> dict[str, Overrun]:
    """Ways for up to `count` values of several words to overrun their blank."""
    able = [column for column in _last_in_row(form) if " " in writing.fields.get(column, "")]
    return {column: rng.choice(OVERRUNS) for column in rng.sample(able, min(count, len(able)))}


def can_overrun(form: Form) -> bool:
    """Whether the form has blanks of one line at the end of a row."""
    return bool(_last_in_row(form))


def _last_in_row(form: Form) -> list[str]:
    kinds, last = ("name", "name_upper", "place", "nationality"), (row[-1] for row in form.body)
    return [str(item.field) for item in last if item.kind in kinds and item.lines == 1 and item.printed]
