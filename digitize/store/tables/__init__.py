"""The shelves: SQLModel tables. Rows never leave `store`; repositories hand out values of `books` and `access`."""

from sqlmodel import SQLModel

from digitize.store.tables.access import AccountRow, SessionRow, SignInRow
from digitize.store.tables.book import BookRow, FormerScanRow, PageMarksRow, PageProblemRow, PageRow
from digitize.store.tables.campaign import CampaignRow, StockRow
from digitize.store.tables.completeness import ClosingRow, GapRow, PageEndRow
from digitize.store.tables.custody import HandoverBookRow, HandoverRow
from digitize.store.tables.entry import CandidateRow, EntryRow, MatchRow, ValueRow
from digitize.store.tables.handover import NationalResultRow, PackageRow, ReceiptRow
from digitize.store.tables.journal import JournalRow
from digitize.store.tables.matching import CandidateInkRow, FollowUpRow, MatchDecisionRow, PairDecisionRow
from digitize.store.tables.quality import FieldDoubtRow, SampleCheckRow, SampleRow, SearchKeyRow, SecondReadingRow
from digitize.store.tables.readiness import DifficultyRow, SurveyRow
from digitize.store.tables.tally import DayRow, TallyRow
from digitize.store.tables.teamwork import EditRow, LeaseRow, QuestionRow

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "AccountRow",
    "BookRow",
    "CampaignRow",
    "CandidateInkRow",
    "CandidateRow",
    "ClosingRow",
    "DayRow",
    "DifficultyRow",
    "EditRow",
    "EntryRow",
    "FieldDoubtRow",
    "FollowUpRow",
    "FormerScanRow",
    "GapRow",
    "HandoverBookRow",
    "HandoverRow",
    "JournalRow",
    "LeaseRow",
    "MatchDecisionRow",
    "MatchRow",
    "NationalResultRow",
    "PackageRow",
    "PageEndRow",
    "PageMarksRow",
    "PageProblemRow",
    "PageRow",
    "PairDecisionRow",
    "QuestionRow",
    "ReceiptRow",
    "SampleCheckRow",
    "SampleRow",
    "SearchKeyRow",
    "SecondReadingRow",
    "SessionRow",
    "SignInRow",
    "StockRow",
    "SurveyRow",
    "TallyRow",
    "ValueRow",
]
