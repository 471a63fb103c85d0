"""The sample books twice: as the demo leaves them, read by the real engine, and with nothing read."""

from pathlib import Path

from benchmarks.desk.clerk import Task
from benchmarks.desk.scene import SAMPLES
from digitize.access.actor import setup_actor, worker_actor
from digitize.ocr.paddle import PaddleEngine
from digitize.settings import Settings
from digitize.store.unit_of_work import UnitOfWork, Workspace
from digitize.workflow.demo import run_demo


def read_books(folder: Path) -> Workspace:
    settings = Settings(workspace=folder)
    workspace = Workspace.open(settings)
    run_demo(workspace, PaddleEngine(settings.models, threads=1), SAMPLES, lambda told: None)
    return workspace


def blank_books(folder: Path, read: Workspace, tasks: list[Task]) -> Workspace:
    """The same pages, each with its entries, in books of the same names."""
    workspace = Workspace.open(Settings(workspace=folder))
    forms: dict[int, list[str]] = {}
    for task in tasks:
        forms.setdefault(task.page.page_id, []).append(task.entry.form_id)
    with read.view(setup_actor()) as there, workspace.unit_of_work(setup_actor()) as work:
        for book in there.books.all():
            new = work.books.add(
                book.kind, book.unit_code, book.unit_name, book.district_code, book.authority, book.year, book.volume
            )
            for page in {task.page.page_id: task.page for task in tasks if task.page.book_id == book.book_id}.values():
                with read.archive.open(page.sha256) as file:
                    sha256 = workspace.archive.put(file.read())
                work.pages.add(new.book_id, sha256, page.file_name, page.page_of_file, page.width, page.height)
    with workspace.unit_of_work(worker_actor()) as work:
        for form_ids in forms.values():
            _leave_blank(work, form_ids)
    return workspace


def _leave_blank(work: UnitOfWork, form_ids: list[str]) -> None:
    page = work.pages.lease("bench", 600)
    assert page is not None
    work.pages.finish(page.page_id, "bench", [(form_id, {}) for form_id in form_ids])
