"""Nothing of another unit can be seen or changed, whichever call is tried."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from digitize.access.actor import Actor, Role
from digitize.books.book import Book, Page
from digitize.books.cost import Rates
from digitize.books.duplicates import NearPair, PairChoice
from digitize.books.entry import Entry, Problem
from digitize.books.follow_up import Choice, FollowState
from digitize.books.follow_up import Direction as Towards
from digitize.books.handover import ReceiptKind, ResultOutcome
from digitize.books.kinds import BookKind
from digitize.books.quality import Verdict
from digitize.books.readiness import DifficultyKind, Line, Survey
from digitize.books.search_keys import asked
from digitize.books.steps import Act
from digitize.books.teamwork import EditMark, Queue
from digitize.campaign.completeness import ClosingNote, PageEnd
from digitize.campaign.custody import Direction
from digitize.campaign.inventory import Stock
from digitize.clock import today_here
from digitize.errors import NotFound
from digitize.store.repositories.accounts import Accounts
from digitize.store.repositories.books import Books
from digitize.store.repositories.completeness import Wholeness
from digitize.store.repositories.costs import Costs
from digitize.store.repositories.custody import Custody
from digitize.store.repositories.duplicates import Duplicates
from digitize.store.repositories.edits import Edits
from digitize.store.repositories.entries import Entries
from digitize.store.repositories.follow_ups import FollowUps
from digitize.store.repositories.imports import Imports
from digitize.store.repositories.inventory import Inventory
from digitize.store.repositories.journal import Journal
from digitize.store.repositories.leases import Leases
from digitize.store.repositories.matches import Matches
from digitize.store.repositories.national import National
from digitize.store.repositories.packages import Packages
from digitize.store.repositories.pages import Pages
from digitize.store.repositories.problems import Problems
from digitize.store.repositories.questions import Questions
from digitize.store.repositories.queues import Queues
from digitize.store.repositories.readiness import Readiness
from digitize.store.repositories.readings import Readings
from digitize.store.repositories.reports import Reports
from digitize.store.repositories.samples import Samples
from digitize.store.repositories.search import Search, Within
from digitize.store.repositories.tallies import Tallies
from digitize.store.tables import (
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
from digitize.store.unit_of_work import UnitOfWork, Workspace
from tests.lending import GIVER, GOOD, PARTIES, lend

DIFFERENCE = {"field": "nksHoTen", "kind": "basic", "book": "SAO", "population": "SAU", "why": "khác tên"}
NOBODY = (Choice.NOBODY, None, "not_found", (), "extract.csv", "đã hỏi")
EARLIER, LATER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
SURVEY = Survey("04468", "xã Mồ Dề", True, 1, 0, 1, Line.GOOD, 1, 1, "", today_here(), "")
MARK = EditMark("sitting", 1)
Call = Callable[[UnitOfWork, Entry], object]

REFUSED: dict[str, Call] = {
    "books.get": lambda work, entry: work.books.get(entry.book_id),
    "books.add": lambda work, entry: work.books.add(BookKind.DEATH, "04468", "xã Mồ Dề", "137", "UBND xã", 2017, "01"),
    "books.put_ahead": lambda work, entry: work.books.put_ahead(entry.book_id, "vì"),
    "custody.give": lambda work, entry: work.custody.give(
        Direction.RETURN, {entry.book_id: (GOOD, "")}, *PARTIES, "", None, ""
    ),
    "custody.receive": lambda work, entry: work.custody.receive(2, {entry.book_id + 2: GOOD}),
    "custody.cancel": lambda work, entry: work.custody.cancel(2, "nhầm"),
    "custody.get": lambda work, entry: work.custody.get(1),
    "custody.of_book": lambda work, entry: work.custody.of_book(entry.book_id),
    "custody.demand_lent": lambda work, entry: work.custody.demand_lent(entry.book_id),
    "wholeness.of_book": lambda work, entry: work.wholeness.of_book(entry.book_id),
    "wholeness.mark": lambda work, entry: work.wholeness.mark(work.pages.get(4).page_id, PageEnd.BLANK),
    "wholeness.explain": lambda work, entry: work.wholeness.explain(entry.book_id, 1, 2, "nhảy số"),
    "wholeness.close": lambda work, entry: work.wholeness.close(entry.book_id, ClosingNote(1, 2)),
    "wholeness.scanned_anew": lambda work, entry: work.wholeness.scanned_anew(entry.page_id),
    "inventory.count": lambda work, entry: work.inventory.count(entry.book_id, Stock(1, 2)),
    "inventory.get": lambda work, entry: work.inventory.get(entry.book_id),
    "books.fetched": lambda work, entry: work.books.fetched(entry.book_id, "KS.2017.01.xlsx"),
    "pages.view": lambda work, entry: work.pages.view(entry.page_id),
    "pages.get": lambda work, entry: work.pages.get(entry.page_id),
    "pages.add": lambda work, entry: work.pages.add(entry.book_id, "b" * 64, "b.jpg", 1, 10, 10),
    "pages.finish": lambda work, entry: work.pages.finish(entry.page_id, "w1", []),
    "pages.fail": lambda work, entry: work.pages.fail(entry.page_id, "w1", "code", "message"),
    "pages.key_by_hand": lambda work, entry: work.pages.key_by_hand(entry.page_id, "KS-2015", 1),
    "pages.retry": lambda work, entry: work.pages.retry(entry.page_id),
    "pages.replace": lambda work, entry: work.pages.replace(entry.page_id, "d" * 64, "d.jpg", 1, 10, 10),
    "problems.keep": lambda work, entry: work.problems.keep(entry.page_id, [Problem("too dark", "Tối.")], "đã xem"),
    "entries.get": lambda work, entry: work.entries.get(entry.entry_id),
    "entries.advance": lambda work, entry: work.entries.advance(entry.entry_id, Act.REVIEW),
    "entries.save_value": lambda work, entry: work.entries.save_value(entry.entry_id, "nksHoTen", "X"),
    "entries.save_values": lambda work, entry: work.entries.save_values(entry.entry_id, {"nksHoTen": "X"}),
    "entries.confirm": lambda work, entry: work.entries.confirm(entry.entry_id, {"nksHoTen": "X"}),
    "entries.set_keyed": lambda work, entry: work.entries.set_keyed(entry.entry_id, "stranger"),
    "entries.decide": lambda work, entry: work.entries.decide(entry.entry_id, "nksHoTen", "X", 0, "why"),
    "entries.keyed_before": lambda work, entry: work.entries.keyed_before(entry.entry_id),
    "entries.is_free": lambda work, entry: work.entries.is_free(entry.entry_id),
    "readings.mark": lambda work, entry: work.readings.mark(entry.entry_id, "nksHoTen", True),
    "readings.add": lambda work, entry: work.readings.add(entry.entry_id, "nksHoTen", ("A", "officer"), "B"),
    "samples.draw": lambda work, entry: work.samples.draw(entry.book_id + 1, "seed", 1, 0, [entry.entry_id]),
    "samples.get": lambda work, entry: work.samples.get(1),
    "samples.check": lambda work, entry: work.samples.check(1, entry.entry_id + 1, {}, {}),
    "samples.close": lambda work, entry: work.samples.close(1, Verdict.ACCEPTED, [], ""),
    "search.look": lambda work, entry: work.search.look(entry.entry_id),
    "edits.save": lambda work, entry: work.edits.save(entry.entry_id, {"nksHoTen": "X"}, 0, MARK),
    "edits.confirm": lambda work, entry: work.edits.confirm(entry.entry_id, {"nksHoTen": "X"}, {}, 0, MARK),
    "edits.take_back": lambda work, entry: work.edits.take_back(entry.entry_id, "nksHoTen", "X", 0, MARK),
    "packages.add": lambda work, entry: work.packages.add(entry.book_id, "KS", [], 0, {}),
    "packages.get": lambda work, entry: work.packages.get(1),
    "packages.release": lambda work, entry: work.packages.release(1),
    "packages.receive": lambda work, entry: work.packages.receive(
        1, ReceiptKind.RECEIVED, "Sở Tư pháp", "", today_here()
    ),
    "packages.recall": lambda work, entry: work.packages.recall(entry.entry_id, "sai số"),
    "national.add": lambda work, entry: work.national.add(entry.entry_id, ResultOutcome.ACCEPTED),
    "imports.lay": lambda work, entry: work.imports.lay(entry.book_id, "9" * 64, "a.pdf", (10, 10), "KS-2015", {}),
    "readiness.survey": lambda work, entry: work.readiness.survey(SURVEY, "137"),
    "readiness.raise_difficulty": lambda work, entry: work.readiness.raise_difficulty(
        "04468", "xã Mồ Dề", "137", DifficultyKind.LINE, "Mạng chậm"
    ),
    "readiness.answer_difficulty": lambda work, entry: work.readiness.answer_difficulty(1, "Đã sửa"),
    "leases.take": lambda work, entry: work.leases.take(entry.entry_id),
    "leases.give_back": lambda work, entry: work.leases.give_back(entry.entry_id),
    "leases.take_over": lambda work, entry: work.leases.take_over(entry.entry_id),
    "questions.ask": lambda work, entry: work.questions.ask(entry.entry_id, "Chữ gì?", Role.TEAM_LEAD),
    "questions.answer": lambda work, entry: work.questions.answer(2, "LÒ"),
    "questions.settle": lambda work, entry: work.questions.settle(3),
    "queues.next after": lambda work, entry: work.queues.next(Queue(), 0.95, entry.entry_id),
    "matches.add": lambda work, entry: work.matches.add(entry.entry_id, "child", "not_found", None, 0.0, {}),
    "matches.decide": lambda work, entry: work.matches.decide(entry.entry_id, "child", *NOBODY),
    "matches.looked_up_again": lambda work, entry: work.matches.looked_up_again(entry.book_id, "extract.csv", 1, 0),
    "follow_ups.reconcile": lambda work, entry: work.follow_ups.reconcile(
        entry.entry_id, "child", None, [DIFFERENCE], Towards.VERIFY
    ),
    "duplicates.decide": lambda work, entry: work.duplicates.decide(
        NearPair(entry.entry_id, entry.entry_id + 4), "same_birth", "cùng tên", PairChoice.SAME, "đã xem"
    ),
    "follow_ups.get": lambda work, entry: work.follow_ups.get(1),
    "follow_ups.change": lambda work, entry: work.follow_ups.change(1, FollowState.VERIFYING, Towards.BOOK, None, ""),
    "journal.of decision": lambda work, entry: work.journal.of("decision", 1),
    "journal.of follow_up": lambda work, entry: work.journal.of("follow_up", 1),
    "journal.of entry": lambda work, entry: work.journal.of("entry", entry.entry_id),
    "journal.of page": lambda work, entry: work.journal.of("page", entry.page_id),
    "journal.of book": lambda work, entry: work.journal.of("book", entry.book_id),
    "journal.of match": lambda work, entry: work.journal.of("match", 1),
    "journal.of question": lambda work, entry: work.journal.of("question", 1),
    "accounts.colleagues": lambda work, entry: work.accounts.colleagues(entry.book_id),
    "accounts.assistants": lambda work, entry: work.accounts.assistants(entry.book_id),
}

EMPTY: dict[str, Call] = {
    "books.all": lambda work, entry: work.books.all(),
    "books.counts": lambda work, entry: work.books.counts(),
    "books.progress": lambda work, entry: work.books.progress(),
    "custody.all": lambda work, entry: work.custody.all(),
    "custody.open": lambda work, entry: work.custody.open(),
    "custody.whereabouts": lambda work, entry: work.custody.whereabouts(),
    "wholeness.marked": lambda work, entry: work.wholeness.marked(entry.book_id),
    "inventory.units": lambda work, entry: work.inventory.units(),
    "tallies.standings": lambda work, entry: work.tallies.standings(),
    "tallies.days": lambda work, entry: work.tallies.days(date(2020, 1, 1), date(2100, 1, 1)),
    "tallies.as_of": lambda work, entry: work.tallies.as_of(date(2100, 1, 1)),
    "inventory.all": lambda work, entry: work.inventory.all(),
    "inventory.of_unit": lambda work, entry: work.inventory.of_unit("04468"),
    "inventory.sums": lambda work, entry: work.inventory.sums(),
    "books.find": lambda work, entry: work.books.find(BookKind.BIRTH, "04468", 2017, "01"),
    "pages.of_book": lambda work, entry: work.pages.of_book(entry.book_id),
    "pages.former_scans": lambda work, entry: work.pages.former_scans(entry.book_id),
    "problems.of_book": lambda work, entry: work.problems.of_book(entry.book_id),
    "problems.of_page": lambda work, entry: work.problems.of_page(entry.page_id),
    "problems.marks_of": lambda work, entry: work.problems.marks_of(entry.book_id),
    "entries.of_book": lambda work, entry: work.entries.of_book(entry.book_id),
    "entries.of_page": lambda work, entry: work.entries.of_page(entry.page_id),
    "entries.free_of_book": lambda work, entry: work.entries.free_of_book(entry.book_id),
    "packages.of_book": lambda work, entry: work.packages.of_book(entry.book_id),
    "packages.newest": lambda work, entry: work.packages.newest(),
    "packages.receipts": lambda work, entry: work.packages.receipts(2),
    "packages.received_on": lambda work, entry: work.packages.received_on(),
    "packages.open_pages": lambda work, entry: work.packages.open_pages(entry.book_id),
    "packages.completed": lambda work, entry: work.packages.completed(),
    "packages.completed_at": lambda work, entry: work.packages.completed_at(2),
    "national.of_book": lambda work, entry: work.national.of_book(2),
    "national.counts": lambda work, entry: work.national.counts(),
    "reports.stood": lambda work, entry: work.reports.stood(LATER.date()).steps,
    "reports.stood before": lambda work, entry: work.reports.stood(LATER.date()).unfinished,
    "reports.received": lambda work, entry: work.reports.received(today_here()),
    "costs.work_done": lambda work, entry: work.costs.work_done(EARLIER, LATER, Rates()),
    "readiness.surveys": lambda work, entry: work.readiness.surveys(),
    "readiness.difficulties": lambda work, entry: work.readiness.difficulties(),
    "readings.marked": lambda work, entry: work.readings.marked(entry.book_id),
    "readings.all": lambda work, entry: work.readings.all(),
    "samples.of_book": lambda work, entry: work.samples.of_book(entry.book_id),
    "samples.all": lambda work, entry: work.samples.all(),
    "search.find": lambda work, entry: work.search.find(asked("lo thi sao"), Within(), 10),
    "leases.of": lambda work, entry: work.leases.of(entry.entry_id),
    "leases.running": lambda work, entry: work.leases.running(),
    "questions.for_actor": lambda work, entry: work.questions.for_actor(),
    "questions.of_entry": lambda work, entry: work.questions.of_entry(entry.entry_id),
    "queues.next": lambda work, entry: work.queues.next(Queue(), 0.95),
    "queues.next book": lambda work, entry: work.queues.next(Queue(entry.book_id), 0.95),
    "queues.list": lambda work, entry: work.queues.list(Queue(), 0.95),
    "queues.counts": lambda work, entry: work.queues.counts(0.95),
    "entries.texts_of_book": lambda work, entry: work.entries.texts_of_book(entry.book_id, {"nksHoTen"}),
    "entries.inks": lambda work, entry: work.entries.inks(entry.entry_id + 4),
    "matches.standings": lambda work, entry: work.matches.standings(entry.entry_id),
    "matches.of_book": lambda work, entry: work.matches.of_book(entry.book_id),
    "matches.decisions": lambda work, entry: work.matches.decisions(entry.entry_id + 4),
    "duplicates.near": lambda work, entry: work.duplicates.near(None, 9),
    "duplicates.near book": lambda work, entry: work.duplicates.near(entry.book_id, 9),
    "duplicates.texts": lambda work, entry: work.duplicates.texts([entry.entry_id], {"nksHoTen"}),
    "duplicates.decisions": lambda work, entry: work.duplicates.decisions(),
    "follow_ups.list": lambda work, entry: work.follow_ups.list(),
    "follow_ups.of_entry": lambda work, entry: work.follow_ups.of_entry(entry.entry_id),
    "matches.latest": lambda work, entry: work.matches.latest(entry.entry_id),
    "pages.lease": lambda work, entry: work.pages.lease("w2", 60),
}

NOT_OF_A_BOOK = {
    *(f"accounts.{name}" for name in ("add", "get", "all", "set_password", "deactivate")),
    "search.note",
    "follow_ups.exported",
    *(f"journal.{name}" for name in ("head", "first_broken", "extract_loaded")),
}


@pytest.fixture
def hand_over_another_book(
    workspace: Workspace, officer: Actor, make_book: Callable[..., Book], queue: Callable[..., Page],
    read: Callable[..., tuple[Entry, ...]],
) -> Callable[[], None]:  # fmt: skip
    """A marriage book of one entry, whose package was released and received, with an answer for the entry."""

    def hand_over() -> None:
        book = make_book(BookKind.MARRIAGE)
        queue(book, "m")
        (married,) = read()
        colleague = Actor("colleague", officer.agency, "04468", officer.roles, officer.scope)
        with workspace.unit_of_work(colleague) as work:
            work.entries.advance(married.entry_id, Act.REVIEW)
            done = work.entries.confirm(married.entry_id, {"so": "01"})
            package = work.packages.add(book.book_id, "KH", [done], 0, {})
        with workspace.unit_of_work(officer) as work:
            work.packages.release(package.package_id)
            work.packages.receive(package.package_id, ReceiptKind.RECEIVED, "Sở Tư pháp", "", today_here())
            work.national.add(married.entry_id, ResultOutcome.ACCEPTED)

    return hand_over


@pytest.fixture
def known(
    workspace: Workspace, officer: Actor, entry: Entry, queue: Callable[..., Page], add_account: Callable[..., Actor],
    read: Callable[..., tuple[Entry, ...]], hand_over_another_book: Callable[[], None],
) -> Entry:  # fmt: skip
    """An entry in hand with a value, a match and a settled question, in a book with one more page waiting.

    On another page stands an entry with a question to the officer, one with a question of hers, one decided about, and
    its double.
    """
    for name in ("officer", "colleague"):
        add_account(name)
    hand_over_another_book()
    with workspace.view(officer) as work:
        queue(work.books.get(entry.book_id), "f")
    asked, asking, decided, double = read("MỘT", "HAI", "BA", "BA")
    with workspace.view(officer) as work:
        cover = queue(work.books.get(entry.book_id), "g")
    read("BÌA")
    lend(workspace, entry.book_id)
    with workspace.unit_of_work(GIVER) as work:
        other = work.books.add(BookKind.DEATH, "04468", "xã Mồ Dề", "137", "UBND xã Mồ Dề", 2016, "01").book_id
        assert other == entry.book_id + 2
        work.custody.give(Direction.LEND, {other: (GOOD, "")}, *PARTIES, "", None, "")
    with workspace.unit_of_work(officer) as work:
        work.questions.settle(work.questions.ask(entry.entry_id, "Chữ gì?", "colleague").question_id)
    with workspace.unit_of_work(Actor("colleague", officer.agency, "04468", officer.roles, officer.scope)) as work:
        work.questions.ask(asked.entry_id, "Chữ gì?", Role.OFFICER)
    with workspace.unit_of_work(officer) as work:
        work.questions.ask(asking.entry_id, "Chữ gì?", "colleague")
        work.edits.save(entry.entry_id, {"so": "01"}, entry.version, EditMark("tab", 0))
        work.entries.save_value(entry.entry_id, "nksHoTen", "LÒ THỊ SAO")
        work.matches.add(entry.entry_id, "child", "not_found", None, 0.0, {})
        work.follow_ups.reconcile(entry.entry_id, "child", None, [DIFFERENCE], Towards.VERIFY)
        for each in (decided, double):
            work.entries.advance(each.entry_id, Act.REVIEW)
            work.entries.confirm(each.entry_id, {"nksHoTen": "BA", "nksNgaySinh": "2017"})
        pair = NearPair(decided.entry_id, double.entry_id)
        work.duplicates.decide(pair, "same_birth", "cùng tên", PairChoice.DIFFERENT, "đã xem")
        work.matches.decide(decided.entry_id, "child", *NOBODY)
        book = work.books.get(entry.book_id)
        work.inventory.count(entry.book_id, Stock(1, 2))
        work.wholeness.mark(cover.page_id, PageEnd.COVER)
        work.wholeness.explain(entry.book_id, 3, 4, "nhảy số")
        work.wholeness.close(entry.book_id, ClosingNote(5, 6))
        work.readings.mark(entry.entry_id, "meHoTen", True)
        work.readings.add(entry.entry_id, "nksHoTen", ("LÒ THỊ SAO", "officer"), "LÒ THỊ SAU")
        work.packages.add(entry.book_id, "KS_new70", [], 1, {})
        work.readiness.survey(SURVEY, "137")
        work.readiness.raise_difficulty("04468", "xã Mồ Dề", "137", DifficultyKind.LINE, "Mạng chậm")
        work.samples.draw(entry.book_id, "seed", 1, 0, [entry.entry_id])
        work.samples.check(1, entry.entry_id, {"name": 1}, {})
        dark = [Problem("too dark", "Tối.")]
        work.pages.replace(entry.page_id, "e" * 64, "e.jpg", 1, 10, 10, dark, b"marks")
    queue(book, "c")
    return entry


@pytest.mark.parametrize("call", REFUSED)
def test_what_is_out_of_scope_looks_as_if_it_did_not_exist(
    workspace: Workspace, stranger: Actor, known: Entry, call: str
) -> None:
    with pytest.raises(NotFound), workspace.unit_of_work(stranger) as work:
        REFUSED[call](work, known)


@pytest.mark.parametrize("call", EMPTY)
def test_lists_hold_nothing_out_of_scope(workspace: Workspace, stranger: Actor, known: Entry, call: str) -> None:
    with workspace.unit_of_work(stranger) as work:
        assert not EMPTY[call](work, known)


NEED_MORE = {
    *("pages.finish", "pages.fail", "pages.key_by_hand"),  # a lease, a page that has failed
    "custody.cancel",  # the other agency
    *("packages.release", "packages.receive", "packages.recall", "national.add"),  # another step of package or entry
    *("entries.decide", "matches.decide", "samples.draw", "samples.check"),  # a confirmed entry, another book or entry
}


@pytest.mark.parametrize("call", sorted(REFUSED.keys() - NEED_MORE))
def test_the_same_calls_pass_in_scope(workspace: Workspace, officer: Actor, known: Entry, call: str) -> None:
    with workspace.unit_of_work(officer) as work:
        REFUSED[call](work, known)


@pytest.mark.parametrize("call", EMPTY)
def test_the_same_lists_are_full_in_scope(workspace: Workspace, officer: Actor, known: Entry, call: str) -> None:
    with workspace.unit_of_work(officer) as work:
        assert EMPTY[call](work, known)


def test_every_call_of_every_repository_is_tried() -> None:
    repositories = {"books": Books, "pages": Pages, "entries": Entries, "matches": Matches, "accounts": Accounts}
    repositories |= {"problems": Problems, "edits": Edits, "leases": Leases, "questions": Questions, "queues": Queues}
    repositories |= {"inventory": Inventory, "custody": Custody, "wholeness": Wholeness, "tallies": Tallies}
    repositories |= {"follow_ups": FollowUps, "duplicates": Duplicates}
    repositories |= {"packages": Packages, "national": National, "imports": Imports, "costs": Costs}
    repositories |= {"readiness": Readiness, "reports": Reports}
    repositories |= {"readings": Readings, "samples": Samples, "search": Search}
    calls = {
        f"{name}.{call}"
        for name, repository in (repositories | {"journal": Journal}).items()
        for call in vars(repository)
        if not call.startswith("_")
    }
    assert calls - NOT_OF_A_BOOK == {call.split(" ")[0] for call in [*REFUSED, *EMPTY]}


@pytest.mark.parametrize(
    "row",
    [
        *(BookRow, PageRow, PageProblemRow, PageMarksRow, FormerScanRow, EntryRow, CandidateRow, ValueRow, MatchRow),
        *(PageEndRow, GapRow, ClosingRow, TallyRow, DayRow),
        *(StockRow, HandoverRow, HandoverBookRow),
        *(MatchDecisionRow, PairDecisionRow, FollowUpRow, CandidateInkRow),
        *(FieldDoubtRow, SecondReadingRow, SampleRow, SampleCheckRow, SearchKeyRow),
        *(LeaseRow, EditRow, QuestionRow),
        *(PackageRow, ReceiptRow, NationalResultRow, SurveyRow, DifficultyRow),
    ],
)
def test_a_query_nobody_thought_of_is_scoped_too(
    workspace: Workspace, officer: Actor, stranger: Actor, known: Entry, row: type[BookRow]
) -> None:
    with workspace.view(officer) as work:
        assert work.transaction.session.exec(select(row)).first()
    with workspace.view(stranger) as work:
        assert not work.transaction.session.exec(select(row)).first()


@pytest.mark.parametrize("code", ["04468", "137", "15"])
def test_commune_district_and_province_cover_the_book(
    workspace: Workspace, make_actor: Callable[..., Actor], make_book: Callable[..., Book], code: str
) -> None:
    book = make_book()
    with workspace.view(make_actor("lead", code)) as work:
        assert work.books.all() == (book,)


@pytest.mark.parametrize("code", ["04471", "132", "1", ""])
def test_other_units_do_not(
    workspace: Workspace, make_actor: Callable[..., Actor], make_book: Callable[..., Book], code: str
) -> None:
    make_book()
    with workspace.view(make_actor("lead", code)) as work:
        assert work.books.all() == ()
