"""Nhập liệu: an entry on the desk. The desk saves, confirms and goes on by itself (digitize.app.desk_routes)."""

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.desk_sheet import sheet_of
from digitize.app.telling import title_of
from digitize.books.steps import STEP_TITLES, Step
from digitize.review.desk import desk
from digitize.store.unit_of_work import Workspace
from digitize.workflow import progress, review

ALL_BOOKS = 0


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not review."""
    actor.demand(Permission.REVIEW)
    book_id = _chosen_book(workspace, actor)
    entry_id = _entry_in_hand(workspace, actor, book_id)
    if entry_id is None:
        st.success("Không còn trường hợp nào chờ nhập trong phạm vi đã chọn.", icon=":material/task_alt:")
        return
    view = review.open_entry(workspace, actor, entry_id)
    if view.entry.step is not Step.IN_REVIEW:
        st.info(f"Trường hợp {entry_id} ở bước «{STEP_TITLES[view.entry.step]}» nên không sửa được ở đây.")
        st.button("Trường hợp chờ nhập tiếp theo", on_click=st.query_params.clear)
        return
    desk(sheet_of(workspace, actor, view, book_id))


def _chosen_book(workspace: Workspace, actor: Actor) -> int | None:
    titles = {ALL_BOOKS: "Mọi sổ, theo thứ tự ưu tiên"}
    titles |= {count.book.book_id: title_of(count.book) for count in progress.books(workspace, actor)}
    chosen = st.sidebar.selectbox(
        "Sổ đang nhập", list(titles), format_func=titles.__getitem__, key="review_book", on_change=st.query_params.clear
    )
    return None if chosen == ALL_BOOKS else chosen


def _entry_in_hand(workspace: Workspace, actor: Actor, book_id: int | None) -> int | None:
    """The entry that the address names; it outlives the server and the browser session."""
    named = st.query_params.get("entry", "")
    if named.isdecimal():
        return int(named)
    entry = review.next_entry(workspace, actor, book_id)
    if entry is not None:
        st.query_params["entry"] = str(entry.entry_id)
    return entry.entry_id if entry else None
