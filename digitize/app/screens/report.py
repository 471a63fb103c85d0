"""Báo cáo: the monthly report as of any day, looked at and taken along; the cost sheet beside it."""

from base64 import b64encode
from dataclasses import replace
from datetime import timedelta

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.screens import cost_sheet
from digitize.books.report import MonthlyReport
from digitize.clock import today_here
from digitize.export.papers.paper import Letterhead, told
from digitize.export.papers.preview import page_pictures
from digitize.export.papers.write import WRITINGS
from digitize.export.report_paper import LETTERHEAD
from digitize.store.unit_of_work import Workspace
from digitize.workflow.monthly_report import monthly_report, report_days, write_report

MIMES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LABELS = {
    "superior": "Cơ quan chủ quản",
    "issuer": "Cơ quan ban hành",
    "number": "Số, ký hiệu",
    "place": "Địa danh",
    "addressee": "Kính gửi",
    "signer_title": "Chức vụ người ký",
    "signer": "Người ký",
}

PREVIEW = (
    '<img src="data:image/png;base64,{content}" alt="Trang {number} của báo cáo" width="680"'
    ' style="border: 1px solid #ccc">'
)


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not report."""
    actor.demand(Permission.REPORT)
    st.title("Báo cáo")
    monthly, cost = st.tabs(["Báo cáo tháng", "Bảng khối lượng, kinh phí"])
    with monthly:
        _monthly(workspace, actor)
    with cost:
        cost_sheet.show(workspace, actor)


def _monthly(workspace: Workspace, actor: Actor) -> None:
    day_at, before_at = st.columns(2)
    newest, former = report_days(workspace, actor, today_here())
    day = day_at.date_input("Tính đến hết ngày", newest, format="DD/MM/YYYY")
    former = former if day == newest else report_days(workspace, actor, day - timedelta(days=1))[0]
    before = before_at.date_input("Kỳ báo cáo trước, đến hết ngày", former, format="DD/MM/YYYY")
    if before >= day:
        st.error("Kỳ trước phải kết thúc trước ngày báo cáo.")
        return
    report = monthly_report(workspace, actor, day, before)
    letterhead = _letterhead()
    _sums(report)
    pdf = write_report(report, "pdf", letterhead)
    with st.container(horizontal=True):
        for form, label in WRITINGS.items():
            content = pdf if form == "pdf" else write_report(report, form, letterhead)
            name = f"bao-cao-{day:%Y-%m-%d}.{form}"
            st.download_button(label, content, name, MIMES[form], icon=":material/download:", on_click="ignore")
    for number, picture in enumerate(page_pictures(pdf), start=1):
        st.html(PREVIEW.format(number=number, content=b64encode(picture).decode("ascii")))


def _letterhead() -> Letterhead:
    with st.expander("Thể thức văn bản: cơ quan, số, nơi nhận, người ký"):
        st.caption(
            "Mẫu điền sẵn theo Kế hoạch (Công an tỉnh báo cáo UBND tỉnh qua Sở Tư pháp); sửa cho đúng đơn vị gửi."
        )
        words = {name: st.text_input(label, getattr(LETTERHEAD, name)) for name, label in LABELS.items()}
        recipients = st.text_area("Nơi nhận, mỗi dòng một nơi", "\n".join(LETTERHEAD.recipients))
    return replace(LETTERHEAD, **words, recipients=tuple(filter(None, map(str.strip, recipients.splitlines()))))


def _sums(report: MonthlyReport) -> None:
    total = report.total
    finished, communes = (sum(getattr(area, name) for area in report.districts) for name in ("finished", "communes"))
    shown = {
        "Đã nhập": f"{told(total.confirmed)}/{told(total.planned)}",
        "Trong kỳ": told(total.in_period),
        "Đã bàn giao": told(total.handed_over),
        "Xã nhập xong": f"{finished}/{communes}",
    }
    for column, (label, value) in zip(st.columns(len(shown)), shown.items(), strict=True):
        column.metric(label, value)
