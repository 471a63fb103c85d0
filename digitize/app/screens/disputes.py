"""Phân xử: two readings of one field differ; a third person sees both and the ink, and decides."""

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.focus import focus_on
from digitize.app.screens.second import INK
from digitize.app.telling import tell_done, title_of
from digitize.errors import DigitizeError
from digitize.store.unit_of_work import Workspace
from digitize.workflow import second
from digitize.workflow.second import Dispute

OTHER = "Khác cả hai"


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not decide."""
    actor.demand(Permission.DECIDE)
    st.title("Phân xử hai lần đọc khác nhau")
    tell_done("disputes_told")
    waiting = second.disputes(workspace, actor)
    if not waiting:
        st.success("Không có ô nào chờ phân xử trong phạm vi của bạn.", icon=":material/task_alt:")
        return
    dispute = waiting[0]
    field = dispute.field
    st.caption(f"Còn {len(waiting)} ô chờ phân xử.")
    st.markdown(f"**{field.label}** · trường hợp {field.entry_id} · {title_of(field.book)}")
    if field.has_ink:
        st.html(INK.format(field.entry_id, field.column))
    st.link_button("Xem cả trang", f"/scan/{field.page_id}", icon=":material/image:")
    _decide(workspace, actor, dispute)


def _decide(workspace: Workspace, actor: Actor, dispute: Dispute) -> None:
    key = f"{dispute.field.entry_id}-{dispute.field.column}-{dispute.version}"
    readings = {f"{dispute.first or '(trống)'} - người nhập": dispute.first}
    readings |= {f"{other.text or '(trống)'} - người đọc lần hai": other.text for other in dispute.others}
    with st.form(f"decide-{key}"):
        chosen = st.radio("Nét chữ nói gì?", [*readings, OTHER], index=None, key=f"chosen-{key}")
        other = st.text_input("Nếu khác cả hai thì ghi ở đây (sổ để trống thì ghi [để trống])", key=f"other-{key}")
        why = st.text_input("Căn cứ phân xử", key=f"why-{key}")
        is_decided = st.form_submit_button("Phân xử", type="primary")
    focus_on(f"chosen-{key}")
    st.caption("Nếu giá trị đã xác nhận là sai, trường hợp trở lại bàn nhập với giá trị đúng để xác nhận lại.")
    if not is_decided:
        return
    if refusal := _refusal(chosen, other):
        st.error(refusal)
        return
    try:
        second.decide(workspace, actor, dispute, readings.get(chosen or OTHER, other), why)
    except DigitizeError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.session_state["disputes_told"] = f"Đã phân xử một ô của trường hợp {dispute.field.entry_id}."
    st.rerun()


def _refusal(chosen: str | None, other: str) -> str:
    """Why it is not clear what she decides; "" where it is."""
    if chosen is None:
        return "Hãy chọn một trong các cách đọc."
    if chosen == OTHER and not other.strip():
        return "Hãy ghi cách đọc khác; sổ để trống thì ghi [để trống]."
    if chosen != OTHER and other.strip():
        return "Bạn chọn một cách đọc nhưng lại ghi cách đọc khác: hãy chọn «Khác cả hai» hoặc xóa chữ đã ghi."
    return ""
