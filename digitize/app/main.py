"""The web application: Streamlit behind the gate, with our own routes, served by uvicorn.

`streamlit run` is no way to start it: that would serve the script without the gate, and the script refuses.
"""

import errno
import gc
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope
from streamlit import config, file_util

from digitize.access.actor import setup_actor
from digitize.app.desk_asks import desk_ask_routes
from digitize.app.desk_routes import desk_routes
from digitize.app.files import file_routes
from digitize.app.gate import OPEN_PATHS, Gate
from digitize.app.navigation import SCREENS, TITLE
from digitize.app.papers import paper_routes
from digitize.app.serving import hold
from digitize.app.sign_in import SignIn
from digitize.errors import AddressUnusable
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace

STREAMLIT_OPTIONS = {
    "browser.gatherUsageStats": False,  # nothing leaves the house
    "client.showErrorDetails": "none",  # a traceback may hold what a page says
    "client.toolbarMode": "minimal",
    "global.developmentMode": False,
    "runner.postScriptGC": False,  # a whole collection after every run of a screen takes longer than the run
    "server.enableStaticServing": False,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxUploadSize": 500,  # MB, a file
    "theme.base": "light",
    "theme.primaryColor": "#8c1d18",
}

TURN_S = 0.0005  # a thread that reckons lets the one that answers in after so long; Python's 5 ms add up in each answer
KEPT_OPEN_S = 75  # an idle connection; with uvicorn's 5 s it would be shut just as the next field is left

# One of Streamlit's error dialogs takes the focus three seconds after the connection broke, and with it the letters
# that are being typed at the desk.
NO_ERROR_DIALOGS = "<script>window.__streamlit = { HOST_CONFIG: { blockErrorDialogs: true } };</script>"


def create_app(settings: Settings) -> st.App:
    """The whole application as ASGI; opens the workspace and brings its database up to date."""
    for option, value in STREAMLIT_OPTIONS.items():
        config.set_option(option, value)
    workspace = Workspace.open(settings)
    hold(workspace)
    return st.App(
        Path(__file__).with_name("script.py"),
        lifespan=_lifespan,
        routes=[
            *SignIn(workspace, _has_demo_accounts(workspace)).routes(),
            *file_routes(workspace),
            *paper_routes(workspace),
            *desk_routes(workspace),
            *desk_ask_routes(workspace),
            *_page_routes(),
            _Unknown("/{address}", _to_first_screen),
        ],
        middleware=[Middleware(Gate, workspace=workspace)],
    )


def app_from_environment() -> st.App:
    """For `uvicorn --factory digitize.app.main:app_from_environment`."""
    return create_app(Settings())


def serve(settings: Settings) -> None:
    """Serves until stopped, on the settings' address and port; raises AddressUnusable."""
    _try_address(settings.host, settings.port)
    app = create_app(settings)
    sys.setswitchinterval(TURN_S)
    uvicorn.run(
        app, host=settings.host, port=settings.port, log_level="info", server_header=False,
        access_log=False,  # addresses name entries, and the journal keeps who saw what
        timeout_keep_alive=KEPT_OPEN_S,
    )  # fmt: skip


def _try_address(host: str, port: int) -> None:
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "đang có chương trình khác dùng" if taken else "không dùng được trên máy này"
        raise AddressUnusable(f"Địa chỉ {host}, cổng {port} {why}.") from error


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[None]:
    import_module("pandas")  # Streamlit would in the first run of a screen, and the first officer wait a second for it
    # What is loaded now will never be garbage; with hundreds of open screens looking for some often takes long.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
    yield
    gc.unfreeze()


def _has_demo_accounts(workspace: Workspace) -> bool:
    with workspace.view(setup_actor()) as work:
        return any(account.demo and account.active for account in work.accounts.all())


def _page_routes() -> list[Route]:
    """The shell of every screen, told to be Vietnamese and ours before any script has run."""
    shell = Path(file_util.get_static_dir(), "index.html").read_text("utf-8")
    shell = shell.replace('<html lang="en">', '<html lang="vi">').replace("<title>Streamlit<", f"<title>{TITLE}<")
    words = Path(__file__).with_name("vietnamese.js").read_text("utf-8")
    shell = shell.replace("<head>", f"<head>{NO_ERROR_DIALOGS}<script>{words}</script>")
    shell = re.sub(
        r"<noscript>.*?</noscript>", "<noscript>Hãy bật JavaScript để làm việc.</noscript>", shell, flags=re.S
    )

    async def page(_: Request) -> Response:
        return HTMLResponse(shell, headers={"cache-control": "no-store"})

    return [Route(path, page) for path in ("/", *(f"/{screen.path}" for screen in SCREENS))]


class _Unknown(Route):
    """A page asked for at an address that no screen has; Streamlit would show its own shell there, in English."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        is_page = scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", "")
        return super().matches(scope) if is_page and scope["path"] not in OPEN_PATHS else (Match.NONE, {})


async def _to_first_screen(_: Request) -> Response:
    return RedirectResponse("/", 303, {"cache-control": "no-store"})
