"""Đối chiếu: the people of a book by what matching found, the most certain first; each beside the extract."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.beside import beside
from digitize.app.telling import OUTCOME_SIGNS, OUTCOMES, masked, outcome_of, title_of
from digitize.app.typed_answer import typed_answer
from digitize.books.book import Book
from digitize.books.follow_up import STATE_TITLES, Choice
from digitize.books.persons import ROLE_TITLES
from digitize.books.steps import Step
from digitize.errors import DigitizeError, ExtractMissing
from digitize.matching.population.extract import ExtractPopulation
from digitize.store.unit_of_work import Workspace
from digitize.workflow import match as acts
from digitize.workflow import match_view, progress, review
from digitize.workflow.evidence import Likeness
from digitize.workflow.follow_up import labels_of
from digitize.workflow.match_view import OUTCOMES as ORDER
from digitize.workflow.match_view import PersonView, Waiting

MATCHABLE = frozenset({Step.CONFIRMED, Step.CHECKED, Step.MATCHED})
REASONS = (
    "Khớp hoặc khác đúng như màn hình cho thấy",
    "Cha mẹ, nơi ở đúng là gia đình này",
    "Đã hỏi Công an xã",
    "Đã xem giấy tờ của công dân",
)
LIST_HEIGHT = 430  # pixels, what 768 leave under the title and the choices
NOBODY_NEAR = (
    "Trong bản trích không có ai đủ gần với người này. Nhập theo sổ; khi tra cứu trên mạng Công an cũng không thấy thì "
    "nhập mới: người này có trong «Phiếu nhập mới» ở màn hình Theo dõi sai lệch."
)
Key = tuple[int, str]  # entry, role


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not match."""
    actor.demand(Permission.MATCH)
    st.title("Đối chiếu với bản trích CSDL quốc gia về dân cư")
    if told := st.session_state.pop("match_told", None):
        st.markdown(f":green-badge[✓ {told}]")
    with ExitStack() as stack:
        population = _population(workspace, stack)
        choice, again = st.columns([8, 3], vertical_alignment="bottom")
        with choice:
            book = _book(workspace, actor)
        if book is None:
            st.info("Chưa có trường hợp nào đã xác nhận trong phạm vi của bạn.")
            return
        listed = match_view.waiting_list(workspace, actor, book.book_id)
        chosen = _choose_list(listed)
        if population and again.button(
            "Đối chiếu lại cả sổ", "match_again", icon=":material/refresh:", width="stretch"
        ):
            _again(workspace, actor, population, book)
        left, right = st.columns([3, 8])
        with left:
            with st.container(height=LIST_HEIGHT, border=False):
                person = _choose_person(book, chosen, listed[chosen])
            _moves(person, [_key(each) for each in listed[chosen]])
        with right:
            if person is None:
                st.info("Không có ai ở mục này.", icon=":material/task_alt:")
            else:
                _person(workspace, actor, population, person, [_key(each) for each in listed[chosen]])


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
    told = f"Bản trích {info.source}, {held}, nạp {info.loaded_at.astimezone():%d/%m/%Y}, {info.rows:n} người."
    told += f" Phạm vi: {info.scope}." if info.scope else ""
    if extract.is_stale:
        st.warning(
            f"{told} Đã cũ quá {match_view.STALE.days} ngày: người sinh, mất, chuyển đi sau đó không có trong này.",
            icon=":material/history:",
        )
    else:
        st.caption(f"{told} Đây là tệp được cung cấp, không phải kết nối trực tiếp.")
    return population


def _book(workspace: Workspace, actor: Actor) -> Book | None:
    """Chosen from those with matched entries; the address may name an entry of one."""
    counts = [each for each in progress.books(workspace, actor) if any(each.entries[step] for step in MATCHABLE)]
    books = {each.book.book_id: each.book for each in counts}
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
        format_func=lambda each: title_of(books[each]),
        key="match_book",
        label_visibility="collapsed",
    )
    return books[number]


def _choose_list(listed: Mapping[str, Sequence[Waiting]]) -> str:
    """Which outcome is worked on; the first that holds anybody to begin with."""
    asked = st.session_state.pop("match_asked", None)
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
    place = f"match_person-{book.book_id}-{outcome}"
    if (asked := st.session_state.pop("match_entry", None)) is not None:
        st.session_state[place] = next((key for key in told if key[0] == asked), None)
    if (following := st.session_state.pop("match_next", None)) in told:
        st.session_state[place] = following
    if st.session_state.get(place) not in told:
        st.session_state[place] = next(iter(told))
    st.session_state[place] = st.session_state[place]
    return st.radio("Chắc chắn nhất ở trên", list(told), format_func=told.__getitem__, key=place)


def _key(each: Waiting) -> Key:
    return each.standing.entry_id, each.standing.role


def _line(each: Waiting) -> str:
    standing = each.standing
    sure = "đã quyết định" if standing.decision else f"{standing.score:.0%}"
    return f"{each.name} · {ROLE_TITLES[standing.role].lower()} · số {each.number} · {sure}"


def _person(
    workspace: Workspace, actor: Actor, population: ExtractPopulation | None, key: Key, keys: Sequence[Key]
) -> None:
    view = match_view.person_view(workspace, actor, population, *key)
    if view is None:
        st.info("Trường hợp này đã được nhập lại; hãy tải lại danh sách.")
        return
    if population and st.session_state.get("match_looked") != key:
        match_view.look_at(workspace, actor, *key)
        st.session_state["match_looked"] = key
    _head(view)
    like = _choose_citizen(view)
    _state(view)
    _decide(workspace, actor, population, view, like, keys)
    if like:
        st.html(
            beside(
                view.entry.entry_id,
                like,
                view.inked,
                [*like.family, *(fit.sentence for fit in like.fits if fit.sentence)],
            )
        )
        _offer(workspace, actor, view, like)
    elif population:
        st.info(NOBODY_NEAR, icon=":material/person_off:")
    if told := typed_answer(workspace, actor, view):
        st.session_state["match_told"] = told
        _go(keys, key, +1)
        st.rerun()


def _head(view: PersonView) -> None:
    standing = view.standing
    st.markdown(
        f"**{view.person.name}** · {ROLE_TITLES[view.person.role].lower()} · trường hợp {view.entry.entry_id} "
        f"{outcome_of(standing.outcome)}"
    )
    if view.is_outdated:
        st.warning(
            f"Bản trích đang dùng cho kết quả khác: {OUTCOMES[view.outcome_now].lower()}. "
            "Bấm «Đối chiếu lại cả sổ» để ghi nhận.",
            icon=":material/sync_problem:",
        )


def _choose_citizen(view: PersonView) -> Likeness | None:
    """Among those who may be the person; of a person not found the nearest are shown."""
    likes = view.likenesses
    if not likes:
        return None
    number = view.standing.personal_id
    known = next((i for i, like in enumerate(likes) if like.citizen.personal_id == number), 0)
    if len(likes) == 1:
        return likes[0]
    return likes[
        st.radio(
            "Người trong bản trích",
            range(len(likes)),
            index=known,
            format_func=lambda i: f"{masked(likes[i].citizen.personal_id)} · {likes[i].score:.0%}",
            horizontal=True,
            key=f"citizen-{view.entry.entry_id}-{view.person.role}",
        )
    ]


def _offer(workspace: Workspace, actor: Actor, view: PersonView, like: Likeness) -> None:
    """Another reading, marked as coming from the population database. What is confirmed only changes at the desk."""
    offered = [fit for fit in like.fits if fit.is_offer]
    if not offered or view.entry.step is Step.HANDED_OVER:
        return
    told = "; ".join(f"«{fit.population}» thay cho «{fit.book}»" for fit in offered)
    st.warning(f"Cách đọc khác, lấy từ CSDL dân cư: {told}. Hãy nhìn lại nét chữ.", icon=":material/ink_pen:")
    if st.button("Trả lại bàn nhập để xem lại", f"offer-{view.entry.entry_id}-{view.entry.version}"):
        review.send_back(workspace, actor, view.entry.entry_id, f"Xem lại nét chữ; cách đọc khác: {told}")
        st.session_state["match_told"] = f"Trường hợp {view.entry.entry_id} trở lại bàn nhập."
        st.rerun()


def _state(view: PersonView) -> None:
    """What an officer has decided, and what stands on the follow-up list."""
    if decision := view.standing.decision:
        who = f"là {masked(decision.personal_id)}" if decision.choice is Choice.SAME else "không phải ai ở đây"
        st.text(f"{decision.by} quyết định {decision.at.astimezone():%d/%m/%Y}: {who}. Căn cứ: {decision.why}")
    waiting = [each for each in view.follow_ups if each.state.value in ("open", "verifying")]
    if waiting:
        labels = labels_of(view.book.kind)
        told = ", ".join(
            f"{labels.get(each.column, each.column)} ({STATE_TITLES[each.state].lower()})" for each in waiting
        )
        st.markdown(f"Trong danh sách theo dõi: {len(waiting)} mục - {told}. [Mở danh sách](/follow-up)")


def _decide(
    workspace: Workspace,
    actor: Actor,
    population: ExtractPopulation | None,
    view: PersonView,
    like: Likeness | None,
    keys: Sequence[Key],
) -> None:
    entry_id, role = view.entry.entry_id, view.person.role
    reason, same, nobody = st.columns([4, 3, 3], vertical_alignment="bottom")
    why = reason.selectbox(
        "Căn cứ",
        REASONS,
        index=None,
        accept_new_options=True,
        placeholder="chọn, hoặc gõ căn cứ của bạn",
        key=f"why-{entry_id}-{role}",
        label_visibility="collapsed",
    )
    source = population.extract().source if population else ""
    if like and population:
        number = like.citizen.personal_id
        _button(same, "Đúng là người này", "Alt+Enter", True, lambda: acts.choose(
            workspace, actor, population, entry_id, role, number, why or ""), (entry_id, role), keys)  # fmt: skip
    if view.standing.decision:
        _button(nobody, "Thu lại quyết định", "Alt+Backspace", False, lambda: acts.withdraw(
            workspace, actor, entry_id, role, why or ""), (entry_id, role), keys)  # fmt: skip
    elif like or not population:
        _button(nobody, "Không phải ai ở đây", "Alt+0", False, lambda: acts.choose_nobody(
            workspace, actor, entry_id, role, source, why or ""), (entry_id, role), keys)  # fmt: skip


def _button(
    place: st.delta_generator.DeltaGenerator,
    label: str,
    shortcut: str,
    is_first: bool,
    act: Callable[[], object],
    key: Key,
    keys: Sequence[Key],
) -> None:
    """The key names whom it is about: a click never decides on a person who has come into her place since."""
    if place.button(
        label, f"{label}-{key}", type="primary" if is_first else "secondary", shortcut=shortcut, width="stretch"
    ):
        try:
            act()
        except DigitizeError as error:
            st.error(str(error), icon=":material/error:")
            return
        st.session_state["match_told"] = f"{label}: {ROLE_TITLES[key[1]].lower()} của trường hợp {key[0]}, đã ghi."
        st.session_state.pop(f"why-{key[0]}-{key[1]}", None)
        _go(keys, key, +1)
        st.rerun()


def _moves(key: Key | None, keys: Sequence[Key]) -> None:
    if key is not None:
        before, after = st.columns(2)
        _move(before, "Trước", "Alt+Up", keys, key, -1)
        _move(after, "Sau", "Alt+Down", keys, key, +1)


def _move(
    place: st.delta_generator.DeltaGenerator, label: str, shortcut: str, keys: Sequence[Key], key: Key, by: int
) -> None:
    place.button(
        label, f"move-{by}", shortcut=shortcut, width="stretch", on_click=_go, args=(keys, key, by),
        disabled=not 0 <= keys.index(key) + by < len(keys),
    )  # fmt: skip


def _go(keys: Sequence[Key], key: Key, by: int) -> None:
    at = keys.index(key) + by
    if 0 <= at < len(keys):
        st.session_state["match_next"] = keys[at]


def _again(workspace: Workspace, actor: Actor, population: ExtractPopulation, book: Book) -> None:
    """Looks the whole book up once more, and tells only what changed."""
    changes = acts.match_again(workspace, actor, population, book.book_id)
    st.session_state["match_told"] = _changes_told(changes)
    st.rerun()


def _changes_told(changes: Sequence[acts.Change]) -> str:
    if not changes:
        return "Đã đối chiếu lại cả sổ: không có gì thay đổi."
    told = [
        f"trường hợp {each.after.entry_id}, {ROLE_TITLES[each.after.role].lower()}: "
        f"{OUTCOMES[each.before.outcome].lower() if each.before else 'chưa đối chiếu'} → "
        f"{OUTCOMES[each.after.outcome].lower()}"
        for each in changes
    ]
    return f"Đã đối chiếu lại cả sổ, {len(changes)} thay đổi: " + "; ".join(told) + "."
