"""Bàn giao: finished books with the plan's clock, their packages, what the other side says; a look at any package."""

from collections.abc import Sequence

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.screens import bring_in, look_at_package, returned
from digitize.app.telling import tell_done, title_of
from digitize.books.book import Book
from digitize.books.handover import RECEIPT_TITLES, STATE_TITLES, Package, PackageState, ReceiptKind
from digitize.clock import here, today_here
from digitize.errors import DigitizeError
from digitize.store.unit_of_work import Workspace
from digitize.workflow import hand_over, progress, receipts
from digitize.workflow.hand_over import HandOver

TEMPLATES = {"KS_new70": "70 cột (có số định danh)", "KS": "60 cột"}
WITH_ANSWERS = (*hand_over.GONE, PackageState.RETURNED)
SAYS = {  # what can be said of a package in this state
    PackageState.RELEASED: (ReceiptKind.RECEIVED, ReceiptKind.RETURNED),
    PackageState.RECEIVED: (ReceiptKind.ENTERED, ReceiptKind.RETURNED),
}


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever neither makes nor releases packages."""
    actor.demand(Permission.RELEASE)
    st.title("Bàn giao")
    tell_done("hand_over_told")
    packages, back, look, bring = st.tabs(["Gói bàn giao", "Kết quả trả về", "Kiểm tra gói", "Nhập gói"])
    books = {count.book.book_id: count.book for count in progress.books(workspace, actor)}
    told = hand_over.hand_overs(workspace, actor)
    with packages:
        _packages(workspace, actor, books, told)
    with back:
        gone = [each.book for each in told if each.answers or (each.package and each.package.state in WITH_ANSWERS)]
        returned.show(workspace, actor, {book.book_id: book for book in gone})
    with look:
        look_at_package.show()
    with bring:
        bring_in.show(workspace, actor)


def _packages(workspace: Workspace, actor: Actor, books: dict[int, Book], told: Sequence[HandOver]) -> None:
    if not books:
        st.info("Chưa có sổ nào trong phạm vi của bạn.")
        return
    late = sum(each.clock is not None and each.clock.stopped is None and each.clock.days_left < 0 for each in told)
    if late:
        st.error(f"{late} sổ đã quá hạn tiếp nhận kể từ ngày nhập xong.", icon=":material/alarm:")
    if told:
        st.dataframe([_row(each) for each in told], hide_index=True, width="stretch")
    else:
        st.caption("Chưa có sổ nào nhập xong: sổ hiện ở đây khi mọi trang đã đọc và mọi trường hợp đã xác nhận.")
    order = [*(each.book.book_id for each in told), *books]
    book_id = st.selectbox(
        "Sổ", dict.fromkeys(order), format_func=lambda each: title_of(books[each]), key="hand_over_book"
    )
    package = next((each.package for each in told if each.book.book_id == book_id), None)
    if package:
        _package(workspace, actor, package, books[book_id])
    if actor.may(Permission.EXPORT):
        _make(workspace, actor, books[book_id], package)


def _row(each: HandOver) -> dict[str, object]:
    package = each.package
    return {
        "Sổ": title_of(each.book),
        "Gói": f"số {package.package_id}" if package else "chưa lập",
        "Trạng thái": STATE_TITLES[package.state] if package else "Nhập xong, chưa lập gói",
        "Trường hợp": str(package.entries) if package else "",
        "Hạn tiếp nhận": f"{each.clock.due:%d/%m/%Y}" if each.clock else "",
        "Thời hạn": each.clock.told if each.clock else "Sổ chưa nhập xong",
        "Có kết quả trả về": f"{each.answers}/{package.entries}" if package else "",
    }


def _package(workspace: Workspace, actor: Actor, package: Package, book: Book) -> None:
    with st.container(border=True):
        st.markdown(f"**Gói số {package.package_id}** · {STATE_TITLES[package.state]} · {package.entries} trường hợp")
        st.caption(_history(package))
        for receipt in receipts.receipts_of(workspace, actor, package.book_id):
            said = f"{RECEIPT_TITLES[receipt.kind]} ngày {receipt.on:%d/%m/%Y}: {receipt.authority}"
            st.text("; ".join(filter(None, (said, receipt.document, receipt.note))))
        if package.state is PackageState.MADE:
            _release(workspace, actor, package)
        elif package.state is not PackageState.REPLACED:
            _carry(workspace, actor, package)
        if package.state in SAYS and actor.may(Permission.EXPORT):
            _receive(workspace, actor, package, book)
        if package.state is PackageState.RETURNED and actor.may(Permission.EXPORT):
            _recall(workspace, actor)


def _history(package: Package) -> str:
    made = f"{package.made_by} lập {here(package.made_at):%H:%M %d/%m/%Y}, mẫu {package.template}"
    if package.released_at is None:
        return made
    return f"{made} · {package.released_by} phát hành {here(package.released_at):%H:%M %d/%m/%Y}"


def _release(workspace: Workspace, actor: Actor, package: Package) -> None:
    if package.made_by == actor.account:
        st.info("Gói do bạn lập: người thứ hai (người kiểm tra hoặc tổ trưởng khác) phải phát hành.")
        return
    st.caption("Phát hành là khóa mọi trường hợp của gói; sau đó chỉ sửa được khi gói bị trả lại.")
    if st.button("Phát hành gói này", type="primary", icon=":material/verified:"):
        told = f"Đã phát hành gói số {package.package_id}."
        _try(lambda: hand_over.release(workspace, actor, package.package_id), told)


def _carry(workspace: Workspace, actor: Actor, package: Package) -> None:
    with st.container(horizontal=True):
        for kind, label in (("xlsx", "Bảng Excel"), ("zip", "Các PDF (zip)"), ("json", "Bản kê khai")):
            st.link_button(label, f"/package/{package.package_id}/{kind}", icon=":material/download:")
    with st.form(f"carry-{package.package_id}"):
        password = st.text_input("Mật khẩu (ít nhất 12 ký tự; để trống là không mã hóa)", type="password")
        is_asked = st.form_submit_button("Gộp thành một tệp để chuyển", icon=":material/lock:")
    if is_asked:
        try:
            path = hand_over.carry(workspace, actor, package.package_id, password or None)
        except DigitizeError as error:
            st.error(str(error), icon=":material/error:")
            return
        st.link_button(f"Tải {path.name}", f"/package/{package.package_id}/goi", icon=":material/download:")


def _receive(workspace: Workspace, actor: Actor, package: Package, book: Book) -> None:
    with st.form(f"receive-{package.package_id}-{package.state}"):
        kind = st.radio("Bên nhận cho biết", SAYS[package.state], format_func=RECEIPT_TITLES.__getitem__)
        authority, document, on = st.columns(3)
        who = authority.text_input(
            "Cơ quan", book.authority if package.state is PackageState.RECEIVED else "Sở Tư pháp"
        )
        letter = document.text_input("Văn bản (số, ngày)")
        day = on.date_input("Ngày", today_here(), format="DD/MM/YYYY")
        note = st.text_input("Ghi chú (bắt buộc khi trả lại)")
        is_sent = st.form_submit_button("Ghi nhận", type="primary")
    if is_sent:
        told = f"Đã ghi nhận: {RECEIPT_TITLES[kind]}."
        _try(lambda: receipts.receive(workspace, actor, package.package_id, kind, who, letter, day, note), told)


def _recall(workspace: Workspace, actor: Actor) -> None:
    with st.form("recall"):
        st.caption("Lấy từng trường hợp có lỗi về bàn nhập; sửa, xác nhận lại rồi lập gói mới.")
        entry_id = st.number_input("Số hiệu trường hợp", min_value=1, step=1)
        why = st.text_input("Lý do")
        is_sent = st.form_submit_button("Lấy về bàn nhập")
    if is_sent:
        _try(lambda: receipts.recall(workspace, actor, int(entry_id), why), f"Trường hợp {entry_id} đã về bàn nhập.")


def _make(workspace: Workspace, actor: Actor, book: Book, package: Package | None) -> None:
    if package and package.state in hand_over.GONE:
        return
    with st.form("make_package"):
        template = None
        if book.kind.value == "KS":
            template = st.radio("Mẫu Excel", TEMPLATES, format_func=TEMPLATES.__getitem__, horizontal=True)
        trial = st.checkbox("Gói thử: được để lại phần chưa xong; không phát hành được")
        is_asked = st.form_submit_button("Lập gói bàn giao", type="primary", icon=":material/inventory_2:")
    if not is_asked:
        return
    try:
        with st.spinner("Đang lập gói…"):
            report = hand_over.export_book(workspace, actor, book.book_id, template=template, trial=trial)
    except DigitizeError as error:
        st.error(str(error), icon=":material/error:")
        return
    told = f"Đã lập gói gồm {report.entries} trường hợp."
    if report.told.left_out:
        told += f" Gói thử, để lại {len(report.told.left_out)} trường hợp hoặc trang (xem bản kê khai)."
    for entry_id, columns in report.unreadable_dates.items():
        told += f" Trường hợp {entry_id}: ngày giữ nguyên như trong sổ ở {', '.join(columns)}."
    _go_on(told)


def _try(act: object, told: str) -> None:
    """Does it and draws the screen anew; a refusal is told where it happened."""
    assert callable(act)
    try:
        act()
    except DigitizeError as error:
        st.error(str(error), icon=":material/error:")
        return
    _go_on(told)


def _go_on(told: str) -> None:
    st.session_state["hand_over_told"] = told
    st.rerun()
