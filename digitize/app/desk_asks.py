"""What else the desk asks the server: another entry, what waits, colleagues and questions, the history of a field.

All answer JSON to POST. 200: done. 400: no message of the desk. 422: refused, with the reason in words; 423 where a
colleague has the entry. The gate answers 401 when the session is over.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from digitize.access.actor import Actor, Permission, Role
from digitize.app.desk_messages import NO_STORE, hands_told, others_told, read_json
from digitize.app.desk_queue import queue_of
from digitize.app.desk_sheet import sheet_of, state_of_column, told_after_save
from digitize.app.telling import ROLES, title_of
from digitize.books.teamwork import Doubt, EditMark, FieldChange, Waiting
from digitize.clock import here
from digitize.errors import DigitizeError, EntryAsked, EntryHeld
from digitize.store.unit_of_work import Workspace
from digitize.workflow import history, leases, questions, queues, review

Told = dict[str, Any]
Act = Callable[[Workspace, Actor, Told], Told]
ACTS = {
    "entry.save": "gõ",
    "entry.confirm": "xác nhận",
    "entry.take_back": "lấy lại bản cũ",
    "entry.decide": "phân xử",
}


def desk_ask_routes(workspace: Workspace) -> list[Route]:
    """POST /desk/next, /desk/ahead, /desk/piles, /desk/colleagues, /desk/ask, /desk/answer, /desk/settle,
    /desk/history and /desk/take-back."""

    def route(path: str, act: Act) -> Route:
        async def answer(request: Request) -> Response:
            told = await read_json(request)
            status, said = await run_in_threadpool(_answer, workspace, request.scope["actor"], act, told)
            return JSONResponse(said, status, NO_STORE)

        return Route(path, answer, methods=["POST"])

    acts = {
        "next": _next, "ahead": _ahead, "piles": _piles, "colleagues": _colleagues, "ask": _ask,
        "answer": _answer_question, "settle": _settle, "history": _history, "take-back": _take_back,
    }  # fmt: skip
    return [route(f"/desk/{path}", act) for path, act in acts.items()]


def _answer(workspace: Workspace, actor: Actor, act: Act, told: Told | None) -> tuple[int, Told]:
    try:
        actor.demand(Permission.REVIEW)
        return 200, act(workspace, actor, told or {})
    except (KeyError, ValueError, TypeError):
        return 400, {"message": "Yêu cầu không đúng dạng."}
    except (EntryHeld, EntryAsked) as error:
        held = leases.of(workspace, actor, int((told or {}).get("entry", 0)))
        return 423, {"message": str(error), "held": hands_told(held, actor)}
    except DigitizeError as error:
        return 422, {"message": str(error)}


def _next(workspace: Workspace, actor: Actor, told: Told) -> Told:
    """The next free entry of the pile laid out, and the one in hand given back; null where no other waits."""
    queue, after, leaving = queue_of(told["queue"]), int(told["after"]), int(told["leaving"])
    following = queues.next_entry(workspace, actor, queue, after or None)
    if following is None:
        return {"next": None}
    if following.entry_id != leaving:
        leases.give_back(workspace, actor, leaving)
    view = review.open_entry(workspace, actor, following.entry_id)
    return {"next": asdict(sheet_of(workspace, actor, view, queue))}


def _ahead(workspace: Workspace, actor: Actor, told: Told) -> Told:
    """The same, only looked at: it stays in nobody's hands."""
    queue = queue_of(told["queue"])
    following = queues.next_entry(workspace, actor, queue, int(told["after"]))
    if following is None:
        return {"next": None}
    view = review.look_at(workspace, actor, following.entry_id)
    return {"next": asdict(sheet_of(workspace, actor, view, queue))}


def _piles(workspace: Workspace, actor: Actor, _: Told) -> Told:
    """What waits in every book, and how many questions and answers came for the officer."""
    asked = questions.for_me(workspace, actor)
    return {
        "piles": [_pile(each) for each in queues.waiting(workspace, actor)],
        "questions": sum(each.question.is_open and each.question.asked_by != actor.account for each in asked),
        "answers": sum(each.question.answer is not None for each in asked),
    }


def _pile(waiting: Waiting) -> Told:
    book = waiting.book
    return {
        "book": str(book.book_id),
        "title": title_of(book),
        "unit": book.unit_code,
        "unit_name": book.unit_name,
        "kind": book.kind.value,
        "kind_title": book.kind.book_title,
        "count": {"": waiting.total, **{doubt.value: waiting.doubt.get(doubt, 0) for doubt in Doubt}},
        "others": waiting.in_other_hands,
    }


def _colleagues(workspace: Workspace, actor: Actor, told: Told) -> Told:
    """Whom one can ask about the entry: first by role, then by name."""
    with workspace.view(actor) as work:
        book_id = work.entries.get(int(told["entry"])).book_id
    found = questions.colleagues(workspace, actor, book_id)
    roles = [role for role in (Role.TEAM_LEAD, Role.CHECKER, Role.OFFICER) if any(role in each.roles for each in found)]
    by_role = [{"to": f"role:{role}", "name": f"{ROLES[role]} (ai rảnh thì trả lời)"} for role in roles]
    return {"colleagues": [*by_role, *({"to": each.name, "name": each.full_name} for each in found)]}


def _ask(workspace: Workspace, actor: Actor, told: Told) -> Told:
    to = str(told["to"])
    of_role = Role(to.removeprefix("role:")) if to.startswith("role:") else None
    asked = questions.ask(
        workspace, actor, int(told["entry"]), str(told["text"]), of_role or to, told["column"] or None
    )
    return {"question": asked.question_id}


def _answer_question(workspace: Workspace, actor: Actor, told: Told) -> Told:
    return {"question": questions.answer(workspace, actor, int(told["question"]), str(told["text"])).question_id}


def _settle(workspace: Workspace, actor: Actor, told: Told) -> Told:
    return {"question": questions.settle(workspace, actor, int(told["question"])).question_id}


def _history(workspace: Workspace, actor: Actor, told: Told) -> Told:
    """Every change of a field by a person, oldest first."""
    entry_id = int(told["entry"])
    with workspace.view(actor) as work:
        colleagues = work.accounts.colleagues(work.entries.get(entry_id).book_id)
    names = {each.name: each.full_name for each in colleagues} | {actor.account: "bạn"}
    changes = history.history(workspace, actor, entry_id, str(told["column"]))
    return {"changes": [_change(each, names) for each in changes]}


def _change(change: FieldChange, names: dict[str, str]) -> Told:
    return {
        "line": change.line_id,
        "at": f"{here(change.at):%H:%M %d/%m/%Y}",
        "by": names.get(change.by, change.by),
        "act": ACTS.get(change.act, ""),
        "after": change.after,
        "why": change.why,
    }


def _take_back(workspace: Workspace, actor: Actor, told: Told) -> Told:
    entry_id, column = int(told["entry"]), str(told["column"])
    mark = EditMark(str(told["sitting"]), int(told["number"]))
    saved = history.take_back(workspace, actor, entry_id, column, int(told["line"]), int(told["version"]), mark)
    there = saved.entry.values.get(column)
    told_now = {"version": saved.entry.version, "others": others_told(saved), **told_after_save(saved.entry)}
    return {**told_now, "text": there.text if there else None, "state": state_of_column(saved.entry, column)}
