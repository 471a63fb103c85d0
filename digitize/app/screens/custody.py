"""Giao nhận sổ: where every book is, and minutes of those that are given, received and given back."""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from digitize.access.actor import Actor, Agency, Permission
from digitize.app.papers import MOST_COVERS
from digitize.app.telling import tell_done, title_of
from digitize.campaign.custody import (
    DIRECTION_TITLES,
    FROM,
    GIVER,
    PLACE_TITLES,
    RECEIVER,
    Direction,
    Handover,
    Party,
    Place,
    Whereabouts,
    office_of,
)
from digitize.campaign.inventory import CONDITION_TITLES, Condition, conditions_told
from digitize.clock import day_here, today_here
from digitize.errors import DigitizeError
from digitize.store.unit_of_work import Workspace
from digitize.workflow import custody, inventory


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not follow the work."""
    actor.demand(Permission.FOLLOW)
    st.title("Giao nhận sổ")
    tell_done("custody_told")
    everything = custody.whereabouts(workspace, actor)
    if not actor.may(Permission.CUSTODY):
        _whereabouts(everything)
        return
    direction = next(each for each in Direction if GIVER[each] is actor.agency)
    waiting = [each for each in custody.waiting(workspace, actor) if RECEIVER[each.direction] is actor.agency]
    tabs = ["Sổ đang ở đâu", DIRECTION_TITLES[direction], f"Chờ nhận ({len(waiting)})", "Biên bản", "Tờ bìa"]
    places, giving, receiving, minutes, covers = st.tabs(tabs)
    with places:
        _whereabouts(everything)
    with giving:
        _give(workspace, actor, direction, everything)
    with receiving:
        _receive(workspace, actor, waiting)
    with minutes:
        _minutes(workspace, actor)
    with covers:
        _covers(everything)


def _whereabouts(everything: Sequence[Whereabouts]) -> None:
    if not everything:
        st.info("Chưa có sổ nào trong phạm vi của bạn.")
        return
    today = today_here()
    counts = Counter(each.place for each in everything)
    late = sorted((each for each in everything if each.days_late(today)), key=lambda each: -each.days_late(today))
    for column, place in zip(st.columns(len(Place) + 1), [*Place, None], strict=True):
        column.metric(PLACE_TITLES[place] if place else "Quá hạn trả", counts[place] if place else len(late))
    options = ["Tất cả", "Quá hạn trả", *(PLACE_TITLES[place] for place in Place)]
    chosen = st.segmented_control("Xem", options, default="Quá hạn trả" if late else "Tất cả", key="custody_view")
    shown = [each for each in everything if chosen in ("Tất cả", None, PLACE_TITLES[each.place])]
    rows = [_row(each, each.days_late(today)) for each in (late if chosen == "Quá hạn trả" else shown)]
    st.dataframe(rows, hide_index=True, width="stretch", height=min(36 * len(rows) + 42, 400))


def _row(each: Whereabouts, late: int) -> dict[str, object]:
    return {
        "Số": each.book.book_id,
        "Sổ": title_of(each.book),
        "Đang ở đâu": PLACE_TITLES[each.place],
        "Từ ngày": f"{day_here(each.since):%d/%m/%Y}" if each.since else "",
        "Hạn trả": f"{each.due:%d/%m/%Y}" if each.due and each.place is not Place.AT_HOME else "",
        "Quá hạn": f"{late} ngày" if late else "",
    }


def _give(workspace: Workspace, actor: Actor, direction: Direction, everything: Sequence[Whereabouts]) -> None:
    ready = [each for each in everything if each.place is FROM[direction]]
    units = {each.book.unit_code: each.book.unit_name for each in ready}
    if not units:
        st.info(f"Không có sổ nào ở trạng thái «{PLACE_TITLES[FROM[direction]]}».")
        return
    unit = st.selectbox("Đơn vị", list(units), format_func=lambda code: f"{units[code]} ({code})", key="custody_unit")
    of_unit = [each for each in ready if each.book.unit_code == unit]
    chosen = st.multiselect(
        "Sổ (theo thứ tự ưu tiên)", of_unit, format_func=lambda each: f"{each.book.book_id}. {title_of(each.book)}",
        placeholder="Chọn các sổ", key=f"custody_books-{unit}-{direction}",
    )  # fmt: skip
    if not chosen:
        return
    if direction is Direction.LEND and (first := custody.first_by_the_plan(chosen, of_unit)):
        st.warning(
            f"Theo thứ tự ưu tiên của kế hoạch còn {len(first)} sổ phải làm trước, ví dụ {title_of(first[0])}. "
            "Làm trước thứ tự thì ghi lý do ở màn hình «Kiểm kê sổ».",
            icon=":material/low_priority:",
        )
    if sent := _minutes_inputs(workspace, actor, direction, chosen, (unit, units[unit])):
        _told(f"Đã lập {sent.title}. In ở thẻ «Biên bản»; bên nhận xác nhận ở thẻ «Chờ nhận» của mình.")


def _minutes_inputs(
    workspace: Workspace, actor: Actor, direction: Direction, chosen: Sequence[Whereabouts], unit: tuple[str, str]
) -> Handover | None:
    stocks = {each.book.book_id: each.stock for each in inventory.volumes(workspace, actor, unit[0])}
    with st.form(f"give-{unit[0]}-{direction}"):
        conditions, notes = {}, {}
        for each in chosen:
            stock = stocks.get(each.book.book_id)
            book_id = each.book.book_id
            conditions[book_id], notes[book_id] = _condition(each, stock.conditions if stock else None)
        giver, receiver = st.columns(2)
        parties = (
            _party(giver, f"Bên giao: {office_of(GIVER[direction], *unit)}", "giver"),
            _party(receiver, f"Bên nhận: {office_of(RECEIVER[direction], *unit)}", "receiver"),
        )
        place = giver.text_input("Nơi giao nhận", office_of(Agency.CIVIL_STATUS, *unit))
        due = None
        if direction is Direction.LEND:
            due = receiver.date_input("Hạn trả", custody.due_day(workspace, actor), format="DD/MM/YYYY")
        note = st.text_input("Ghi chú của biên bản")
        is_sent = st.form_submit_button("Lập biên bản", type="primary")
    if not is_sent:
        return None
    try:
        return custody.give(workspace, actor, direction, conditions, *parties, place, due, note, notes)
    except DigitizeError as error:
        st.error(str(error), icon=":material/error:")
        return None


def _condition(each: Whereabouts, known: frozenset[Condition] | None) -> tuple[frozenset[Condition], str]:
    left, right = st.columns([3, 2])
    default = sorted(known or {Condition.GOOD}, key=list(Condition).index)
    told = left.multiselect(
        f"Tình trạng: {title_of(each.book)}", list(Condition), default, format_func=CONDITION_TITLES.__getitem__,
        key=f"condition-{each.book.book_id}-{each.place}",
    )  # fmt: skip
    note = right.text_input("Ghi chú", key=f"note-{each.book.book_id}-{each.place}")
    return frozenset(told), note


def _party(column: "st.delta_generator.DeltaGenerator", office: str, key: str) -> Party:
    column.markdown(f"**{office}**")
    name = column.text_input("Họ và tên", key=f"{key}-name")
    return Party(name, column.text_input("Chức vụ", key=f"{key}-title"))


def _receive(workspace: Workspace, actor: Actor, waiting: Sequence[Handover]) -> None:
    if not waiting:
        st.info("Không có biên bản nào chờ bạn xác nhận.")
        return
    handover = st.selectbox("Biên bản", waiting, format_func=lambda each: each.title)
    st.caption(f"Bên giao: {handover.giver.name}, {handover.giver.title}. Kiểm từng quyển rồi mới xác nhận.")
    with st.form(f"receive-{handover.handover_id}"):
        conditions: dict[int, frozenset[Condition]] = {}
        for given in handover.books:
            book = given.volume.book
            told = st.multiselect(
                f"Tình trạng khi nhận: {title_of(book)} (khi giao: {conditions_told(given.conditions)})",
                list(Condition), sorted(given.conditions, key=list(Condition).index),
                format_func=CONDITION_TITLES.__getitem__, key=f"received-{handover.handover_id}-{book.book_id}",
            )  # fmt: skip
            conditions[book.book_id] = frozenset(told)
        is_sent = st.form_submit_button(f"Đã nhận đủ {len(handover.books)} quyển", type="primary")
    if is_sent:
        try:
            custody.receive(workspace, actor, handover.handover_id, conditions)
        except DigitizeError as error:
            st.error(str(error), icon=":material/error:")
            return
        _told(f"Đã nhận sổ theo {handover.title}.")


def _minutes(workspace: Workspace, actor: Actor) -> None:
    handovers = custody.handovers(workspace, actor)
    if not handovers:
        st.info("Chưa có biên bản nào.")
        return
    st.dataframe(
        [_minutes_row(each) for each in handovers], hide_index=True, width="stretch",
        height=min(36 * len(handovers) + 42, 300),
    )  # fmt: skip
    handover = st.selectbox("Biên bản cần in", handovers, format_func=lambda each: each.title)
    with st.container(horizontal=True):
        for kind, label in (("docx", "Tải bản Word"), ("pdf", "Tải bản PDF")):
            st.link_button(label, f"/handover/{handover.handover_id}.{kind}", icon=":material/download:")
        is_open = handover.received_at is None and not handover.is_cancelled
        if is_open and GIVER[handover.direction] is actor.agency:
            _cancel(workspace, actor, handover)


def _minutes_row(each: Handover) -> Mapping[str, object]:
    received = f"{day_here(each.received_at):%d/%m/%Y}" if each.received_at else "chưa nhận"
    return {
        "Số": f"{each.number:02d}/{each.year}",
        "Đơn vị": each.unit_name,
        "Việc": DIRECTION_TITLES[each.direction],
        "Số quyển": len(each.books),
        "Ngày giao": f"{day_here(each.given_at):%d/%m/%Y}",
        "Ngày nhận": "đã hủy" if each.is_cancelled else received,
        "Hạn trả": f"{each.due:%d/%m/%Y}" if each.due else "",
        "Đổi tình trạng": sum(given.is_changed for given in each.books),
    }


def _cancel(workspace: Workspace, actor: Actor, handover: Handover) -> None:
    with st.popover("Hủy biên bản", icon=":material/cancel:"):
        why = st.text_input("Lý do hủy")
        if st.button("Hủy biên bản này", f"cancel-{handover.handover_id}", disabled=not why.strip()):
            custody.cancel(workspace, actor, handover.handover_id, why.strip())
            _told(f"Đã hủy {handover.title}.")


def _covers(everything: Sequence[Whereabouts]) -> None:
    st.markdown("In một tờ cho mỗi quyển, đặt trước trang đầu khi quét: chương trình nhận ra sổ theo mã QR.")
    chosen = st.multiselect(
        "Sổ", everything, format_func=lambda each: f"{each.book.book_id}. {title_of(each.book)}",
        placeholder="Chọn các sổ", max_selections=MOST_COVERS, key="custody_covers",
    )  # fmt: skip
    if chosen:
        ids = ",".join(str(each.book.book_id) for each in chosen)
        st.link_button(f"Tải {len(chosen)} tờ bìa (PDF)", f"/cover-sheets.pdf?books={ids}", icon=":material/qr_code:")


def _told(told: str) -> None:
    st.session_state["custody_told"] = told
    st.rerun()
