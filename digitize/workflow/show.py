"""Show: the picture of a page, for a person who may see it; every look is journalled."""

import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from digitize.access.actor import Actor
from digitize.books.book import Page
from digitize.errors import NotFound
from digitize.scans.files import as_jpeg, load_page
from digitize.scans.tiles import pictures_of
from digitize.store.unit_of_work import Workspace

KEPT = 400  # pages whose pictures stay on the disk, some 2 MB each


def page_picture(workspace: Workspace, actor: Actor, page_id: int) -> bytes:
    """JPEG of the upright page, its full size. Raises NotFound for a page out of scope."""
    page = look_at(workspace, actor, page_id)
    with workspace.archive.open(page.sha256) as file:
        return as_jpeg(load_page(file, page.file_name, page.page_of_file))


def look_at(workspace: Workspace, actor: Actor, page_id: int) -> Page:
    """Journals that the person looks at the page. Raises NotFound for a page out of scope."""
    with workspace.unit_of_work(actor) as work:
        return work.pages.view(page_id)


def page_part(workspace: Workspace, actor: Actor, page_id: int, name: str) -> bytes:
    """The overview or a square of the page as JPEG, see scans.tiles. Raises NotFound. The look is told by `look_at`."""
    with workspace.view(actor) as work:
        page = work.pages.get(page_id)
    file = _pictures(workspace, page) / f"{name}.jpg"
    if not file.is_file():
        raise NotFound(f"Trang số {page_id} không có phần ảnh này.")
    return file.read_bytes()


def _pictures(workspace: Workspace, page: Page) -> Path:
    """The folder with the page's pictures, made when it is first asked for; the archive alone is the original."""
    shelf = workspace.settings.workspace / "pictures"
    folder = shelf / f"{page.sha256}-{page.page_of_file}"
    if not folder.is_dir():
        shelf.mkdir(mode=0o700, exist_ok=True)
        making = Path(mkdtemp(dir=shelf, prefix="making-"))
        with workspace.archive.open(page.sha256) as file:
            for picture in pictures_of(load_page(file, page.file_name, page.page_of_file)):
                (making / f"{picture.name}.jpg").write_bytes(picture.jpeg)
        with suppress(OSError):  # somebody else made it meanwhile
            making.rename(folder)
        shutil.rmtree(making, ignore_errors=True)
        _clear(shelf)
    return folder


def _clear(shelf: Path) -> None:
    """The oldest pictures go; they can be made again."""
    made = sorted(
        (folder.stat().st_mtime, folder) for folder in shelf.iterdir() if not folder.name.startswith("making")
    )
    for _, folder in made[:-KEPT]:
        shutil.rmtree(folder, ignore_errors=True)
