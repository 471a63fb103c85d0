"""Tra cứu: entries across books by name, number or date, opened with their page for reading only."""

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.telling import title_of, with_meaning
from digitize.books.kinds import BookKind
from digitize.books.steps import STEP_TITLES
from digitize.store.unit_of_work import Workspace
from digitize.workflow import progress
from digitize.workflow import search as finding
from digitize.workflow.search import Hit

PICTURE = '<a href="{0}" target="_blank"><img src="{0}" alt="Ảnh trang sổ" width="100%"></a>'


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not search."""
    actor.demand(Permission.SEARCH)
    st.title("Tra cứu")
    named = st.query_params.get("entry", "")
    if named.isdecimal():
        _entry(workspace, actor, int(named))
        return
    books = [count.book for count in progress.books(workspace, actor)]
    with st.form("search", border=False):
        text = st.text_input("Họ tên (không cần dấu), số hoặc ngày", key="search_text")
        kind_column, year_column, unit_column = st.columns(3)
        kinds = sorted({book.kind for book in books}, key=lambda kind: kind.priority)
        units = {book.unit_code: book.unit_name for book in books}
        kind = kind_column.selectbox(
            "Loại sổ", [None, *kinds], format_func=lambda each: each.book_title if each else "Mọi loại sổ"
        )
        year = year_column.selectbox(
            "Năm mở sổ",
            [None, *sorted({book.year for book in books}, reverse=True)],
            format_func=lambda each: str(each or "Mọi năm"),
        )
        unit = unit_column.selectbox(
            "Đơn vị", [None, *units], format_func=lambda each: units[each] if each else "Mọi đơn vị trong phạm vi"
        )
        is_asked = st.form_submit_button("Tìm", type="primary", icon=":material/search:")
    st.caption("Chỉ tìm trong những gì người đã nhập. Mỗi lần tìm và mỗi trường hợp được mở đều vào nhật ký.")
    if is_asked:
        st.session_state["search_hits"] = _found(workspace, actor, text, kind, year, unit)
    if (hits := st.session_state.get("search_hits")) is not None:
        _tell(hits)


def _found(
    workspace: Workspace, actor: Actor, text: str, kind: BookKind | None, year: int | None, unit: str | None
) -> tuple[Hit, ...]:
    return finding.search(workspace, actor, text, kind, year, unit)


def _tell(hits: tuple[Hit, ...]) -> None:
    if not hits:
        st.info("Không tìm thấy. Hãy gõ ít chữ hơn, hoặc bỏ bớt điều kiện về loại sổ, năm, đơn vị.")
        return
    more = f", chỉ hiện {finding.AT_MOST} trường hợp đầu: hãy tìm kỹ hơn" if len(hits) == finding.AT_MOST else ""
    st.markdown(f"**Tìm thấy {len(hits)} trường hợp{more}**")
    for hit in hits:
        st.markdown(
            f"[Trường hợp {hit.entry.entry_id}](/search?entry={hit.entry.entry_id}) · {_names(hit)} · "
            f"{title_of(hit.book)} · {STEP_TITLES[hit.entry.step]}"
        )


def _names(hit: Hit) -> str:
    values = hit.entry.values
    names = [values[column].text for column in values if column.endswith("HoTen") and values[column].text]
    number = values["so"].text if "so" in values else ""
    return " · ".join([f"số {number}"] * bool(number) + [", ".join(names[:3])])


def _entry(workspace: Workspace, actor: Actor, entry_id: int) -> None:
    st.button("Về danh sách", on_click=st.query_params.clear, icon=":material/arrow_back:")
    opened = finding.open_found(workspace, actor, entry_id)
    st.markdown(f"**Trường hợp {entry_id}** · {title_of(opened.book)} · {STEP_TITLES[opened.entry.step]}")
    picture, fields = st.columns([5, 4])
    picture.html(PICTURE.format(f"/scan/{opened.page.page_id}"))
    fields.table(
        [{"Trường": field.label, "Giá trị": with_meaning(field, field.text)} for field in opened.fields],
        hide_index=True,
    )
