"""Work: a process of its own reads queued pages; the web process never does."""

import logging
from collections.abc import Callable, Sequence
from traceback import format_tb

from digitize.access.actor import Actor
from digitize.books.book import Page
from digitize.books.forms import Form, all_forms
from digitize.errors import DigitizeError, EngineError, FormUnknown, LeaseLost
from digitize.ocr.engine import Engine
from digitize.store.unit_of_work import Workspace
from digitize.workflow.read import ReadPage, read_page

log = logging.getLogger(__name__)

LEASE_SECONDS = 300  # far longer than a page takes; after that another worker may have it


def read_queued(
    workspace: Workspace,
    actor: Actor,
    engine: Engine,
    worker: str,
    tell: Callable[[Page, str], None] = lambda page, outcome: None,
) -> int:
    """Reads queued pages until none waits; a bad page is marked and the rest goes on. Returns pages tried.

    `tell` hears of each page and what became of it: "read" or the code of its failure.
    """
    forms = list(all_forms().values())
    tried = 0
    while page := _lease(workspace, actor, worker):
        tell(page, _read_one(workspace, actor, engine, worker, page, forms))
        tried += 1
    return tried


def _lease(workspace: Workspace, actor: Actor, worker: str) -> Page | None:
    with workspace.unit_of_work(actor) as work:
        return work.pages.lease(worker, LEASE_SECONDS)


def _read_one(
    workspace: Workspace, actor: Actor, engine: Engine, worker: str, page: Page, forms: Sequence[Form]
) -> str:
    read = _attempt(workspace, engine, page, _forms_of(workspace, actor, page, forms))
    try:
        with workspace.unit_of_work(actor) as work:
            if isinstance(read, DigitizeError):
                work.pages.fail(page.page_id, worker, read.code, str(read))
                return read.code
            form_id = str(read.reading.form_id)
            work.pages.finish(page.page_id, worker, [(form_id, entry) for entry in read.reading.entries])
            return "read"
    except LeaseLost as lost:
        return lost.code


def _attempt(workspace: Workspace, engine: Engine, page: Page, forms: Sequence[Form]) -> ReadPage | DigitizeError:
    """What was read, or why nothing was: neither a bad page nor an engine that breaks down stops the others."""
    try:
        return _read(workspace, engine, page, forms)
    except DigitizeError as error:
        return error
    except Exception as error:
        frames = "".join(format_tb(error.__traceback__))  # not the error's own text, which may quote the page
        log.error("page %d: the engine broke down with %s\n%s", page.page_id, type(error).__name__, frames)
        return EngineError(f"Máy đọc gặp lỗi ở trang số {page.page_id}. Hãy cho đọc lại; nếu vẫn lỗi thì nhập tay.")


def _forms_of(workspace: Workspace, actor: Actor, page: Page, forms: Sequence[Form]) -> list[Form]:
    """The forms of the page's kind of book: a marriage is never looked for among births."""
    with workspace.view(actor) as work:
        kind = work.books.get(page.book_id).kind
    return [form for form in forms if form.kind is kind]


def _read(workspace: Workspace, engine: Engine, page: Page, forms: Sequence[Form]) -> ReadPage:
    if not forms:
        raise FormUnknown("Loại sổ này chưa có biểu mẫu để đọc tự động.")
    with workspace.archive.open(page.sha256) as file:
        read = read_page(engine, file, page.file_name, page.page_of_file, forms)
    if read.reading.form_id is None:
        raise FormUnknown(f"Trang {page.page_of_file} của tệp {page.file_name} không giống biểu mẫu của loại sổ này.")
    return read
