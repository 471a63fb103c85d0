"""An entry goes to a colleague with a question, waits, and comes back with the answer."""

from collections.abc import Callable

import pytest

from digitize.access.actor import Actor, Role
from digitize.books.entry import Entry
from digitize.books.steps import Step
from digitize.books.teamwork import EditMark, Question
from digitize.errors import AccessDenied, EntryAsked, InputError, StepNotLawful
from digitize.store.unit_of_work import Workspace

OFFICER = frozenset({Role.OFFICER})


@pytest.fixture
def hoa(add_account: Callable[..., Actor]) -> Actor:
    return add_account("hoa", roles=OFFICER)


@pytest.fixture
def mai(add_account: Callable[..., Actor]) -> Actor:
    return add_account("mai", roles=OFFICER)


@pytest.fixture
def lead(add_account: Callable[..., Actor]) -> Actor:
    return add_account("lead", roles=frozenset({Role.TEAM_LEAD}))


def ask(workspace: Workspace, actor: Actor, entry: Entry, to: str | Role, text: str = "Chữ gì đây?") -> Question:
    with workspace.unit_of_work(actor) as work:
        return work.questions.ask(entry.entry_id, text, to, "nksHoTen")


def save(workspace: Workspace, actor: Actor, entry: Entry, number: int = 1) -> None:
    with workspace.unit_of_work(actor) as work:
        work.edits.save(entry.entry_id, {"nksHoTen": "LÒ"}, entry.version, EditMark(f"{actor.account}'s", number))


def for_actor(workspace: Workspace, actor: Actor) -> list[int]:
    with workspace.view(actor) as work:
        return [question.question_id for question in work.questions.for_actor()]


def test_the_entry_waits_and_only_who_is_asked_may_key_it(
    workspace: Workspace, hoa: Actor, mai: Actor, add_account: Callable[..., Actor], entry: Entry
) -> None:
    question, third = ask(workspace, hoa, entry, "mai"), add_account("third", roles=OFFICER)
    assert (question.column, question.asked_by, question.to_account, question.is_open) == (
        "nksHoTen", "hoa", "mai", True,
    )  # fmt: skip
    for other in (hoa, third):
        with pytest.raises(EntryAsked):
            save(workspace, other, entry)
        with pytest.raises(EntryAsked), workspace.unit_of_work(other) as work:
            work.edits.confirm(entry.entry_id, {}, {}, entry.version, EditMark("tab", 1))
        with workspace.unit_of_work(other) as work:
            assert work.leases.take(entry.entry_id) is None
    save(workspace, mai, entry)


def test_the_answer_goes_back_and_all_of_it_is_kept(
    workspace: Workspace, hoa: Actor, lead: Actor, mai: Actor, entry: Entry
) -> None:
    question = ask(workspace, hoa, entry, Role.TEAM_LEAD)
    assert (for_actor(workspace, lead), for_actor(workspace, mai)) == ([question.question_id], [])
    for other in (mai, hoa):
        with pytest.raises(AccessDenied), workspace.unit_of_work(other) as work:
            work.questions.answer(question.question_id, "Chữ LÒ")
    with pytest.raises(InputError), workspace.unit_of_work(lead) as work:
        work.questions.answer(question.question_id, "  ")
    with workspace.unit_of_work(lead) as work:
        answered = work.questions.answer(question.question_id, " Chữ LÒ ")
    assert (answered.answer, answered.answered_by, answered.is_open) == ("Chữ LÒ", "lead", False)
    assert (for_actor(workspace, lead), for_actor(workspace, hoa)) == ([], [question.question_id])
    with pytest.raises(StepNotLawful), workspace.unit_of_work(lead) as work:
        work.questions.answer(question.question_id, "Chữ LÔ")
    save(workspace, hoa, entry)
    with pytest.raises(AccessDenied), workspace.unit_of_work(mai) as work:
        work.questions.settle(question.question_id)
    with workspace.unit_of_work(hoa) as work:
        work.questions.settle(question.question_id)
        assert work.questions.for_actor() == ()
        (kept,) = work.questions.of_entry(entry.entry_id)
        lines = work.journal.of("question", question.question_id)
    assert (kept.text, kept.answer) == ("Chữ gì đây?", "Chữ LÒ")
    assert [(line.account, line.act) for line in lines] == [
        ("hoa", "question.ask"), ("lead", "question.answer"), ("hoa", "question.settle"),
    ]  # fmt: skip


def test_a_question_is_taken_back(workspace: Workspace, hoa: Actor, mai: Actor, entry: Entry) -> None:
    question = ask(workspace, hoa, entry, "mai")
    with workspace.unit_of_work(hoa) as work:
        assert not work.questions.settle(question.question_id).is_open
    save(workspace, hoa, entry)
    with pytest.raises(StepNotLawful), workspace.unit_of_work(mai) as work:
        work.questions.answer(question.question_id, "Chữ LÒ")


def test_who_is_asked_may_confirm_and_leaves_no_question(
    workspace: Workspace, hoa: Actor, mai: Actor, entry: Entry
) -> None:
    ask(workspace, hoa, entry, "mai")
    with workspace.unit_of_work(mai) as work:
        saved = work.edits.confirm(entry.entry_id, {}, {}, entry.version, EditMark("tab", 1))
    assert saved.entry.step is Step.CONFIRMED
    assert for_actor(workspace, hoa) == for_actor(workspace, mai) == []


def test_one_question_at_a_time(workspace: Workspace, hoa: Actor, mai: Actor, lead: Actor, entry: Entry) -> None:
    question = ask(workspace, hoa, entry, "mai")
    for asker, to in ((hoa, "lead"), (mai, "lead")):
        with pytest.raises(EntryAsked):
            ask(workspace, asker, entry, to)
    with workspace.unit_of_work(mai) as work:
        work.questions.answer(question.question_id, "Tôi không rõ")
    ask(workspace, hoa, entry, "lead")
    with workspace.view(hoa) as work:
        assert [each.settled_at is None for each in work.questions.of_entry(entry.entry_id)] == [False, True]


def test_only_colleagues_of_the_book_are_asked_and_only_while_it_is_keyed(
    workspace: Workspace, hoa: Actor, mai: Actor, add_account: Callable[..., Actor], entry: Entry
) -> None:
    add_account("far", "04249")
    add_account("operator", roles=frozenset({Role.OPERATOR}))
    with workspace.view(hoa) as work:
        assert [each.name for each in work.accounts.colleagues(entry.book_id)] == ["mai"]
    for to in ("far", "operator", "hoa", "nobody", Role.TEAM_LEAD):
        with pytest.raises(AccessDenied):
            ask(workspace, hoa, entry, to)
    with pytest.raises(InputError):
        ask(workspace, hoa, entry, "mai", " ")
    with workspace.unit_of_work(hoa) as work:
        work.entries.confirm(entry.entry_id, {})
    with pytest.raises(StepNotLawful):
        ask(workspace, hoa, entry, "mai")
