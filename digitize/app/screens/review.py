"""Nhập liệu: an entry on the desk; each field left is saved, confirming goes on to the next entry."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.telling import PERSONS, outcome_told, title_of
from digitize.books.entry import Candidate, PersonMatch
from digitize.books.steps import STEP_TITLES, Step
from digitize.errors import DigitizeError, ExtractError, StaleEntry
from digitize.review.desk import DeskField, Edits, Sheet, desk, edits_sent
from digitize.store.unit_of_work import Workspace
from digitize.workflow import progress, review
from digitize.workflow.match import match, open_population
from digitize.workflow.review import FieldView, ReviewView

LONG_KINDS = frozenset({"place", "notes", "date_words", "text"})
ALL_BOOKS = 0
LONG_TEXT = 42  # letters that one line of the form's column holds


@dataclass(slots=True)
class Sitting:
    """What this browser session knows of the entry in hand; the entry itself is named by the address."""

    entry_id: int
    version: int  # of the entry as this person saw or saved it last
    saved: int = 0  # number of the newest edit in the store
    refusal: str = ""


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not review."""
    actor.demand(Permission.REVIEW)
    book_id = _chosen_book(workspace, actor)
    _tell_confirmed()
    entry_id = _entry_in_hand(workspace, actor, book_id)
    if entry_id is None:
        st.success("Không còn trường hợp nào chờ nhập trong phạm vi đã chọn.", icon=":material/task_alt:")
        return
    view = review.open_entry(workspace, actor, entry_id)
    if view.entry.step is not Step.IN_REVIEW:
        st.info(f"Trường hợp {entry_id} ở bước «{STEP_TITLES[view.entry.step]}» nên không sửa được ở đây.")
        st.button("Trường hợp chờ nhập tiếp theo", on_click=st.query_params.clear)
        return
    sitting = _sitting(view)
    st.caption(f"**Trường hợp {entry_id}** · {title_of(view.book)} · {STEP_TITLES[view.entry.step]}")
    for problem in view.problems:
        st.warning(problem.message, icon=":material/visibility:")
    desk(_sheet(workspace, actor, view, sitting), partial(_take, workspace, actor, book_id))


def _chosen_book(workspace: Workspace, actor: Actor) -> int | None:
    titles = {ALL_BOOKS: "Mọi sổ, theo thứ tự ưu tiên"}
    titles |= {count.book.book_id: title_of(count.book) for count in progress.books(workspace, actor)}
    chosen = st.sidebar.selectbox(
        "Sổ đang nhập", list(titles), format_func=titles.__getitem__, key="review_book", on_change=st.query_params.clear
    )
    return None if chosen == ALL_BOOKS else chosen


def _entry_in_hand(workspace: Workspace, actor: Actor, book_id: int | None) -> int | None:
    named = st.query_params.get("entry", "")
    if named.isdecimal():
        return int(named)
    entry = review.next_entry(workspace, actor, book_id)
    if entry is not None:
        st.query_params["entry"] = str(entry.entry_id)
    return entry.entry_id if entry else None


def _sitting(view: ReviewView) -> Sitting:
    sitting: Sitting | None = st.session_state.get("sitting")
    if sitting is None or sitting.entry_id != view.entry.entry_id:
        sitting = st.session_state["sitting"] = Sitting(view.entry.entry_id, view.entry.version)
    return sitting


def _take(workspace: Workspace, actor: Actor, book_id: int | None) -> None:
    """What the desk sent goes into the store; a refusal is told on the desk and the typed text stays there."""
    edits, sitting = edits_sent(), st.session_state.get("sitting")
    if edits is None or sitting is None or edits.entry != sitting.entry_id or edits.number <= sitting.saved:
        return
    try:
        if edits.confirm:
            _confirm(workspace, actor, book_id, edits, sitting)
        else:
            _save(workspace, actor, edits, sitting)
        sitting.saved, sitting.refusal = edits.number, ""
    except StaleEntry as error:
        sitting.refusal = f"{error} Phím F5 mở lại trường hợp."
    except DigitizeError as error:
        sitting.refusal = str(error)


def _save(workspace: Workspace, actor: Actor, edits: Edits, sitting: Sitting) -> None:
    for column, text in edits.values.items():
        entry = review.save_value(workspace, actor, edits.entry, column, text, sitting.version)
        sitting.version = entry.version


def _confirm(workspace: Workspace, actor: Actor, book_id: int | None, edits: Edits, sitting: Sitting) -> None:
    review.confirm(workspace, actor, edits.entry, edits.values, edits.assisted_by, sitting.version)
    del st.session_state["sitting"]  # should the entry be sent back, it is seen anew
    st.session_state["confirmed"] = edits.entry, _matched(workspace, actor, edits.entry)
    following = review.next_entry(workspace, actor, book_id, edits.entry)
    st.query_params.clear()
    if following is not None:
        st.query_params["entry"] = str(following.entry_id)


def _matched(workspace: Workspace, actor: Actor, entry_id: int) -> tuple[PersonMatch, ...] | str:
    """The result, or why there is none: the entry is confirmed all the same."""
    try:
        with closing(open_population(workspace.settings)) as population:
            return match(workspace, actor, population, entry_id)
    except ExtractError as error:
        return str(error)


def _tell_confirmed() -> None:
    """The result of the entry before, at the side, so that the desk stays where it was."""
    if "confirmed" not in st.session_state:
        return
    entry_id, matched = st.session_state["confirmed"]
    with st.sidebar.container(border=True):
        st.markdown(f"✓ **Đã xác nhận trường hợp {entry_id}.**")
        if isinstance(matched, str):
            st.markdown(f"Chưa đối chiếu: {matched}")
            return
        for person in matched:
            st.markdown(f"{PERSONS[person.role]}: {outcome_told(person.outcome)}")
        if not matched:
            st.markdown("Loại sổ này không đối chiếu dân cư.")
        st.link_button("Xem đối chiếu", f"/match?entry={entry_id}", type="tertiary")


def _sheet(workspace: Workspace, actor: Actor, view: ReviewView, sitting: Sitting) -> Sheet:
    return Sheet(
        entry=view.entry.entry_id,
        scan=f"/scan/{view.page.page_id}",
        width=view.page.width,
        height=view.page.height,
        fields=tuple(_desk_field(field) for field in view.fields),
        assistants=_assistants(workspace, actor, view.book.book_id),
        assisted_by=view.entry.assisted_by or "",
        saved=sitting.saved,
        refusal=sitting.refusal,
    )


def _desk_field(field: FieldView) -> DeskField:
    read = field.suggestion
    return DeskField(
        column=field.column,
        label=field.label,
        text=field.text,
        suggestion=read.text if read else None,
        confidence=round(read.confidence, 3) if read else None,
        box=_corners(read),
        state=_state(field),
        long=field.kind in LONG_KINDS or len(field.text) > LONG_TEXT or "\n" in field.text,
        options=dict(field.options),
        reason=" ".join(field.reasons),
    )


def _corners(read: Candidate | None) -> tuple[int, int, int, int] | None:
    return (read.box.x0, read.box.y0, read.box.x1, read.box.y1) if read and read.box else None


def _state(field: FieldView) -> str:
    if field.human:
        return "human"
    if field.doubtful:
        return "doubtful"
    return "machine" if field.text else "empty"


def _assistants(workspace: Workspace, actor: Actor, book_id: int) -> Mapping[str, str]:
    with workspace.view(actor) as work:
        return {account.name: account.full_name for account in work.accounts.assistants(book_id)}
