"""Đọc lần hai: a field of a confirmed entry, read again by another officer who sees the ink and nothing else."""

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.focus import focus_on
from digitize.app.telling import tell_done, title_of
from digitize.store.unit_of_work import Workspace
from digitize.workflow import second
from digitize.workflow.second import Blind

INK = '<img src="/strip/{0}/{1}" alt="Nét chữ cần đọc" style="max-width: 100%; min-height: 72px; max-height: 220px">'
LATER = "second_later"


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not read again."""
    actor.demand(Permission.READ_AGAIN)
    st.title("Đọc lần hai")
    tell_done("second_told")
    field = second.next_blind(workspace, actor, later=st.session_state.get(LATER, frozenset()))
    if field is None:
        st.success("Không còn ô nào chờ bạn đọc lần hai.", icon=":material/task_alt:")
        return
    left = second.waiting(workspace, actor, field.book.book_id)
    st.caption(
        f"Sổ này còn {left} ô. Bạn không thấy người trước đã ghi gì: hãy chép đúng như nét chữ. "
        "Hai lần đọc khác nhau thì tổ trưởng phân xử. Enter: ghi và sang ô sau."
    )
    st.markdown(f"**{field.label}** · {title_of(field.book)}")
    _ink(field)
    _ask(workspace, actor, field)


def _ink(field: Blind) -> None:
    if field.has_ink:
        st.html(INK.format(field.entry_id, field.column))
    else:
        st.info(f"Máy không biết ô này nằm đâu. Hãy mở trang và tìm mục «{field.label}».")
    st.link_button("Xem cả trang", f"/scan/{field.page_id}", icon=":material/image:")


def _ask(workspace: Workspace, actor: Actor, field: Blind) -> None:
    key = f"{field.entry_id}-{field.column}"
    with st.form(f"second-{key}", border=False):
        text = st.text_input("Bạn đọc thấy gì? (để trống nếu trong sổ trống)", key=f"second_text-{key}")
        read, later = st.columns(2)
        is_read = read.form_submit_button("Ghi và sang ô sau", type="primary", width="stretch")
        is_later = later.form_submit_button("Để sau", width="stretch")
    focus_on(f"second_text-{key}")
    if is_read:
        second.read_again(workspace, actor, field.entry_id, field.column, text)
        _go_on("Đã ghi.")
    elif is_later:
        put_off = st.session_state.get(LATER, frozenset())
        st.session_state[LATER] = put_off | {(field.entry_id, field.column)}
        st.rerun()


def _go_on(told: str) -> None:
    st.session_state["second_told"] = told
    st.rerun()
