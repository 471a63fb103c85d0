"""The views of the screen «Tiến độ»: grid of units, table, charts, stuck books, books and their pages."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from html import escape

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from digitize.access.actor import Actor
from digitize.app.telling import PAGE_SIGNS, title_of
from digitize.books.book import PAGE_STATE_TITLES, Book
from digitize.books.kinds import Lane
from digitize.campaign.forecast import LOOKED_BACK
from digitize.campaign.inventory import PERIOD_TITLES, Period, period_of
from digitize.campaign.plan import LANE_TITLES, Campaign
from digitize.campaign.progress import Counts, Standing, add_up
from digitize.campaign.units import district_names, successors
from digitize.export.papers.paper import told
from digitize.store.unit_of_work import Workspace
from digitize.workflow import completeness, progress
from digitize.workflow.progress import Overview

MOST_BOOKS = 1000  # rows of the list of books; a unit or kind narrows it down
STEPS = ((1.0, "#1f7a4d", "#fff"), (0.75, "#7cc49b", "#123"), (0.5, "#cfe8c9", "#123"), (0.25, "#fbe7b3", "#321"),
         (0.0001, "#f6c9a8", "#321"), (0.0, "#e3e6ea", "#234"))  # fmt: skip
GRID_STYLE = (
    "<style>.grid{display:flex;flex-wrap:wrap;gap:3px;margin:0 0 .5rem}.grid a{width:7.4rem;min-height:2.5rem;"
    "padding:2px 5px;font-size:.74rem;line-height:1.15;text-decoration:none;overflow:hidden;border-radius:3px}"
    ".grid a:focus-visible{outline:3px solid #1a5fb4}.grid b{display:block}"
    ".grid-name{font-size:.85rem;font-weight:600}</style>"
)


def grid(found: Overview) -> None:
    """Every unit as a cell, coloured by what is done; a click goes down to its books."""
    names = {each.book.unit_code: each.book.unit_name for each in found.standings}
    by_district: dict[str, dict[str, Counts]] = {}
    for (district, unit), counts in add_up(found.standings, lambda book: (book.district_code, book.unit_code)).items():
        by_district.setdefault(district, {})[unit] = counts
    cells = [GRID_STYLE]
    for district, units in sorted(by_district.items()):
        cells.append(f"<div class='grid-name'>{escape(district_names().get(district, 'Cấp tỉnh'))}</div>")
        cells.append(
            f"<div class='grid'>{''.join(_cell(unit, names[unit], units[unit]) for unit in sorted(units))}</div>"
        )
    st.html("".join(cells))
    st.caption(
        "Tỷ lệ trường hợp đã xác nhận: xám 0%, cam dưới 25%, vàng từ 25%, xanh nhạt dần từ 50%, xanh đậm đã xong."
    )


def _cell(unit: str, name: str, counts: Counts) -> str:
    background, ink = next((back, ink) for least, back, ink in STEPS if counts.share >= least)
    tip = f"{name}: {told(counts.done)}/{told(counts.expected)}"
    return (
        f"<a href='/progress?unit={escape(unit)}' target='_self' style='background:{background};color:{ink}' "
        f"title='{escape(tip)}'><b>{100 * counts.share:.0f}%</b>{escape(name)}</a>"
    )


def table(found: Overview) -> None:
    groups = _groups(found.campaign)
    by = st.segmented_control("Theo", list(groups), default="Huyện", key="progress_by") or "Huyện"
    sums = add_up(found.standings, groups[by])
    rows = [_row(by, name[-1], counts) for name, counts in sorted(sums.items())] + [_row(by, "CỘNG", found.total)]
    st.dataframe(rows, hide_index=True, width="stretch", height=min(36 * len(rows) + 42, 420), column_config=_bars())


def _groups(plan: Campaign) -> Mapping[str, Callable[[Book], tuple[object, str]]]:
    """Key for sorting, then the name."""
    lanes = list(Lane)
    return {
        "Huyện": lambda book: (book.district_code, district_names().get(book.district_code, "Cấp tỉnh")),
        "Xã (2023)": lambda book: (book.unit_code, f"{book.unit_name} ({book.unit_code})"),
        "Đơn vị từ 01/7/2025": lambda book: (
            "",
            successors().get(book.unit_code, f"(cấp huyện, tỉnh) {book.unit_name}"),
        ),
        "Loại sổ": lambda book: (book.kind.priority, book.kind.book_title),
        "Luồng": lambda book: (lanes.index(plan.lane_of(book.kind)), LANE_TITLES[plan.lane_of(book.kind)]),
        "Giai đoạn": lambda book: (list(Period).index(period_of(book.year)), PERIOD_TITLES[period_of(book.year)]),
    }


def _row(by: str, name: str, counts: Counts) -> dict[str, object]:
    return {
        by: name,
        "Hoàn thành": 100 * counts.share,
        "Sổ": counts.books,
        "Phải nhập": counts.expected,
        "Trang": counts.pages,
        "Trang đã đọc": counts.pages_read,
        "Trang lỗi": counts.pages_failed,
        "Trường hợp đã quét": counts.entries,
        "Đã đọc, chờ nhập": counts.read,
        "Đang nhập": counts.in_review,
        "Đã xác nhận": counts.confirmed,
        "Đã kiểm tra": counts.checked,
        "Đã đối chiếu": counts.matched,
        "Đã bàn giao": counts.handed_over,
    }


def _bars() -> dict[str, ColumnConfig]:
    return {"Hoàn thành": st.column_config.ProgressColumn(format="%.0f%%", min_value=0, max_value=100)}


def chart(found: Overview) -> None:
    """Entries done since the start, beside the even pace that would meet the deadline."""
    first = min(found.by_day, default=found.today)
    first, last = min(first, found.campaign.start), found.today
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    step = max(len(days) // 400, 1)
    done, reached = 0, list[int]()
    for day in days:
        done += found.by_day.get(day, 0)
        reached.append(done)
    whole = max((found.campaign.ends - first).days, 1)
    even = [min(found.total.expected, found.total.expected * (day - first).days // whole) for day in days]
    lines = [
        {"Ngày": day.isoformat(), "Đường": name, "Trường hợp": values[at]}
        for name, values in (("Đã xác nhận", reached), ("Nhịp đều tới hạn", even))
        for at, day in enumerate(days)
        if at % step == 0
    ]
    scale = {"domain": ["Đã xác nhận", "Nhịp đều tới hạn"], "range": ["#8c1d18", "#68737f"]}
    colour = {"field": "Đường", "scale": scale, "legend": {"orient": "top", "title": None}}
    st.vega_lite_chart(lines, {"mark": "line", "height": 260, "encoding": _axes("%m/%Y") | {"color": colour}})
    recent = [{"Ngày": day.isoformat(), "Trường hợp": found.by_day.get(day, 0)} for day in days[-LOOKED_BACK:]]
    if any(each["Trường hợp"] for each in recent):
        st.vega_lite_chart(
            recent, {"mark": {"type": "bar", "color": "#8c1d18"}, "height": 130, "encoding": _axes("%d/%m")}
        )


def _axes(day_format: str) -> dict[str, object]:
    """Days and counts as they are written in Vietnam."""
    dotted = "replace(format(datum.value, ',d'), /,/g, '.')"
    return {
        "x": {"field": "Ngày", "type": "temporal", "axis": {"format": day_format, "title": None}},
        "y": {"field": "Trường hợp", "type": "quantitative", "axis": {"labelExpr": dotted}},
    }


def stuck(workspace: Workspace, actor: Actor, found: Overview) -> None:
    held_up = progress.stuck(workspace, actor, found.standings)
    if not held_up:
        st.success("Không có sổ nào vướng.", icon=":material/task_alt:")
        return
    st.caption(f"{told(len(held_up))} sổ vướng" + (f", hiện {MOST_BOOKS} sổ đầu" if len(held_up) > MOST_BOOKS else ""))
    rows = [
        {
            "Số": each.standing.book.book_id,
            "Sổ": title_of(each.standing.book),
            "Vì sao": "; ".join(each.reasons),
            "Hoàn thành": 100 * each.standing.counts.share,
        }
        for each in held_up[:MOST_BOOKS]
    ]
    st.dataframe(rows, hide_index=True, width="stretch", height=min(36 * len(rows) + 42, 420), column_config=_bars())


def books(workspace: Workspace, actor: Actor, standings: Sequence[Standing]) -> None:
    shown = standings[:MOST_BOOKS]
    if len(standings) > len(shown):
        st.caption(
            f"Hiện {told(len(shown))} trong {told(len(standings))} sổ; chọn đơn vị, loại hoặc giai đoạn để thu hẹp."
        )
    rows = [_book_row(each) for each in shown]
    picked = st.dataframe(
        rows, hide_index=True, width="stretch", height=min(36 * len(rows) + 42, 300), column_config=_bars(),
        on_select="rerun", selection_mode="single-row",
        key=f"progress_books-{hash(tuple(each.book.book_id for each in shown))}",
    )  # fmt: skip
    if not picked.selection.rows:
        st.caption("Chọn một sổ (ô vuông bên trái) để xem từng trang.")
        return
    _pages(workspace, actor, shown[picked.selection.rows[0]].book)


def _book_row(each: Standing) -> dict[str, object]:
    counted = _row("", "", each.counts)
    shown = {title: value for title, value in counted.items() if title not in ("", "Sổ")}
    return {"Số": each.book.book_id, "Sổ": title_of(each.book)} | shown


def _pages(workspace: Workspace, actor: Actor, book: Book) -> None:
    found = completeness.completeness_of(workspace, actor, book.book_id)
    with workspace.view(actor) as work:
        states = {page.page_id: page.state for page in work.pages.of_book(book.book_id)}
    st.markdown(
        f"**{title_of(book)}**" + (f": còn phải làm {'; '.join(found.open_points)}" if found.open_points else "")
    )
    rows = [
        {
            "Trang": page.sequence,
            "Tệp": page.file_name,
            "Máy đọc": f"{PAGE_SIGNS[states[page.page_id]]} {PAGE_STATE_TITLES[states[page.page_id]]}",
            "Đã xác nhận": page.confirmed,
            "Chưa xác nhận": page.unconfirmed,
            "Ảnh": f"/scan/{page.page_id}",
        }
        for page in found.pages
    ]
    links = {"Ảnh": st.column_config.LinkColumn(display_text="xem")}
    st.dataframe(rows, hide_index=True, width="stretch", height=min(36 * len(rows) + 42, 300), column_config=links)
