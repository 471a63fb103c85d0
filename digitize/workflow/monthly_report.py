"""The monthly report: how the work stood at the end of a day, added up and written as a paper to sign."""

from datetime import date, datetime, time, timedelta

from digitize.access.actor import Actor, Permission
from digitize.books.report import MonthlyReport, communes_in, last_report, report_before, stands
from digitize.clock import HERE
from digitize.export.papers.paper import Letterhead
from digitize.export.papers.write import write_paper
from digitize.export.report_paper import LETTERHEAD, report_paper
from digitize.store.unit_of_work import Workspace

OPEN_DAYS = 31  # an answered difficulty is told so long after it was raised


def monthly_report(workspace: Workspace, actor: Actor, day: date, before: date | None = None) -> MonthlyReport:
    """What stood at the end of `day` in the actor's scope; `before`: of the report before. Raises AccessDenied."""
    actor.demand(Permission.REPORT)
    with workspace.view(actor) as work:
        campaign = work.plans.current()
        before = before or report_before(day, campaign.report_day)
        end = end_of(day)
        planned = {each.book: each.counts.expected for each in work.tallies.standings()}
        now, earlier = work.reports.stood(day), work.reports.stood(before)
        received = work.reports.received(day)
        raised = work.readiness.difficulties(end)
    told = stands(planned, now.steps, earlier.steps, received, now.unfinished)
    recent = tuple(each for each in raised if each.is_open or end - each.raised_at <= timedelta(days=OPEN_DAYS))
    return MonthlyReport(day, before, told, communes_in(actor.scope), recent, campaign.population_kinds)


def report_days(workspace: Workspace, actor: Actor, today: date) -> tuple[date, date]:
    """The newest report day of the campaign that has come, and the one before."""
    with workspace.view(actor) as work:
        report_day = work.plans.current().report_day
    newest = last_report(today, report_day)
    return newest, report_before(newest, report_day)


def write_report(report: MonthlyReport, form: str, letterhead: Letterhead = LETTERHEAD) -> bytes:
    """As "docx", "pdf" or "xlsx"."""
    return write_paper(report_paper(report, letterhead), form)


def end_of(day: date) -> datetime:
    """The last moment of a day in Vietnam."""
    return datetime.combine(day, time.max, HERE)
