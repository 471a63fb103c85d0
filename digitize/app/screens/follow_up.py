"""Theo dõi sai lệch: every difference between book and population database, until both offices have settled it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.telling import masked, title_of
from digitize.books.book import Book
from digitize.books.follow_up import DIRECTION_TITLES, STATE_TITLES, Direction, FollowState, FollowUp
from digitize.books.persons import ROLE_TITLES
from digitize.clock import here
from digitize.errors import DigitizeError
from digitize.store.unit_of_work import Workspace
from digitize.workflow import follow_up, progress, typing_sheet
from digitize.workflow.follow_up import KINDS, Listed

LISTS = {
    "Chưa xử lý": (FollowState.OPEN,),
    "Đang xác minh": (FollowState.VERIFYING,),
    "Đã xử lý": (FollowState.SETTLED,),
    "Không còn khác biệt": (FollowState.GONE,),
}
SIGNS = {
    FollowState.OPEN: ":orange-badge[○ Chưa xử lý]",
    FollowState.VERIFYING: ":violet-badge[◐ Đang xác minh]",
    FollowState.SETTLED: ":green-badge[✓ Đã xử lý]",
    FollowState.GONE: ":gray-badge[∅ Không còn khác biệt]",
}
LIST_HEIGHT = 430  # pixels, as on the matching screen
SIDES = """<style>.sides {{ display: grid; grid-template-columns: 1fr 1fr; gap: .25rem 1rem; }}
.sides span {{ font-size: .8rem; color: #4a5768; }} .sides p {{ margin: 0; font-weight: 600; }}
.sides img {{ display: block; max-width: 100%; max-height: 56px; }}</style>
<div class="sides"><span>Trong sổ</span><span>Trong CSDL dân cư · {number}</span>
<div>{ink}<p>{book}</p></div><p>{population}</p></div>"""


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not verify."""
    actor.demand(Permission.VERIFY)
    st.title("Theo dõi sai lệch giữa sổ và CSDL dân cư")
    if told := st.session_state.pop("follow_up_told", None):
        st.markdown(f":green-badge[✓ {told}]")
    book = _book(workspace, actor)
    number = book.book_id if book else None
    found = follow_up.listed(workspace, actor, tuple(FollowState), number)
    rows = _choose_list(found)
    left, right = st.columns([3, 8])
    with left, st.container(height=LIST_HEIGHT, border=False):
        chosen = _choose(rows)
    with right:
        if chosen is None:
            st.info("Không có mục nào ở đây.", icon=":material/task_alt:")
        else:
            _one(workspace, actor, chosen)
    _files(workspace, actor, number)


def _book(workspace: Workspace, actor: Actor) -> Book | None:
    books = {each.book.book_id: each.book for each in progress.books(workspace, actor)}
    number = st.selectbox(
        "Sổ", [None, *books], format_func=lambda each: title_of(books[each]) if each else "Mọi sổ của đơn vị",
        key="follow_up_book", label_visibility="collapsed",
    )  # fmt: skip
    return books[number] if number else None


def _choose_list(found: Sequence[Listed]) -> list[Listed]:
    by_list = {name: [each for each in found if each.follow_up.state in states] for name, states in LISTS.items()}
    st.session_state["follow_up_list"] = st.session_state.get("follow_up_list") or next(iter(LISTS))
    chosen = st.radio(
        "Tình trạng", list(LISTS), format_func=lambda name: f"{name}: {len(by_list[name])}", horizontal=True,
        key="follow_up_list", label_visibility="collapsed",
    )  # fmt: skip
    return by_list[chosen]


def _choose(rows: Sequence[Listed]) -> Listed | None:
    if not rows:
        return None
    told = {each.follow_up.follow_up_id: each for each in rows}
    if st.session_state.get("follow_up_item") not in told:
        st.session_state["follow_up_item"] = next(iter(told))
    st.session_state["follow_up_item"] = st.session_state["follow_up_item"]
    return told[st.radio("Mục theo dõi", list(told), format_func=lambda each: _line(told[each]), key="follow_up_item")]


def _line(listed: Listed) -> str:
    each = listed.follow_up
    label = follow_up.labels_of(listed.book.kind).get(each.column, each.column).lower()
    who = f"{listed.name} · {ROLE_TITLES[each.role].lower()} · số {listed.texts.get('so', '')}"
    return f"{each.follow_up_id}. {who}: {label}, {each.why}"  # no two lines alike: Streamlit tells them apart by text


def _one(workspace: Workspace, actor: Actor, listed: Listed) -> None:
    each = listed.follow_up
    label = follow_up.labels_of(listed.book.kind).get(each.column, each.column)
    has_ink = follow_up.has_ink(workspace, actor, each)
    st.markdown(f"**{listed.name}** · {ROLE_TITLES[each.role].lower()} · {title_of(listed.book)} {SIGNS[each.state]}")
    st.text(f"{label} · mức độ: {KINDS[each.kind].lower()} · {each.why}")
    ink = f'<img src="/strip/{each.entry_id}/{each.column}" alt="Nét chữ: {escape(label)}">' if has_ink else ""
    silent = "(không ghi)"
    st.html(
        SIDES.format(
            number=masked(each.personal_id), ink=ink, book=escape(each.book_text) or silent,
            population=escape(each.population_text) or silent,
        )
    )  # fmt: skip
    if each.state is FollowState.GONE:
        st.text("Lần đối chiếu sau không còn thấy khác biệt này.")
    else:
        _change(workspace, actor, each)
    with st.container(horizontal=True):
        for form, title in (("docx", "Phiếu đề nghị xác minh, bản Word"), ("pdf", "Bản PDF")):
            st.link_button(title, f"/letter/{each.follow_up_id}.{form}", icon=":material/mail:")
    st.caption(f"{each.opened_by} lập {here(each.opened_at):%d/%m/%Y}; {each.changed_by} sửa gần nhất "
               f"{here(each.changed_at):%H:%M %d/%m/%Y}. Mọi lần sửa đều nằm trong nhật ký.")  # fmt: skip


def _change(workspace: Workspace, actor: Actor, each: FollowUp) -> None:
    people = {None: "chưa giao"} | {a.name: a.full_name for a in follow_up.colleagues(workspace, actor, each.book_id)}
    states, directions = [FollowState.OPEN, FollowState.VERIFYING, FollowState.SETTLED], list(Direction)
    responsible = each.responsible if each.responsible in people else None
    with st.form(f"follow_up-{each.follow_up_id}-{each.changed_at.isoformat()}"):
        left, middle, right = st.columns(3)
        state = left.selectbox("Tình trạng", states, states.index(each.state), STATE_TITLES.__getitem__)
        direction = middle.selectbox(
            "Hướng xử lý", directions, directions.index(each.direction), DIRECTION_TITLES.__getitem__
        )
        person = right.selectbox("Người phụ trách", list(people), list(people).index(responsible), people.__getitem__)
        note = st.text_input("Kết quả xác minh", each.note, placeholder="ví dụ: giấy chứng sinh ghi như sổ")
        is_sent = st.form_submit_button("Ghi", type="primary", shortcut="Ctrl+Enter")
    if not is_sent:
        return
    try:
        follow_up.change(workspace, actor, each.follow_up_id, state, direction, person, note)
    except DigitizeError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.session_state["follow_up_told"] = f"Đã ghi mục {each.follow_up_id}: {STATE_TITLES[state].lower()}."
    st.rerun()


def _files(workspace: Workspace, actor: Actor, book_id: int | None) -> None:
    """What is worked on outside: the list, and for offices where only the police network may ask the typing sheet."""
    st.subheader("Danh sách và phiếu")
    which = f"?book={book_id}" if book_id else ""
    with st.container(horizontal=True):
        for name, label in (
            ("list/theo-doi-sai-lech.xlsx", "Danh sách theo dõi (Excel)"),
            ("follow-ups.docx", "Danh sách (Word)"),
            ("follow-ups.pdf", "Danh sách (PDF)"),
            ("list/phieu-tra-cuu.xlsx", "Phiếu tra cứu trên mạng Công an"),
            ("list/phieu-nhap-moi.xlsx", "Phiếu nhập mới (không tìm thấy)"),
        ):
            st.link_button(label, f"/{name}{which}", icon=":material/download:")
    if actor.may(Permission.MATCH):
        _read_back(workspace, actor)


def _read_back(workspace: Workspace, actor: Actor) -> None:
    with st.form("read_back", clear_on_submit=True):
        file = st.file_uploader("Nạp lại phiếu tra cứu đã điền", type=["xlsx"])
        is_sent = st.form_submit_button("Nạp kết quả tra cứu", icon=":material/upload_file:")
    if not is_sent or file is None:
        return
    told = typing_sheet.read_back(workspace, actor, file, file.name)
    st.success(f"Đã ghi kết quả của {told.taken} người; {told.unanswered} người chưa có kết quả.")
    for row, why in told.refused:
        st.warning(f"Dòng {row}: {why}")
