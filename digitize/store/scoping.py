"""The actor's unit scope as criteria that the transaction adds to every query."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ClauseElement, ColumnElement, Executable, FromClause, Select, exists, or_, select
from sqlalchemy.orm import Mapped, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.util import find_tables
from sqlmodel import col

from digitize.access.scope import PROVINCE
from digitize.store.tables import (
    METADATA,
    BookRow,
    CandidateInkRow,
    CandidateRow,
    ClosingRow,
    DayRow,
    DifficultyRow,
    EditRow,
    EntryRow,
    FieldDoubtRow,
    FollowUpRow,
    FormerScanRow,
    GapRow,
    HandoverBookRow,
    HandoverRow,
    LeaseRow,
    MatchDecisionRow,
    MatchRow,
    NationalResultRow,
    PackageRow,
    PageEndRow,
    PageMarksRow,
    PageProblemRow,
    PageRow,
    PairDecisionRow,
    QuestionRow,
    ReceiptRow,
    SampleCheckRow,
    SampleRow,
    SearchKeyRow,
    SecondReadingRow,
    StockRow,
    SurveyRow,
    TallyRow,
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
    | StockRow
    | HandoverBookRow
    | PageEndRow
    | GapRow
    | ClosingRow
    | TallyRow
    | DayRow
    | MatchDecisionRow
    | PairDecisionRow
    | FollowUpRow
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
    StockRow,
    HandoverBookRow,
    PageEndRow,
    GapRow,
    ClosingRow,
    TallyRow,
    DayRow,
    LeaseRow,
    QuestionRow,
    MatchDecisionRow,
    PairDecisionRow,
    FollowUpRow,
    PackageRow,
    ReceiptRow,
    NationalResultRow,
)
OF_A_UNIT: tuple[type[BookRow | HandoverRow | SurveyRow | DifficultyRow], ...] = (
    BookRow,
    HandoverRow,
    SurveyRow,
    DifficultyRow,
)
OF_AN_ENTRY: tuple[type[CandidateRow | CandidateInkRow | ValueRow | EditRow | MatchRow], ...] = (
    CandidateRow,
    CandidateInkRow,
    ValueRow,
    EditRow,
    MatchRow,
)
EVERYWHERE = dict.fromkeys(
    ("check_columns", "include_aliases", "include_joins", "include_selects", "include_crud"), True
)


def in_scope(statement: Executable, scope: frozenset[str]) -> list[ExecutableOption]:
    """What rows must fulfil to be seen by the statement; `access.scope.covers` says the same of one unit.

    Only for the tables it names, in subqueries too: each criterion makes every statement dearer.
    """
    named = {str(getattr(table, "name", "")) for table in find_tables(cast(ClauseElement, statement), **EVERYWHERE)}
    return [criterion for table, criterion in _criteria(scope).items() if table in named]


@lru_cache(maxsize=256)
def _criteria(scope: frozenset[str]) -> Mapping[str, ExecutableOption]:
    """By table. Kept by scope: making the criteria anew takes a third of the time of a save."""
    if PROVINCE in scope:
        return {}
    of_units = {
        row: with_loader_criteria(row, or_(col(row.unit_code).in_(scope), col(row.district_code).in_(scope)))
        for row in OF_A_UNIT
    }
    of_books = {row: with_loader_criteria(row, col(row.book_id).in_(_covered_books(scope))) for row in OF_A_BOOK}
    of_entries = {row: with_loader_criteria(row, _entry_is_covered(col(row.entry_id), scope)) for row in OF_AN_ENTRY}
    return {str(row.__tablename__): criterion for row, criterion in (of_units | of_books | of_entries).items()}


def _covered_books(scope: AbstractSet[str]) -> Select[Any]:
    book: FromClause = METADATA.tables["book"].alias("covered_book")
    return select(book.c.id).where(or_(book.c.unit_code.in_(scope), book.c.district_code.in_(scope)))


def _entry_is_covered(entry_id: Mapped[int], scope: AbstractSet[str]) -> ColumnElement[bool]:
    # Correlated, so that SQLite looks one entry up by its key instead of listing all of them.
    entry = METADATA.tables["entry"].alias("covered_entry")
    return exists().where(entry.c.id == entry_id, entry.c.book_id.in_(_covered_books(scope)))
