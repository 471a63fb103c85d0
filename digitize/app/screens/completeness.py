"""Kiểm đếm sổ: what each page of a book is, which numbers it lacks, whether the closing note says the same."""

from collections.abc import Sequence

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.telling import tell_done, title_of
from digitize.campaign.completeness import (
    BY_HAND,
    PAGE_END_TITLES,
    ClosingNote,
    Completeness,
    PageEnd,
    PageStanding,
    as_runs,
)
from digitize.errors import DigitizeError
from digitize.store.unit_of_work import Workspace
from digitize.workflow import completeness, custody

TITLES = PAGE_END_TITLES | {None: "chưa rõ"}


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not follow the work."""
    actor.demand(Permission.FOLLOW)
    st.title("Kiểm đếm sổ")
    tell_done("completeness_told")
    books = {each.book.book_id: each.book for each in custody.whereabouts(workspace, actor)}
    if not books:
        st.info("Chưa có sổ nào trong phạm vi của bạn.")
        return
    book_id = st.selectbox(
        "Sổ", list(books), format_func=lambda each: f"{each}. {title_of(books[each])}", key="completeness_book"
    )
    found = completeness.completeness_of(workspace, actor, book_id)
    _conclude(found)
    may_mark = actor.may(Permission.CUSTODY)
    pages, numbers, closing = st.tabs(["Từng trang", "Số đăng ký", "Lời khóa sổ"])
    with pages:
        _pages(workspace, actor, found, may_mark)
    with numbers:
        _numbers(workspace, actor, found, may_mark)
    with closing:
        _closing(workspace, actor, found, may_mark)


def _conclude(found: Completeness) -> None:
    for column, end in zip(st.columns(len(PageEnd) + 1), (*PageEnd, None), strict=True):
        column.metric(TITLES[end].capitalize(), found.ends[end])
    if found.is_whole:
        st.success("Sổ đã nhập đủ: mọi trang đều rõ, số đăng ký liên tục hoặc có lý do.", icon=":material/task_alt:")
    else:
        st.warning(f"Còn phải làm: {'; '.join(found.open_points)}.", icon=":material/pending_actions:")
    with st.container(horizontal=True):
        for kind, label in (("docx", "Bảng kiểm đếm, bản Word"), ("pdf", "Bảng kiểm đếm, bản PDF")):
            address = f"/completeness/{found.volume.book.book_id}.{kind}"
            st.link_button(label, address, icon=":material/download:")


def _pages(workspace: Workspace, actor: Actor, found: Completeness, may_mark: bool) -> None:
    unclear = [page for page in found.pages if page.end is None]
    shown = st.segmented_control("Xem", ["Chưa rõ", "Mọi trang"], default="Chưa rõ" if unclear else "Mọi trang")
    rows = [_row(page) for page in (unclear if shown == "Chưa rõ" else found.pages)]
    st.dataframe(rows, hide_index=True, width="stretch", height=min(36 * len(rows) + 42, 230))
    if not may_mark:
        return
    _take_hints(workspace, actor, unclear)
    markable = [page for page in found.pages if page.end is not PageEnd.ENTERED]
    with st.form(f"mark-{found.volume.book.book_id}", border=True, clear_on_submit=True):
        left, middle, right = st.columns([3, 1, 2])
        pages = left.multiselect("Trang", markable, format_func=_title_of, placeholder="Chọn các trang")
        end = middle.selectbox("Là", [*BY_HAND, None], format_func=lambda end: TITLES[end])
        why = right.text_input("Ghi chú")
        is_sent = st.form_submit_button("Ghi", type="primary")
    if is_sent and pages:
        _act(
            lambda: completeness.mark_pages(workspace, actor, [page.page_id for page in pages], end, why),
            f"Đã ghi {len(pages)} trang là «{TITLES[end]}».",
        )


def _take_hints(workspace: Workspace, actor: Actor, unclear: Sequence[PageStanding]) -> None:
    """What the machine thinks of a page becomes what a person says of it, by her click."""
    for end in PageEnd:
        hinted = [page for page in unclear if page.hint is end]
        if hinted and st.button(f"Đã xem: {len(hinted)} trang máy đoán đúng là «{TITLES[end]}»", f"hint-{end}"):
            _act(
                lambda: completeness.mark_pages(workspace, actor, [p.page_id for p in hinted], end),  # noqa: B023
                f"Đã ghi {len(hinted)} trang là «{TITLES[end]}».",
            )


def _row(page: PageStanding) -> dict[str, object]:
    return {
        "Trang": page.sequence,
        "Tệp": page.file_name,
        "Là": TITLES[page.end],
        "Máy đoán": TITLES[page.hint] if page.hint else "",
        "Trường hợp đã xác nhận": page.confirmed,
        "Chưa xác nhận": page.unconfirmed,
        "Ghi chú": page.why,
    }


def _title_of(page: PageStanding) -> str:
    return f"{page.sequence} ({page.file_name}): {TITLES[page.end]}"


def _numbers(workspace: Workspace, actor: Actor, found: Completeness, may_mark: bool) -> None:
    st.markdown(f"Các số đã nhập: **{as_runs(sorted(set(found.numbers))) or 'chưa có'}**")
    if found.missing:
        st.markdown(f"Thiếu, chưa có lý do: **{as_runs(found.missing)}**")
    if found.doubled:
        st.markdown(f"Trùng: **{as_runs(found.doubled)}**")
    for gap in found.gaps:
        st.markdown(f"* Không có số {as_runs(gap.numbers)}: {gap.why}")
    if not may_mark:
        return
    book_id = found.volume.book.book_id
    default = found.missing[0] if found.missing else 1
    with st.form(f"gap-{book_id}", border=True):
        left, middle, right = st.columns([1, 1, 3])
        first = left.number_input("Thiếu từ số", 0, value=default)
        last = middle.number_input("đến số", 0, value=default)
        why = right.text_input("Lý do", placeholder="ví dụ: sổ đánh nhảy số; tờ bị mất trước khi giao")
        is_sent = st.form_submit_button("Ghi lý do", type="primary")
    if is_sent:
        _act(
            lambda: completeness.explain_gap(workspace, actor, book_id, int(first), int(last), why),
            "Đã ghi lý do thiếu số.",
        )


def _closing(workspace: Workspace, actor: Actor, found: Completeness, may_mark: bool) -> None:
    note = found.closing or ClosingNote(None, None)
    st.markdown(f"Đã nhập **{found.entries}** trường hợp.")
    book_id = found.volume.book.book_id
    with st.form(f"closing-{book_id}", border=True):
        left, right = st.columns(2)
        entries = left.number_input("Lời khóa sổ ghi: số trường hợp", 0, value=note.entries)
        pages = right.number_input("Số trang", 0, value=note.pages)
        is_sent = st.form_submit_button("Ghi lời khóa sổ", type="primary", disabled=not may_mark)
    if is_sent:
        said = ClosingNote(entries, pages)
        _act(lambda: completeness.note_closing(workspace, actor, book_id, said), "Đã ghi lời khóa sổ.")


def _act(act, told: str) -> None:  # type: ignore[no-untyped-def]
    try:
        act()
    except DigitizeError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.session_state["completeness_told"] = told
    st.rerun()
