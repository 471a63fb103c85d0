"""Đối chiếu: the people of a book by what matching found, the most certain first; each beside the extract."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.match_person import NEXT, Key, show_person
from digitize.app.moves import moves
from digitize.app.telling import OUTCOME_SIGNS, OUTCOMES, certainty, title_of
from digitize.books.book import Book, BookCounts
from digitize.books.persons import ROLE_TITLES
from digitize.books.steps import Step
from digitize.clock import here
from digitize.errors import ExtractMissing
from digitize.matching.population.extract import ExtractPopulation
from digitize.store.unit_of_work import Workspace
from digitize.workflow import match as acts
from digitize.workflow import match_view, progress
from digitize.workflow.match_view import OUTCOMES as ORDER
from digitize.workflow.match_view import Waiting

MATCHABLE = acts.LOOKED_UP
CHANGES_AT_A_GLANCE = 5
LIST_HEIGHT = 430  # pixels, what 768 leave under the title and the choices


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not match."""
    actor.demand(Permission.MATCH)
    st.title("Đối chiếu với bản trích CSDL quốc gia về dân cư")
    if told := st.session_state.pop("match_told", None):
        st.markdown(f":green-badge[✓ {told}]")
    if changes := st.session_state.pop("match_changes", None):
        with st.expander("Những gì thay đổi", expanded=len(changes) <= CHANGES_AT_A_GLANCE):
            st.markdown("\n".join(f"* {change}" for change in changes))
    with ExitStack() as stack:
        population = _population(workspace, stack)
        choice, again = st.columns([8, 3], vertical_alignment="bottom")
        with choice:
            count = _book(workspace, actor)
        if count is None:
            st.info("Chưa có trường hợp nào đã xác nhận trong phạm vi của bạn.")
            return
        book, waiting = count.book, count.entries[Step.CONFIRMED]
        listed = match_view.waiting_list(workspace, actor, book.book_id)
        chosen = _choose_list(listed)
        label = f"Đối chiếu {waiting} trường hợp đang chờ" if waiting else "Đối chiếu lại cả sổ"
        if population and again.button(label, "match_again", icon=":material/refresh:", width="stretch"):
            _again(workspace, actor, population, book)
        left, right = st.columns([3, 8])
        with left:
            with st.container(height=LIST_HEIGHT, border=False):
                person = _choose_person(book, chosen, listed[chosen])
            moves(person, [_key(each) for each in listed[chosen]], NEXT)
        with right:
            if person is None:
                st.info("Không có ai ở mục này.", icon=":material/task_alt:")
            else:
                show_person(workspace, actor, population, person, [_key(each) for each in listed[chosen]])


def _population(workspace: Workspace, stack: ExitStack) -> ExtractPopulation | None:
    """The extract, with a word on how old it is."""
    try:
        population = stack.enter_context(closing(acts.open_population(workspace.settings)))
    except ExtractMissing as error:
        st.warning(f"{error} Kết quả đã có vẫn xem được; bằng chứng từng mục thì không.", icon=":material/warning:")
        return None
    extract = match_view.extract_of(population)
    info = extract.info
    held = f"số liệu ngày {info.as_of}" if info.as_of else "không ghi ngày của số liệu"
    told = f"Bản trích {info.source}, {held}, nạp {here(info.loaded_at):%d/%m/%Y}, {info.rows:n} người."
    told += f" Phạm vi: {info.scope}." if info.scope else ""
    if extract.is_stale:
        st.warning(
            f"{told} Đã cũ quá {match_view.STALE.days} ngày: người sinh, mất, chuyển đi sau đó không có trong này.",
            icon=":material/history:",
        )
    else:
        st.caption(f"{told} Đây là tệp được cung cấp, không phải kết nối trực tiếp.")
    return population


def _book(workspace: Workspace, actor: Actor) -> BookCounts | None:
    """Chosen from those with matched entries; the address may name an entry of one."""
    counts = [each for each in progress.books(workspace, actor) if any(each.entries[step] for step in MATCHABLE)]
    books = {each.book.book_id: each for each in counts}
    if not books:
        return None
    asked = st.query_params.get("entry", "")
    if asked.isdecimal():
        with workspace.view(actor) as work:
            st.session_state["match_book"] = work.entries.get(int(asked)).book_id
        st.session_state["match_asked"] = int(asked)
        del st.query_params["entry"]
    if st.session_state.get("match_book") not in books:
        st.session_state["match_book"] = next(iter(books))
    number = st.selectbox(
        "Sổ",
        list(books),
        format_func=lambda each: title_of(books[each].book),
        key="match_book",
        label_visibility="collapsed",
    )
    return books[number]


def _choose_list(listed: Mapping[str, Sequence[Waiting]]) -> str:
    """Which outcome is worked on; the first that holds anybody to begin with."""
    asked = st.session_state.pop("match_asked", None)
    if (key := st.session_state.pop("match_key", None)) is not None:
        held = (outcome for outcome in ORDER if key in map(_key, listed[outcome]))
        st.session_state["match_outcome"], st.session_state[NEXT] = next(held, ORDER[0]), key
    first = next((outcome for outcome in ORDER if listed[outcome]), ORDER[0])
    if asked is not None:
        first = next((o for o in ORDER if any(each.standing.entry_id == asked for each in listed[o])), first)
        st.session_state["match_entry"] = asked
    if asked is not None or "match_outcome" not in st.session_state:
        st.session_state["match_outcome"] = first
    st.session_state["match_outcome"] = st.session_state["match_outcome"]  # its labels change with the counts
    return st.radio(
        "Kết quả",
        ORDER,
        format_func=lambda outcome: f"{OUTCOME_SIGNS[outcome]} {OUTCOMES[outcome]}: {len(listed[outcome])}",
        horizontal=True,
        key="match_outcome",
        label_visibility="collapsed",
    )


def _choose_person(book: Book, outcome: str, waiting: Sequence[Waiting]) -> Key | None:
    if not waiting:
        return None
    told = {_key(each): _line(each) for each in waiting}
    often = Counter(told.values())  # Streamlit tells lines apart by their text
    told = {key: line if often[line] == 1 else f"{line} · trường hợp {key[0]}" for key, line in told.items()}
    place = f"match_person-{book.book_id}-{outcome}"
    if (asked := st.session_state.pop("match_entry", None)) is not None:
        st.session_state[place] = next((key for key in told if key[0] == asked), None)
    if (following := st.session_state.pop(NEXT, None)) in told:
        st.session_state[place] = following
    if st.session_state.get(place) not in told:
        st.session_state[place] = next(iter(told))
    st.session_state[place] = st.session_state[place]
    return st.radio("Chắc chắn nhất ở trên", list(told), format_func=told.__getitem__, key=place)


def _key(each: Waiting) -> Key:
    return each.standing.entry_id, each.standing.role


def _line(each: Waiting) -> str:
    standing = each.standing
    sure = "đã quyết định" if standing.decision else certainty(standing.score)
    return f"{each.name} · {ROLE_TITLES[standing.role].lower()} · số {each.number} · {sure}"


def _again(workspace: Workspace, actor: Actor, population: ExtractPopulation, book: Book) -> None:
    """Looks the whole book up once more, and tells only what changed."""
    changes = acts.match_again(workspace, actor, population, book.book_id)
    many = f"{len(changes)} thay đổi" if changes else "không có gì thay đổi"
    st.session_state["match_told"] = f"Đã đối chiếu lại cả sổ: {many}."
    st.session_state["match_changes"] = [_told(each) for each in changes]
    st.rerun()


def _told(each: acts.Change) -> str:
    before = OUTCOMES[each.before.outcome].lower() if each.before else "chưa đối chiếu"
    who = f"Trường hợp {each.after.entry_id}, {ROLE_TITLES[each.after.role].lower()}"
    return f"{who}: {before} → {OUTCOMES[each.after.outcome].lower()}"
