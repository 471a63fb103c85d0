"""Where the desk saves and confirms: own routes behind the gate, because running the whole screen takes too long.

Both answer JSON. 200: it is in the store. 409: somebody saved in between; the answer holds what stands there now.
422: refused, with the reason in words. The gate answers 401 when the session is over.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from digitize.access.actor import Actor, Permission
from digitize.app.desk_sheet import sheet_of, told_after_save
from digitize.app.telling import OUTCOME_SIGNS, OUTCOMES
from digitize.books.entry import Entry
from digitize.books.persons import ROLE_TITLES
from digitize.books.steps import Step
from digitize.errors import DigitizeError, ExtractError, StaleEntry
from digitize.store.unit_of_work import Workspace
from digitize.workflow import leases, review
from digitize.workflow.match import match, open_population

LONGEST = 262_144  # bytes; an entry of sixty fields, each a long note, is a tenth of it
NO_STORE = {"cache-control": "no-store"}
OPEN = frozenset({Step.READ, Step.IN_REVIEW})


@dataclass(frozen=True, slots=True)
class Sent:
    """What the desk sends: texts by column, of the entry as it was seen in `version`."""

    entry: int
    version: int
    values: Mapping[str, str]
    assisted_by: str | None
    book: int | None


Act = Callable[[Workspace, Actor, Sent], dict[str, Any]]


def desk_routes(workspace: Workspace) -> list[Route]:
    """POST /desk/save and /desk/confirm."""

    def route(path: str, act: Act) -> Route:
        async def answer(request: Request) -> Response:
            sent = await _sent(request)
            if sent is None:
                return JSONResponse({"message": "Yêu cầu không đúng dạng."}, 400, NO_STORE)
            status, told = await run_in_threadpool(_answer, workspace, request.scope["actor"], act, sent)
            return JSONResponse(told, status, NO_STORE)

        return Route(path, answer, methods=["POST"])

    return [route("/desk/save", _save), route("/desk/confirm", _confirm)]


def _answer(workspace: Workspace, actor: Actor, act: Act, sent: Sent) -> tuple[int, dict[str, Any]]:
    try:
        actor.demand(Permission.REVIEW)
        return 200, act(workspace, actor, sent)
    except StaleEntry as error:
        return 409, {"message": str(error), **_now_there(workspace, actor, sent.entry)}
    except DigitizeError as error:
        return 422, {"message": str(error)}


def _save(workspace: Workspace, actor: Actor, sent: Sent) -> dict[str, Any]:
    leases.heartbeat(workspace, actor, sent.entry)
    version, entry = sent.version, None
    for column, text in sent.values.items():
        entry = review.save_value(workspace, actor, sent.entry, column, text, version)
        version = entry.version
    return {"version": version, **(told_after_save(entry) if entry else {})}


def _confirm(workspace: Workspace, actor: Actor, sent: Sent) -> dict[str, Any]:
    """Confirming twice is one confirmation: an answer that got lost is given again."""
    if not _is_confirmed_so(workspace, actor, sent):
        review.confirm(workspace, actor, sent.entry, sent.values, sent.assisted_by, sent.version)
    told = _matched(workspace, actor, sent.entry)
    following = review.next_entry(workspace, actor, sent.book, sent.entry)
    if following is None:
        return {"confirmed": sent.entry, "told": told, "next": None}
    view = review.open_entry(workspace, actor, following.entry_id)
    return {"confirmed": sent.entry, "told": told, "next": asdict(sheet_of(workspace, actor, view, sent.book))}


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


def _now_there(workspace: Workspace, actor: Actor, entry_id: int) -> dict[str, Any]:
    with workspace.view(actor) as work:
        entry = work.entries.get(entry_id)
    by = {column: value.confirmed_by for column, value in entry.values.items()}
    return {"version": entry.version, "values": _texts(entry), "by": by, "open": entry.step in OPEN}


def _texts(entry: Entry) -> dict[str, str]:
    return {column: value.text for column, value in entry.values.items()}


async def _sent(request: Request) -> Sent | None:
    """None for what is no message of the desk."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            return None
    try:
        told = json.loads(body)
        values = {str(column): str(text) for column, text in told["values"].items()}
        book = None if told.get("book") is None else int(told["book"])
        return Sent(int(told["entry"]), int(told["version"]), values, told.get("assisted_by") or None, book)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
