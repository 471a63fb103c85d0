"""Show: the picture of a page, for a person who may see it; every look is journalled."""

from digitize.access.actor import Actor
from digitize.scans.files import as_jpeg, load_page
from digitize.store.unit_of_work import Workspace


def page_picture(workspace: Workspace, actor: Actor, page_id: int) -> bytes:
    """JPEG of the upright page, its full size. Raises NotFound for a page out of scope."""
    with workspace.unit_of_work(actor) as work:
        page = work.pages.view(page_id)
    with workspace.archive.open(page.sha256) as file:
        return as_jpeg(load_page(file, page.file_name, page.page_of_file))
