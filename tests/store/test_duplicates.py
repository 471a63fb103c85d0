"""Births with a key in common are found by the database; decisions about them are added and never overwritten."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from digitize.access.actor import Actor
from digitize.books.book import Book, Page
from digitize.books.duplicates import NearPair, PairChoice
from digitize.books.entry import Entry
from digitize.books.steps import Act
from digitize.errors import InputError, NotFound
from digitize.store.unit_of_work import Workspace

BIRTH = {
    "nksHoTen": "LÒ THỊ SAO", "nksNgaySinh": "05/3/2016", "meHoTen": "HÀ THỊ MỶ", "chaHoTen": "LÒ VĂN AN",
    "meNgaySinh": "1990", "chaNgaySinh": "1988",
}  # fmt: skip
Births = Callable[..., list[int]]


@pytest.fixture
def births(
    workspace: Workspace, officer: Actor, make_book: Callable[..., Book], queue: Callable[..., Page],
    read: Callable[..., tuple[Entry, ...]],
) -> Births:  # fmt: skip
    """`births({...}, ...)`: confirmed births that differ so from BIRTH, each in a book of its own."""

    def confirm(*changes: dict[str, str]) -> list[int]:
        ids = []
        for number, change in enumerate(changes, start=1):
            queue(make_book(volume=f"0{number}"), "abcdef"[number])
            (entry,) = read()
            with workspace.unit_of_work(officer) as work:
                work.entries.advance(entry.entry_id, Act.REVIEW)
                work.entries.confirm(entry.entry_id, BIRTH | change)
            ids.append(entry.entry_id)
        return ids

    return confirm


def near(workspace: Workspace, actor: Actor, book_id: int | None = None) -> list[tuple[int, int]]:
    with workspace.view(actor) as work:
        return [(each.first, each.second) for each in work.duplicates.near(book_id, 99)]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"nksNgaySinh": "ngày 5 tháng 3 năm 2016", "meHoTen": ""},
        {"nksNgaySinh": "03/5/2016"},
        {"nksHoTen": "LÒ THỊ SAU"},
        {"nksHoTen": "LÒ VĂN AN", "nksNgaySinh": "01/02/2019", "meNgaySinh": "1991"},
    ],
)
def test_what_may_be_the_same_birth_or_of_the_same_parents_has_a_key_in_common(
    workspace: Workspace, officer: Actor, births: Births, change: dict[str, str]
) -> None:
    first, second = births({}, change)
    assert near(workspace, officer) == [(first, second)]
    for book in (1, 2):
        assert near(workspace, officer, book) == [(first, second)]


def test_children_whose_books_agree_about_the_parents_are_no_pair(
    workspace: Workspace, officer: Actor, births: Births
) -> None:
    births({}, {"nksHoTen": "LÒ VĂN BẢY", "nksNgaySinh": "01/02/2019"})
    assert near(workspace, officer) == []


def test_an_entry_that_went_back_to_the_desk_is_no_pair(workspace: Workspace, officer: Actor, births: Births) -> None:
    first, _ = births({}, {})
    with workspace.unit_of_work(officer) as work:
        work.entries.advance(first, Act.SEND_BACK, "xem lại")
    assert near(workspace, officer) == []


def test_decisions_are_added_with_a_reason_and_stay(
    workspace: Workspace, officer: Actor, stranger: Actor, births: Births
) -> None:
    pair = NearPair(*births({}, {}))
    with pytest.raises(InputError), workspace.unit_of_work(officer) as work:
        work.duplicates.decide(pair, "same_birth", "cùng tên", PairChoice.SAME, " ")
    with workspace.unit_of_work(officer) as work:
        work.duplicates.decide(pair, "same_birth", "cùng tên", PairChoice.SAME, "đã xem")
        work.duplicates.decide(pair, "same_birth", "cùng tên", PairChoice.WITHDRAWN, "nhầm")
    with workspace.view(officer) as work:
        told = [(each.choice, each.why, each.by) for each in work.duplicates.decisions()]
        assert told == [(PairChoice.SAME, "đã xem", "officer"), (PairChoice.WITHDRAWN, "nhầm", "officer")]
        assert [row.act for row in work.journal.of("pair", 1)] == ["pair.decide"]
    with pytest.raises(NotFound), workspace.unit_of_work(stranger) as work:
        work.duplicates.decide(pair, "same_birth", "cùng tên", PairChoice.SAME, "đã xem")
    with pytest.raises(IntegrityError, match="append-only"), workspace.engine.begin() as connection:
        connection.execute(text("UPDATE pair_decision SET choice = 'same'"))


def test_a_pair_across_two_units_is_only_for_whoever_is_given_both(
    workspace: Workspace, officer: Actor, make_actor: Callable[..., Actor], births: Births
) -> None:
    first, second = births({}, {})
    with workspace.engine.begin() as connection:
        connection.execute(text("UPDATE book SET unit_code = '04249', district_code = '132' WHERE id = 2"))
    assert near(workspace, officer) == []
    assert near(workspace, make_actor("both", "04468", "04249")) == [(first, second)]
