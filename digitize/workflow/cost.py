"""The cost sheet: what was keyed in a period, by length of field, at the rates of the installation."""

from collections.abc import Sequence
from datetime import date, timedelta

from digitize.access.actor import Actor, Permission
from digitize.books.cost import Rates, Work
from digitize.export.cost_paper import cost_paper
from digitize.export.papers.paper import Letterhead
from digitize.export.papers.write import write_paper
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace
from digitize.workflow.monthly_report import end_of


def rates_of(settings: Settings) -> Rates:
    """What the installation set."""
    fields = (settings.rate_short, settings.rate_medium, settings.rate_long)
    return Rates(settings.rate_entry, fields, settings.short_field, settings.medium_field)


def work_done(workspace: Workspace, actor: Actor, since: date, until: date, rates: Rates) -> tuple[Work, ...]:
    """Of both days and those between. Raises AccessDenied."""
    actor.demand(Permission.REPORT)
    with workspace.view(actor) as work:
        return work.costs.work_done(end_of(since - timedelta(days=1)), end_of(until), rates)


def write_cost(
    works: Sequence[Work], rates: Rates, since: date, until: date, form: str, letterhead: Letterhead
) -> bytes:
    """As "docx", "pdf" or "xlsx"."""
    return write_paper(cost_paper(works, rates, since, until, letterhead), form)
