"""Câu hỏi: what colleagues ask about entries, what was answered, and for team leads who has which entry in hand."""

from collections.abc import Callable

import streamlit as st

from digitize.access.actor import Actor, Permission, Role
from digitize.app.focus import focus_on
from digitize.app.screens.second import INK
from digitize.app.telling import ROLES, tell_done, title_of
from digitize.books.teamwork import Lease, Question
from digitize.clock import here
from digitize.errors import DigitizeError
from digitize.store.unit_of_work import Workspace
from digitize.workflow import leases, questions
from digitize.workflow.questions import QuestionView


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not answer."""
    actor.demand(Permission.ANSWER)
    st.title("Câu hỏi về trường hợp")
    tell_done("question_told")
    views = questions.for_me(workspace, actor)
    if not views:
        st.info("Không có câu hỏi nào đang chờ bạn.", icon=":material/task_alt:")
    for view in views:
        with st.container(border=True):
            _tell(view, actor)
            _decide(workspace, actor, view.question)
    if (first := next((view.question for view in views if _is_for(view.question, actor)), None)) is not None:
        focus_on(f"answer_text-{first.question_id}")
    if actor.may(Permission.COORDINATE):
        _coordinate(workspace, actor)


def _tell(view: QuestionView, actor: Actor) -> None:
    asked = view.question
    about = f"mục «{view.field.label}»" if view.field else "cả trường hợp"
    to = ROLES[Role(asked.to_role)] if asked.to_role else _name(view, asked.to_account, actor)
    st.caption(f"Trường hợp {asked.entry_id} · {title_of(view.book)} · {about}")
    lines = [f"{_who(view, asked.asked_by, actor)} hỏi {to}, {here(asked.asked_at):%H:%M %d/%m/%Y}: {asked.text}"]
    if view.field:
        lines.append(f"Đang ghi: {view.field.text or '(trống)'}")
    if asked.answer is not None:
        lines.append(f"{_who(view, asked.answered_by, actor)} trả lời: {asked.answer}")
    st.text("\n".join(lines))
    if view.field and view.field.suggestion and view.field.suggestion.box:
        st.html(INK.format(asked.entry_id, view.field.column))
    picture, entry = st.columns(2)
    picture.link_button("Xem ảnh trang sổ", f"/scan/{view.page.page_id}", icon=":material/image:", width="stretch")
    if actor.may(Permission.REVIEW):
        address = f"/review?entry={asked.entry_id}"
        entry.link_button("Mở trường hợp", address, icon=":material/edit_note:", width="stretch")


def _who(view: QuestionView, account: str | None, actor: Actor) -> str:
    """At the beginning of a sentence."""
    return "Bạn" if account == actor.account else _name(view, account, actor)


def _name(view: QuestionView, account: str | None, actor: Actor) -> str:
    return "bạn" if account == actor.account else view.names.get(account or "", account or "")


def _is_for(question: Question, actor: Actor) -> bool:
    return question.asked_by != actor.account


def _decide(workspace: Workspace, actor: Actor, question: Question) -> None:
    number = question.question_id
    if not _is_for(question, actor):
        label = "Thu lại câu hỏi" if question.answer is None else "Đã xem câu trả lời"
        if st.button(label, f"settle-{number}"):
            _try(lambda: questions.settle(workspace, actor, number), f"{label}: trường hợp {question.entry_id}.")
        return
    with st.form(f"answer-{number}"):
        text = st.text_area("Câu trả lời (Ctrl+Enter: gửi)", height=68, key=f"answer_text-{number}")
        is_sent = st.form_submit_button("Gửi trả lời", type="primary", icon=":material/send:")
    if is_sent:
        _try(lambda: questions.answer(workspace, actor, number, text), f"Đã trả lời câu hỏi số {number}.")


def _coordinate(workspace: Workspace, actor: Actor) -> None:
    st.subheader("Trường hợp đang có người nhập")
    running = leases.running(workspace, actor)
    if not running:
        st.caption("Chưa có ai đang nhập trong phạm vi của bạn.")
        return
    with st.form("take_over"):
        lease = st.selectbox("Trường hợp", running, format_func=_title)
        why = st.text_input("Lý do chuyển lại", placeholder="ví dụ: người nhập nghỉ, quên đóng trang")
        is_sent = st.form_submit_button("Đưa về hàng chờ")
    if is_sent and not why.strip():
        st.error("Hãy ghi lý do chuyển lại.")
    elif is_sent:
        done = f"Trường hợp {lease.entry_id} không còn do {lease.owner_name} giữ; phần đã lưu vẫn còn."
        _try(lambda: leases.take_over(workspace, actor, lease.entry_id, why.strip()), done)


def _title(lease: Lease) -> str:
    return f"Trường hợp {lease.entry_id}: {lease.told}"


def _try(act: Callable[[], object], told: str) -> None:
    """Does it and draws the list anew; a refusal is told where it happened."""
    try:
        act()
    except DigitizeError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.session_state["question_told"] = told
    st.rerun()
