"""Kiểm tra: a second person looks at a confirmed entry and lets it pass or sends it back with a reason."""

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.telling import title_of
from digitize.books.entry import Entry
from digitize.books.steps import LAWFUL, STEP_TITLES, Act, Step
from digitize.store.unit_of_work import Workspace
from digitize.workflow import progress, review
from digitize.workflow.review import FieldView, ReviewView

TO_CHECK = frozenset({Step.CONFIRMED, Step.MATCHED})

PICTURE = '<a href="{scan}" target="_blank"><img src="{scan}" alt="Ảnh trang sổ" width="100%"></a>'


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not check."""
    actor.demand(Permission.CHECK)
    st.title("Kiểm tra trường hợp đã xác nhận")
    if told := st.session_state.pop("checked", None):
        st.success(told)
    entries = _to_check(workspace, actor)
    if not entries:
        st.success("Không còn trường hợp nào chờ kiểm tra trong phạm vi của bạn.", icon=":material/task_alt:")
        return
    titles = {entry.entry_id: _title(entry) for entry in entries}
    label = f"Đã xác nhận: {len(entries)} trường hợp"
    chosen = st.selectbox(label, list(titles), format_func=titles.__getitem__, key="entry_to_check")
    entry = next(entry for entry in entries if entry.entry_id == chosen)
    view = review.open_entry(workspace, actor, entry.entry_id)
    st.caption(
        f"{title_of(view.book)} · người nhập: {entry.keyed_by or '?'} · hỗ trợ: {entry.assisted_by or 'không có'}"
    )
    left, right = st.columns([5, 4])
    left.html(PICTURE.format(scan=f"/scan/{view.page.page_id}"))
    with right:
        _decide(workspace, actor, entry)
        for question in view.questions:
            st.text(f"{question.asked_by} hỏi: {question.text}\nTrả lời: {question.answer or 'chưa có, đã thu lại'}")
        st.table(_rows(view), hide_index=True)


def _to_check(workspace: Workspace, actor: Actor) -> list[Entry]:
    with workspace.view(actor) as work:
        books = [count.book.book_id for count in progress.books(workspace, actor)]
        return [entry for book_id in books for entry in work.entries.of_book(book_id) if entry.step in TO_CHECK]


def _decide(workspace: Workspace, actor: Actor, entry: Entry) -> None:
    """The keys name what was looked at: a click never decides on an entry that has come into its place since."""
    seen = f"{entry.entry_id}-{entry.version}"
    is_lawful = (entry.step, Act.CHECK) in LAWFUL
    passes = st.button(
        "Đạt", f"pass-{seen}", type="primary", icon=":material/check:", width="stretch", disabled=not is_lawful
    )
    if passes:
        review.check(workspace, actor, entry.entry_id)
        _go_on(f"Trường hợp {entry.entry_id} đã được kiểm tra.")
    with st.form(f"send_back-{seen}"):
        why = st.text_input("Lý do trả lại")
        is_sent = st.form_submit_button("Trả lại để nhập lại", icon=":material/undo:", width="stretch")
    if is_sent and not why.strip():
        st.error("Hãy ghi lý do trả lại.")
    elif is_sent:
        review.send_back(workspace, actor, entry.entry_id, why.strip())
        _go_on(f"Đã trả lại trường hợp {entry.entry_id}.")


def _go_on(told: str) -> None:
    st.session_state["checked"] = told
    st.rerun()


def _title(entry: Entry) -> str:
    return f"Trường hợp {entry.entry_id} · {STEP_TITLES[entry.step]}"


def _with_meaning(field: FieldView, text: str) -> str:
    return f"{text} - {field.options[text]}" if text in field.options else text


def _rows(view: ReviewView) -> list[dict[str, str]]:
    """The values in page order, with what the engine had read where the officer wrote something else."""
    return [
        {
            "Trường": field.label,
            "Giá trị": _with_meaning(field, field.text),
            "Máy đọc khác": _with_meaning(field, read.text)
            if (read := field.suggestion) and read.text != field.text
            else "",
        }
        for field in view.fields
    ]
