"""Bảng khối lượng, kinh phí: what was keyed in a period and what it costs; a part of the screen Báo cáo."""

import streamlit as st

from digitize.access.actor import Actor
from digitize.books.cost import Rates, entries_and_fields
from digitize.clock import today_here
from digitize.export.papers.paper import told
from digitize.export.papers.write import WRITINGS
from digitize.export.report_paper import LETTERHEAD
from digitize.store.unit_of_work import Workspace
from digitize.workflow.cost import rates_of, work_done, write_cost


def show(workspace: Workspace, actor: Actor) -> None:
    """Counts when it is asked to: over a whole province that takes a while."""
    given, today = rates_of(workspace.settings), today_here()
    with st.form("cost"):
        since_at, until_at = st.columns(2)
        since = since_at.date_input("Từ ngày", today.replace(day=1), format="DD/MM/YYYY")
        until = until_at.date_input("Đến ngày", today, format="DD/MM/YYYY")
        st.caption("Đơn giá do đơn vị tự đặt; chương trình không kèm đơn giá nào của Nhà nước.")
        labels = ("Một trường hợp", "Trường ngắn", "Trường vừa", "Trường dài")
        money = [
            int(column.number_input(f"{label} (đồng)", min_value=0, value=value, step=10))
            for column, label, value in zip(st.columns(4), labels, (given.entry, *given.fields), strict=True)
        ]
        is_asked = st.form_submit_button("Tính", type="primary", icon=":material/calculate:")
    if not is_asked:
        return
    rates = Rates(money[0], (money[1], money[2], money[3]), given.short, given.medium)
    works = work_done(workspace, actor, since, until, rates)
    if not works:
        st.info("Không có trường hợp nào được xác nhận trong thời gian này.")
        return
    st.dataframe(
        [
            {
                "Loại sổ": work.kind.book_title,
                "Trường hợp": work.entries,
                f"Trường đến {rates.short} ký tự": work.fields[0],
                f"Trường {rates.short + 1}-{rates.medium} ký tự": work.fields[1],
                f"Trường trên {rates.medium} ký tự": work.fields[2],
            }
            | ({"Thành tiền (đồng)": work.cost(rates)} if rates.are_set else {})
            for work in works
        ],
        hide_index=True,
        width="stretch",
    )
    entries, fields = entries_and_fields(works)
    cost = f"**{told(sum(work.cost(rates) for work in works))}** đồng" if rates.are_set else "chưa đặt đơn giá"
    st.markdown(f"Tổng cộng **{told(entries)}** trường hợp, **{told(sum(fields))}** trường; {cost}.")
    with st.container(horizontal=True):
        for form, label in WRITINGS.items():
            content = write_cost(works, rates, since, until, form, LETTERHEAD)
            st.download_button(label, content, f"khoi-luong-{until:%Y-%m-%d}.{form}", on_click="ignore")
