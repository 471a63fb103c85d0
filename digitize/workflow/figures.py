"""Figures: how often what was keyed is wrong, one's own first; the unit's for team leads. Nobody is ranked."""

from collections.abc import Iterator
from dataclasses import dataclass

from digitize.access.actor import Actor, Permission
from digitize.books.forms import get_form
from digitize.books.quality import Reading
from digitize.review.figures import Rate, Trial, of_check, of_readings, rates
from digitize.store.unit_of_work import UnitOfWork, Workspace


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one person or of all in scope."""

    by_sample: tuple[Rate, ...]  # drawn at random: stands for all that was keyed
    by_second_reading: tuple[Rate, ...]  # chosen for their risk: higher than the whole


def own_figures(workspace: Workspace, actor: Actor) -> Figures:
    """What was looked at again of what this person keyed."""
    with workspace.view(actor) as work:
        return _figures(work, actor.account)


def unit_figures(workspace: Workspace, actor: Actor) -> Figures:
    """The same of everybody in scope together, for team leads."""
    actor.demand(Permission.DECIDE)
    with workspace.view(actor) as work:
        return _figures(work, None)


def _figures(work: UnitOfWork, by: str | None) -> Figures:
    sampled = (trial for sample in work.samples.all() for check in sample.checks for trial in of_check(check))
    return Figures(rates(_of(by, sampled)), rates(_of(by, _second(work))))


def _of(by: str | None, trials: Iterator[Trial]) -> Iterator[Trial]:
    return (trial for trial in trials if by in (None, trial.by))


def _second(work: UnitOfWork) -> Iterator[Trial]:
    readings: dict[tuple[int, str], list[Reading]] = {}
    for reading in work.readings.all():
        readings.setdefault((reading.entry_id, reading.column), []).append(reading)
    for (entry_id, column), there in readings.items():
        form = get_form(work.entries.get(entry_id).form_id)
        trial = of_readings(form, column, there)
        if trial:
            yield trial
