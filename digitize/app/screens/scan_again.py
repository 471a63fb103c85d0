"""Quét lại: the pages of a book that should be scanned again, part of the screen on which scans are taken in."""

from collections.abc import Sequence

import streamlit as st

from digitize.access.actor import Actor
from digitize.app.telling import tell_done
from digitize.books.book import Book
from digitize.errors import DigitizeError
from digitize.store.unit_of_work import Workspace
from digitize.workflow.quality import BadPage, keep_page, pages_to_scan_again
from digitize.workflow.take_in import replace_scan

ONE_PAGE_FILES = ["jpg", "jpeg", "png", "tif", "tiff", "pdf"]


def show(workspace: Workspace, actor: Actor, book: Book) -> None:
    """The list, and what can be done about one of its pages."""
    bad_pages = pages_to_scan_again(workspace, actor, book.book_id)
    st.subheader(f"Quét lại ({len(bad_pages)} trang)")
    tell_done("scan_again_told")
    if not bad_pages:
        st.caption("Không có trang nào cần quét lại hoặc xem lại.")
        return
    _settle(workspace, actor, bad_pages)
    # Not in a box that scrolls by itself: no key would reach it.
    st.table({title: [_row(bad)[title] for bad in bad_pages] for title in _row(bad_pages[0])})


def _row(bad: BadPage) -> dict[str, object]:
    return {
        "Trang": bad.page.sequence,
        "Tệp": f"{bad.page.file_name}, trang {bad.page.page_of_file}",
        "Vấn đề và việc cần làm": " ".join(problem.message for problem in bad.problems),
    }


def _settle(workspace: Workspace, actor: Actor, bad_pages: Sequence[BadPage]) -> None:
    bad = st.selectbox("Trang cần xử lý", bad_pages, format_func=_title_of)
    page_id = bad.page.page_id
    for problem in bad.problems:
        st.warning(problem.message, icon=":material/warning:")
    look, again, keep = st.columns([1, 2, 2])
    look.link_button("Xem ảnh", f"/scan/{page_id}", icon=":material/image:")
    with again.form(f"replace-{page_id}", clear_on_submit=True):
        file = st.file_uploader("Ảnh quét lại của trang này", ONE_PAGE_FILES)
        number = st.number_input("Trang trong tệp", 1, value=1)
        is_replaced = st.form_submit_button("Thay bằng ảnh này", type="primary")
    with keep.form(f"keep-{page_id}", clear_on_submit=True):
        why = st.text_input("Lý do giữ nguyên", placeholder="ví dụ: trong sổ đúng là trang trắng")
        is_kept = st.form_submit_button("Đã xem, giữ nguyên")
    try:
        if is_replaced and file is None:
            st.error("Hãy chọn tệp ảnh quét lại.")
        elif is_replaced and file is not None:
            problems = replace_scan(workspace, actor, page_id, file.name, file, int(number))
            still = " Ảnh mới vẫn có vấn đề, xem danh sách." if problems else ""
            _done(f"Đã thay ảnh của trang {bad.page.sequence}; trang đang chờ đọc lại.{still}")
        elif is_kept:
            keep_page(workspace, actor, bad, why)
            _done(f"Trang {bad.page.sequence} được giữ nguyên.")
    except DigitizeError as error:
        st.error(str(error), icon=":material/error:")


def _title_of(bad: BadPage) -> str:
    return f"Trang {bad.page.sequence}: {bad.page.file_name}, trang {bad.page.page_of_file} của tệp"


def _done(told: str) -> None:
    """Told once the list has been drawn anew."""
    st.session_state["scan_again_told"] = told
    st.rerun()
