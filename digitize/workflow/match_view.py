"""What the matching screen shows: whom to look at, the most certain first, and one person with all evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from digitize.access.actor import Actor, Permission
from digitize.books.book import Book
from digitize.books.dates import parse_date
from digitize.books.entry import Entry
from digitize.books.follow_up import Decision, FollowUp, Standing
from digitize.books.persons import DECLARANT, Person, name_column
from digitize.matching.population import ExtractInfo, Population
from digitize.store.unit_of_work import Workspace
from digitize.workflow.evidence import Likeness, likenesses
from digitize.workflow.match import persons_in

STALE = timedelta(days=30)  # ours: people move, marry and are born meanwhile

OUTCOMES = ("several", "discrepant", "not_found", "consistent")  # what waits for an officer first


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person of the list: what counts for her, and her name in the book."""

    standing: Standing
    name: str
    number: str  # of the entry in its book


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person of the book beside the citizens of the extract."""

    entry: Entry
    book: Book
    person: Person
    standing: Standing
    likenesses: tuple[Likeness, ...]  # as the extract says now, best first
    outcome_now: str  # what matching says now; "" without an extract
    inked: frozenset[str]  # columns of which the page's ink can be shown
    follow_ups: tuple[FollowUp, ...]
    decisions: tuple[Decision, ...]  # all that were ever made about her, oldest first
    declarant: str  # name of whoever reported the event, where nobody has looked her up yet

    @property
    def is_outdated(self) -> bool:
        """Whether the extract that is loaded now says something else than the finding that is kept."""
        found = self.standing.found
        return bool(self.outcome_now) and found is not None and self.outcome_now != found.outcome


@dataclass(frozen=True, slots=True)
class Extract:
    """Which extract answers, and since when it lies here."""

    info: ExtractInfo
    is_stale: bool


def waiting_list(workspace: Workspace, actor: Actor, book_id: int) -> Mapping[str, tuple[Waiting, ...]]:
    """The people of a book's matched entries by outcome, the most certain first. Raises NotFound, AccessDenied."""
    actor.demand(Permission.MATCH)
    with workspace.view(actor) as work:
        work.books.get(book_id)
        standings = work.matches.of_book(book_id)
        texts = work.entries.texts_of_book(book_id, {"so", *(name_column(each.role) for each in standings)})
    listed = [
        Waiting(each, texts.get((each.entry_id, name_column(each.role)), ""), texts.get((each.entry_id, "so"), ""))
        for each in sorted(standings, key=lambda each: (-_certainty(each), each.entry_id))
    ]
    return {outcome: tuple(each for each in listed if each.standing.outcome == outcome) for outcome in OUTCOMES}


def person_view(
    workspace: Workspace, actor: Actor, population: Population | None, entry_id: int, role: str
) -> PersonView | None:
    """One person with all evidence; None when she is no longer matched. Raises NotFound, AccessDenied."""
    actor.demand(Permission.MATCH)
    with workspace.view(actor) as work:
        entry = work.entries.get(entry_id)
        standings = {each.role: each for each in work.matches.standings(entry_id)}
        persons = persons_in(entry)
        book = work.books.get(entry.book_id)
        follow_ups = tuple(each for each in work.follow_ups.of_entry(entry_id) if each.role == role)
        inks = work.entries.inks(entry_id)
        decisions = tuple(each for each in work.matches.decisions(entry_id) if each.role == role)
    by_role = {each.role: each for each in persons}
    person, standing = by_role.get(role), standings.get(role)
    if standing is None or person is None:
        return None
    result, likes = likenesses(persons, role, population, inks) if population else (None, ())
    inked = frozenset(column for column, read in entry.candidates.items() if read.box)
    now = result.outcome.value if result else ""
    asked = DECLARANT in standings or DECLARANT not in by_role
    declarant = "" if asked else by_role[DECLARANT].name
    return PersonView(entry, book, person, standing, likes, now, inked, follow_ups, decisions, declarant)


def look_at(workspace: Workspace, actor: Actor, entry_id: int, role: str) -> None:
    """Journals that the officer looks at the citizens near this person. Raises NotFound."""
    with workspace.unit_of_work(actor) as work:
        work.search.look(entry_id, [f"population.{role}"])


def extract_of(population: Population) -> Extract:
    """Old is what holds for a day long ago; where no day is told, what was loaded long ago."""
    info = population.extract()
    day = parse_date(info.as_of)
    held = date(day.year, day.month, day.day) if day and day.year and day.month and day.day else info.loaded_at.date()
    return Extract(info, datetime.now(UTC).date() - held > STALE)


def _certainty(standing: Standing) -> float:
    return standing.margin if standing.outcome == "several" else standing.score
