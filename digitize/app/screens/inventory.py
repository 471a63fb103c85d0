"""Kiểm kê sổ: which volumes there are, what they hold, in and out of Excel, and the order they are taken in."""

from collections.abc import Callable, Sequence

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.telling import tell_done
from digitize.books.kinds import BookKind
from digitize.campaign.inventory import (
    CONDITION_TITLES,
    PERIOD_TITLES,
    Condition,
    Period,
    Stock,
    StockSum,
    Volume,
    conditions_told,
    period_of,
)
from digitize.campaign.inventory_sheet import InventoryLine
from digitize.campaign.units import LEVEL_TITLES, Keeper, district_names, level_of
from digitize.clock import today_here
from digitize.errors import DigitizeError
from digitize.store.unit_of_work import Workspace
from digitize.workflow import inventory

OLDEST_YEAR = 1900
GROUPS: dict[str, Callable[[StockSum], tuple[object, str]]] = {
    "Loại sổ": lambda each: (each.kind.priority, each.kind.book_title),
    "Giai đoạn": lambda each: (list(Period).index(each.period), PERIOD_TITLES[each.period]),
    "Đơn vị": lambda each: (each.unit_code, f"{each.unit_name} ({each.unit_code})"),
    "Huyện": lambda each: (each.district_code, district_names().get(each.district_code, "Cấp tỉnh")),
    "Cấp": lambda each: (level_of(each.unit_code), LEVEL_TITLES[level_of(each.unit_code)]),
}


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not see the inventory."""
    actor.demand(Permission.FOLLOW)
    st.title("Kiểm kê sổ")
    tell_done("inventory_told")
    sums = inventory.sums(workspace, actor)
    tabs = ["Thống kê", "Từng quyển"] + (["Thêm quyển", "Excel"] if actor.may(Permission.COUNT) else [])
    shown = dict(zip(tabs, st.tabs(tabs), strict=True))
    with shown["Thống kê"]:
        _statistics(sums)
    keepers = inventory.keepers(workspace, actor)
    with shown["Từng quyển"]:
        _volumes(workspace, actor, keepers, {each.unit_code for each in sums})
    if actor.may(Permission.COUNT):
        with shown["Thêm quyển"]:
            _add(workspace, actor, keepers)
        with shown["Excel"]:
            _excel(workspace, actor)


def _statistics(sums: Sequence[StockSum]) -> None:
    if not sums:
        st.info("Chưa có sổ nào trong phạm vi của bạn. Hãy thêm từng quyển hoặc nạp bảng Excel.")
        return
    by = st.segmented_control("Thống kê theo", list(GROUPS), default="Loại sổ", key="inventory_by") or "Loại sổ"
    groups: dict[tuple[object, str], list[StockSum]] = {}
    for each in sums:
        groups.setdefault(GROUPS[by](each), []).append(each)
    rows = [_sum_row(by, name, groups[rank, name]) for rank, name in sorted(groups)]
    rows.append(_sum_row(by, "CỘNG", sums))
    st.dataframe(rows, hide_index=True, width="stretch", height=min(38 * len(rows) + 40, 520))
    st.caption(
        "Sổ đã có dữ liệu trên CSDL hộ tịch điện tử không thuộc phạm vi phải nhập (kế hoạch, mục II.3.1). "
        "Sổ «chưa kiểm» là sổ đã mở để quét mà chưa ai đếm."
    )


def _sum_row(by: str, name: str, sums: Sequence[StockSum]) -> dict[str, object]:
    def add(count: Callable[[StockSum], int]) -> int:
        return sum(map(count, sums))

    return {
        by: name,
        "Số quyển": add(lambda each: each.books),
        "Chưa kiểm": add(lambda each: each.uncounted),
        "Đã có trên CSDLHTĐT": add(lambda each: each.electronic),
        "Phải nhập (quyển)": add(lambda each: each.books - each.electronic),
        "Số trường hợp": add(lambda each: each.entries),
        "Phải nhập (trường hợp)": add(lambda each: each.entries - each.electronic_entries),
        "Số trang": add(lambda each: each.pages),
        "Hư hỏng (quyển)": add(lambda each: each.damaged),
    }


def _volumes(workspace: Workspace, actor: Actor, keepers: Sequence[Keeper], with_books: set[str]) -> None:
    there = [keeper for keeper in keepers if keeper.code in with_books]
    if not there:
        st.caption("Chưa có sổ nào.")
        return
    keeper = st.selectbox("Đơn vị giữ sổ", there, format_func=lambda each: each.title, key="inventory_unit")
    found = inventory.volumes(workspace, actor, keeper.code)
    picked = st.dataframe(
        [_row(each) for each in found], hide_index=True, width="stretch", height=min(38 * len(found) + 40, 330),
        placeholder="",
        on_select="rerun", selection_mode="single-row", key=f"volumes-{keeper.code}",
    )  # fmt: skip
    chosen = picked.selection.rows
    if not chosen or chosen[0] >= len(found):
        st.caption("Chọn một dòng (ô vuông bên trái) để xem và sửa.")
        return
    volume = found[chosen[0]]
    if actor.may(Permission.COUNT):
        _count(workspace, actor, volume)
    if actor.may(Permission.PLAN):
        _order(workspace, actor, volume)


def _row(volume: Volume) -> dict[str, object]:
    book, stock = volume.book, volume.stock or Stock(conditions=frozenset())
    return {
        "Loại sổ": book.kind.book_title,
        "Năm": book.year,
        "Quyển": book.volume,
        "Giai đoạn": PERIOD_TITLES[period_of(book.year)],
        "Từ số": stock.first_number,
        "Đến số": stock.last_number,
        "Trường hợp": volume.entries if volume.stock else None,
        "Trang": stock.pages,
        "Tình trạng": conditions_told(stock.conditions) if volume.stock else "chưa kiểm",
        "CSDLHTĐT": "đã có" if stock.electronic else "",
        "Thứ tự": f"làm trước: {book.ahead_why}" if book.ahead_why else f"ưu tiên {book.kind.priority}",
        "Ghi chú": stock.note,
    }


def _count(workspace: Workspace, actor: Actor, volume: Volume) -> None:
    with st.form(f"count-{volume.book.book_id}", border=True):
        st.markdown(f"**{volume.book.kind.book_title} {volume.book.year}, quyển {volume.book.volume}**")
        stock = _stock_inputs(volume.stock or Stock())
        is_sent = st.form_submit_button("Lưu kết quả kiểm", type="primary")
    if is_sent:
        try:
            inventory.count(workspace, actor, volume.book.book_id, stock)
        except DigitizeError as error:
            st.error(str(error), icon=":material/error:")
            return
        _go_on("Đã lưu kết quả kiểm.")


def _stock_inputs(stock: Stock) -> Stock:
    first, last, entries, pages = st.columns(4)
    first_number = first.number_input("Từ số", 0, value=stock.first_number, step=1)
    last_number = last.number_input("Đến số", 0, value=stock.last_number, step=1)
    counted = entries.number_input("Số trường hợp", 0, value=stock.entries, step=1, placeholder="theo từ số, đến số")
    page_count = pages.number_input("Số trang", 0, value=stock.pages, step=1)
    left, middle, right = st.columns([2, 1, 2])
    conditions = left.multiselect(
        "Tình trạng", list(Condition), sorted(stock.conditions, key=list(Condition).index),
        format_func=CONDITION_TITLES.__getitem__, placeholder="Chọn tình trạng",
    )  # fmt: skip
    electronic = middle.checkbox("Đã có trên CSDLHTĐT", stock.electronic, help="Sổ không thuộc phạm vi phải nhập")
    note = right.text_input("Ghi chú", stock.note)
    return Stock(first_number, last_number, counted, page_count, frozenset(conditions), electronic, note)


def _order(workspace: Workspace, actor: Actor, volume: Volume) -> None:
    """The plan's order steers every queue; a book before its turn needs a reason."""
    book = volume.book
    if book.ahead_why:
        if st.button("Trả về thứ tự ưu tiên của kế hoạch", f"back-{book.book_id}", icon=":material/undo:"):
            inventory.put_in_order(workspace, actor, book.book_id)
            _go_on("Sổ đã trở về thứ tự ưu tiên của kế hoạch.")
        return
    with st.form(f"ahead-{book.book_id}", border=True):
        st.caption("Kế hoạch: khai sinh, kết hôn, nuôi con nuôi, khai tử, rồi các loại còn lại.")
        why = st.text_input("Làm trước thứ tự, vì")
        is_sent = st.form_submit_button("Đưa sổ lên đầu các hàng chờ")
    if is_sent:
        try:
            inventory.put_ahead(workspace, actor, book.book_id, why)
        except DigitizeError as error:
            st.error(str(error), icon=":material/error:")
            return
        _go_on("Sổ đứng đầu các hàng chờ; lý do đã vào nhật ký.")


def _add(workspace: Workspace, actor: Actor, keepers: Sequence[Keeper]) -> None:
    with st.form("add_volume", border=False):
        left, right = st.columns(2)
        keeper = left.selectbox("Đơn vị giữ sổ", keepers, format_func=lambda each: each.title)
        kind = right.selectbox(
            "Loại sổ (theo thứ tự ưu tiên)", list(BookKind), format_func=lambda each: each.book_title
        )
        authority = left.text_input(
            "Cơ quan đăng ký hộ tịch, như ghi trên bìa", placeholder="để trống: lấy theo đơn vị"
        )
        with right:
            year_in, volume_in = st.columns(2)
        year = year_in.number_input("Năm mở sổ", OLDEST_YEAR, today_here().year, today_here().year)
        volume = volume_in.text_input("Quyển số", "01")
        stock = _stock_inputs(Stock())
        is_sent = st.form_submit_button("Thêm quyển sổ", type="primary")
    if not is_sent or not keeper or not kind:
        return
    line = InventoryLine(keeper.code, authority.strip(), kind, int(year), volume.strip(), stock)
    try:
        inventory.add(workspace, actor, keeper, line)
    except DigitizeError as error:
        st.error(str(error), icon=":material/error:")
        return
    _go_on(f"Đã thêm sổ {kind.book_title.lower()} {year}, quyển {volume}.")


def _excel(workspace: Workspace, actor: Actor) -> None:
    st.markdown("Tải mẫu hoặc bảng đã có, điền trong Excel, rồi nạp lại. Cách điền ở trang «Hướng dẫn» của tệp.")
    with st.container(horizontal=True):
        st.link_button("Tải mẫu trống", "/inventory-template.xlsx", icon=":material/download:")
        st.link_button("Tải bảng kiểm kê hiện có", "/inventory.xlsx", icon=":material/download:")
    with st.form("import_inventory", border=False, clear_on_submit=True):
        file = st.file_uploader("Bảng kiểm kê đã điền (.xlsx)", ["xlsx"])
        is_sent = st.form_submit_button("Nạp bảng kiểm kê", type="primary")
    if not is_sent:
        return
    if file is None:
        st.error("Hãy chọn tệp Excel.")
        return
    try:
        report = inventory.import_excel(workspace, actor, file)
    except DigitizeError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.success(f"Thêm {report.added} quyển, sửa {report.changed} quyển, {report.same} dòng không đổi.")
    if report.refused:
        st.warning(f"{len(report.refused)} dòng chưa nhận được:", icon=":material/warning:")
        st.table([{"Dòng": number, "Lý do": why} for number, why in report.refused], hide_index=True)


def _go_on(told: str) -> None:
    st.session_state["inventory_told"] = told
    st.rerun()
