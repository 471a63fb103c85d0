"""Đối chiếu: what matching found for the people of an entry, each difference with its reason."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.telling import PERSONS, masked, outcome_of, title_of
from digitize.books.book import Book
from digitize.books.entry import Entry, PersonMatch
from digitize.books.forms import Form, get_form
from digitize.books.steps import STEP_TITLES, Step
from digitize.store.unit_of_work import Workspace
from digitize.workflow import progress
from digitize.workflow.match import match, matches_of, open_population

MATCHABLE = frozenset({Step.CONFIRMED, Step.CHECKED, Step.MATCHED})
KINDS = {"basic": "Cơ bản", "other": "Khác"}


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not match."""
    actor.demand(Permission.MATCH)
    st.title("Đối chiếu với bản trích CSDL quốc gia về dân cư")
    entry = _chosen(workspace, actor)
    if entry is None:
        st.info("Chưa có trường hợp nào đã xác nhận trong phạm vi của bạn.")
        return
    if st.button("Đối chiếu lại", f"match-{entry.entry_id}", icon=":material/refresh:"):
        with closing(open_population(workspace.settings)) as population:
            match(workspace, actor, population, entry.entry_id)
    found = matches_of(workspace, actor, entry.entry_id)
    if not found:
        st.info("Trường hợp này chưa được đối chiếu.")
    for person in found:
        _tell(person, get_form(entry.form_id))


def _chosen(workspace: Workspace, actor: Actor) -> Entry | None:
    """The entry named by the address, or chosen from the list of a book."""
    books = [count.book for count in progress.books(workspace, actor) if any(count.entries[step] for step in MATCHABLE)]
    named = st.query_params.get("entry", "")
    with workspace.view(actor) as work:
        asked = work.entries.get(int(named)) if named.isdecimal() else None
        left, right = st.columns(2)
        book = left.selectbox("Sổ", books, index=_place(books, asked), format_func=title_of)
        if book is None:
            return asked
        entries = [entry for entry in work.entries.of_book(book.book_id) if entry.step in MATCHABLE]
    ids = [entry.entry_id for entry in entries]
    index = ids.index(asked.entry_id) if asked and asked.entry_id in ids else 0
    return right.selectbox("Trường hợp", entries, index=index, format_func=_title)


def _place(books: Sequence[Book], asked: Entry | None) -> int:
    return next((i for i, book in enumerate(books) if asked and book.book_id == asked.book_id), 0)


def _title(entry: Entry) -> str:
    number = entry.values.get("so")
    return f"Trường hợp {entry.entry_id} · số {number.text if number else '?'} · {STEP_TITLES[entry.step]}"


def _tell(person: PersonMatch, form: Form) -> None:
    with st.container(border=True):
        st.markdown(f"#### {PERSONS[person.role]} {outcome_of(person.outcome)}")
        st.caption(f"Số định danh: {masked(person.personal_id)} · Mức phù hợp: {person.score:.0%}")
        if person.detail.get("differences"):
            st.table([_difference(difference, form) for difference in person.detail["differences"]], hide_index=True)
        elif person.outcome == "consistent":
            st.markdown("Không có khác biệt giữa sổ và bản trích.")
        if person.outcome == "several":
            st.markdown("Cần cán bộ xem xét những người sau:")
            st.table([_candidate(candidate) for candidate in person.detail["candidates"]], hide_index=True)


def _difference(difference: Mapping[str, str], form: Form) -> dict[str, str]:
    return {
        "Nội dung": form.label_of(difference["field"]),
        "Nhóm": KINDS[difference["kind"]],
        "Trong sổ": difference["book"] or "(trống)",
        "Trong bản trích": difference["population"] or "(trống)",
        "Giải thích": difference["why"],
    }


def _candidate(candidate: Mapping[str, Any]) -> dict[str, str]:
    return {"Số định danh": masked(candidate["personal_id"]), "Mức phù hợp": f"{candidate['score']:.0%}"}
