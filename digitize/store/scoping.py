"""The actor's unit scope as criteria that the transaction adds to every query."""

from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, exists, or_, select
from sqlalchemy.orm import Mapped, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption
from sqlmodel import col

from digitize.access.scope import PROVINCE
from digitize.store.tables import (
    METADATA,
    BookRow,
    CandidateRow,
    DifficultyRow,
    EditRow,
    EntryRow,
    FieldDoubtRow,
    FormerScanRow,
    LeaseRow,
    MatchRow,
    NationalResultRow,
    PackageRow,
    PageMarksRow,
    PageProblemRow,
    PageRow,
    QuestionRow,
    ReceiptRow,
    SampleCheckRow,
    SampleRow,
    SearchKeyRow,
    SecondReadingRow,
    SurveyRow,
    ValueRow,
)

OfABook = (
    PageRow
    | PageProblemRow
    | PageMarksRow
    | FormerScanRow
    | EntryRow
    | LeaseRow
    | QuestionRow
    | FieldDoubtRow
    | SecondReadingRow
    | SampleRow
    | SampleCheckRow
    | SearchKeyRow
    | PackageRow
    | ReceiptRow
    | NationalResultRow
)
OF_A_BOOK: tuple[type[OfABook], ...] = (
    PageRow,
    PageProblemRow,
    PageMarksRow,
    FormerScanRow,
    EntryRow,
    FieldDoubtRow,
    SecondReadingRow,
    SampleRow,
    SampleCheckRow,
    SearchKeyRow,
    LeaseRow,
    QuestionRow,
    PackageRow,
    ReceiptRow,
    NationalResultRow,
)


@lru_cache(maxsize=256)
def scope_criteria(scope: frozenset[str]) -> tuple[ExecutableOption, ...]:
    """What a row must fulfil to be seen; `access.scope.covers` says the same of one unit.

    Kept by scope: making the criteria anew takes a third of the time of a save.
    """
    if PROVINCE in scope:
        return ()
    return (
        with_loader_criteria(BookRow, or_(col(BookRow.unit_code).in_(scope), col(BookRow.district_code).in_(scope))),
        *(
            with_loader_criteria(row, or_(col(row.unit_code).in_(scope), col(row.district_code).in_(scope)))
            for row in (SurveyRow, DifficultyRow)
        ),
        *(with_loader_criteria(row, col(row.book_id).in_(_covered_books(scope))) for row in OF_A_BOOK),
        with_loader_criteria(CandidateRow, _entry_is_covered(col(CandidateRow.entry_id), scope)),
        with_loader_criteria(ValueRow, _entry_is_covered(col(ValueRow.entry_id), scope)),
        with_loader_criteria(EditRow, _entry_is_covered(col(EditRow.entry_id), scope)),
        with_loader_criteria(MatchRow, _entry_is_covered(col(MatchRow.entry_id), scope)),
    )


def _covered_books(scope: AbstractSet[str]) -> Select[Any]:
    book: FromClause = METADATA.tables["book"].alias("covered_book")
    return select(book.c.id).where(or_(book.c.unit_code.in_(scope), book.c.district_code.in_(scope)))


def _entry_is_covered(entry_id: Mapped[int], scope: AbstractSet[str]) -> ColumnElement[bool]:
    # Correlated, so that SQLite looks one entry up by its key instead of listing all of them.
    entry = METADATA.tables["entry"].alias("covered_entry")
    return exists().where(entry.c.id == entry_id, entry.c.book_id.in_(_covered_books(scope)))
