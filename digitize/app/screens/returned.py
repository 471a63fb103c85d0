"""Kết quả trả về: what the national software made of a book's entries, by file or by hand; a part of Bàn giao."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.telling import masked, title_of
from digitize.books.book import Book
from digitize.books.entry import Entry
from digitize.books.handover import OUTCOME_TITLES, NationalResult, ResultOutcome
from digitize.books.kinds import BookKind
from digitize.errors import DigitizeError
from digitize.export.returned import FIT_TITLES, Reconciled
from digitize.store.unit_of_work import Workspace
from digitize.workflow import receipts

ID_COLUMNS = {
    "nksSoDinhDanh": "Số định danh của người được khai sinh",
    "meSoDinhDanhCaNhan": "Số định danh của mẹ",
    "chaSoDinhDanhCaNhan": "Số định danh của cha",
}


def show(workspace: Workspace, actor: Actor, books: dict[int, Book]) -> None:
    """Needs the permission to export; others read on in the list of packages."""
    if not actor.may(Permission.EXPORT):
        st.info("Tổ trưởng ghi kết quả trả về.")
        return
    if not books:
        st.info("Chưa có sổ nào được bàn giao.")
        return
    book_id = st.selectbox("Sổ đã bàn giao", books, format_func=lambda each: title_of(books[each]), key="returned_book")
    results = receipts.results_of(workspace, actor, book_id)
    if not results:
        st.info("Chưa bàn giao trường hợp nào của sổ này.")
        return
    st.caption(f"{sum(answer is not None for _, answer in results)}/{len(results)} trường hợp có kết quả.")
    st.dataframe([_row(entry, answer) for entry, answer in results], hide_index=True, width="stretch", placeholder="")
    by_file, by_hand = st.columns(2)
    with by_file:
        _by_file(workspace, actor, book_id)
    with by_hand:
        _by_hand(workspace, actor, books[book_id], [entry for entry, _ in results])


def _row(entry: Entry, answer: NationalResult | None) -> dict[str, object]:
    told: dict[str, object] = {
        "Trường hợp": entry.entry_id,
        "Số": _text(entry, "so"),
        "Ngày": _text(entry, "ngayDangKy"),
    }
    if answer is None:
        return told | {"Kết quả": "chưa có"}
    numbers = ", ".join(masked(number) for number in answer.personal_ids.values())
    return told | {"Kết quả": OUTCOME_TITLES[answer.outcome], "Số định danh": numbers, "Ghi chú": answer.note}


def _text(entry: Entry, column: str) -> str:
    return entry.values[column].text if column in entry.values else ""


def _by_file(workspace: Workspace, actor: Actor, book_id: int) -> None:
    st.markdown("**Từ tệp trả về**")
    st.caption(
        "Cấu trúc tệp của phần mềm quốc gia chưa được công bố. Chương trình đọc Excel có đúng các cột đã bàn giao, "
        "thêm số định danh, và nếu có: ketQua, lyDo."
    )
    file = st.file_uploader("Tệp .xlsx", type=["xlsx"], key="returned_file")
    if file is None:
        return
    with TemporaryDirectory(prefix="tra-ve-") as folder:
        path = Path(folder, Path(file.name).name)
        path.write_bytes(file.getbuffer())
        try:
            told = receipts.reconcile_file(workspace, actor, book_id, path)
        except DigitizeError as error:
            st.error(str(error), icon=":material/error:")
            return
    counts = Counter(each.fit for each in told)
    for fit, number in counts.items():
        st.markdown(f"* {FIT_TITLES[fit]}: **{number}**")
    st.dataframe([_told(each) for each in told], hide_index=True, width="stretch")
    fitting = sum(each.can_be_recorded for each in told)
    if fitting and st.button(f"Ghi nhận {fitting} kết quả", type="primary"):
        receipts.record(workspace, actor, told, path.name)
        st.session_state["hand_over_told"] = f"Đã ghi nhận {fitting} kết quả từ {path.name}."
        st.rerun()


def _told(each: Reconciled) -> dict[str, object]:
    return {
        "Số": each.number,
        "Dòng": each.row,
        "Đối chiếu": FIT_TITLES[each.fit],
        "Kết quả": OUTCOME_TITLES[each.outcome] if each.outcome else "",
        "Cột khác": ", ".join(each.differing),
    }


def _by_hand(workspace: Workspace, actor: Actor, book: Book, entries: list[Entry]) -> None:
    st.markdown("**Nhập tay**")
    with st.form("answer"):
        entry = st.selectbox("Trường hợp", entries, format_func=lambda e: f"{e.entry_id} · số {_text(e, 'so')}")
        outcomes = list(ResultOutcome)
        outcome = st.radio("Kết quả", outcomes, format_func=OUTCOME_TITLES.__getitem__, horizontal=True)
        columns = ID_COLUMNS if book.kind is BookKind.BIRTH else {}
        numbers = {column: st.text_input(label) for column, label in columns.items()}
        note = st.text_input("Ghi chú (bắt buộc khi bị từ chối)")
        is_sent = st.form_submit_button("Ghi nhận", type="primary")
    if is_sent:
        try:
            receipts.answer(workspace, actor, entry.entry_id, outcome or outcomes[0], numbers, note=note)
        except DigitizeError as error:
            st.error(str(error), icon=":material/error:")
            return
        st.session_state["hand_over_told"] = f"Đã ghi kết quả của trường hợp {entry.entry_id}."
        st.rerun()
