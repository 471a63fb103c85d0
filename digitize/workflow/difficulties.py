"""Readiness and difficulties of units: surveyed, raised, answered; the monthly report sums them up."""

from dataclasses import dataclass

from digitize.access.actor import Actor, Permission
from digitize.books.places import PLAN_DAY, PROVINCE, PROVINCE_CODE, covers, units_valid_on
from digitize.books.readiness import Difficulty, DifficultyKind, Survey
from digitize.store.unit_of_work import Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that can be surveyed or raise a difficulty."""

    code: str
    name: str
    district_code: str


def places_of(workspace: Workspace, actor: Actor) -> tuple[Place, ...]:
    """Province, districts and communes in the actor's scope, and units that only books know."""
    units = units_valid_on(PLAN_DAY)
    districts = {unit.district_code: unit.district for unit in units}
    told = [Place(PROVINCE_CODE, f"tỉnh {PROVINCE}", "")] if PROVINCE_CODE in actor.scope else []
    told += [Place(code, name, code) for code, name in districts.items() if covers(actor.scope, code)]
    told += [Place(u.code, f"{u.kind} {u.name}", u.district_code) for u in units if covers(actor.scope, u.code)]
    with workspace.view(actor) as work:
        books = work.books.all()
    known = {place.code for place in told}
    others = {b.unit_code: Place(b.unit_code, b.unit_name, b.district_code) for b in books if b.unit_code not in known}
    return (*told, *others.values())


def add_survey(workspace: Workspace, actor: Actor, survey: Survey, place: Place) -> None:
    """Raises AccessDenied, NotFound, InputError."""
    with workspace.unit_of_work(actor) as work:
        work.readiness.survey(survey, place.district_code)


def surveys(workspace: Workspace, actor: Actor) -> tuple[Survey, ...]:
    """The newest of every unit in scope."""
    actor.demand(Permission.FOLLOW)
    with workspace.view(actor) as work:
        return work.readiness.surveys()


def raise_difficulty(workspace: Workspace, actor: Actor, place: Place, kind: DifficultyKind, text: str) -> Difficulty:
    """Raises AccessDenied, NotFound, InputError."""
    with workspace.unit_of_work(actor) as work:
        return work.readiness.raise_difficulty(place.code, place.name, place.district_code, kind, text)


def answer_difficulty(workspace: Workspace, actor: Actor, difficulty_id: int, text: str) -> Difficulty:
    """Raises AccessDenied, NotFound, InputError, StepNotLawful."""
    with workspace.unit_of_work(actor) as work:
        return work.readiness.answer_difficulty(difficulty_id, text)


def difficulties(workspace: Workspace, actor: Actor) -> tuple[Difficulty, ...]:
    """Open ones first."""
    actor.demand(Permission.FOLLOW)
    with workspace.view(actor) as work:
        return work.readiness.difficulties()
