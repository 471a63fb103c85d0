"""Second reading: risky fields of confirmed entries read again, blind, by another officer; a third one decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digitize.access.actor import Actor, Permission
from digitize.books.book import Book
from digitize.books.entry import Entry
from digitize.books.forms import get_form
from digitize.books.quality import Reading
from digitize.books.steps import Step
from digitize.errors import AccessDenied, InputError, StepNotLawful
from digitize.review.fields import fields_of
from digitize.review.second import Risk, Standing, fields_at_risk, is_same, may_read, standing
from digitize.store.unit_of_work import UnitOfWork, Workspace

CONFIRMED = (Step.CONFIRMED, Step.CHECKED, Step.MATCHED)


@dataclass(frozen=True, slots=True)
class Blind:
    """A field to be read again: where its ink is, and nothing of what was read there."""

    entry_id: int
    page_id: int
    book: Book
    column: str
    label: str
    has_ink: bool  # a box on the page


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field of which two readings differ."""

    field: Blind
    version: int
    first: str
    first_by: str
    others: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    entry: Entry
    column: str
    risk: Risk
    standing: Standing
    readings: tuple[Reading, ...]


def next_blind(
    workspace: Workspace, actor: Actor, book_id: int | None = None, later: frozenset[tuple[int, str]] = frozenset()
) -> Blind | None:
    """The next field that this officer may read again; those put off for `later` come last."""
    actor.demand(Permission.READ_AGAIN)
    put_off = None
    with workspace.view(actor) as work:
        for field in _open_to(work, actor, Standing.OPEN, book_id):
            if (field.entry.entry_id, field.column) not in later:
                return _blind(work, field)
            put_off = put_off or field
        return _blind(work, put_off) if put_off else None


def read_again(workspace: Workspace, actor: Actor, entry_id: int, column: str, text: str) -> Standing:
    """Adds what the second officer reads. Raises AccessDenied for whose own it is, StepNotLawful when not asked for."""
    with workspace.unit_of_work(actor) as work:
        field = _field(work, entry_id, column)
        _demand_other(actor, field)
        if field.standing is not Standing.OPEN:
            raise StepNotLawful(f"Ô này của trường hợp {entry_id} đã có người đọc lần hai.")
        value = field.entry.values[column]
        reading = work.readings.add(entry_id, column, (value.text, value.confirmed_by), text.strip())
        return standing(get_form(field.entry.form_id), column, value.text, [reading])


def disputes(workspace: Workspace, actor: Actor) -> tuple[Dispute, ...]:
    """Fields on which two readings differ and this person may decide."""
    actor.demand(Permission.DECIDE)
    with workspace.view(actor) as work:
        books = sorted({reading.book_id for reading in work.readings.all()})
        fields = (field for book_id in books for field in _open_to(work, actor, Standing.DIFFERS, book_id))
        return tuple(_dispute(work, field) for field in fields)


def decide(workspace: Workspace, actor: Actor, dispute: Dispute, text: str, why: str) -> None:
    """Adds what a third person decides. Where the confirmed text was wrong, the entry goes back with the right one.

    Raises InputError without a reason, AccessDenied for whose own reading it is, StaleEntry.
    """
    if not why.strip():
        raise InputError("Hãy ghi căn cứ phân xử.")
    entry_id, column = dispute.field.entry_id, dispute.field.column
    with workspace.unit_of_work(actor) as work:
        field = _field(work, entry_id, column)
        _demand_other(actor, field)
        value = field.entry.values[column]
        work.readings.add(entry_id, column, (value.text, value.confirmed_by), text.strip(), decides=True, why=why)
        if not is_same(get_form(field.entry.form_id), column, text.strip(), value.text):
            work.entries.decide(entry_id, column, text.strip(), dispute.version, f"Phân xử lần đọc hai: {why}")


def waiting(workspace: Workspace, actor: Actor, book_id: int) -> int:
    """How many fields of a book this officer may read again now."""
    with workspace.view(actor) as work:
        return sum(1 for _ in _open_to(work, actor, Standing.OPEN, book_id))


def _open_to(work: UnitOfWork, actor: Actor, wanted: Standing, book_id: int | None = None) -> Iterator[_Field]:
    for count in work.books.counts():
        if book_id in (None, count.book.book_id) and any(count.entries[step] for step in CONFIRMED):
            for field in fields_of_book(work, count.book.book_id):
                if field.standing is wanted and may_read(actor.account, field.entry, field.column, field.readings):
                    yield field


def fields_of_book(work: UnitOfWork, book_id: int) -> Iterator[_Field]:
    """Every field at risk of the book's confirmed entries, in the book's order."""
    readings, marked = _by_field(work.readings.all(book_id)), work.readings.marked(book_id)
    for entry in work.entries.of_book(book_id):
        if entry.step in CONFIRMED:
            yield from _at_risk(entry, readings, marked.get(entry.entry_id, frozenset()))


def _at_risk(
    entry: Entry, readings: dict[tuple[int, str], tuple[Reading, ...]], marked: frozenset[str]
) -> Iterator[_Field]:
    form = get_form(entry.form_id)
    for column, risk in fields_at_risk(form, entry, marked).items():
        there = readings.get((entry.entry_id, column), ())
        yield _Field(entry, column, risk, standing(form, column, entry.values[column].text, there), there)


def _by_field(readings: Sequence[Reading]) -> dict[tuple[int, str], tuple[Reading, ...]]:
    grouped: dict[tuple[int, str], tuple[Reading, ...]] = {}
    for reading in readings:
        key = reading.entry_id, reading.column
        grouped[key] = (*grouped.get(key, ()), reading)
    return grouped


def _field(work: UnitOfWork, entry_id: int, column: str) -> _Field:
    entry = work.entries.get(entry_id)
    if entry.step in CONFIRMED:
        marked = work.readings.marked(entry.book_id).get(entry_id, frozenset())
        for field in _at_risk(entry, _by_field(work.readings.all(entry.book_id)), marked):
            if field.column == column:
                return field
    raise StepNotLawful(f"Ô này của trường hợp {entry_id} không còn chờ đọc lần hai.")


def _demand_other(actor: Actor, field: _Field) -> None:
    if not may_read(actor.account, field.entry, field.column, field.readings):
        raise AccessDenied(f"Ô này của trường hợp {field.entry.entry_id} do chính bạn đọc; người khác phải đọc.")


def _blind(work: UnitOfWork, field: _Field) -> Blind:
    entry = field.entry
    read = entry.candidates.get(field.column)
    label = next(view.label for view in fields_of(get_form(entry.form_id), entry) if view.column == field.column)
    has_ink = read is not None and read.box is not None
    return Blind(entry.entry_id, entry.page_id, work.books.get(entry.book_id), field.column, label, has_ink)


def _dispute(work: UnitOfWork, field: _Field) -> Dispute:
    value = field.entry.values[field.column]
    others = tuple(each for each in field.readings if not each.decides)
    return Dispute(_blind(work, field), field.entry.version, value.text, value.confirmed_by, others)
