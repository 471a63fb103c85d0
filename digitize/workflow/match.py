"""Match: the people of a confirmed entry are looked up in the population extract."""

from pathlib import Path

from digitize.access.actor import Actor, Permission
from digitize.books.entry import PersonMatch
from digitize.books.special import stated
from digitize.books.steps import Act
from digitize.matching.entries import match_entry
from digitize.matching.population import Population
from digitize.matching.population.extract import ExtractPopulation, open_extract
from digitize.matching.population.load import LoadReport, load_extract
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace


def open_population(settings: Settings) -> ExtractPopulation:
    """The extract that was loaded last. Raises ExtractMissing."""
    return open_extract(settings.population)


def load_population(workspace: Workspace, actor: Actor, csv_path: Path) -> LoadReport:
    """Replaces the extract by this CSV file; the old one stays when it cannot be used. Raises ExtractError."""
    actor.demand(Permission.ADMINISTER)
    report = load_extract(csv_path, workspace.settings.population)
    with workspace.unit_of_work(actor) as work:
        work.journal.extract_loaded(report.source, report.rows, len(report.refused))
    return report


def match(workspace: Workspace, actor: Actor, population: Population, entry_id: int) -> tuple[PersonMatch, ...]:
    """Adds what the extract says of each person; nothing found before is overwritten. Raises StepNotLawful."""
    actor.demand(Permission.MATCH)
    with workspace.view(actor) as work:
        entry = work.entries.get(entry_id)
    texts = {column: stated(value.text) for column, value in entry.values.items()}
    told = match_entry(entry_id, entry.form_id, texts, population)
    with workspace.unit_of_work(actor) as work:
        work.entries.advance(entry_id, Act.MATCH, expected_version=entry.version)
        return tuple(
            work.matches.add(entry_id, p["role"], p["outcome"], p["personal_id"], p["score"], p)
            for p in told["persons"]
        )


def matches_of(workspace: Workspace, actor: Actor, entry_id: int) -> tuple[PersonMatch, ...]:
    """The newest match of each person of the entry."""
    with workspace.view(actor) as work:
        return work.matches.latest(entry_id)
