"""Files of citizens at our own routes, each checked for the person who asks: never at a shared address."""

import re
from pathlib import Path
from time import monotonic

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from digitize.access.actor import Actor
from digitize.errors import AccessDenied, DigitizeError, NotFound
from digitize.export.bundle import SUFFIX
from digitize.store.unit_of_work import Workspace
from digitize.workflow.follow_up import follow_up_excel
from digitize.workflow.hand_over import files_of
from digitize.workflow.show import field_strip, look_at, page_part, page_picture
from digitize.workflow.typing_sheet import new_person_sheet, typing_sheet

NO_STORE = {"cache-control": "no-store"}
PART = re.compile(r"overview|\d{1,3}-\d{1,3}")
LISTS = {
    "theo-doi-sai-lech": follow_up_excel,
    "phieu-tra-cuu": typing_sheet,
    "phieu-nhap-moi": new_person_sheet,
}
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ONE_LOOK = 1800.0  # seconds in which the parts of a page that one person fetches are one look


def file_routes(workspace: Workspace) -> list[Route]:
    """GET /scan/{page_id}, its {overview or a square}, /strip/{entry_id}/{column}, /package/{package_id}/{kind},
    /list/{name}.xlsx?book={book_id}.

    Out of scope is 404, so that nobody learns what exists; without the permission 403.
    """

    async def scan(request: Request) -> Response:
        page_id = request.path_params["page_id"]
        try:
            picture = await run_in_threadpool(page_picture, workspace, request.scope["actor"], page_id)
        except DigitizeError as error:
            return refusal(error)
        return Response(picture, media_type="image/jpeg", headers=NO_STORE)

    async def part(request: Request) -> Response:
        page_id, name = request.path_params["page_id"], request.path_params["part"]
        try:
            picture = await run_in_threadpool(_part, workspace, looks, request.scope["actor"], page_id, name)
        except DigitizeError as error:
            return refusal(error)
        return Response(picture, media_type="image/jpeg", headers=NO_STORE)

    async def strip(request: Request) -> Response:
        entry_id, column = request.path_params["entry_id"], request.path_params["column"]
        try:
            picture = await run_in_threadpool(field_strip, workspace, request.scope["actor"], entry_id, column)
        except DigitizeError as error:
            return refusal(error)
        return Response(picture, media_type="image/jpeg", headers=NO_STORE)

    async def package(request: Request) -> Response:
        package_id, kind = request.path_params["package_id"], request.path_params["kind"]
        try:
            path = await run_in_threadpool(_package_file, workspace, request.scope["actor"], package_id, kind)
        except DigitizeError as error:
            return refusal(error)
        return FileResponse(path, filename=path.name, headers=NO_STORE)

    async def people(request: Request) -> Response:
        name, book = request.path_params["name"], request.query_params.get("book", "")
        try:
            made = await run_in_threadpool(_list, workspace, request.scope["actor"], name, book)
        except DigitizeError as error:
            return refusal(error)
        headers = NO_STORE | {"content-disposition": f'attachment; filename="{name}.xlsx"'}
        return Response(made, media_type=EXCEL, headers=headers)

    looks: dict[tuple[str, int], float] = {}
    return [
        Route("/scan/{page_id:int}", scan),
        Route("/scan/{page_id:int}/{part}", part),
        Route("/strip/{entry_id:int}/{column}", strip),
        Route("/list/{name}.xlsx", people),
        Route("/package/{package_id:int}/{kind}", package),
    ]


def _part(workspace: Workspace, looks: dict[tuple[str, int], float], actor: Actor, page_id: int, name: str) -> bytes:
    """Whichever part is fetched first, the look is in the journal before the person has the picture."""
    now, look = monotonic(), (actor.account, page_id)
    if not PART.fullmatch(name):
        raise NotFound(f"Trang số {page_id} không có phần ảnh này.")
    if now - looks.get(look, -ONE_LOOK) >= ONE_LOOK:
        look_at(workspace, actor, page_id)
        for old in [key for key, at in list(looks.items()) if now - at >= ONE_LOOK]:
            looks.pop(old, None)
        looks[look] = now
    return page_part(workspace, actor, page_id, name)


def _list(workspace: Workspace, actor: Actor, name: str, book: str) -> bytes:
    if name not in LISTS or (book and not book.isdecimal()):
        raise NotFound(f"Không có danh sách «{name}».")
    return LISTS[name](workspace, actor, int(book) if book else None)


def _package_file(workspace: Workspace, actor: Actor, package_id: int, kind: str) -> Path:
    paths = files_of(workspace, actor, package_id)
    there = {path.suffix.removeprefix("."): path for path in paths}
    there["goi"] = paths[0].with_name(paths[0].stem + SUFFIX)
    if kind not in there or not there[kind].is_file():
        raise NotFound(f"Gói số {package_id} không có tệp này.")
    with workspace.unit_of_work(actor) as work:
        work.books.fetched(work.packages.get(package_id).book_id, there[kind].name)
    return there[kind]


def refusal(error: DigitizeError) -> Response:
    return PlainTextResponse(str(error), 403 if isinstance(error, AccessDenied) else 404, NO_STORE)
