"""The gate: a pure ASGI middleware in front of everything the web application serves.

Pages, static files, media, uploads, the websocket and our own routes are reached only with the cookie of
a live session; open are the sign-in page, its style and the health check. An anonymous reader of a page
is led to the sign-in (303), any other request is refused (401), a websocket as well (403). Each message
of an open websocket asks for the session again, so a revoked one is cut off at its next message.
"""

import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digitize.access.actor import Actor
from digitize.store.sign_in import actor_of
from digitize.store.unit_of_work import Workspace

COOKIE = "digitize_session"
HEADER = "x-digitize-gate"
PASS = secrets.token_urlsafe(32)  # of this process: what the gate shows to the script, and no client knows
OPEN_PATHS = frozenset({"/sign-in", "/sign-in.css", "/healthz"})
SAFE_METHODS = frozenset({"GET", "HEAD"})
SESSION_OVER = 4401  # close code of a websocket whose session has ended

SECURITY_HEADERS = {
    # Streamlit loads a component's script from a blob and styles itself inline; nothing leaves the house.
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "
        "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # "no-referrer" would blank the Origin that forms are checked by
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Gate:
    """Lets signed-in people through; puts their Actor into `scope["actor"]` for our own routes."""

    def __init__(self, app: ASGIApp, workspace: Workspace) -> None:
        self._app = app
        self._workspace = workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        scope = _without_forged_pass(scope)
        guarded_send = send if scope["type"] == "websocket" else _with_security_headers(send)
        if not _is_same_origin(scope):
            return await _refuse(scope, receive, guarded_send, PlainTextResponse("Sai nguồn gốc yêu cầu.", 403))
        if scope["path"] in OPEN_PATHS:
            return await self._app(scope, receive, guarded_send)
        session_id = session_of(scope)
        actor = await self._actor(session_id)
        if actor is None:
            return await _refuse(scope, receive, guarded_send, _to_sign_in(scope))
        scope["actor"] = actor
        if scope["type"] == "websocket":
            scope["headers"].append((HEADER.encode(), PASS.encode()))
            return await self._watch(session_id, scope, receive, send)
        return await self._app(scope, receive, guarded_send)

    async def _watch(self, session_id: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a websocket, asking before each message whether the session still stands."""
        is_cut = False

        async def receive_if_signed_in() -> Message:
            nonlocal is_cut
            message = await receive()
            if message["type"] == "websocket.receive" and await self._actor(session_id) is None:
                is_cut = True
                await send({"type": "websocket.close", "code": SESSION_OVER})
                return {"type": "websocket.disconnect", "code": SESSION_OVER}
            return message

        async def send_unless_cut(message: Message) -> None:
            if not is_cut:
                await send(message)

        await self._app(scope, receive_if_signed_in, send_unless_cut)

    async def _actor(self, session_id: str) -> Actor | None:
        return await run_in_threadpool(actor_of, self._workspace, session_id) if session_id else None


def session_of(scope: Scope) -> str:
    """The session id in the cookie of a request; "" when there is none."""
    try:
        cookie = SimpleCookie(Headers(scope=scope).get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def _without_forged_pass(scope: Scope) -> Scope:
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    return {**scope, "headers": [(name, value) for name, value in headers if name.lower() != HEADER.encode()]}


def _is_same_origin(scope: Scope) -> bool:
    """Whatever changes something, and every websocket, must come from our own pages."""
    if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
        return True
    headers = Headers(scope=scope)
    return urlsplit(headers.get("origin", "")).netloc == headers.get("host", "") != ""


def _to_sign_in(scope: Scope) -> Response:
    is_page = scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", "")
    if not is_page or scope["method"] not in SAFE_METHODS:
        return PlainTextResponse("Chưa đăng nhập.", 401)
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(f"/sign-in?next={quote(wanted, safe='')}", 303, {"cache-control": "no-store"})


async def _refuse(scope: Scope, receive: Receive, send: Send, response: Response) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})  # before it was accepted: the server answers 403
    else:
        await response(scope, receive, send)


def _with_security_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(SECURITY_HEADERS)
        await send(message)

    return send_with_headers
