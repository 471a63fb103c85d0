"""Differences come onto the follow-up list, go through hands, and leave it; nothing is lost on the way."""

from collections.abc import Callable

import pytest

from digitize.access.actor import Actor, Role
from digitize.books.entry import Entry
from digitize.books.follow_up import Direction, FollowState, FollowUp
from digitize.errors import AccessDenied, InputError, StepNotLawful
from digitize.store.unit_of_work import Workspace

NAME = {"field": "nksHoTen", "kind": "basic", "book": "SAO", "population": "Sau", "why": "khác tên"}
BIRTH = {"field": "nksNgaySinh", "kind": "basic", "book": "4.8.2017", "population": "08.04.2017", "why": "đảo chỗ"}
NUMBER = "015217000001"


def reconcile(workspace: Workspace, actor: Actor, entry: Entry, *differences: dict[str, str]) -> tuple[FollowUp, ...]:
    with workspace.unit_of_work(actor) as work:
        return work.follow_ups.reconcile(entry.entry_id, "child", NUMBER, differences, Direction.POPULATION)


def change(workspace: Workspace, actor: Actor, item: FollowUp, state: FollowState, **more: str | None) -> FollowUp:
    with workspace.unit_of_work(actor) as work:
        responsible, note = more.get("responsible"), more.get("note") or ""
        return work.follow_ups.change(item.follow_up_id, state, Direction.BOOK, responsible, note)


def test_each_difference_is_one_item_with_both_values(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    items = reconcile(workspace, officer, entry, NAME, BIRTH)
    assert [(each.column, each.book_text, each.population_text) for each in items] == [
        ("nksHoTen", "SAO", "Sau"),
        ("nksNgaySinh", "4.8.2017", "08.04.2017"),
    ]
    assert {each.state for each in items} == {FollowState.OPEN}
    assert {(each.direction, each.personal_id, each.opened_by) for each in items} == {
        (Direction.POPULATION, NUMBER, "officer")
    }


def test_the_same_difference_comes_once_and_one_that_is_gone_is_closed(
    workspace: Workspace, officer: Actor, entry: Entry
) -> None:
    reconcile(workspace, officer, entry, NAME, BIRTH)
    items = reconcile(workspace, officer, entry, NAME)
    assert [each.state for each in items] == [FollowState.OPEN, FollowState.GONE]
    with workspace.view(officer) as work:
        assert [each.column for each in work.follow_ups.list()] == ["nksHoTen"]
        assert [line.act for line in work.journal.of("follow_up", items[1].follow_up_id)] == [
            "follow_up.open",
            "follow_up.gone",
        ]


def test_what_was_settled_stays_settled_and_what_comes_back_is_a_new_item(
    workspace: Workspace, officer: Actor, entry: Entry
) -> None:
    (name, birth) = reconcile(workspace, officer, entry, NAME, BIRTH)
    change(workspace, officer, name, FollowState.SETTLED, note="giấy chứng sinh ghi như sổ")
    reconcile(workspace, officer, entry, NAME)
    items = reconcile(workspace, officer, entry, NAME, BIRTH)
    assert [each.state for each in items] == [FollowState.SETTLED, FollowState.GONE, FollowState.OPEN]
    assert items[2].follow_up_id != birth.follow_up_id


def test_settling_needs_a_result_and_can_be_taken_back(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    (item,) = reconcile(workspace, officer, entry, NAME)
    with pytest.raises(InputError):
        change(workspace, officer, item, FollowState.SETTLED, note=" ")
    settled = change(workspace, officer, item, FollowState.SETTLED, note="sổ đúng")
    assert (settled.note, settled.direction) == ("sổ đúng", Direction.BOOK)
    assert change(workspace, officer, item, FollowState.OPEN, note="sổ đúng").state is FollowState.OPEN
    with workspace.view(officer) as work:
        lines = work.journal.of("follow_up", item.follow_up_id)
    assert [line.after["state"] for line in lines if line.after] == ["open", "settled", "open"]


def test_what_is_gone_is_worked_on_no_more(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    (item,) = reconcile(workspace, officer, entry, NAME)
    reconcile(workspace, officer, entry)
    with pytest.raises(StepNotLawful):
        change(workspace, officer, item, FollowState.VERIFYING)


def test_only_a_colleague_of_the_unit_is_made_responsible(
    workspace: Workspace, officer: Actor, entry: Entry, add_account: Callable[..., Actor]
) -> None:
    add_account("hoa", roles=frozenset({Role.OFFICER}))
    (item,) = reconcile(workspace, officer, entry, NAME)
    assert change(workspace, officer, item, FollowState.VERIFYING, responsible="hoa").responsible == "hoa"
    with pytest.raises(AccessDenied):
        change(workspace, officer, item, FollowState.VERIFYING, responsible="nobody")


def test_whoever_may_not_verify_changes_nothing(
    workspace: Workspace, officer: Actor, entry: Entry, make_actor: Callable[..., Actor]
) -> None:
    (item,) = reconcile(workspace, officer, entry, NAME)
    with pytest.raises(AccessDenied):
        change(workspace, make_actor("checker", roles=frozenset({Role.CHECKER})), item, FollowState.VERIFYING)
