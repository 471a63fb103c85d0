"""Where the desk saves and confirms: own routes behind the gate, because running the whole screen takes too long.

Both answer JSON. 200: it is in the store; what others wrote meanwhile comes along. 409: somebody saved in between.
422: refused, with the reason in words; 423 where a colleague has the entry. The gate answers 401 when the session is
over.
"""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from digitize.access.actor import Actor, Permission
from digitize.app.desk_messages import NO_STORE, hands_told, others_told, read_json
from digitize.app.desk_queue import queue_of
from digitize.app.desk_sheet import sheet_of, sheet_since, told_after_save
from digitize.app.telling import OUTCOME_SIGNS, OUTCOMES
from digitize.books.entry import Entry
from digitize.books.persons import ROLE_TITLES
from digitize.books.steps import Step
from digitize.books.teamwork import EditMark, Queue
from digitize.errors import DigitizeError, EntryAsked, EntryHeld, ExtractError, StaleEntry, StepNotLawful
from digitize.store.unit_of_work import Workspace
from digitize.workflow import edits, leases, review
from digitize.workflow.match import match, open_population
from digitize.workflow.review import Following

OPEN = frozenset({Step.READ, Step.IN_REVIEW})


@dataclass(frozen=True, slots=True)
class Sent:
    """What the desk sends: texts by column, of the entry as it was seen in `version`."""

    entry: int
    version: int
    mark: EditMark
    values: Mapping[str, str]
    assisted_by: str | None
    queue: Queue
    ahead: tuple[int, int] | None  # entry and version that the desk has fetched as the next one


Act = Callable[[Workspace, Actor, Sent], dict[str, Any]]


def desk_routes(workspace: Workspace) -> list[Route]:
    """POST /desk/save, /desk/confirm and /desk/match."""

    def route(path: str, act: Act) -> Route:
        async def answer(request: Request) -> Response:
            sent = await _sent(request)
            if sent is None:
                return JSONResponse({"message": "Yêu cầu không đúng dạng."}, 400, NO_STORE)
            status, told = await run_in_threadpool(_answer, workspace, request.scope["actor"], act, sent)
            return JSONResponse(told, status, NO_STORE)

        return Route(path, answer, methods=["POST"])

    return [route(f"/desk/{path}", act) for path, act in {"save": _save, "confirm": _confirm, "match": _match}.items()]


def _answer(workspace: Workspace, actor: Actor, act: Act, sent: Sent) -> tuple[int, dict[str, Any]]:
    try:
        actor.demand(Permission.REVIEW)
        return 200, act(workspace, actor, sent)
    except StaleEntry as error:
        return 409, {"message": str(error)}
    except (EntryHeld, EntryAsked) as error:
        return 423, {"message": str(error), "held": hands_told(leases.of(workspace, actor, sent.entry), actor)}
    except DigitizeError as error:
        return 422, {"message": str(error)}


def _save(workspace: Workspace, actor: Actor, sent: Sent) -> dict[str, Any]:
    saved = edits.save(workspace, actor, sent.entry, sent.values, sent.version, sent.mark)
    return {"version": saved.entry.version, "others": others_told(saved), **told_after_save(saved.entry)}


def _confirm(workspace: Workspace, actor: Actor, sent: Sent) -> dict[str, Any]:
    """Confirming twice is one confirmation: an answer that got lost is given again. The desk asks to match then."""
    try:
        following = review.confirm_and_go_on(
            workspace, actor, sent.entry, sent.values, sent.assisted_by, sent.version, sent.queue
        )
    except (StaleEntry, StepNotLawful):
        if not _is_confirmed_so(workspace, actor, sent):
            raise
        following = review.go_on(workspace, actor, sent.entry, sent.queue)
    return {"confirmed": sent.entry, "next": following and _next_told(workspace, actor, sent, following)}


def _next_told(workspace: Workspace, actor: Actor, sent: Sent, following: Following) -> dict[str, Any]:
    if following.stands_alone and sent.ahead == (following.taken.entry_id, following.seen_version):
        return sheet_since(workspace, actor, following.taken)
    view = review.open_entry(workspace, actor, following.taken.entry_id)
    return asdict(sheet_of(workspace, actor, view, sent.queue))


def _match(workspace: Workspace, actor: Actor, sent: Sent) -> dict[str, Any]:
    """On its own, so that nobody waits for it with the next entry in mind."""
    return {"told": _matched(workspace, actor, sent.entry)}


def _is_confirmed_so(workspace: Workspace, actor: Actor, sent: Sent) -> bool:
    with workspace.view(actor) as work:
        entry = work.entries.get(sent.entry)
    return entry.step not in OPEN and entry.keyed_by == actor.account and sent.values.items() <= _texts(entry).items()


def _matched(workspace: Workspace, actor: Actor, entry_id: int) -> str:
    """The result in words, or why there is none: the entry is confirmed all the same."""
    try:
        with closing(open_population(workspace.settings)) as population:
            persons = match(workspace, actor, population, entry_id)
    except ExtractError as error:
        return f"Chưa đối chiếu: {error}"
    told = [f"{ROLE_TITLES[each.role]}: {OUTCOME_SIGNS[each.outcome]} {OUTCOMES[each.outcome]}" for each in persons]
    return " · ".join(told) or "Loại sổ này không đối chiếu dân cư."


def _texts(entry: Entry) -> dict[str, str]:
    return {column: value.text for column, value in entry.values.items()}


async def _sent(request: Request) -> Sent | None:
    """None for what is no message of the desk."""
    told = await read_json(request) or {}
    try:
        values = {str(column): str(text) for column, text in told["values"].items()}
        mark = EditMark(str(told["sitting"]), int(told["number"]))
        queue, assistant = queue_of(told.get("queue") or {}), told.get("assisted_by") or None
        ahead = (int(seen["entry"]), int(seen["version"])) if (seen := told.get("ahead")) else None
        return Sent(int(told["entry"]), int(told["version"]), mark, values, assistant, queue, ahead)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
