"""Nhập liệu: an entry on the desk. The desk saves, confirms and goes on by itself (digitize.app.desk_routes)."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.desk_queue import KEYS, memory_name, queue_of, queue_told
from digitize.app.desk_sheet import sheet_of
from digitize.books.steps import STEP_TITLES, Step
from digitize.books.teamwork import Queue
from digitize.review.desk import desk
from digitize.store.unit_of_work import Workspace
from digitize.workflow import queues, review

OPEN = (Step.READ, Step.IN_REVIEW)


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not review."""
    actor.demand(Permission.REVIEW)
    queue = _queue(actor)
    entry_id = _entry_in_hand(workspace, actor, queue)
    if entry_id is None:
        _nothing_waits(workspace, actor, queue)
        return
    view = review.open_entry(workspace, actor, entry_id)
    if view.entry.step not in OPEN:
        st.info(f"Trường hợp {entry_id} ở bước «{STEP_TITLES[view.entry.step]}» nên không sửa được ở đây.")
        st.button("Trường hợp chờ nhập tiếp theo", on_click=st.query_params.clear)
        return
    desk(sheet_of(workspace, actor, view, queue))


def _queue(actor: Actor) -> Queue:
    """As the address says; else as the desk remembers it of this officer in this browser."""
    if any(key in st.query_params for key in KEYS):
        return queue_of(st.query_params)
    return queue_of(_remembered(st.context.cookies, actor))


def _remembered(cookies: Mapping[str, str], actor: Actor) -> dict[str, str]:
    return dict(parse_qsl(unquote(cookies.get(memory_name(actor.account), ""))))


def _nothing_waits(workspace: Workspace, actor: Actor, queue: Queue) -> None:
    left = sum(each.total - each.in_other_hands for each in queues.waiting(workspace, actor))
    if queue == queues.ALL or not left:
        st.success("Không còn trường hợp nào chờ bạn nhập.", icon=":material/task_alt:")
        return
    st.success(f"Hàng chờ bạn chọn đã hết. Ngoài hàng chờ ấy còn {left} trường hợp.", icon=":material/task_alt:")
    st.button("Nhập tiếp, không lọc nữa", type="primary", on_click=_take_all)


def _take_all() -> None:
    st.query_params.from_dict(queue_told(queues.ALL))


def _entry_in_hand(workspace: Workspace, actor: Actor, queue: Queue) -> int | None:
    """The entry that the address names; it outlives the server and the browser session."""
    named = st.query_params.get("entry", "")
    if named.isdecimal():
        return int(named)
    entry = queues.next_entry(workspace, actor, queue)
    if entry is not None:
        st.query_params["entry"] = str(entry.entry_id)
    return entry.entry_id if entry else None
