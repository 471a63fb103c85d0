"""Match: the people of a confirmed entry are looked up in the population extract; officers decide what it cannot."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitize.access.actor import Actor, Permission
from digitize.books.dates import parse_date
from digitize.books.entry import Entry, PersonMatch
from digitize.books.follow_up import Choice, Decision, Standing, is_changed, proposed_direction, to_verify
from digitize.books.forms import get_form
from digitize.books.persons import DECLARANT, Person, persons_of
from digitize.books.special import stated
from digitize.books.steps import Act, Step
from digitize.errors import InputError, NotFound, StaleEntry, StepNotLawful
from digitize.matching.entries import match_entry
from digitize.matching.population import Population
from digitize.matching.population.extract import ExtractPopulation, open_extract
from digitize.matching.population.load import LoadReport, load_extract
from digitize.settings import Settings
from digitize.store.unit_of_work import UnitOfWork, Workspace
from digitize.workflow.evidence import citizen_near, differences_to

MATCHED = frozenset({Step.MATCHED, Step.CHECKED})
LOOKED_UP = MATCHED | {Step.CONFIRMED}  # those too who were confirmed while no extract was loaded


@dataclass(frozen=True, slots=True)
class Change:
    """What a newer extract says of one person that the one before did not."""

    before: Standing | None
    after: PersonMatch


def open_population(settings: Settings) -> ExtractPopulation:
    """The extract that was loaded last. Raises ExtractMissing."""
    return open_extract(settings.population)


def load_population(workspace: Workspace, actor: Actor, path: Path, as_of: str = "", scope: str = "") -> LoadReport:
    """Replaces the extract by this file; the old one stays when it cannot be used. Raises ExtractError, InputError.

    `as_of` is the day for which its data hold, `scope` whose people are in it: both are told beside every result.
    """
    actor.demand(Permission.ADMINISTER)
    report = load_extract(path, workspace.settings.population, _day(as_of), scope.strip())
    with workspace.unit_of_work(actor) as work:
        work.journal.extract_loaded(report.source, report.rows, len(report.refused))
    return report


def _day(text: str) -> str:
    date = parse_date(text)
    if text and (date is None or date.precision != "day"):
        raise InputError(f"Ngày của số liệu «{text}» phải có đủ ngày, tháng, năm.")
    return date.dotted if date else ""


def match(workspace: Workspace, actor: Actor, population: Population, entry_id: int) -> tuple[PersonMatch, ...]:
    """Adds what the extract says of each person; nothing found before is overwritten. Raises StepNotLawful."""
    actor.demand(Permission.MATCH)
    with workspace.view(actor) as work:
        entry = work.entries.get(entry_id)
    told = _looked_up(entry, population)
    with workspace.unit_of_work(actor) as work:
        work.entries.advance(entry_id, Act.MATCH, expected_version=entry.version)
        return _laid_down(work, entry, told)


def match_again(workspace: Workspace, actor: Actor, population: Population, book_id: int) -> tuple[Change, ...]:
    """Looks up all confirmed entries of a book, matched before or not; only what changed is added, decisions stay.

    Raises NotFound, StaleEntry when somebody took an entry back meanwhile.
    """
    actor.demand(Permission.MATCH)
    with workspace.view(actor) as work:
        work.books.get(book_id)
        entries = [entry for entry in work.entries.of_book(book_id) if entry.step in LOOKED_UP]
        before = {(each.entry_id, each.role): each for each in work.matches.of_book(book_id)}
    changes = []
    for entry in entries:
        with_declarant = (entry.entry_id, DECLARANT) in before
        told = [each for each in _looked_up(entry, population, with_declarant) if _is_new(before, entry, each)]
        if told or entry.step is Step.CONFIRMED:
            with workspace.unit_of_work(actor) as work:
                if entry.step is Step.CONFIRMED:
                    work.entries.advance(entry.entry_id, Act.MATCH, expected_version=entry.version)
                found = _laid_down(work, entry, told)
            changes += [Change(before.get((entry.entry_id, each.role)), each) for each in found]
    with workspace.unit_of_work(actor) as work:
        work.matches.looked_up_again(book_id, population.extract().source, len(entries), len(changes))
    return tuple(changes)


def match_waiting(workspace: Workspace, actor: Actor, population: Population) -> int:
    """Looks up whoever was confirmed while no extract was loaded; returns how many entries that were."""
    actor.demand(Permission.MATCH)
    with workspace.view(actor) as work:
        books = [count.book.book_id for count in work.books.counts() if count.entries[Step.CONFIRMED]]
        waiting = [e.entry_id for book in books for e in work.entries.of_book(book) if e.step is Step.CONFIRMED]
    matched = 0
    for entry_id in waiting:
        with suppress(StaleEntry, StepNotLawful):  # taken back to the desk meanwhile, or matched by somebody else
            match(workspace, actor, population, entry_id)
            matched += 1
    return matched


def match_declarant(workspace: Workspace, actor: Actor, population: Population, entry_id: int) -> PersonMatch:
    """Looks up whoever reported the event, which is done on request only. Raises NotFound where the book names nobody,
    StepNotLawful before the entry itself is matched."""
    actor.demand(Permission.MATCH)
    with workspace.view(actor) as work:
        entry = work.entries.get(entry_id)
    if entry.step not in MATCHED:
        raise StepNotLawful(f"Trường hợp số {entry_id} chưa đối chiếu nên chưa đối chiếu được người đi khai.")
    told = [each for each in _looked_up(entry, population, with_declarant=True) if each["role"] == DECLARANT]
    if not told:
        raise NotFound(f"Trường hợp số {entry_id} không ghi người đi khai.")
    with workspace.unit_of_work(actor) as work:
        (found,) = _laid_down(work, entry, told)
    return found


def choose(
    workspace: Workspace, actor: Actor, population: Population, entry_id: int, role: str, personal_id: str, why: str
) -> Decision:
    """The officer says that this citizen is the person of the book; what differs goes on the follow-up list.

    Raises NotFound for a citizen who is not near the person, InputError without a reason, StepNotLawful.
    """
    person = person_of(workspace, actor, entry_id, role)
    citizen = citizen_near(person, population, personal_id)
    if citizen is None:
        raise NotFound("Người này không còn trong bản trích, hoặc không gần với người trong sổ.")
    differences = differences_to(person, citizen)
    outcome = "discrepant" if differences else "consistent"
    with workspace.unit_of_work(actor) as work:
        decision = work.matches.decide(
            entry_id, role, Choice.SAME, personal_id, outcome, differences, population.extract().source, why
        )
        follow_up_on(work, entry_id, role)
    return decision


def choose_nobody(workspace: Workspace, actor: Actor, entry_id: int, role: str, source: str, why: str) -> Decision:
    """The officer says that the person of the book is none of the citizens shown. Raises as `choose`."""
    return _without_citizen(workspace, actor, entry_id, role, Choice.NOBODY, source, why)


def withdraw(workspace: Workspace, actor: Actor, entry_id: int, role: str, why: str) -> Decision:
    """The officer's decision no longer counts; it stays in the journal. Raises as `choose`."""
    return _without_citizen(workspace, actor, entry_id, role, Choice.WITHDRAWN, "", why)


def person_of(workspace: Workspace, actor: Actor, entry_id: int, role: str) -> Person:
    """The person of a confirmed entry as the book tells her. Raises NotFound."""
    with workspace.view(actor) as work:
        persons = persons_in(work.entries.get(entry_id))
    found = next((person for person in persons if person.role == role), None)
    if found is None:
        raise NotFound(f"Trường hợp số {entry_id} không có người này.")
    return found


def persons_in(entry: Entry) -> tuple[Person, ...]:
    """The named people of an entry, the declarant too, from what officers keyed."""
    return persons_of(get_form(entry.form_id).kind, _texts(entry), with_declarant=True)


def follow_up_on(work: UnitOfWork, entry_id: int, role: str) -> None:
    """Brings the follow-up list to what counts for this person now."""
    entry = work.entries.get(entry_id)
    direction = proposed_direction(get_form(entry.form_id).kind, _texts(entry).get("ngayDangKy", ""))
    standing = next((each for each in work.matches.standings(entry_id) if each.role == role), None)
    counts = standing is not None and standing.outcome == "discrepant"
    differences, number = (standing.differences, standing.personal_id) if standing and counts else ((), None)
    work.follow_ups.reconcile(entry_id, role, number, to_verify(differences), direction)


def _without_citizen(
    workspace: Workspace, actor: Actor, entry_id: int, role: str, choice: Choice, source: str, why: str
) -> Decision:
    person_of(workspace, actor, entry_id, role)
    outcome = "not_found" if choice is Choice.NOBODY else ""
    with workspace.unit_of_work(actor) as work:
        decision = work.matches.decide(entry_id, role, choice, None, outcome, (), source, why)
        follow_up_on(work, entry_id, role)
    return decision


def _texts(entry: Entry) -> dict[str, str]:
    return {column: stated(value.text) for column, value in entry.values.items()}


def _looked_up(entry: Entry, population: Population, with_declarant: bool = False) -> list[dict[str, Any]]:
    """What the extract says of each person, with which extract it was."""
    extract = population.extract()
    told = match_entry(entry.entry_id, entry.form_id, _texts(entry), population, with_declarant)
    which = {"source": extract.source, "loaded_at": extract.loaded_at.isoformat()}
    return [{**person, "candidates": _in_short(person), "extract": which} for person in told["persons"]]


def _in_short(person: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Candidates without their evidence: what other citizens' data say is looked up when it is looked at, not kept."""
    return [{key: each[key] for key in ("personal_id", "score")} for each in person["candidates"]]


def _laid_down(work: UnitOfWork, entry: Entry, told: Iterable[dict[str, Any]]) -> tuple[PersonMatch, ...]:
    found = tuple(
        work.matches.add(entry.entry_id, p["role"], p["outcome"], p["personal_id"], p["score"], p) for p in told
    )
    for each in found:
        follow_up_on(work, entry.entry_id, each.role)
    return found


def _is_new(before: dict[tuple[int, str], Standing], entry: Entry, told: dict[str, Any]) -> bool:
    there = before.get((entry.entry_id, told["role"]))
    return is_changed(there, told["outcome"], told["personal_id"], told["differences"])
