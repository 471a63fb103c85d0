"""Ghi trùng: births that may stand in two books, both entries with their ink beside each other; by keyboard alone."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app import beside
from digitize.app.moves import go, moves
from digitize.app.telling import title_of
from digitize.books.book import Book
from digitize.books.duplicates import NearPair, PairChoice
from digitize.books.kinds import BookKind
from digitize.clock import here
from digitize.errors import DigitizeError
from digitize.matching.compare import Agreement
from digitize.matching.duplicates import Finding
from digitize.store.unit_of_work import Workspace
from digitize.workflow import duplicates, progress
from digitize.workflow.duplicates import Duplicate, Side
from digitize.workflow.follow_up import labels_of

FINDINGS = {
    Finding.SAME_BIRTH: ("=", "Có thể là một việc sinh ghi hai lần"),
    Finding.TWINS: ("∥", "Có thể là sinh đôi, không phải ghi trùng"),
    Finding.PARENT_DIFFERS: ("≠", "Anh chị em, thông tin cha mẹ không khớp"),
}
CHOICES = {
    Finding.SAME_BIRTH: ("Đúng là ghi trùng", "Hai người khác nhau"),
    Finding.TWINS: ("Đúng là sinh đôi", "Không phải sinh đôi"),
    Finding.PARENT_DIFFERS: ("Cùng cha mẹ", "Không cùng cha mẹ"),
}
REASONS = (
    "Đã xem nét chữ của hai trang sổ",
    "Đã đối chiếu với giấy tờ của công dân",
    "Đã hỏi công chức tư pháp - hộ tịch",
    "Đã hỏi gia đình",
)
LISTS = ("Chờ xem xét", "Đã quyết định")
LIST_HEIGHT = 430  # pixels, as on the matching screen
NEXT = "duplicates_next"


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not verify."""
    actor.demand(Permission.VERIFY)
    st.title("Việc sinh có thể ghi trùng")
    if told := st.session_state.pop("duplicates_told", None):
        st.markdown(f":green-badge[✓ {told}]")
    book = _book(workspace, actor)
    found = duplicates.duplicates(workspace, actor, book.book_id if book else None)
    if found.is_cut:
        st.warning("Có quá nhiều cặp để hiện hết một lần: hãy chọn từng sổ.", icon=":material/filter_alt:")
    listed = _choose_list(found)
    left, right = st.columns([3, 8])
    keys = [each.pair for each in listed]
    with left:
        with st.container(height=LIST_HEIGHT, border=False):
            chosen = _choose(listed)
        moves(chosen.pair if chosen else None, keys, NEXT)
    with right:
        if chosen:
            _one(workspace, actor, chosen, keys)
        else:
            st.info("Không có cặp nào ở đây.", icon=":material/task_alt:")


def _book(workspace: Workspace, actor: Actor) -> Book | None:
    counts = progress.books(workspace, actor)
    books = {each.book.book_id: each.book for each in counts if each.book.kind is BookKind.BIRTH}
    number = st.selectbox(
        "Sổ", [None, *books], format_func=lambda each: title_of(books[each]) if each else "Mọi sổ khai sinh của đơn vị",
        key="duplicates_book", label_visibility="collapsed",
    )  # fmt: skip
    return books[number] if number else None


def _choose_list(found: duplicates.Duplicates) -> Sequence[Duplicate]:
    by_list = dict(zip(LISTS, (found.open, found.decided), strict=True))
    st.session_state["duplicates_list"] = st.session_state.get("duplicates_list") or LISTS[0]
    chosen = st.radio(
        "Tình trạng", LISTS, format_func=lambda name: f"{name}: {len(by_list[name])}", horizontal=True,
        key="duplicates_list", label_visibility="collapsed",
    )  # fmt: skip
    return by_list[chosen]


def _choose(listed: Sequence[Duplicate]) -> Duplicate | None:
    if not listed:
        return None
    told = {each.pair: each for each in listed}
    if (following := st.session_state.pop(NEXT, None)) in told:
        st.session_state["duplicates_pair"] = following
    if st.session_state.get("duplicates_pair") not in told:
        st.session_state["duplicates_pair"] = next(iter(told))
    st.session_state["duplicates_pair"] = st.session_state["duplicates_pair"]
    return told[
        st.radio("Ghi trùng ở trên", list(told), format_func=lambda each: _line(told[each]), key="duplicates_pair")
    ]


def _line(each: Duplicate) -> str:
    one, other = each.names
    names = one if one == other else f"{one} / {other}"
    return f"{FINDINGS[each.finding][0]} {names} · {each.pair.first} và {each.pair.second}"  # no two lines alike


def _one(workspace: Workspace, actor: Actor, each: Duplicate, keys: Sequence[NearPair]) -> None:
    sign, title = FINDINGS[each.finding]
    st.markdown(f"**{sign} {title}** · trường hợp {each.pair.first} và {each.pair.second}")
    st.text(f"Vì sao: {each.why}.")
    _decide(workspace, actor, each, keys)
    if st.session_state.get("duplicates_looked") != each.pair:
        duplicates.look_at(workspace, actor, each.pair)
        st.session_state["duplicates_looked"] = each.pair
    one, other = duplicates.sides(workspace, actor, each.pair)
    st.html(_table(one, other))
    st.caption(
        "Chương trình chỉ nêu nghi vấn. Quyết định vào nhật ký; hai trường hợp giữ nguyên như sổ. "
        "Đúng là ghi trùng thì cơ quan đăng ký hộ tịch xử lý theo thẩm quyền."
    )


def _decide(workspace: Workspace, actor: Actor, each: Duplicate, keys: Sequence[NearPair]) -> None:
    if each.decision:
        same, different = CHOICES[each.finding]
        chosen = same if each.decision.choice is PairChoice.SAME else different
        at = f"{here(each.decision.at):%d/%m/%Y}"
        st.text(f"{each.decision.by} quyết định {at}: {chosen.lower()}. Căn cứ: {each.decision.why}")
    reason, first, second = st.columns([4, 3, 3], vertical_alignment="bottom")
    name = f"{each.pair.first}-{each.pair.second}"
    why = reason.selectbox(
        "Căn cứ", REASONS, index=None, accept_new_options=True, placeholder="chọn, hoặc gõ căn cứ của bạn",
        key=f"duplicates-why-{name}", label_visibility="collapsed",
    )  # fmt: skip
    if each.decision:
        offered = [(second, "Thu lại", "Alt+Backspace", PairChoice.WITHDRAWN)]
    else:
        same, different = CHOICES[each.finding]
        offered = [(first, same, "Alt+Enter", PairChoice.SAME), (second, different, "Alt+0", PairChoice.DIFFERENT)]
    pressed = [
        (label, choice)
        for place, label, shortcut, choice in offered  # a click never decides on what has come into its place since
        if place.button(label, f"{label}-{name}-{each.why}", shortcut=shortcut, width="stretch")
    ]
    for label, choice in pressed:
        try:
            duplicates.decide(workspace, actor, each, choice, why or "")
        except DigitizeError as error:
            st.error(error.message, icon=":material/error:")
            return
        st.session_state["duplicates_told"] = f"{label}: trường hợp {each.pair.first} và {each.pair.second}, đã ghi."
        st.session_state.pop(f"duplicates-why-{name}", None)
        go(keys, each.pair, +1, NEXT)
        st.rerun()


def _table(one: Side, other: Side) -> str:
    labels = labels_of(BookKind.BIRTH)
    rows = "".join(
        _row(line, one, other, labels.get(line.column, line.column)) for line in duplicates.lines(one, other)
    )
    heads = f"{_head(one)}<th scope='col' class='sign'>So sánh</th>{_head(other)}"
    return (
        f"<style>{beside.SHEET}</style><table class='beside twofold'><thead><tr><th scope='col'>Nội dung</th>{heads}"
        f"<th scope='col' class='why'>Vì sao</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _head(side: Side) -> str:
    told = escape(f"Số {side.texts.get('so', '')} · {title_of(side.book)}")
    link = f"<a href='/search?entry={side.entry_id}' target='_blank'>xem trang sổ</a>"
    return f"<th scope='col'>{told} · {link}</th>"


def _row(line: duplicates.Line, one: Side, other: Side, label: str) -> str:
    sign, word, look = beside.SIGNS[line.agreement]
    first, second = beside.marked(*line.texts, line.agreement is Agreement.DIFFERENT)
    cells = [
        (beside.ink(side.entry_id, line.column, label) if line.column in side.inked else "") + text
        for side, text in ((one, first), (other, second))
    ]
    return (
        f"<tr class='{look}'><th scope='row'>{escape(label)}</th><td>{cells[0]}</td>"
        f"<td class='sign'><b aria-hidden='true'>{sign}</b> {word}</td><td>{cells[1]}</td>"
        f"<td class='why'>{escape(line.sentence)}</td></tr>"
    )
