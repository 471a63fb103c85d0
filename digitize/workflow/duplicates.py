"""Duplicates: births that may stand in two books, put before an officer; she decides, and nothing is changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from digitize.access.actor import Actor, Permission
from digitize.books.book import Book
from digitize.books.duplicates import NearPair, PairChoice, PairDecision
from digitize.books.kinds import BookKind
from digitize.books.persons import Person, persons_of
from digitize.books.special import stated
from digitize.matching.compare.agreement import Agreement
from digitize.matching.compare.dates import compare_dates
from digitize.matching.compare.names import compare_names
from digitize.matching.duplicates import Finding, in_two_books, suspicion
from digitize.store.unit_of_work import Workspace

AT_MOST = 4000  # pairs with a key in common at one look; those of one book are far fewer
SHOWN = (
    "nksHoTen", "nksNgaySinh", "nksGioiTinh", "nksNoiSinh", "meHoTen", "meNgaySinh", "chaHoTen", "chaNgaySinh",
    "so", "ngayDangKy", "noiDangKy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A suspicious pair and what counts for it now."""

    pair: NearPair
    finding: Finding
    why: str
    names: tuple[str, str]
    decision: PairDecision | None


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The pairs of a list. `is_cut`: there were too many to look at; one book at a time shows all."""

    open: tuple[Duplicate, ...]
    decided: tuple[Duplicate, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One entry of a pair."""

    entry_id: int
    book: Book
    texts: Mapping[str, str]
    inked: frozenset[str]  # columns of which the page's ink can be shown


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both entries beside each other."""

    column: str
    texts: tuple[str, str]
    agreement: Agreement
    sentence: str


def duplicates(workspace: Workspace, actor: Actor, book_id: int | None = None) -> Duplicates:
    """Suspicious pairs with an entry of the book, or of any; the same births first. Raises AccessDenied."""
    actor.demand(Permission.VERIFY)
    with workspace.view(actor) as work:
        near = work.duplicates.near(book_id, AT_MOST)
        told = work.duplicates.texts([each for pair in near for each in (pair.first, pair.second)], SHOWN)
        decided = {each.pair: each for each in work.duplicates.decisions()}
    found = [each for pair in near if (each := _duplicate(pair, told, decided.get(pair)))]
    ranked = sorted(found, key=lambda each: (list(Finding).index(each.finding), each.pair.first, each.pair.second))
    return Duplicates(
        tuple(each for each in ranked if not each.decision), tuple(each for each in ranked if each.decision),
        len(near) >= AT_MOST,
    )  # fmt: skip


def look_at(workspace: Workspace, actor: Actor, pair: NearPair) -> None:
    """Journals that the officer looks at both entries. Raises NotFound."""
    with workspace.unit_of_work(actor) as work:
        for entry_id in (pair.first, pair.second):
            work.search.look(entry_id, SHOWN)


def sides(workspace: Workspace, actor: Actor, pair: NearPair) -> tuple[Side, Side]:
    """Both entries. Raises NotFound, AccessDenied."""
    actor.demand(Permission.VERIFY)
    with workspace.view(actor) as work:
        first, second = work.entries.get(pair.first), work.entries.get(pair.second)
        books = [work.books.get(entry.book_id) for entry in (first, second)]
    one, other = (
        Side(
            entry.entry_id,
            book,
            {column: entry.values[column].text for column in SHOWN if column in entry.values},
            frozenset(column for column, read in entry.candidates.items() if read.box),
        )
        for entry, book in zip((first, second), books, strict=True)
    )
    return one, other


def lines(one: Side, other: Side) -> tuple[Line, ...]:
    """Every field that one of them tells, in the order in which one compares."""
    told = [(column, (one.texts.get(column, ""), other.texts.get(column, ""))) for column in SHOWN]
    return tuple(_line(column, texts) for column, texts in told if any(texts))


def decide(workspace: Workspace, actor: Actor, each: Duplicate, choice: PairChoice, why: str) -> PairDecision:
    """What the officer says of the pair; both entries stay as they are. Raises NotFound, InputError, AccessDenied."""
    with workspace.unit_of_work(actor) as work:
        return work.duplicates.decide(each.pair, each.finding.value, each.why, choice, why)


def _duplicate(
    pair: NearPair, told: Mapping[int, Mapping[str, str]], decision: PairDecision | None
) -> Duplicate | None:
    one, other = (_child(told.get(each, {})) for each in (pair.first, pair.second))
    found = suspicion(one, other) if one and other else None
    if one is None or other is None or found is None:
        return None
    counts = decision and (decision.finding, decision.seen) == (found.finding.value, found.why)
    is_decided = counts and decision and decision.choice is not PairChoice.WITHDRAWN
    return Duplicate(pair, found.finding, found.why, (one.name, other.name), decision if is_decided else None)


def _child(texts: Mapping[str, str]) -> Person | None:
    persons = persons_of(BookKind.BIRTH, {column: stated(text) for column, text in texts.items()})
    return next((each for each in persons if each.role == "child"), None)


def _line(column: str, texts: tuple[str, str]) -> Line:
    if column.endswith("HoTen") or "NgaySinh" in column:
        verdict = (compare_names if column.endswith("HoTen") else compare_dates)(*texts)
        return Line(column, texts, verdict.agreement, in_two_books(verdict.why))
    if not all(texts):
        return Line(column, texts, Agreement.MISSING, "")
    same = texts[0].casefold() == texts[1].casefold()
    return Line(column, texts, Agreement.EQUAL if same else Agreement.DIFFERENT, "")
