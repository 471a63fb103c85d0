"""Files from the scanner become pages in the queue; what cannot be used is told, and the rest goes on."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from digitize.access.actor import Actor, Agency, Role, setup_actor
from digitize.books.kinds import BookKind
from digitize.errors import AccessDenied, InputError, ScanEmpty, ScanTooSmall, ScanTruncated
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace
from digitize.workflow.take_in import TakenFile, open_book, take_in
from tests.lending import lend

OPERATOR = Actor("operator", Agency.CIVIL_STATUS, "24999", frozenset({Role.OPERATOR}), frozenset({"24999"}))
CHECKER = Actor("checker", Agency.CIVIL_STATUS, "24999", frozenset({Role.CHECKER}), frozenset({"24999"}))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(Settings(workspace=tmp_path))
    open_book(opened, OPERATOR, BookKind.BIRTH, "24999", "xã Suối Mơ", "140", "UBND xã Suối Mơ", 2017, "01")
    lend(opened, 1)
    yield opened
    opened.close()


def tiff(*shades: int) -> bytes:
    first, *others = [Image.new("RGB", (500, 700), (shade, shade, shade)) for shade in shades]
    file = BytesIO()
    first.save(file, "TIFF", save_all=True, append_images=others)
    return file.getvalue()


def taken(workspace: Workspace, *files: tuple[str, bytes], actor: Actor = OPERATOR) -> list[TakenFile]:
    return list(take_in(workspace, actor, 1, [(name, BytesIO(content)) for name, content in files]))


def test_a_volume_that_could_never_be_handed_over_is_refused(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="Quyển số"):
        open_book(workspace, OPERATOR, BookKind.DEATH, "24999", "xã Suối Mơ", "140", "UBND xã Suối Mơ", 2017, "Quyển I")


def test_every_page_of_a_file_is_queued_in_order(workspace: Workspace) -> None:
    (file,) = taken(workspace, ("a.tif", tiff(200, 210, 220)))
    assert (file.pages, file.already, file.error) == (3, 0, None)
    assert [(number, problem.code) for number, problem in file.problems] == [(n, "blank page") for n in (1, 2, 3)]
    with workspace.view(setup_actor()) as work:
        pages = work.pages.of_book(1)
    assert [(page.page_of_file, page.sequence, page.width, page.height) for page in pages] == [
        (1, 1, 500, 700), (2, 2, 500, 700), (3, 3, 500, 700),
    ]  # fmt: skip


def test_the_same_scan_twice_stays_one_page(workspace: Workspace) -> None:
    taken(workspace, ("a.tif", tiff(200)))
    assert taken(workspace, ("again.tif", tiff(200))) == [TakenFile("again.tif", 0, 1, book_id=1)]


def test_bad_files_are_told_and_the_others_taken(workspace: Workspace) -> None:
    dot = BytesIO()
    Image.new("L", (5, 5)).save(dot, "PNG")
    empty, small, good = taken(workspace, ("e.jpg", b""), ("s.png", dot.getvalue()), ("g.tif", tiff(200)))
    assert isinstance(empty.error, ScanEmpty)
    assert isinstance(small.error, ScanTooSmall)
    assert (good.pages, good.error) == (1, None)


def test_a_good_page_beside_a_cut_one_is_taken(workspace: Workspace) -> None:
    (file,) = taken(workspace, ("a.tif", tiff(200, 210)[:-40_000]))
    assert (file.pages, type(file.error)) == (1, ScanTruncated)


def test_what_was_taken_is_in_the_archive_byte_for_byte(workspace: Workspace) -> None:
    taken(workspace, ("a.tif", tiff(200)))
    with workspace.view(setup_actor()) as work:
        (page,) = work.pages.of_book(1)
    with workspace.archive.open(page.sha256) as original:
        assert original.read() == tiff(200)


def test_who_may_not_take_in_takes_nothing(workspace: Workspace) -> None:
    with pytest.raises(AccessDenied):
        taken(workspace, ("a.tif", tiff(200)), actor=CHECKER)
