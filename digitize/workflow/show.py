"""Show: the picture of a page, or the strip of one field, for a person who may see it; every look is journalled."""

import shutil
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock

from digitize.access.actor import Actor
from digitize.books.book import Page
from digitize.books.entry import Box
from digitize.errors import NotFound
from digitize.scans.files import PageImage, as_jpeg, load_page, open_upright
from digitize.scans.tiles import pictures_of
from digitize.store.archive import Archive
from digitize.store.unit_of_work import Workspace

KEPT = 400  # pages whose pictures stay on the disk, some 2 MB each
_MAKING = Lock()
AROUND = 0.35  # of the box's height shown around it: strokes reach beyond the line that was found


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
        with _MAKING:  # a page in memory is up to 260 MB, and a browser asks for several of its squares at once
            if not folder.is_dir():
                _make(workspace, page, folder)
    return folder


def _make(workspace: Workspace, page: Page, folder: Path) -> None:
    shelf = folder.parent
    shelf.mkdir(mode=0o700, exist_ok=True)
    making = Path(mkdtemp(dir=shelf, prefix="making-"))
    try:
        with workspace.archive.open(page.sha256) as file:
            for picture in pictures_of(open_upright(file, page.file_name, page.page_of_file)):
                (making / f"{picture.name}.jpg").write_bytes(picture.jpeg)
        with suppress(OSError):  # another process made it meanwhile
            making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    _clear(shelf)


def _clear(shelf: Path) -> None:
    """The oldest pictures go; they can be made again."""
    made = sorted(
        (folder.stat().st_mtime, folder) for folder in shelf.iterdir() if not folder.name.startswith("making")
    )
    for _, folder in made[:-KEPT]:
        shutil.rmtree(folder, ignore_errors=True)


def field_strip(workspace: Workspace, actor: Actor, entry_id: int, column: str) -> bytes:
    """JPEG of the ink of one field. Raises NotFound out of scope, or where nothing was read for the field."""
    with workspace.unit_of_work(actor) as work:
        entry = work.entries.get(entry_id)
        read = entry.candidates.get(column)
        if read is None or read.box is None:
            raise NotFound(f"Trường {column} của trường hợp số {entry_id} không có khung trên ảnh.")
        work.search.look(entry_id, [column])
        page = work.pages.get(entry.page_id)
    return as_jpeg(_cut(_upright(workspace.archive, page.sha256, page.file_name, page.page_of_file), read.box))


@lru_cache(maxsize=2)  # strips of a ledger come from one page; a page is up to 52 MB
def _upright(archive: Archive, sha256: str, file_name: str, page_of_file: int) -> PageImage:
    with archive.open(sha256) as file:
        return load_page(file, file_name, page_of_file)


def _cut(page: PageImage, box: Box) -> PageImage:
    """The box and a little of its surroundings, within the page."""
    margin = round(AROUND * (box.y1 - box.y0))
    top, left = max(0, box.y0 - margin), max(0, box.x0 - margin)
    return page[top : max(top + 1, box.y1 + margin), left : max(left + 1, box.x1 + margin)]
