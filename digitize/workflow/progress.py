"""Progress: kept counts within the actor's scope, what is stuck and why, and when it will all be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from digitize.access.actor import Actor, Permission
from digitize.books.book import BookCounts, UnitProgress
from digitize.books.kinds import BookKind
from digitize.campaign.forecast import Forecast, forecast
from digitize.campaign.inventory import Period, period_of
from digitize.campaign.plan import Campaign
from digitize.campaign.progress import Counts, Standing, Stuck, stuck_books, summed
from digitize.clock import today_here
from digitize.store.unit_of_work import Workspace


@dataclass(frozen=True, slots=True)
class Filter:
    """Which books are looked at; None: all in scope."""

    kinds: frozenset[BookKind] | None = None
    periods: frozenset[Period] | None = None
    unit_code: str | None = None

    def takes(self, standing: Standing) -> bool:
        book = standing.book
        return (
            (self.kinds is None or book.kind in self.kinds)
            and (self.periods is None or period_of(book.year) in self.periods)
            and (self.unit_code is None or book.unit_code == self.unit_code)
        )


@dataclass(frozen=True, slots=True)
class Overview:
    """How far the campaign is on `today`."""

    today: date
    campaign: Campaign
    standings: tuple[Standing, ...]
    total: Counts
    by_day: dict[date, int]  # by how much entries done rose; since the campaign began
    forecast: Forecast


def campaign(workspace: Workspace, actor: Actor) -> Campaign:
    with workspace.view(actor) as work:
        return work.plans.current()


def overview(workspace: Workspace, actor: Actor, wanted: Filter | None = None) -> Overview:
    """Raises AccessDenied."""
    actor.demand(Permission.FOLLOW)
    wanted, today = wanted or Filter(), today_here()
    with workspace.view(actor) as work:
        plan = work.plans.current()
        standings = tuple(each for each in work.tallies.standings() if wanted.takes(each))
        by_day = work.tallies.days(plan.start, today, wanted.unit_code, wanted.kinds, wanted.periods)
    total = summed(each.counts for each in standings)
    ahead = forecast(total.expected, total.done, by_day, today, plan.ends)
    return Overview(today, plan, standings, total, by_day, ahead)


def stuck(workspace: Workspace, actor: Actor, standings: Iterable[Standing]) -> tuple[Stuck, ...]:
    """What is held up among these books, and why. Raises AccessDenied."""
    actor.demand(Permission.FOLLOW)
    with workspace.view(actor) as work:
        places, plan = work.custody.whereabouts(), work.plans.current()
    return stuck_books(standings, places, today_here(), plan)


def books(workspace: Workspace, actor: Actor) -> tuple[BookCounts, ...]:
    """Every book, in the plan's order."""
    with workspace.view(actor) as work:
        return work.books.counts()


def progress(workspace: Workspace, actor: Actor) -> tuple[UnitProgress, ...]:
    """Per unit and kind of book."""
    with workspace.view(actor) as work:
        return work.books.progress()
