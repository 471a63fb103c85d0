"""What the national software answered, typed in for one person, in the order in which she is looked up there."""

import streamlit as st

from digitize.access.actor import Actor
from digitize.books.persons import ROLE_TITLES
from digitize.errors import DigitizeError
from digitize.store.unit_of_work import Workspace
from digitize.workflow.match_view import PersonView
from digitize.workflow.typing_sheet import ANSWERS, DIFFERENT, Answer, take_answer, text_of

WHY = "tra cứu trên phần mềm nhập liệu"


def typed_answer(workspace: Workspace, actor: Actor, view: PersonView) -> str | None:
    """Asks for the answer below the evidence; the words to tell when one was taken in."""
    person, entry_id = view.person, view.entry.entry_id
    with st.expander("Ghi kết quả tra cứu trên mạng Công an"), st.form(f"typed-{entry_id}-{person.role}"):
        told = [f"{title.removeprefix('CSDL ghi: ')}: {text_of(person, field) or '(sổ không ghi)'}"
                for field, title in DIFFERENT.items()]  # fmt: skip
        st.text("Tra cứu theo sổ: " + " · ".join(told))
        result = st.radio("Kết quả", list(ANSWERS), index=None, format_func=_with_meaning, horizontal=True)
        number = st.text_input("Số định danh tra được", max_chars=14)
        st.text("Chỉ ghi những ô CSDL ghi khác với sổ (kết quả B):")
        columns = st.columns(3)
        different = {
            field: columns[at % 3].text_input(title, key=f"typed-{entry_id}-{person.role}-{field}")
            for at, (field, title) in enumerate(DIFFERENT.items())
        }
        problem = st.empty()  # above the button, where the officer looks
        is_sent = st.form_submit_button("Ghi kết quả tra cứu")
    if not is_sent:
        return None
    try:
        take_answer(workspace, actor, entry_id, person.role, Answer(result or "", number, different), WHY)
    except DigitizeError as error:
        problem.error(error.message, icon=":material/error:")
        return None
    return f"Kết quả tra cứu {result} của {ROLE_TITLES[person.role].lower()}, trường hợp {entry_id}, đã ghi."


def _with_meaning(result: str) -> str:
    return f"{result}: {ANSWERS[result]}"
