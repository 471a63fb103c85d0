"""An officer's decision about a person counts until she takes it back or the entry is keyed anew."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from digitize.access.actor import Actor
from digitize.books.entry import Entry
from digitize.books.follow_up import Choice, Decision, Standing
from digitize.books.steps import Act, Step
from digitize.errors import InputError, StepNotLawful
from digitize.store.unit_of_work import Workspace

NUMBER = "015217000001"


@pytest.fixture
def confirmed(workspace: Workspace, officer: Actor, entry: Entry) -> Entry:
    with workspace.unit_of_work(officer) as work:
        return work.entries.confirm(entry.entry_id, {"nksHoTen": "LÒ THỊ SAO"})


def find(workspace: Workspace, actor: Actor, entry: Entry, outcome: str, number: str | None = None) -> None:
    with workspace.unit_of_work(actor) as work:
        work.matches.add(entry.entry_id, "child", outcome, number, 0.8, {"differences": []})


def decide(workspace: Workspace, actor: Actor, entry: Entry, choice: Choice, why: str = "hỏi Công an xã") -> Decision:
    number, outcome = (NUMBER, "consistent") if choice is Choice.SAME else (None, "not_found")
    with workspace.unit_of_work(actor) as work:
        return work.matches.decide(entry.entry_id, "child", choice, number, outcome, (), "extract.csv", why)


def standing(workspace: Workspace, actor: Actor, entry: Entry) -> Standing:
    with workspace.view(actor) as work:
        (only,) = work.matches.standings(entry.entry_id)
        assert work.matches.of_book(entry.book_id) == (only,)
    return only


def test_a_decision_counts_before_every_finding_a_later_one_too(
    workspace: Workspace, officer: Actor, confirmed: Entry
) -> None:
    find(workspace, officer, confirmed, "several")
    assert standing(workspace, officer, confirmed).outcome == "several"
    decide(workspace, officer, confirmed, Choice.SAME)
    find(workspace, officer, confirmed, "not_found")
    now = standing(workspace, officer, confirmed)
    assert (now.outcome, now.personal_id, now.source) == ("consistent", NUMBER, "extract.csv")
    assert now.found is not None and now.found.outcome == "not_found"


def test_a_decision_taken_back_stays_in_the_journal_and_the_finding_counts_again(
    workspace: Workspace, officer: Actor, confirmed: Entry
) -> None:
    find(workspace, officer, confirmed, "several")
    decide(workspace, officer, confirmed, Choice.NOBODY)
    assert standing(workspace, officer, confirmed).outcome == "not_found"
    decide(workspace, officer, confirmed, Choice.WITHDRAWN, "nhìn nhầm người")
    assert standing(workspace, officer, confirmed).outcome == "several"
    with workspace.view(officer) as work:
        made = work.matches.decisions(confirmed.entry_id)
        told = [line.after["why"] for each in made if (line := work.journal.of("decision", each.decision_id)[0]).after]
    assert [each.choice for each in made] == [Choice.NOBODY, Choice.WITHDRAWN]
    assert told == ["hỏi Công an xã", "nhìn nhầm người"]


def test_a_decision_makes_a_confirmed_entry_matched(workspace: Workspace, officer: Actor, confirmed: Entry) -> None:
    decide(workspace, officer, confirmed, Choice.SAME)
    with workspace.view(officer) as work:
        assert work.entries.get(confirmed.entry_id).step is Step.MATCHED


def test_keying_anew_makes_a_decision_worthless(workspace: Workspace, officer: Actor, confirmed: Entry) -> None:
    decide(workspace, officer, confirmed, Choice.SAME)
    with workspace.unit_of_work(officer) as work:
        work.entries.advance(confirmed.entry_id, Act.SEND_BACK, "sai tên")
        work.entries.confirm(confirmed.entry_id, {"nksHoTen": "LÒ THỊ SAU"})
    with workspace.view(officer) as work:
        assert work.matches.standings(confirmed.entry_id) == ()
        assert len(work.matches.decisions(confirmed.entry_id)) == 1


def test_no_decision_without_a_reason_or_before_confirmation(
    workspace: Workspace, officer: Actor, entry: Entry
) -> None:
    with pytest.raises(StepNotLawful):
        decide(workspace, officer, entry, Choice.SAME)
    with workspace.unit_of_work(officer) as work:
        work.entries.confirm(entry.entry_id, {"nksHoTen": "LÒ THỊ SAO"})
    with pytest.raises(InputError):
        decide(workspace, officer, entry, Choice.SAME, " ")


def test_after_handing_over_nothing_is_decided_any_more(workspace: Workspace, officer: Actor, confirmed: Entry) -> None:
    decide(workspace, officer, confirmed, Choice.SAME)
    with workspace.unit_of_work(officer) as work:
        work.entries.advance(confirmed.entry_id, Act.HAND_OVER)
    with pytest.raises(StepNotLawful):
        decide(workspace, officer, confirmed, Choice.WITHDRAWN)


def test_a_decision_cannot_be_changed_in_the_database(workspace: Workspace, officer: Actor, confirmed: Entry) -> None:
    decide(workspace, officer, confirmed, Choice.SAME)
    for statement in ("UPDATE match_decision SET why = 'x'", "DELETE FROM match_decision"):
        with pytest.raises(IntegrityError, match="append-only"), workspace.engine.begin() as connection:
            connection.execute(text(statement))
