"""Second reading: which confirmed fields another officer reads again, blind, and what comes of it (pure).

Keying whole entries twice finds a difference in nearly every one; reading again only where a mistake is likely or
costly takes a fraction of the time.
"""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

from digitize.books.entry import Entry
from digitize.books.forms import Form
from digitize.books.quality import Reading
from digitize.books.values import normal_form
from digitize.review.fields import SURE
from digitize.review.kinds import FieldKind, field_kind


class Risk(StrEnum):
    """Why a field is read again."""

    NUMBER = "number"
    UNSURE = "unsure"
    CHANGED = "changed"
    MARKED = "marked"


class Standing(StrEnum):
    """How far the second reading of a field has come."""

    OPEN = "open"
    DIFFERS = "differs"  # two readings; a third person decides
    AGREED = "agreed"
    DECIDED = "decided"


def fields_at_risk(form: Form, entry: Entry, marked: Collection[str] = ()) -> dict[str, Risk]:
    """Column -> why it is to be read again: ID numbers always, names and dates where machine or officer was in doubt.

    `marked` are the columns that an officer marked doubtful, of whatever kind.
    """
    risks = ((column, _risk(form, entry, column, column in marked)) for column in form.columns())
    return {column: risk for column, risk in risks if risk}


def _risk(form: Form, entry: Entry, column: str, is_marked: bool) -> Risk | None:
    value, read, kind = entry.values.get(column), entry.candidates.get(column), field_kind(form, column)
    if value is None:
        return None
    if is_marked:
        return Risk.MARKED
    if not value.text and (read is None or not read.text):
        return None  # nothing there, and nothing seen by the machine either
    if kind is FieldKind.PERSONAL_NUMBER:
        return Risk.NUMBER
    if kind not in (FieldKind.NAME, FieldKind.DATE):
        return None
    if read is None or read.confidence < SURE:
        return Risk.UNSURE
    return None if is_same(form, column, read.text, value.text) else Risk.CHANGED


def is_same(form: Form, column: str, one: str, other: str) -> bool:
    """Whether two readings are one: habits of typing (hoà or hòa, 1/2/2017 or 01.02.2017) make no difference."""
    kind = form.kind_of(column)
    if kind == "part":
        kind = {FieldKind.DATE: "date", FieldKind.PERSONAL_NUMBER: "id_number", FieldKind.NAME: "name"}.get(
            field_kind(form, column), "text"
        )
    return normal_form(kind, one) == normal_form(kind, other)


def standing(form: Form, column: str, text: str, readings: Iterable[Reading]) -> Standing:
    """Where a field stands whose confirmed text is `text`; a text changed since may still agree with a reading."""
    there = tuple(readings)
    if any(each.decides and is_same(form, column, each.text, text) for each in there):
        return Standing.DECIDED
    blind = [is_same(form, column, each.text, text) for each in there if not each.decides]
    if any(blind):
        return Standing.AGREED
    return Standing.DIFFERS if blind else Standing.OPEN


def may_read(account: str, entry: Entry, column: str, readings: Sequence[Reading]) -> bool:
    """Nobody reads again, or decides on, what is her own: keyed, helped to key, or read before."""
    value = entry.values.get(column)
    return account not in {
        entry.keyed_by,
        entry.assisted_by,
        value.confirmed_by if value else None,
        *(each.by for each in readings),
    }
