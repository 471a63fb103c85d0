"""What Streamlit runs for every person and click: who is it, which screens, and the one that is open."""

import logging
from functools import partial
from pathlib import Path
from traceback import format_tb

import streamlit as st

from digitize.access.actor import Actor
from digitize.app.gate import COOKIE, HEADER, PASS
from digitize.app.navigation import TITLE, Screen, screens_of
from digitize.app.serving import held
from digitize.app.telling import ROLES, SHEET
from digitize.errors import DigitizeError
from digitize.store.sign_in import actor_of
from digitize.store.unit_of_work import Workspace

log = logging.getLogger(__name__)

ICON = Path(__file__).with_name("icon.svg")


def main() -> None:
    """Refuses without the gate; asks the store for the session on every run, whatever a header says."""
    # An icon of our own: Streamlit would fetch the symbol of the open screen from the internet for the tab.
    st.set_page_config(TITLE, ICON, layout="wide", initial_sidebar_state=230)
    workspace = held()
    if workspace is None or st.context.headers.get(HEADER) != PASS:
        st.error("Ứng dụng chạy không qua cổng đăng nhập nên từ chối làm việc. Hãy khởi động bằng lệnh: digitize serve")
        st.stop()
    actor = actor_of(workspace, st.context.cookies.get(COOKIE, ""))
    if actor is None:
        st.error("Phiên làm việc đã kết thúc. Hãy tải lại trang để đăng nhập.")
        st.stop()
    _forget_another_person(actor)
    _show(workspace, actor)


def _forget_another_person(actor: Actor) -> None:
    if st.session_state.get("account", actor.account) != actor.account:
        st.session_state.clear()
    st.session_state["account"] = actor.account


def _show(workspace: Workspace, actor: Actor) -> None:
    pages = [
        st.Page(partial(_run, screen, workspace, actor), title=screen.title, icon=screen.icon, url_path=screen.path)
        for screen in screens_of(actor)
    ]
    home = st.Page(lambda: st.switch_page(pages[0]), title=TITLE, url_path="home", default=True, visibility="hidden")
    page = st.navigation([home, *pages])
    st.html(f"<style>{SHEET}</style>")
    page.run()
    with st.sidebar:
        st.caption(f"{actor.account} · {', '.join(ROLES[role] for role in sorted(actor.roles))}")
        st.html('<form method="post" action="/sign-out"><button class="sign-out">Đăng xuất</button></form>')


def _run(screen: Screen, workspace: Workspace, actor: Actor) -> None:
    """Errors raised on purpose become one message that says what to do next.

    So do all others: what Streamlit shows of them is English and offers to ask search engines.
    """
    try:
        screen.show(workspace, actor)
    except DigitizeError as error:
        st.error(str(error), icon=":material/error:")
    except Exception as error:
        frames = "".join(format_tb(error.__traceback__))  # not the error's own text, which may quote an entry
        log.error("the screen %s broke down with %s\n%s", screen.path, type(error).__name__, frames)
        st.error("Chương trình gặp lỗi ngoài dự kiến. Hãy tải lại trang; nếu vẫn lỗi thì báo quản trị viên.")


if __name__ == "__main__":
    main()
