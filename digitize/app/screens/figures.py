"""Chất lượng: how often fields turned out wrong, one's own first; team leads also see the unit's. No ranking."""

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.review.figures import Rate, rate_told
from digitize.review.kinds import FIELD_KIND_TITLES
from digitize.store.unit_of_work import Workspace
from digitize.workflow import figures
from digitize.workflow.figures import Figures


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not follow the work."""
    actor.demand(Permission.FOLLOW)
    st.title("Chất lượng nhập liệu")
    if actor.may(Permission.REVIEW):
        st.subheader("Của riêng bạn")
        st.caption("Chỉ bạn thấy bảng này. Chương trình không xếp hạng người nhập.")
        _tell(figures.own_figures(workspace, actor))
    if actor.may(Permission.DECIDE):
        st.subheader("Của cả đơn vị")
        _tell(figures.unit_figures(workspace, actor))
    if not (actor.may(Permission.REVIEW) or actor.may(Permission.DECIDE)):
        st.info("Cán bộ nhập liệu thấy số liệu của mình, tổ trưởng thấy số liệu của đơn vị.")


def _tell(told: Figures) -> None:
    st.markdown("**Từ kiểm tra mẫu** (rút ngẫu nhiên nên nói được về mọi trường hợp)")
    _table(told.by_sample)
    st.markdown("**Từ đọc lần hai** (chỉ các ô dễ sai, nên tỷ lệ cao hơn mức chung)")
    _table(told.by_second_reading)


def _table(rates: tuple[Rate, ...]) -> None:
    if not rates:
        st.caption("Chưa có ô nào được xem lại.")
        return
    st.table([{"Loại ô": FIELD_KIND_TITLES[rate.kind], "Kết quả": rate_told(rate)} for rate in rates], hide_index=True)
