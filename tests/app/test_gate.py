"""Nothing is reached without a session: asked of the server as it really runs."""

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from digitize.access.actor import gate_actor
from digitize.app.gate import COOKIE, HEADER, PASS, SECURITY_HEADERS, SESSION_OVER, Gate
from digitize.store.sign_in import sign_in
from digitize.store.unit_of_work import Workspace
from digitize.workflow import hand_over, review

PAGES = ["/", "/review?entry=1", "/books", "/accounts", "/no-such-screen"]
OTHERS = [
    "/scan/1",
    "/package/1/xlsx",
    "/favicon.png",
    "/static/js/index.js",
    "/media/0123456789abcdef.jpg",
    "/component/a/index.html",
    "/_stcore/health",
    "/_stcore/metrics",
    "/_stcore/host-config",
    "/_stcore/bidi-components/digitize_desk/a.js",
    "/_stcore/agent/openapi.json",
    "/app/static/a.txt",
    "//sign-in",
    "/sign-in/",
    "/sign-in/../scan/1",
    "/SIGN-IN",
]


def websocket(served, cookie: str = "", origin: str | None = None, **headers: str) -> ClientConnection:
    sent = {"Cookie": cookie} | {name.replace("_", "-"): value for name, value in headers.items()}
    address = f"ws://127.0.0.1:{served.port}/_stcore/stream"
    return connect(address, origin=origin or served.origin, additional_headers=sent, subprotocols=["streamlit"])


@pytest.mark.parametrize("path", PAGES)
def test_an_anonymous_reader_is_led_to_the_sign_in(served, path):
    status, headers, _ = served.ask("GET", path, accept="text/html")
    assert status == 303
    assert headers["location"].startswith("/sign-in?next=%2F")


@pytest.mark.parametrize("path", [*PAGES, *OTHERS])
def test_any_other_anonymous_request_is_refused(served, path):
    assert served.ask("GET", path)[0] == 401


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_is_sent_in_anonymously(served, method):
    assert served.ask(method, "/_stcore/upload_file/a/b", "x", origin=served.origin)[0] == 401


@pytest.mark.parametrize("headers", [{}, {"x_digitize_gate": "guessed"}, {"cookie": f"{COOKIE}=guessed"}])
def test_an_anonymous_websocket_is_refused(served, headers):
    with pytest.raises(InvalidStatus) as refused:
        websocket(served, **headers)
    assert refused.value.response.status_code == 403


def test_a_forged_header_opens_nothing(served):
    assert served.ask("GET", "/scan/1", x_digitize_gate="guessed")[0] == 401


def test_another_site_cannot_use_the_session(served):
    cookie = served.cookie("officer")
    assert served.ask("POST", "/sign-out", "", cookie=cookie, origin="http://other.example")[0] == 403
    assert served.ask("POST", "/sign-out", "", cookie=cookie)[0] == 403
    with pytest.raises(InvalidStatus):
        websocket(served, cookie, "http://other.example")
    assert served.ask("GET", "/books", cookie=cookie, accept="text/html")[0] == 200


def test_open_are_only_the_sign_in_its_style_and_the_health_check(served):
    assert [served.ask("GET", path)[0] for path in ("/sign-in", "/sign-in.css", "/healthz")] == [200, 200, 200]


def test_the_sign_in_page_is_plain_vietnamese_html(served):
    _, headers, page = served.ask("GET", "/sign-in")
    assert '<html lang="vi">' in page and "Tên đăng nhập" in page and "Mật khẩu" in page
    assert "<script" not in page and "THỬ NGHIỆM" not in page
    assert headers["cache-control"] == "no-store"


def test_every_answer_carries_the_security_headers(served):
    for path in ("/sign-in", "/", "/scan/1"):
        headers = served.ask("GET", path)[1]
        assert SECURITY_HEADERS.items() <= headers.items()


def test_signing_in_gives_a_cookie_that_scripts_and_other_sites_cannot_use(served):
    status, headers, _ = served.sign_in("officer")
    assert (status, headers["location"]) == (303, "/books")
    assert "HttpOnly" in headers["set-cookie"] and "SameSite=strict" in headers["set-cookie"]


@pytest.mark.parametrize("wanted", ["https://other.example/", "//other.example", "/\\other.example", "javascript:1"])
def test_the_sign_in_leads_to_our_own_pages_only(served, wanted):
    _, headers, _ = served.ask("POST", "/sign-in", f"name=officer&password=mat-khau-thu-nghiem&next={wanted}",
                               origin=served.origin)  # fmt: skip
    assert headers["location"] == "/"


def test_a_name_is_shown_again_as_text(served):
    status, _, page = served.sign_in('"><script>alert(1)</script>')
    assert status == 401
    assert "<script" not in page and "&lt;script&gt;" in page


def test_five_failures_lock_the_name_for_a_while(served):
    answers = [served.sign_in("police", "sai")[0] for _ in range(5)]
    status, _, page = served.sign_in("police")
    assert (answers, status) == ([401] * 5, 429)
    assert "đăng nhập sai quá nhiều lần" in page


def test_a_session_that_was_signed_out_is_worth_nothing(served):
    cookie = served.cookie("officer")
    status, headers, _ = served.ask("POST", "/sign-out", "", cookie=cookie, origin=served.origin)
    assert (status, headers["location"]) == (303, "/sign-in")
    assert served.ask("GET", "/scan/1", cookie=cookie)[0] == 401


def test_a_revoked_session_loses_its_open_websocket_at_the_next_message(served):
    cookie = served.cookie("officer")
    with websocket(served, cookie) as open_one:
        with served.workspace.view(gate_actor()) as work:
            officer = work.sessions.actor_of(cookie.split("=", 1)[1])
        with served.workspace.unit_of_work(officer) as work:
            work.sessions.revoke_all("officer")
        open_one.send(b"")
        with pytest.raises(ConnectionClosed) as cut:
            while True:
                open_one.recv(timeout=10)
    assert cut.value.rcvd.code == SESSION_OVER


def test_a_scan_is_shown_to_those_who_may_see_the_page_and_is_kept_by_no_cache(served):
    status, headers, _ = served.ask("GET", "/scan/1", cookie=served.cookie("officer"))
    assert (status, headers["content-type"], headers["cache-control"]) == (200, "image/jpeg", "no-store")


@pytest.mark.parametrize(("name", "path", "status"), [
    ("stranger", "/scan/1", 404), ("officer", "/scan/99", 404), ("stranger", "/package/1/xlsx", 404),
    ("officer", "/package/1/xlsx", 403), ("checker", "/list/phieu-tra-cuu.xlsx", 403),
    ("stranger", "/list/phieu-tra-cuu.xlsx?book=1", 404), ("officer", "/list/khac.xlsx", 404),
    ("lead", "/package/99/xlsx", 404), ("lead", "/package/1/db", 404),
])  # fmt: skip
def test_files_out_of_scope_or_without_the_permission_are_refused(served, name, path, status):
    assert served.ask("GET", path, cookie=served.cookie(name))[0] == status


def test_a_team_lead_fetches_the_package_of_a_book(served, person):
    lead, checker = person("lead"), person("checker")
    for entry_id in (1, 2):
        review.confirm(served.workspace, person("officer"), entry_id, {})
    hand_over.export_book(served.workspace, lead, 1)
    assert served.ask("GET", "/package/1/xlsx", cookie=served.cookie("lead"))[0] == 404  # nobody has released it
    hand_over.release(served.workspace, checker, 1)
    for kind in ("xlsx", "zip"):
        status, headers, _ = served.ask("GET", f"/package/1/{kind}", cookie=served.cookie("lead"))
        assert (status, headers["cache-control"]) == (200, "no-store")
        assert f".{kind}" in headers["content-disposition"]
    with served.workspace.view(person("lead")) as work:
        fetched = [line for line in work.journal.of("book", 1) if line.act == "book.fetch"]
    assert [(line.account, line.after["file"][-5:]) for line in fetched] == [("lead", ".xlsx"), ("lead", "1.zip")]


@pytest.mark.parametrize("name", ["theo-doi-sai-lech", "phieu-tra-cuu", "phieu-nhap-moi"])
def test_lists_of_people_are_fetched_as_excel_by_who_verifies(served, name):
    status, headers, body = served.ask("GET", f"/list/{name}.xlsx?book=1", cookie=served.cookie("officer"))
    assert (status, headers["cache-control"], body[:2]) == (200, "no-store", "PK")
    assert headers["content-disposition"] == f'attachment; filename="{name}.xlsx"'


def test_the_shell_of_a_screen_is_vietnamese(served):
    _, _, page = served.ask("GET", "/review?entry=1", cookie=served.cookie("officer"), accept="text/html")
    assert '<html lang="vi">' in page and "<title>Số hóa sổ hộ tịch</title>" in page and "Streamlit<" not in page


@pytest.mark.anyio
async def test_only_the_gate_shows_its_pass_to_the_script(peopled: Workspace):
    seen = []

    async def script(scope, receive, send):
        seen.extend(value for name, value in scope["headers"] if name.decode().lower() == HEADER)

    async def nothing(*_):
        return {"type": "websocket.connect"}

    session_id = sign_in(peopled, "lead", "mat-khau-thu-nghiem").session_id
    headers = [(b"cookie", f"{COOKIE}={session_id}".encode()), (b"host", b"here"), (b"origin", b"http://here"),
               (HEADER.encode(), b"forged"), (HEADER.upper().encode(), b"forged")]  # fmt: skip
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers, "query_string": b""}
    await Gate(script, peopled)(scope, nothing, nothing)
    assert seen == [PASS.encode()]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
