"""Work: a process of its own reads queued pages; the web process never does."""

import logging
from collections.abc import Callable
from dataclasses import replace
from traceback import format_tb

from digitize.access.actor import Actor
from digitize.books.book import Page
from digitize.books.forms import all_forms
from digitize.books.kinds import BookKind
from digitize.errors import DigitizeError, EngineError, FormUnknown, LeaseLost
from digitize.ocr.engine import Engine
from digitize.store.unit_of_work import Workspace
from digitize.workflow.by_hand import unread
from digitize.workflow.read import ReadPage, read_page
from digitize.workflow.told import to_keep

log = logging.getLogger(__name__)

NOT_THIS_BOOK = (
    "Trang của sổ khác thì nạp vào đúng sổ và giữ nguyên ở đây kèm lý do; "
    "trang của sổ này thì quét lại trọn trang, cho rõ. Trang viết tay, không theo biểu mẫu thì nhập tay."
)
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
    tried = 0
    while page := _lease(workspace, actor, worker):
        tell(page, _read_one(workspace, actor, engine, worker, page))
        tried += 1
    return tried


def _lease(workspace: Workspace, actor: Actor, worker: str) -> Page | None:
    with workspace.unit_of_work(actor) as work:
        return work.pages.lease(worker, LEASE_SECONDS)


def _read_one(workspace: Workspace, actor: Actor, engine: Engine, worker: str, page: Page) -> str:
    with workspace.view(actor) as work:
        kind = work.books.get(page.book_id).kind
    read = _attempt(workspace, engine, page, kind)
    try:
        with workspace.unit_of_work(actor) as work:
            if isinstance(read, DigitizeError):
                work.pages.fail(page.page_id, worker, read.code, _told(read))
                return read.code
            form_id = str(read.reading.form_id)
            entries = [(form_id, entry) for entry in read.reading.entries]
            work.pages.finish(page.page_id, worker, entries, to_keep(read.reading.problems))
            return "read"
    except LeaseLost as lost:
        return lost.code


def _told(error: DigitizeError) -> str:
    """In words for the operator; the error's own advice on an unknown form is for the command line."""
    return f"{error.message} {NOT_THIS_BOOK}" if isinstance(error, FormUnknown) else str(error)


def _attempt(workspace: Workspace, engine: Engine, page: Page, kind: BookKind) -> ReadPage | DigitizeError:
    """What was read, or why nothing was: neither a bad page nor an engine that breaks down stops the others."""
    try:
        return _read(workspace, engine, page, kind)
    except DigitizeError as error:
        return error
    except Exception as error:
        frames = "".join(format_tb(error.__traceback__))  # not the error's own text, which may quote the page
        log.error("page %d: the engine broke down with %s\n%s", page.page_id, type(error).__name__, frames)
        return EngineError(f"Máy đọc gặp lỗi ở trang số {page.page_id}. Hãy cho đọc lại; nếu vẫn lỗi thì nhập tay.")


def _read(workspace: Workspace, engine: Engine, page: Page, kind: BookKind) -> ReadPage:
    """Reads the page as whatever it is: a page of another book must not be pressed into this book's form."""
    forms = all_forms()
    with workspace.archive.open(page.sha256) as file:
        read = read_page(engine, file, page.file_name, page.page_of_file, list(forms.values()))
    if read.unknown_form:
        by_hand = [form for form in forms.values() if form.kind is kind and form.family == "columns"]
        if by_hand:
            return replace(read, reading=unread(by_hand[0]))
        raise read.unknown_form
    form = forms[str(read.reading.form_id)]
    if form.kind is not kind:
        told = f"là trang sổ {form.kind.book_title.lower()}, không phải sổ {kind.book_title.lower()}"
        raise FormUnknown(f"Trang {page.page_of_file} của tệp {page.file_name} {told}.")
    return read
