"""Tiến độ: how far the campaign is, by commune, district, kind, lane and period; down to the book and the page."""

from html import escape

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.screens import progress_views as views
from digitize.books.book import Book
from digitize.books.kinds import BookKind, Lane
from digitize.campaign.inventory import PERIOD_TITLES, Period
from digitize.campaign.plan import LANE_TITLES, Campaign
from digitize.campaign.progress import add_up
from digitize.campaign.units import Level, level_of, successors
from digitize.export.papers.paper import told
from digitize.store.unit_of_work import Workspace
from digitize.workflow import progress
from digitize.workflow.progress import Filter, Overview

VIEWS = ("Lưới đơn vị", "Bảng", "Biểu đồ", "Sổ vướng", "Từng sổ")


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not follow the work."""
    actor.demand(Permission.FOLLOW)
    st.title("Tiến độ")
    wanted, lane = _filter()
    unit = st.query_params.get("unit", "")
    plan = progress.campaign(workspace, actor)
    kinds = _kinds(wanted.kinds, lane, plan)
    found = progress.overview(workspace, actor, Filter(kinds, wanted.periods, unit or None))
    if not found.standings:
        st.info("Không có sổ nào phải nhập trong phạm vi đã chọn.")
        if unit:
            st.button("Xem mọi đơn vị", on_click=st.query_params.clear)
        return
    if unit:
        left, right = st.columns([4, 1])
        left.subheader(_unit_title(found.standings[0].book))
        right.button("Xem mọi đơn vị", on_click=st.query_params.clear, icon=":material/arrow_back:")
    _figures(found)
    st.session_state.setdefault(f"progress_view-{unit}", VIEWS[4] if unit else VIEWS[0])
    view = st.segmented_control("Xem", VIEWS, key=f"progress_view-{unit}")
    match view:
        case "Bảng":
            views.table(found)
        case "Biểu đồ":
            views.chart(found)
        case "Sổ vướng":
            views.stuck(workspace, actor, found)
        case "Từng sổ":
            views.books(workspace, actor, found.standings)
        case _:
            views.grid(found)


def _filter() -> tuple[Filter, Lane | None]:
    lane_in, kinds_in, periods_in = st.columns([2, 3, 3])
    lane = lane_in.selectbox(
        "Luồng nhập", [None, *Lane], format_func=lambda each: LANE_TITLES[each] if each else "Cả hai luồng"
    )
    kinds = kinds_in.multiselect("Loại sổ", list(BookKind), format_func=lambda k: k.book_title, placeholder="Mọi loại")
    periods = periods_in.multiselect(
        "Giai đoạn", list(Period), format_func=PERIOD_TITLES.__getitem__, placeholder="Mọi giai đoạn"
    )
    return Filter(frozenset(kinds) if kinds else None, frozenset(periods) if periods else None), lane


def _kinds(chosen: frozenset[BookKind] | None, lane: Lane | None, plan: Campaign) -> frozenset[BookKind] | None:
    if lane is None:
        return chosen
    of_lane = frozenset(kind for kind in BookKind if plan.lane_of(kind) is lane)
    return of_lane if chosen is None else of_lane & chosen


def _figures(found: Overview) -> None:
    total = found.total
    units = add_up(found.standings, lambda book: book.unit_code)
    communes = [counts for unit, counts in units.items() if level_of(unit) is Level.COMMUNE]
    figures = {
        "Sổ phải nhập": told(total.books),
        "Trường hợp phải nhập": told(total.expected),
        "Đã quét": told(total.entries),
        "Đã xác nhận": told(total.done),
        "Hoàn thành": f"{100 * total.share:.1f}%".replace(".", ","),
        "Đã bàn giao": told(total.handed_over),
        "Xã xong": f"{sum(counts.is_finished for counts in communes)}/{len(communes)}",
    }
    cells = "".join(f"<div><span>{escape(name)}</span><b>{value}</b></div>" for name, value in figures.items())
    st.html(
        "<style>.figures{display:flex;gap:2rem;flex-wrap:wrap}.figures span{display:block;font-size:.85rem;"
        "color:#4a5768}"
        f".figures b{{font-size:1.5rem;font-weight:600}}</style><div class='figures'>{cells}</div>"
    )
    st.markdown(found.forecast.told(found.campaign.ends))


def _unit_title(book: Book) -> str:
    since = successors().get(book.unit_code)
    return f"{book.unit_name} ({book.unit_code})" + (f", từ 01/7/2025: {since}" if since else "")
