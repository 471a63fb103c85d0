"""Kế hoạch: the days, limits and lanes of the campaign, set by whoever is in charge of the whole province."""

from datetime import date

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.access.scope import PROVINCE
from digitize.app.telling import tell_done
from digitize.books.kinds import BookKind, Lane
from digitize.campaign.plan import LANE_TITLES, Campaign
from digitize.clock import today_here
from digitize.errors import DigitizeError
from digitize.store.unit_of_work import Workspace
from digitize.workflow import inventory


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not plan."""
    actor.demand(Permission.PLAN)
    st.title("Kế hoạch")
    tell_done("plan_told")
    settings = inventory.campaign(workspace, actor)
    _tell(settings)
    if PROVINCE not in actor.scope:
        st.info("Chỉ tài khoản phụ trách toàn tỉnh đổi được kế hoạch.")
        return
    with st.form("plan", border=True):
        changed = _inputs(settings)
        why = st.text_input("Lý do, số văn bản của thay đổi")
        is_sent = st.form_submit_button("Lưu kế hoạch", type="primary")
    if not is_sent:
        return
    try:
        inventory.set_campaign(workspace, actor, changed, why)
    except DigitizeError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.session_state["plan_told"] = "Đã lưu kế hoạch; bản trước còn trong nhật ký."
    st.rerun()


def _tell(settings: Campaign) -> None:
    today = today_here()
    left = (settings.ends - today).days
    ends = f"{settings.ends:%d/%m/%Y}"
    told = f"còn {left} ngày" if left >= 0 else f"đã quá {-left} ngày"
    start, end, report = st.columns(3)
    start.metric("Bắt đầu", f"{settings.start:%d/%m/%Y}")
    end.metric(
        "Hoàn thành" + (" (đã gia hạn)" if settings.extended_to else ""),
        ends,
        told,
        delta_color="off",
        delta_arrow="off",
    )
    report.metric("Báo cáo tháng kế tiếp", f"{settings.next_report(today):%d/%m/%Y}")
    st.caption(
        "Mặc định theo Quyết định 1218/QĐ-UBND ngày 12/7/2023: bắt đầu 01/9/2023, hoàn thành 31/12/2024, báo cáo ngày "
        "15 hằng tháng, nhận dữ liệu trong 10 ngày. Kế hoạch không nói 4 loại sổ trên nền CSDL dân cư là loại nào: "
        "bốn loại chọn sẵn ở đây là phỏng đoán, hãy kiểm tra lại. Hạn mượn sổ và số ngày coi là đứng yên do tỉnh đặt."
    )


def _inputs(settings: Campaign) -> Campaign:
    first, second, third, fourth = st.columns(4)
    population = st.multiselect(
        f"Loại sổ nhập {LANE_TITLES[Lane.POPULATION]}", list(BookKind),
        sorted(settings.population_kinds, key=lambda kind: kind.priority), format_func=lambda kind: kind.book_title,
    )  # fmt: skip
    days = {
        "start": first.date_input("Ngày bắt đầu", settings.start, format="DD/MM/YYYY"),
        "deadline": second.date_input("Ngày hoàn thành", settings.deadline, format="DD/MM/YYYY"),
        "extended_to": third.date_input("Gia hạn đến (nếu có)", settings.extended_to, format="DD/MM/YYYY"),
        "units_on": fourth.date_input("Tính theo đơn vị hành chính ngày", settings.units_on, format="DD/MM/YYYY"),
    }
    limits = {
        "report_day": first.number_input("Ngày báo cáo hằng tháng", 1, 28, settings.report_day),
        "receipt_days": second.number_input("Nhận dữ liệu trong (ngày)", 1, 365, settings.receipt_days),
        "loan_days": third.number_input("Hạn mượn sổ (ngày)", 1, 365, settings.loan_days),
        "idle_days": fourth.number_input("Coi là đứng yên sau (ngày)", 1, 365, settings.idle_days),
    }
    return Campaign(
        **{name: day if isinstance(day, date) else None for name, day in days.items()},  # type: ignore[arg-type]
        **{name: int(limit) for name, limit in limits.items()},  # type: ignore[arg-type]
        population_kinds=frozenset(population),
    )
