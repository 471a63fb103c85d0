"""Điều kiện, khó khăn: what units have for the work, what holds them up, and what was answered."""

from collections.abc import Callable

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.telling import tell_done
from digitize.books.readiness import DIFFICULTY_TITLES, LINE_TITLES, Difficulty, DifficultyKind, Line, Survey
from digitize.clock import here, today_here
from digitize.errors import DigitizeError
from digitize.store.unit_of_work import Workspace
from digitize.workflow import difficulties
from digitize.workflow.difficulties import Place

NUMBERS = {
    "a3_scanners": "Máy quét A3",
    "other_scanners": "Máy quét khác",
    "computers": "Máy tính",
    "police_staff": "Công an tham gia",
    "civil_status_staff": "Công chức hộ tịch tham gia",
}


def show(workspace: Workspace, actor: Actor) -> None:
    """Everybody who follows the work may raise a difficulty; team leads answer and survey."""
    actor.demand(Permission.FOLLOW)
    st.title("Điều kiện, khó khăn")
    tell_done("difficulty_told")
    places = difficulties.places_of(workspace, actor)
    if not places:
        st.info("Chưa có đơn vị nào trong phạm vi của bạn.")
        return
    hindrances, readiness = st.tabs(["Khó khăn, vướng mắc", "Khảo sát điều kiện"])
    with hindrances:
        _raise(workspace, actor, places)
        for each in difficulties.difficulties(workspace, actor):
            _tell(workspace, actor, each)
    with readiness:
        _surveys(difficulties.surveys(workspace, actor))
        if actor.may(Permission.REPORT):
            _survey(workspace, actor, places)


def _raise(workspace: Workspace, actor: Actor, places: tuple[Place, ...]) -> None:
    with st.form("raise", clear_on_submit=True):
        where, what = st.columns(2)
        place = where.selectbox("Đơn vị", places, format_func=lambda each: each.name)
        kinds = list(DifficultyKind)
        kind = what.selectbox("Về việc", kinds, format_func=DIFFICULTY_TITLES.__getitem__)
        text = st.text_area("Khó khăn, vướng mắc (không ghi thông tin cá nhân của công dân)", height=68)
        is_sent = st.form_submit_button("Báo khó khăn", type="primary", icon=":material/report:")
    if is_sent:
        _try(lambda: difficulties.raise_difficulty(workspace, actor, place, kind, text), "Đã ghi khó khăn, vướng mắc.")


def _tell(workspace: Workspace, actor: Actor, each: Difficulty) -> None:
    with st.container(border=True):
        raised = f"{each.raised_by}, {here(each.raised_at):%d/%m/%Y}"
        st.caption(f"{each.unit_name} · {DIFFICULTY_TITLES[each.kind]} · {raised}")
        st.text(each.text)
        if each.answer is not None and each.answered_at is not None:
            st.text(f"Giải quyết ({each.answered_by}, {here(each.answered_at):%d/%m/%Y}): {each.answer}")
        elif actor.may(Permission.REPORT):
            with st.form(f"answer-{each.difficulty_id}", border=False):
                text = st.text_input("Hướng giải quyết")
                is_sent = st.form_submit_button("Trả lời")
            if is_sent:
                number = each.difficulty_id
                _try(lambda: difficulties.answer_difficulty(workspace, actor, number, text), "Đã ghi hướng giải quyết.")
        else:
            st.caption("Chưa được giải quyết.")


def _surveys(surveys: tuple[Survey, ...]) -> None:
    if not surveys:
        st.info("Chưa có đơn vị nào được khảo sát.")
        return
    ready = sum(not survey.lacking for survey in surveys)
    st.caption(f"{ready}/{len(surveys)} đơn vị đã khảo sát có đủ điều kiện.")
    rows = [
        {"Đơn vị": survey.unit_name, "Ngày": f"{survey.on:%d/%m/%Y}", "Địa điểm": "có" if survey.has_place else "chưa"}
        | {label: getattr(survey, name) for name, label in NUMBERS.items()}
        | {"Đường truyền": LINE_TITLES[survey.line], "Còn thiếu": ", ".join(survey.lacking), "Ghi chú": survey.note}
        for survey in surveys
    ]
    st.dataframe(rows, hide_index=True, width="stretch")


def _survey(workspace: Workspace, actor: Actor, places: tuple[Place, ...]) -> None:
    with st.form("survey"):
        where, line_at, day_at = st.columns(3)
        place = where.selectbox("Đơn vị khảo sát", places, format_func=lambda each: each.name)
        lines = list(Line)
        line = line_at.selectbox("Đường truyền", lines, format_func=LINE_TITLES.__getitem__) or lines[0]
        day = day_at.date_input("Ngày khảo sát", today_here(), format="DD/MM/YYYY", max_value=today_here())
        numbers = {
            name: int(column.number_input(label, min_value=0, step=1))
            for column, (name, label) in zip(st.columns(len(NUMBERS)), NUMBERS.items(), strict=True)
        }
        has_place = st.checkbox("Có địa điểm làm việc")
        note = st.text_input("Ghi chú")
        is_sent = st.form_submit_button("Ghi kết quả khảo sát", type="primary")
    if is_sent:
        survey = Survey(place.code, place.name, has_place, **numbers, line=line, note=note, on=day, by=actor.account)
        _try(lambda: difficulties.add_survey(workspace, actor, survey, place), f"Đã ghi khảo sát của {place.name}.")


def _try(act: Callable[[], object], told: str) -> None:
    """Does it and draws the screen anew; a refusal is told where it happened."""
    try:
        act()
    except DigitizeError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.session_state["difficulty_told"] = told
    st.rerun()
