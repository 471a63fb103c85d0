"""Nhập theo cột: one field of many entries of a book, keyed under each other."""

import time
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.telling import title_of
from digitize.books.steps import Step
from digitize.errors import DigitizeError
from digitize.review.columns import Cell
from digitize.review.columns_view import Listing, Strip, cells_sent, columns_view
from digitize.store.unit_of_work import Workspace
from digitize.workflow import columns, progress

WAITING = (Step.READ, Step.IN_REVIEW)


@dataclass(slots=True)
class Sitting:
    """The list that this browser session holds: it stays as it is until the officer asks for another one."""

    of: tuple[int, str, bool]  # book, column, doubtful first
    label: str
    cells: tuple[Cell, ...]
    number: int
    saved: int = 0
    refused: dict[str, str] = field(default_factory=dict)


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not review."""
    actor.demand(Permission.REVIEW)
    st.title("Nhập theo cột")
    books = {
        count.book.book_id: title_of(count.book)
        for count in progress.books(workspace, actor)
        if any(count.entries[step] for step in WAITING)
    }
    if not books:
        st.success("Không còn trường hợp nào chờ nhập trong phạm vi của bạn.", icon=":material/task_alt:")
        return
    choice = st.columns([4, 4, 2, 2], vertical_alignment="bottom")
    book_id = choice[0].selectbox("Sổ", list(books), format_func=books.__getitem__, key="columns_book")
    offered = {column.column: (column, left) for column, left in columns.columns(workspace, actor, book_id)}
    if not offered:
        st.info("Mọi trường hợp chờ nhập của sổ này đang do đồng nghiệp giữ. Hãy chọn sổ khác.")
        return
    names = {key: f"{column.label} (còn {left})" for key, (column, left) in offered.items()}
    column = choice[1].selectbox("Cột", list(names), format_func=names.__getitem__, key=f"columns_of_{book_id}")
    doubtful = choice[2].checkbox("Nghi ngờ trước", key="columns_doubtful")
    again = choice[3].button("Lấy danh sách mới", width="stretch")
    sitting = _sitting(workspace, actor, (book_id, column, doubtful), offered[column][0].label, again)
    if not sitting.cells:
        st.success("Cột này đã nhập xong. Hãy chọn cột khác.", icon=":material/task_alt:")
        return
    columns_view(_listing(sitting), partial(_take, workspace, actor))


def _sitting(workspace: Workspace, actor: Actor, of: tuple[int, str, bool], label: str, again: bool) -> Sitting:
    sitting: Sitting | None = st.session_state.get("columns_sitting")
    if sitting is None or sitting.of != of or again:
        cells = columns.cells(workspace, actor, *of)
        sitting = st.session_state["columns_sitting"] = Sitting(of, label, cells, time.time_ns() // 1000)
    return sitting


def _take(workspace: Workspace, actor: Actor) -> None:
    """What the list sent goes into the store, cell by cell; a refusal is told at its cell."""
    sitting: Sitting | None = st.session_state.get("columns_sitting")
    if sitting is None:
        return
    cells = {cell.entry_id: cell for cell in sitting.cells}
    for edit in cells_sent(sitting.number):
        if edit.number <= sitting.saved or edit.entry not in cells:
            continue
        sitting.refused.pop(str(edit.entry), None)
        try:
            if edit.text is not None:
                columns.save_cell(workspace, actor, cells[edit.entry], edit.text)
            columns.mark(workspace, actor, cells[edit.entry], edit.marked)
        except DigitizeError as error:
            sitting.refused[str(edit.entry)] = str(error)
        sitting.saved = max(sitting.saved, edit.number)


def _listing(sitting: Sitting) -> Listing:
    strips = tuple(_strip(cell) for cell in sitting.cells)
    return Listing(sitting.number, sitting.label, strips, sitting.saved, sitting.refused)


def _strip(cell: Cell) -> Strip:
    view = cell.field
    return Strip(
        entry=cell.entry_id,
        ink=f"/strip/{cell.entry_id}/{view.column}" if cell.box else "",
        page=f"/scan/{cell.page_id}",
        text=view.text,
        confidence=round(cell.confidence, 3) if view.suggestion else None,
        state="doubtful" if view.doubtful else "machine" if view.text else "empty",
        marked=cell.marked,
        options=dict(view.options),
    )
