"""Nạp ảnh quét: choose or open a book, take scans in, and see how their reading comes along."""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.access.scope import covers
from digitize.app.screens import scan_again
from digitize.app.telling import PAGE_SIGNS, title_of
from digitize.books.book import PAGE_STATE_TITLES, Book, Page, PageState
from digitize.books.kinds import BookKind
from digitize.books.places import PLAN_DAY, units_valid_on
from digitize.clock import today_here
from digitize.errors import BookNotAtHand, StepNotLawful
from digitize.store.unit_of_work import Workspace
from digitize.workflow import progress
from digitize.workflow.by_hand import MOST_ENTRIES, forms_of, key_by_hand
from digitize.workflow.take_in import TakenFile, open_book, read_again, take_in

SCANNER_FILES = ["jpg", "jpeg", "png", "tif", "tiff", "pdf"]
OLDEST_YEAR = 1945


class Keeper(NamedTuple):
    """The unit that keeps a book."""

    code: str
    name: str
    district_code: str
    title: str


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not take scans in."""
    actor.demand(Permission.TAKE_IN)
    st.title("Nạp ảnh quét")
    books = tuple(count.book for count in progress.books(workspace, actor))
    with st.expander("Mở sổ mới", icon=":material/add:", expanded=not books):
        _open(workspace, actor, books)
    if not books:
        st.info("Chưa có sổ nào trong phạm vi của bạn. Hãy mở sổ đầu tiên.")
        return
    book = _chosen(books)
    _upload(workspace, actor, book)
    scan_again.show(workspace, actor, book)
    _queue(workspace, actor, book)


def _chosen(books: Sequence[Book]) -> Book:
    opened = st.session_state.pop("opened_book", None)
    if opened is not None:
        st.session_state["book"] = next(book for book in books if book.book_id == opened)
    return st.selectbox("Sổ đang nạp", books, format_func=title_of, key="book")


def _open(workspace: Workspace, actor: Actor, books: Sequence[Book]) -> None:
    with st.form("open_book", border=False):
        left, right = st.columns(2)
        kind = left.selectbox("Loại sổ (theo thứ tự ưu tiên)", list(BookKind), format_func=lambda kind: kind.book_title)
        keeper = right.selectbox("Đơn vị", _keepers(actor, books), format_func=lambda keeper: keeper.title)
        authority = left.text_input("Cơ quan đăng ký hộ tịch, như ghi trên bìa")
        year = right.number_input("Năm", OLDEST_YEAR, today_here().year, today_here().year)
        volume = left.text_input("Quyển số, như ghi trên bìa", "01")
        is_sent = st.form_submit_button("Mở sổ", type="primary")
    if not is_sent:
        return
    if not (kind and keeper and authority.strip() and volume.strip()):
        st.error("Hãy chọn đơn vị, ghi cơ quan đăng ký và quyển số.")
        return
    book = open_book(
        workspace, actor, kind, keeper.code, keeper.name, keeper.district_code, authority.strip(), year, volume.strip()
    )
    st.session_state["opened_book"] = book.book_id
    st.rerun()


def _keepers(actor: Actor, books: Sequence[Book]) -> list[Keeper]:
    """The units in scope: those that keep books here already, then the communes of the plan."""
    known = {b.unit_code: Keeper(b.unit_code, b.unit_name, b.district_code, b.unit_name) for b in books}
    for unit in units_valid_on(PLAN_DAY):
        if covers(actor.scope, unit.code, unit.district_code):
            known.setdefault(unit.code, Keeper(unit.code, f"{unit.kind} {unit.name}", unit.district_code, unit.title))
    return list(known.values())


def _upload(workspace: Workspace, actor: Actor, book: Book) -> None:
    with st.form("take_in", border=False, clear_on_submit=True):
        files = st.file_uploader("Tệp ảnh quét (JPEG, PNG, TIFF, PDF)", SCANNER_FILES, accept_multiple_files=True)
        by_cover = st.checkbox("Nhận sổ theo tờ bìa có mã QR (một lượt quét nhiều quyển)")
        is_sent = st.form_submit_button("Nạp vào sổ", type="primary")
    if not is_sent:
        return
    if not files:
        st.warning("Hãy chọn ít nhất một tệp.")
        return
    bar = st.progress(0.0, "Đang nạp…")
    named = [(file.name, file) for file in files]
    titles = {count.book.book_id: title_of(count.book) for count in progress.books(workspace, actor)}
    done = set[str]()
    try:
        for taken in take_in(workspace, actor, None if by_cover else book.book_id, named):
            done.add(taken.file_name)
            bar.progress(len(done) / len(files), f"Đã nạp {len(done)}/{len(files)} tệp")
            _tell(taken, titles.get(taken.book_id or 0, "") if by_cover else "")
    except BookNotAtHand as error:
        bar.empty()
        st.error(str(error), icon=":material/error:")


def _tell(taken: TakenFile, book: str) -> None:
    if book:
        st.caption(f"{taken.file_name} → {book}")
    again = f"{taken.already} trang đã có từ trước" if taken.already else ""
    if taken.pages:
        told = ", ".join(filter(None, (f"{taken.pages} trang mới", again)))
        st.success(f"**{taken.file_name}**: {told}.", icon=":material/check:")
    elif again:
        st.info(f"**{taken.file_name}**: {again}, không nạp lại.", icon=":material/done_all:")
    for number, problem in taken.problems:
        st.warning(f"**{taken.file_name}**, trang {number}: {problem.message}", icon=":material/warning:")
    if taken.error:
        st.error(f"**{taken.file_name}**: {taken.error}", icon=":material/error:")


@st.fragment(run_every=5)
def _queue(workspace: Workspace, actor: Actor, book: Book) -> None:
    """The pages of the book and their reading; looks again every 5 s while somebody looks on."""
    with workspace.view(actor) as work:
        pages = work.pages.of_book(book.book_id)
    st.subheader("Hàng đợi đọc")
    counts = {state: sum(page.state is state for page in pages) for state in PageState}
    _look_again_when_read(counts[PageState.QUEUED] + counts[PageState.READING])
    for column, (state, count) in zip(st.columns(len(counts)), counts.items(), strict=True):
        column.metric(f"{PAGE_SIGNS[state]} {PAGE_STATE_TITLES[state]}", count)
    rows = [
        {
            "Trang": page.sequence,
            "Tệp": page.file_name,
            "Trang trong tệp": page.page_of_file,
            "Trạng thái": f"{PAGE_SIGNS[page.state]} {PAGE_STATE_TITLES[page.state]}",
            "Lý do": page.failure_message or "",
        }
        for page in reversed(pages)
    ]
    failed = [page for page in pages if page.state is PageState.FAILED]
    if failed and st.button(f"Đọc lại {len(failed)} trang lỗi", icon=":material/refresh:"):
        with suppress(StepNotLawful):  # somebody else has asked for it already, and a page is being read
            read_again(workspace, actor, [page.page_id for page in failed])
        st.rerun(scope="fragment")
    if failed:
        _by_hand(workspace, actor, book, failed)
    st.dataframe(rows, hide_index=True, width="stretch")


def _by_hand(workspace: Workspace, actor: Actor, book: Book, failed: Sequence[Page]) -> None:
    """Pages that the machine cannot read go to the officer as they are."""
    with st.expander("Nhập tay trang lỗi", icon=":material/keyboard:"), st.form("by_hand", border=False):
        pages = st.multiselect("Trang", failed, format_func=lambda page: f"{page.sequence} ({page.file_name})")
        left, right = st.columns(2)
        form = left.selectbox("Biểu mẫu của trang", forms_of(book), format_func=lambda form: form.form_id)
        entries = right.number_input("Số trường hợp trên mỗi trang", 1, MOST_ENTRIES, 1)
        if not st.form_submit_button("Chuyển cho cán bộ nhập tay") or not form:
            return
    with suppress(StepNotLawful):  # somebody else has queued or keyed it already
        for page in pages:
            key_by_hand(workspace, actor, page.page_id, form.form_id, entries)
    st.rerun()


def _look_again_when_read(waiting: int) -> None:
    """Draws the whole screen anew when the last page has been read: the list above may have grown."""
    before = st.session_state.get("waiting", 0)
    st.session_state["waiting"] = waiting
    if before and not waiting:
        st.rerun()
