"""Papers made at the moment they are fetched, each for the person who asks: inventory, minutes, cover sheets."""

from collections.abc import Callable
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from digitize.app.files import NO_STORE, refusal
from digitize.errors import DigitizeError
from digitize.store.unit_of_work import Workspace
from digitize.workflow import completeness, custody, follow_up, inventory

MOST_COVERS = 100  # sheets in one answer
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
Make = Callable[[Request], tuple[str, bytes]]  # the file's name and what is in it


def paper_routes(workspace: Workspace) -> list[Route]:
    """GET /inventory.xlsx (?unit=CODE), /inventory-template.xlsx, /handover/{id}.{docx or pdf}, /cover-sheets.pdf,
    /completeness/{book}.{docx or pdf}, /follow-ups.{docx or pdf} (?book=ID), /letter/{id}.{docx or pdf}.

    Out of scope is 404, not permitted 403.
    """

    def inventory_excel(request: Request) -> tuple[str, bytes]:
        unit = request.query_params.get("unit")
        told = inventory.export_excel(workspace, request.scope["actor"], unit or None)
        return f"kiem-ke-{unit or 'toan-bo'}.xlsx", told

    def template(request: Request) -> tuple[str, bytes]:
        return "mau-kiem-ke.xlsx", inventory.empty_template(workspace, request.scope["actor"])

    def minutes(kind: str, request: Request) -> tuple[str, bytes]:
        handover_id = request.path_params["handover_id"]
        told = custody.minutes(workspace, request.scope["actor"], handover_id, kind)
        return f"bien-ban-giao-nhan-{handover_id}.{kind}", told

    def covers(request: Request) -> tuple[str, bytes]:
        ids = [int(told) for told in request.query_params.get("books", "").split(",") if told.isdecimal()]
        return "to-bia.pdf", custody.covers(workspace, request.scope["actor"], ids[:MOST_COVERS])

    def report(kind: str, request: Request) -> tuple[str, bytes]:
        book_id = request.path_params["book_id"]
        return f"kiem-dem-so-{book_id}.{kind}", completeness.report(workspace, request.scope["actor"], book_id, kind)

    def follow_ups(kind: str, request: Request) -> tuple[str, bytes]:
        book = request.query_params.get("book", "")
        told = follow_up.follow_up_paper(
            workspace, request.scope["actor"], kind, int(book) if book.isdecimal() else None
        )
        return f"theo-doi-sai-lech.{kind}", told

    def letter(kind: str, request: Request) -> tuple[str, bytes]:
        number = request.path_params["follow_up_id"]
        told = follow_up.letter_of(workspace, request.scope["actor"], number, kind)
        return f"phieu-de-nghi-xac-minh-{number}.{kind}", told

    return [
        *(_route(f"/follow-ups.{kind}", partial(follow_ups, kind)) for kind in ("docx", "pdf")),
        *(_route(f"/letter/{{follow_up_id:int}}.{kind}", partial(letter, kind)) for kind in ("docx", "pdf")),
        _route("/inventory.xlsx", inventory_excel),
        _route("/inventory-template.xlsx", template),
        *(_route(f"/handover/{{handover_id:int}}.{kind}", partial(minutes, kind)) for kind in ("docx", "pdf")),
        _route("/cover-sheets.pdf", covers),
        *(_route(f"/completeness/{{book_id:int}}.{kind}", partial(report, kind)) for kind in ("docx", "pdf")),
    ]


def _route(path: str, make: Make) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            name, content = await run_in_threadpool(make, request)
        except DigitizeError as error:
            return refusal(error)
        headers = NO_STORE | {"content-disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type=TYPES[name.rpartition(".")[2]], headers=headers)

    return Route(path, endpoint)
