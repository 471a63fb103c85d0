"""Laying down what the engine read of a page: candidates, never values."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from digitize.books.entry import Candidate, Entry
from digitize.books.steps import Act, Step, step_after
from digitize.store.repositories.base import key
from digitize.store.repositories.holding import lease_row
from digitize.store.repositories.keying import candidates_of, values_of
from digitize.store.repositories.shelving import as_entries, move, raise_version, reckon_doubt, shelve
from digitize.store.tables import CandidateInkRow, CandidateRow, EntryRow, PageRow
from digitize.store.transaction import Deed, Transaction


def lay_down(
    transaction: Transaction, page: PageRow, readings: Sequence[tuple[str, Mapping[str, Candidate]]]
) -> tuple[Entry, ...]:
    """One entry per reading, by its place on the page. What people keyed is never touched, nor read over.

    Of an entry begun on only fields nobody has touched get new candidates, while it is in nobody's hands and the
    page still has as many entries as before: with one more or less, a reading may be another person's.
    """
    there = {row.ordinal: row for row in _entries_of(transaction, page)}
    is_same_page = len(there) == len(readings)
    for ordinal, (form_id, candidates) in enumerate(readings, start=1):
        row = there.get(ordinal)
        if row is None:
            _lay_new(transaction, page, ordinal, form_id, candidates)
        elif row.step in (Step.SCANNED, Step.READ):
            _lay_again(transaction, row, form_id, candidates)
        elif row.step == Step.IN_REVIEW and is_same_page and row.form_id == form_id:
            _refresh(transaction, row, candidates)
    return as_entries(transaction.session, _entries_of(transaction, page))


def lay_blank(transaction: Transaction, page: PageRow, form_id: str, entries: int) -> tuple[Entry, ...]:
    """So many entries without candidates; those that are there already stay as they are."""
    there = {row.ordinal for row in _entries_of(transaction, page)}
    for ordinal in range(1, entries + 1):
        if ordinal not in there:
            _lay_new(transaction, page, ordinal, form_id, {})
    return as_entries(transaction.session, _entries_of(transaction, page))


def forget_boxes(session: Session, page: PageRow) -> None:
    """Boxes and ink were taken from a picture that is being replaced."""
    of_page = select(CandidateRow).join(EntryRow, col(CandidateRow.entry_id) == col(EntryRow.id))
    for candidate in session.exec(of_page.where(EntryRow.page_id == page.id)):
        _forget_ink(session, candidate)
        candidate.x0 = candidate.y0 = candidate.x1 = candidate.y1 = None


def _forget_ink(session: Session, candidate: CandidateRow) -> None:
    if ink := session.get(CandidateInkRow, (candidate.entry_id, candidate.column)):
        session.delete(ink)


def _entries_of(transaction: Transaction, page: PageRow) -> Sequence[EntryRow]:
    of_page = select(EntryRow).where(EntryRow.page_id == page.id).order_by(col(EntryRow.ordinal))
    return transaction.session.exec(of_page).all()


def _lay_new(
    transaction: Transaction, page: PageRow, ordinal: int, form_id: str, candidates: Mapping[str, Candidate]
) -> None:
    row = EntryRow(
        page_id=key(page.id), book_id=page.book_id, ordinal=ordinal, form_id=form_id, step=Step.READ.value,
        changed_at=transaction.now,
    )  # fmt: skip
    with transaction.change("entry.add", "entry", row) as deed:
        deed.after["candidates"] = _texts(candidates)
        reckon_doubt(row, candidates.values())
        shelve(transaction.session, row, candidates)


def _lay_again(transaction: Transaction, row: EntryRow, form_id: str, candidates: Mapping[str, Candidate]) -> None:
    with transaction.change(f"entry.{Act.READ}", "entry", row) as deed:
        row.form_id = form_id
        move(row, step_after(Step(row.step), Act.READ), transaction.now)
        _replace(transaction, row, candidates_of(transaction.session, row), candidates, deed)


def _refresh(transaction: Transaction, row: EntryRow, candidates: Mapping[str, Candidate]) -> None:
    lease = lease_row(transaction.session, key(row.id))
    if lease and lease.until > transaction.now:
        return
    keyed = values_of(transaction.session, row)
    old = [candidate for candidate in candidates_of(transaction.session, row) if candidate.column not in keyed]
    new = {column: candidate for column, candidate in candidates.items() if column not in keyed}
    if old or new:
        with transaction.change(f"entry.{Act.READ}", "entry", row) as deed:
            _replace(transaction, row, old, new, deed)


def _replace(
    transaction: Transaction, row: EntryRow, old: Sequence[CandidateRow], new: Mapping[str, Candidate], deed: Deed
) -> None:
    deed.before["candidates"] = {candidate.column: candidate.text for candidate in old}
    deed.after["candidates"] = _texts(new)
    for candidate in old:
        _forget_ink(transaction.session, candidate)
        transaction.session.delete(candidate)
    reckon_doubt(row, new.values())
    raise_version(row, transaction.now)
    transaction.session.flush()
    shelve(transaction.session, row, new)


def _texts(candidates: Mapping[str, Candidate]) -> dict[str, str]:
    return {column: candidate.text for column, candidate in candidates.items()}
