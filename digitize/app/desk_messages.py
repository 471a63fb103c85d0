"""What the desk and its routes say to each other: JSON in, JSON out, and the words for what colleagues did."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request

from digitize.access.actor import Actor, Role
from digitize.app.telling import ROLES
from digitize.books.teamwork import Collision, Lease, Question, Saved
from digitize.clock import here

LONGEST = 262_144  # bytes; an entry of sixty fields, each a long note, is a tenth of it
NO_STORE = {"cache-control": "no-store"}


async def read_json(request: Request) -> dict[str, Any] | None:
    """None for what is no message of the desk."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            return None
    try:
        told = json.loads(body)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def others_told(saved: Saved) -> list[dict[str, str | None]]:
    """What others wrote since she looked, in her fields and elsewhere; `by` is null for the machine."""
    return [_other(each) for each in (*saved.collisions, *saved.unseen)]


def _other(each: Collision) -> dict[str, str | None]:
    at = f"{here(each.at):%H:%M}" if each.at else ""
    return {"column": each.column, "text": each.theirs, "by": each.by, "name": each.by_name, "at": at}


def hands_told(lease: Lease | None, actor: Actor) -> dict[str, Any] | None:
    """Who else has the entry now, until when, and in how many seconds that is over. None: nobody else."""
    if lease is None or lease.owner == actor.account:
        return None
    seconds = max(0, round((lease.until - datetime.now(UTC)).total_seconds()))
    return {"name": lease.owner_name, "until": f"{here(lease.until):%H:%M}", "seconds": seconds}


def question_told(
    questions: Sequence[Question], actor: Actor, names: Mapping[str, str]
) -> dict[str, str | int | bool | None] | None:
    """The question on its way, if there is one: what it says, and what the actor may do about it."""
    asked = next((each for each in questions if each.settled_at is None), None)
    if asked is None:
        return None
    is_mine = asked.asked_by == actor.account
    is_for_me = not is_mine and (asked.to_account == actor.account or asked.to_role in actor.roles)
    to = ROLES[Role(asked.to_role)] if asked.to_role else _name(asked.to_account, actor, names)
    return {
        "number": asked.question_id,
        "column": asked.column,
        "text": asked.text,
        "by": _name(asked.asked_by, actor, names),
        "to": to,
        "answer": asked.answer,
        "answered_by": _name(asked.answered_by, actor, names),
        "mine": is_mine,
        "for_me": is_for_me and asked.is_open,
    }


def _name(account: str | None, actor: Actor, names: Mapping[str, str]) -> str:
    return "bạn" if account == actor.account else names.get(account or "", account or "")
