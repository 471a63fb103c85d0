"""Sổ hộ tịch: the books of each commune with how far the work has come."""

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from digitize.access.actor import Actor, Permission
from digitize.app.telling import title_of
from digitize.books.book import BookCounts, UnitProgress
from digitize.books.steps import STEP_TITLES, Step
from digitize.store.unit_of_work import Workspace
from digitize.workflow import progress

DONE = (Step.CONFIRMED, Step.CHECKED, Step.MATCHED, Step.HANDED_OVER)


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not follow the work."""
    actor.demand(Permission.FOLLOW)
    st.title("Sổ hộ tịch")
    units, books = progress.progress(workspace, actor), progress.books(workspace, actor)
    if not books:
        st.info("Chưa có sổ nào trong phạm vi của bạn.")
        return
    st.subheader("Tiến độ theo đơn vị và loại sổ")
    st.dataframe([_unit_row(unit) for unit in units], hide_index=True, width="stretch", column_config=_bars())
    st.subheader("Từng sổ")
    st.dataframe([_book_row(count) for count in books], hide_index=True, width="stretch", column_config=_bars())


def _unit_row(unit: UnitProgress) -> dict[str, object]:
    return {"Đơn vị": unit.unit_name, "Loại sổ": unit.kind.book_title, "Số sổ": unit.books} | _counts(unit)


def _book_row(count: BookCounts) -> dict[str, object]:
    return {"Sổ": title_of(count.book)} | _counts(count)


def _counts(count: BookCounts | UnitProgress) -> dict[str, object]:
    done = sum(count.entries[step] for step in DONE)
    told: dict[str, object] = {
        "Hoàn thành": 100 * done / count.entries_total if count.entries_total else 0.0,
        "Trang": count.pages,
        "Trang lỗi": count.pages_failed,
        "Trường hợp": count.entries_total,
    }
    return told | {STEP_TITLES[step]: count.entries[step] for step in Step if step is not Step.SCANNED}


def _bars() -> dict[str, ColumnConfig]:
    return {"Hoàn thành": st.column_config.ProgressColumn(format="%.0f%%", min_value=0, max_value=100)}
