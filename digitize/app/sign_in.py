"""The sign-in page, signing out, and the health check: our own routes before anybody is known."""

import re
from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from digitize.app.gate import COOKIE, session_of
from digitize.errors import AccessError, TooManySignIns
from digitize.store.sign_in import actor_of, sign_in, sign_out
from digitize.store.unit_of_work import Workspace

LONGEST_FORM = 8_192  # bytes
LOCAL_PAGE = re.compile(r"/[\w-]*(\?[\w=&-]*)?")
NO_STORE = {"cache-control": "no-store"}


class SignIn:
    """Routes that open and end a session; the store counts failures and keeps the sessions."""

    def __init__(self, workspace: Workspace, has_demo_accounts: bool) -> None:
        self._workspace = workspace
        self._has_demo_accounts = has_demo_accounts

    def routes(self) -> list[Route]:
        return [
            Route("/sign-in", self.form, methods=["GET"]),
            Route("/sign-in", self.enter, methods=["POST"]),
            Route("/sign-out", self.leave, methods=["POST"]),
            Route("/sign-in.css", _style, methods=["GET"]),
            Route("/healthz", _healthz, methods=["GET"]),
        ]

    async def form(self, request: Request) -> Response:
        """The empty form; whoever is signed in already goes on to the work."""
        wanted = _local(request.query_params.get("next", "/"))
        if await run_in_threadpool(actor_of, self._workspace, session_of(request.scope)):
            return RedirectResponse(wanted, 303, NO_STORE)
        return self._page(wanted)

    async def enter(self, request: Request) -> Response:
        """Checks name and password: 303 with the cookie, 401 when they are wrong, 429 after five failures."""
        given = await _fields(request)
        name, wanted = given.get("name", "").strip(), _local(given.get("next", "/"))
        try:
            signed_in = await run_in_threadpool(sign_in, self._workspace, name, given.get("password", ""))
        except AccessError as error:
            status = 429 if isinstance(error, TooManySignIns) else 401
            return self._page(wanted, name, str(error), status)
        await run_in_threadpool(sign_out, self._workspace, session_of(request.scope))  # an older one of this browser
        response = RedirectResponse(wanted, 303, NO_STORE)
        response.set_cookie(
            COOKIE,
            signed_in.session_id,
            max_age=int(self._workspace.settings.session_hours * 3600),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return response

    async def leave(self, request: Request) -> Response:
        """Ends the session in the store, so that the cookie is worth nothing any more."""
        await run_in_threadpool(sign_out, self._workspace, session_of(request.scope))
        response = RedirectResponse("/sign-in", 303, {**NO_STORE, "clear-site-data": '"cache", "storage"'})
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response

    def _page(self, wanted: str, name: str = "", message: str = "", status: int = 200) -> Response:
        alert = f'<p class="alert" role="alert">{escape(message)}</p>' if message else ""
        demo = '<p class="demo">TÀI KHOẢN THỬ NGHIỆM: dữ liệu hư cấu, không dùng cho công việc thật.</p>'
        page = Template(_resource("sign_in.html")).substitute(
            alert=alert,
            name=escape(name, quote=True),
            next=escape(wanted, quote=True),
            demo=demo if self._has_demo_accounts else "",
        )
        return HTMLResponse(page, status, NO_STORE)


async def _fields(request: Request) -> dict[str, str]:
    """The form's fields; an overlong body is cut off and so fails."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            return {}
    return {key: values[0] for key, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _local(wanted: str) -> str:
    """A page of ours to go on to; anything else becomes the first page."""
    return wanted if LOCAL_PAGE.fullmatch(wanted) else "/"


def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


async def _style(_: Request) -> Response:
    return Response(_resource("sign_in.css"), media_type="text/css")


async def _healthz(_: Request) -> Response:
    return PlainTextResponse("ok")
