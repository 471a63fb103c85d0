"""Two officers over one workspace, through the workflow: opening, keying, confirming, going back over days."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from digitize.access.actor import Actor, Agency, Role, setup_actor, worker_actor
from digitize.books.entry import Candidate
from digitize.books.kinds import BookKind
from digitize.books.steps import Step
from digitize.books.teamwork import EditMark
from digitize.errors import EntryHeld, NotFound
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace
from digitize.workflow import edits, history, leases, queues, review

HOA, MAI = (
    Actor(name, Agency.POLICE, "24999", frozenset({Role.OFFICER}), frozenset({"24999"})) for name in ("hoa", "mai")
)
CHECKER = Actor("checker", Agency.POLICE, "24999", frozenset({Role.CHECKER}), frozenset({"24999"}))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Two births on one page, entries 1 and 2."""
    opened = Workspace.open(Settings(workspace=tmp_path))
    with opened.unit_of_work(setup_actor()) as work:
        book = work.books.add(BookKind.BIRTH, "24999", "xã Suối Mơ", "140", "UBND xã Suối Mơ", 2017, "01")
        work.pages.add(book.book_id, "0" * 64, "a.jpg", 1, 10, 10)
    with opened.unit_of_work(worker_actor()) as work:
        page = work.pages.lease("w1", 60)
        assert page
        read = {"nksHoTen": Candidate("LÒ THỊ SAU", "lò thị sau", 0.5, None)}
        work.pages.finish(page.page_id, "w1", [("KS-2015", read), ("KS-2015", read)])
    yield opened
    opened.close()


def test_opening_takes_the_entry_and_the_next_officer_gets_another(workspace: Workspace) -> None:
    mine = review.open_entry(workspace, HOA, 1)
    assert mine.is_held_by(HOA) and mine.entry.step is Step.IN_REVIEW
    assert review.open_entry(workspace, HOA, 1) == mine  # a rerun of the screen changes nothing
    theirs = review.open_entry(workspace, MAI, 1)
    assert not theirs.is_held_by(MAI) and theirs.lease == mine.lease
    following = queues.next_entry(workspace, MAI)
    assert following and following.entry_id == 2
    (count,) = queues.waiting(workspace, MAI)
    assert (count.total, count.in_other_hands) == (2, 1)
    assert queues.totals([count], lambda each: each.book.kind) == {BookKind.BIRTH: 2}


def test_a_checker_who_looks_takes_nothing(workspace: Workspace) -> None:
    view = review.open_entry(workspace, CHECKER, 1)
    assert (view.lease, view.entry.step) == (None, Step.READ)


def test_an_entry_in_a_colleagues_hands_does_not_come_to_review(workspace: Workspace) -> None:
    with workspace.unit_of_work(HOA) as work:
        work.leases.take(1)
    assert review.open_entry(workspace, MAI, 1).entry.step is Step.READ


def test_confirming_frees_the_entry_for_nobody_and_goes_on(workspace: Workspace) -> None:
    seen = review.open_entry(workspace, HOA, 1).entry.version
    edits.save(workspace, HOA, 1, {"nksHoTen": "LÒ THỊ SAO"}, seen, EditMark("tab", 1))
    for _ in range(2):
        saved = edits.confirm(workspace, HOA, 1, {}, seen, EditMark("tab", 2))
        assert saved.collisions == () and saved.entry.step is Step.CONFIRMED
    assert saved.entry.values["nksHoTen"].text == "LÒ THỊ SAO"
    assert leases.running(workspace, HOA) == ()
    following = queues.next_entry(workspace, HOA, after_id=1)
    assert following and following.entry_id == 2


def test_a_field_goes_back_over_people_and_days(workspace: Workspace) -> None:
    seen = review.open_entry(workspace, HOA, 1).entry.version
    edits.save(workspace, HOA, 1, {"nksHoTen": "LÒ THỊ SAO"}, seen, EditMark("tab", 1))
    leases.give_back(workspace, HOA, 1)
    seen = review.open_entry(workspace, MAI, 1).entry.version
    edits.save(workspace, MAI, 1, {"nksHoTen": "LÒ THỊ SẢO", "so": "01"}, seen, EditMark("other", 1))
    first, second = history.history(workspace, MAI, 1, "nksHoTen")
    assert [(each.by, each.before, each.after) for each in (first, second)] == [
        ("hoa", None, "LÒ THỊ SAO"),
        ("mai", "LÒ THỊ SAO", "LÒ THỊ SẢO"),
    ]
    with pytest.raises(EntryHeld):
        history.take_back(workspace, HOA, 1, "nksHoTen", first.line_id, seen, EditMark("tab", 2))
    back = history.take_back(workspace, MAI, 1, "nksHoTen", first.line_id, seen, EditMark("other", 2))
    assert back.entry.values["nksHoTen"].text == "LÒ THỊ SAO"
    none = history.take_back(workspace, MAI, 1, "nksHoTen", history.BEGINNING, seen, EditMark("other", 3))
    assert set(none.entry.values) == {"so"}
    assert [each.act for each in history.history(workspace, MAI, 1, "nksHoTen")][2:] == ["entry.take_back"] * 2
    with pytest.raises(NotFound):
        history.take_back(workspace, MAI, 1, "so", first.line_id, seen, EditMark("other", 4))
