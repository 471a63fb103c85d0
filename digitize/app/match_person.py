"""One person of the matching screen: what the extract says beside the book, and the officer's decision."""

from collections.abc import Callable, Sequence

import streamlit as st

from digitize.access.actor import Actor
from digitize.app.beside import beside
from digitize.app.moves import go
from digitize.app.telling import OUTCOMES, certainty, masked, outcome_of
from digitize.app.typed_answer import typed_answer
from digitize.books.follow_up import STATE_TITLES, Choice
from digitize.books.persons import DECLARANT, ROLE_TITLES
from digitize.books.steps import Step
from digitize.clock import here
from digitize.errors import DigitizeError
from digitize.matching.population.extract import ExtractPopulation
from digitize.store.unit_of_work import Workspace
from digitize.workflow import match as acts
from digitize.workflow import match_view, review
from digitize.workflow.evidence import Likeness
from digitize.workflow.follow_up import labels_of
from digitize.workflow.match_view import PersonView

REASONS = (
    "Khớp hoặc khác đúng như màn hình cho thấy",
    "Cha mẹ, nơi ở đúng là gia đình này",
    "Đã hỏi Công an xã",
    "Đã xem giấy tờ của công dân",
)
NOBODY_NEAR = (
    "Trong bản trích không có ai đủ gần với người này. Nhập theo sổ; khi tra cứu trên mạng Công an cũng không thấy thì "
    "nhập mới: người này có trong «Phiếu nhập mới» ở màn hình Theo dõi sai lệch."
)
Key = tuple[int, str]  # entry, role
NEXT = "match_next"  # place in the session: who is shown next


def show_person(
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
                [*like.told, *(fit.sentence for fit in like.fits if fit.sentence)],
            )
        )
        _offer(workspace, actor, view, like)
    elif population:
        st.info(NOBODY_NEAR, icon=":material/person_off:")
    if population and view.declarant:
        _declarant(workspace, actor, population, view)
    if told := typed_answer(workspace, actor, view):
        st.session_state["match_told"] = told
        go(keys, key, +1, NEXT)
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
            format_func=lambda i: f"{i + 1}: {masked(likes[i].citizen.personal_id)} · {certainty(likes[i].score)}",
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


def _declarant(workspace: Workspace, actor: Actor, population: ExtractPopulation, view: PersonView) -> None:
    """Whoever reported the event is looked up on request only."""
    label = f"Đối chiếu cả người đi khai: {view.declarant}"
    if st.button(label, f"declarant-{view.entry.entry_id}", icon=":material/person_add:", shortcut="Alt+K"):
        acts.match_declarant(workspace, actor, population, view.entry.entry_id)
        st.session_state["match_told"] = f"Đã đối chiếu người đi khai của trường hợp {view.entry.entry_id}."
        st.session_state["match_key"] = (view.entry.entry_id, DECLARANT)
        st.rerun()


def _state(view: PersonView) -> None:
    """What an officer has decided, and what stands on the follow-up list."""
    if decision := view.standing.decision:
        who = f"là {masked(decision.personal_id)}" if decision.choice is Choice.SAME else "không phải ai ở đây"
        st.text(f"{decision.by} quyết định {here(decision.at):%d/%m/%Y}: {who}. Căn cứ: {decision.why}")
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
    seen = f"{view.entry.version}-{like.citizen.personal_id if like else ''}"
    if like and population:
        number, is_near = like.citizen.personal_id, view.standing.outcome != "not_found"
        _button(same, "Đúng là người này", "Alt+Enter", is_near, lambda: acts.choose(
            workspace, actor, population, entry_id, role, number, why or ""), (entry_id, role), keys, seen)  # fmt: skip
    if view.standing.decision:
        _button(nobody, "Thu lại", "Alt+Backspace", False, lambda: acts.withdraw(
            workspace, actor, entry_id, role, why or ""), (entry_id, role), keys, seen)  # fmt: skip
    elif like or not population:
        _button(nobody, "Không phải ai ở đây", "Alt+0", False, lambda: acts.choose_nobody(
            workspace, actor, entry_id, role, source, why or ""), (entry_id, role), keys, seen)  # fmt: skip


def _button(
    place: st.delta_generator.DeltaGenerator,
    label: str,
    shortcut: str,
    is_first: bool,
    act: Callable[[], object],
    key: Key,
    keys: Sequence[Key],
    seen: str,
) -> None:
    """`seen` names what was looked at: a click never decides on what has come into its place since."""
    if place.button(
        label, f"{label}-{key}-{seen}", type="primary" if is_first else "secondary", shortcut=shortcut, width="stretch"
    ):
        try:
            act()
        except DigitizeError as error:
            st.error(error.message, icon=":material/error:")
            return
        st.session_state["match_told"] = f"{label}: {ROLE_TITLES[key[1]].lower()} của trường hợp {key[0]}, đã ghi."
        st.session_state.pop(f"why-{key[0]}-{key[1]}", None)
        go(keys, key, +1, NEXT)
        st.rerun()
