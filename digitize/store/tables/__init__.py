"""The shelves: SQLModel tables. Rows never leave `store`; repositories hand out values of `books` and `access`."""

from sqlmodel import SQLModel

from digitize.store.tables.access import AccountRow, SessionRow, SignInRow
from digitize.store.tables.book import BookRow, FormerScanRow, PageMarksRow, PageProblemRow, PageRow
from digitize.store.tables.entry import CandidateRow, EntryRow, MatchRow, ValueRow
from digitize.store.tables.handover import NationalResultRow, PackageRow, ReceiptRow
from digitize.store.tables.journal import JournalRow
from digitize.store.tables.quality import FieldDoubtRow, SampleCheckRow, SampleRow, SearchKeyRow, SecondReadingRow
from digitize.store.tables.readiness import DifficultyRow, SurveyRow
from digitize.store.tables.teamwork import EditRow, LeaseRow, QuestionRow

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "AccountRow",
    "BookRow",
    "CandidateRow",
    "DifficultyRow",
    "EditRow",
    "EntryRow",
    "FieldDoubtRow",
    "FormerScanRow",
    "JournalRow",
    "LeaseRow",
    "MatchRow",
    "NationalResultRow",
    "PackageRow",
    "PageMarksRow",
    "PageProblemRow",
    "PageRow",
    "QuestionRow",
    "ReceiptRow",
    "SampleCheckRow",
    "SampleRow",
    "SearchKeyRow",
    "SecondReadingRow",
    "SessionRow",
    "SignInRow",
    "SurveyRow",
    "ValueRow",
]
