"""What the operator is told of a book's pages, from the scan to the numbers that should run on."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest

from digitize.access.actor import Actor, Agency, Role, setup_actor, worker_actor
from digitize.books.book import PageState
from digitize.books.entry import Candidate, Problem
from digitize.books.kinds import BookKind
from digitize.books.steps import Act
from digitize.errors import AccessDenied, InputError, ScanError
from digitize.scans.files import PageImage
from digitize.settings import REPOSITORY, Settings
from digitize.store.unit_of_work import Workspace
from digitize.workflow.quality import keep_page, pages_to_scan_again
from digitize.workflow.take_in import TakenFile, open_book, replace_scan, take_in
from digitize.workflow.verify import verify
from digitize.workflow.work import read_queued
from tests.engines import Silent
from tests.lending import lend

SAMPLES = REPOSITORY / "sample_scans"
OPERATOR = Actor("operator", Agency.CIVIL_STATUS, "24999", frozenset({Role.OPERATOR}), frozenset({"24999"}))
CHECKER = Actor("checker", Agency.CIVIL_STATUS, "24999", frozenset({Role.CHECKER}), frozenset({"24999"}))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(Settings(workspace=tmp_path))
    open_book(opened, OPERATOR, BookKind.BIRTH, "24999", "xã Suối Mơ", "140", "UBND xã Suối Mơ", 2017, "01")
    lend(opened, 1)
    yield opened
    opened.close()


def sample(name: str) -> PageImage:
    return np.asarray(cv2.imread(str(SAMPLES / name)), np.uint8)


def jpeg(page: PageImage) -> BytesIO:
    return BytesIO(cv2.imencode(".jpg", page)[1].tobytes())


def blurred(name: str) -> BytesIO:
    return jpeg(np.asarray(cv2.GaussianBlur(sample(name), (0, 0), 4), np.uint8))


def taken(workspace: Workspace, **files: BytesIO) -> list[TakenFile]:
    return list(take_in(workspace, OPERATOR, 1, [(f"{name}.jpg", file) for name, file in files.items()]))


def listed(workspace: Workspace) -> dict[int, list[str]]:
    """Codes on the list, by place in the book."""
    bad_pages = pages_to_scan_again(workspace, OPERATOR, 1)
    return {bad.page.sequence: [problem.code for problem in bad.problems] for bad in bad_pages}


def read_as(workspace: Workspace, *pages: tuple[str, str] | None) -> None:
    """What an engine would read: entry and page number of each waiting page; None: no form was seen."""
    for numbers in pages:
        with workspace.unit_of_work(worker_actor()) as work:
            page = work.pages.lease("w1", 60)
            assert page
            if numbers is None:
                work.pages.fail(page.page_id, "w1", "form_unknown", "Không rõ biểu mẫu.")
                continue
            fields = {
                column: Candidate(text, text, 0.999, None)
                for column, text in zip(("so", "trangSo"), numbers, strict=True)
            }
            work.pages.finish(page.page_id, "w1", [("KS-2015", fields)])


def test_the_operator_is_told_at_once_and_the_batch_goes_on(workspace: Workspace) -> None:
    soft, good = taken(workspace, soft=blurred("ks_01.jpg"), good=jpeg(sample("ks_02.jpg")))
    assert [(number, problem.code) for number, problem in soft.problems] == [(1, "too blurred")]
    assert (good.pages, good.problems) == (1, ())
    assert listed(workspace) == {1: ["too blurred"]}


def test_a_sheet_scanned_twice_is_told_with_its_double_and_not_dropped(workspace: Workspace) -> None:
    page = sample("ks_01.jpg")
    turn = cv2.getRotationMatrix2D((800, 1100), 0.9, 1)
    again = np.asarray(cv2.warpAffine(page, turn, page.shape[1::-1], borderMode=cv2.BORDER_REPLICATE), np.uint8)
    taken(workspace, first=jpeg(page), other=jpeg(sample("ks_02.jpg")))
    (double,) = taken(workspace, again=jpeg(again))
    ((_, problem),) = double.problems
    assert (double.pages, problem.code) == (1, "near_duplicate")
    assert "trang thứ 1 (tệp first.jpg, trang 1 của tệp)" in problem.message


def test_sheets_of_one_batch_are_compared_too(workspace: Workspace) -> None:
    page = sample("ks_03.jpg")
    _, double = taken(workspace, a=jpeg(page), b=jpeg((page * 0.93).astype(np.uint8)))
    assert [problem.code for _, problem in double.problems] == ["near_duplicate"]
    assert "trang 1 của tệp a.jpg" in double.problems[0][1].message


def test_numbers_that_do_not_run_on_are_told_once_all_pages_were_tried(workspace: Workspace) -> None:
    taken(workspace, **{f"p{n}": jpeg(sample(f"ks_0{n}.jpg")) for n in (1, 2, 3, 4)})
    read_as(workspace, ("01", "1"), ("02", "2"), ("05", "4"))
    assert listed(workspace) == {}
    read_as(workspace, ("06", "5"))
    assert listed(workspace) == {3: ["page_number_missing", "entry_number_missing"]}


def test_what_an_officer_keyed_counts_before_what_was_read(workspace: Workspace) -> None:
    taken(workspace, **{f"p{n}": jpeg(sample(f"ks_0{n}.jpg")) for n in (1, 2, 3)})
    read_as(workspace, ("01", "1"), ("07", "2"), ("03", "3"))
    assert listed(workspace) == {2: ["entry_number_misread"]}
    officer = Actor("officer", Agency.POLICE, "24999", frozenset({Role.OFFICER}), frozenset({"24999"}))
    with workspace.unit_of_work(officer) as work:
        entry = work.entries.of_book(1)[1]
        work.entries.advance(entry.entry_id, Act.REVIEW)
        work.entries.save_value(entry.entry_id, "so", "02")
    assert listed(workspace) == {}


def test_a_page_is_kept_with_a_reason_and_leaves_the_list(workspace: Workspace) -> None:
    taken(workspace, soft=blurred("ks_01.jpg"))
    (bad,) = pages_to_scan_again(workspace, OPERATOR, 1)
    with pytest.raises(InputError):
        keep_page(workspace, OPERATOR, bad, "")
    with pytest.raises(AccessDenied):
        keep_page(workspace, CHECKER, bad, "sổ nhòe")
    keep_page(workspace, OPERATOR, bad, "chữ trong sổ nhòe")
    assert listed(workspace) == {}


def test_a_better_scan_takes_the_place_of_a_bad_one(workspace: Workspace) -> None:
    taken(workspace, soft=blurred("ks_01.jpg"), next=jpeg(sample("ks_02.jpg")))
    assert replace_scan(workspace, OPERATOR, 1, "sharp.jpg", jpeg(sample("ks_01.jpg"))) == ()
    assert listed(workspace) == {}
    with workspace.view(setup_actor()) as work:
        first = work.pages.of_book(1)[0]
    assert (first.file_name, first.sequence, first.state) == ("sharp.jpg", 1, PageState.QUEUED)


def test_a_scan_that_cannot_be_opened_replaces_nothing(workspace: Workspace) -> None:
    taken(workspace, soft=blurred("ks_01.jpg"))
    with pytest.raises(ScanError):
        replace_scan(workspace, OPERATOR, 1, "bad.jpg", BytesIO(b"no picture"))
    assert listed(workspace) == {1: ["too blurred"]}


def test_the_original_of_a_replaced_scan_is_still_watched_over(workspace: Workspace) -> None:
    taken(workspace, soft=blurred("ks_01.jpg"))
    with workspace.view(setup_actor()) as work:
        old = work.pages.get(1).sha256
    replace_scan(workspace, OPERATOR, 1, "sharp.jpg", jpeg(sample("ks_01.jpg")))
    assert verify(workspace, setup_actor()).damaged_pages == ()
    workspace.archive.path_of(old).unlink()
    assert verify(workspace, setup_actor()).damaged_pages == (1,)


def test_a_blank_page_is_told_once_and_takes_no_number(workspace: Workspace) -> None:
    blank = np.full((2339, 1654, 3), 240, np.uint8)
    taken(workspace, a=jpeg(sample("ks_01.jpg")), blank=jpeg(blank), b=jpeg(sample("ks_02.jpg")))
    read_as(workspace, ("01", "1"), None, ("02", "2"))
    assert listed(workspace) == {2: ["blank page"]}


def test_a_page_in_which_no_form_is_seen_says_what_to_do(workspace: Workspace) -> None:
    taken(workspace, a=jpeg(sample("ks_01.jpg")))
    read_queued(workspace, worker_actor(), Silent(), "w1")
    (bad,) = pages_to_scan_again(workspace, OPERATOR, 1)
    (problem,) = bad.problems
    assert problem == Problem("form_unknown", problem.message)
    assert "nhập tay" in problem.message and "--form" not in problem.message
