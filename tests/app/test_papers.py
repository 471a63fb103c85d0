"""Papers are made for whoever asks, within her scope, with a name and a type that office programs know."""

import asyncio
from collections.abc import Callable

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from digitize.access.actor import Actor
from digitize.app.papers import TYPES, paper_routes
from digitize.store.unit_of_work import Workspace
from tests.lending import lend

Ask = Callable[[str, Actor], Response]
BEGINS = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK"}


@pytest.fixture(scope="module")
def ask(peopled: Workspace) -> Ask:
    lend(peopled, 1)

    def fetch(path: str, actor: Actor) -> Response:
        path, _, query = path.partition("?")
        scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": [],
                 "actor": actor}  # fmt: skip
        matching = ((route, route.matches(scope)) for route in paper_routes(peopled))
        route, more = next((route, more) for route, (match, more) in matching if match is Match.FULL)
        return asyncio.run(route.endpoint(Request(scope | more)))

    return fetch


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/inventory.xlsx", "officer"), ("/inventory.xlsx?unit=24999", "lead"), ("/inventory-template.xlsx", "lead"),
        ("/handover/1.docx", "officer"), ("/handover/1.pdf", "officer"), ("/cover-sheets.pdf?books=1", "officer"),
        ("/completeness/1.docx", "lead"), ("/completeness/1.pdf", "lead"), ("/follow-ups.docx", "officer"),
        ("/follow-ups.pdf?book=1", "lead"),
    ],
)  # fmt: skip
def test_each_paper_is_made(ask: Ask, person: Callable[[str], Actor], path: str, who: str) -> None:
    answer = ask(path, person(who))
    form = path.partition("?")[0].rpartition(".")[2]
    assert (answer.status_code, answer.media_type) == (200, TYPES[form])
    assert bytes(answer.body).startswith(BEGINS[form])
    assert answer.headers["content-disposition"].endswith(f'.{form}"')


@pytest.mark.parametrize(
    "path", ["/handover/1.pdf", "/completeness/1.pdf", "/cover-sheets.pdf?books=1", "/letter/9.pdf"]
)
def test_out_of_scope_looks_as_if_it_did_not_exist(ask: Ask, person: Callable[[str], Actor], path: str) -> None:
    assert ask(path, person("stranger")).status_code == 404


def test_who_may_not_verify_gets_no_list(ask: Ask, person: Callable[[str], Actor]) -> None:
    assert ask("/follow-ups.pdf", person("operator")).status_code == 403
