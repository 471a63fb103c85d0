"""What an officer is given next, and how much waits where."""

from collections.abc import Callable

import pytest

from digitize.access.actor import Actor, Role, worker_actor
from digitize.books.book import Book, Page
from digitize.books.entry import Candidate, Entry
from digitize.books.kinds import BookKind
from digitize.books.teamwork import Doubt, EditMark, Order, Queue
from digitize.store.unit_of_work import Workspace

SURE = 0.95
ALL = Queue()


@pytest.fixture
def hoa(add_account: Callable[..., Actor]) -> Actor:
    return add_account("hoa", roles=frozenset({Role.OFFICER}))


@pytest.fixture
def mai(add_account: Callable[..., Actor]) -> Actor:
    return add_account("mai", "04468", "04249", roles=frozenset({Role.OFFICER}))


@pytest.fixture
def pile(workspace: Workspace, make_book: Callable[..., Book], queue: Callable[..., Page]) -> list[int]:
    """A death book, then a birth book, each with a page of three entries: doubtful, sure, unread. In plan's order."""
    for book in (make_book(BookKind.DEATH), make_book(BookKind.BIRTH)):
        queue(book)
    ids: list[int] = []
    for confidences in ([0.4, 0.99, None], [0.9, 0.2, None]):
        readings = [{"nksHoTen": Candidate("A", "a", sure, None)} if sure else {} for sure in confidences]
        with workspace.unit_of_work(worker_actor()) as work:
            page = work.pages.lease("w1", 60)
            assert page
            entries = work.pages.finish(page.page_id, "w1", [("KS-2015", reading) for reading in readings])
        ids += [entry.entry_id for entry in entries]
    return ids


def listed(workspace: Workspace, actor: Actor, queue: Queue) -> list[int]:
    with workspace.view(actor) as work:
        return [entry.entry_id for entry in work.queues.list(queue, SURE)]


def walked(workspace: Workspace, actor: Actor, queue: Queue, *after: int | None) -> list[int | None]:
    with workspace.view(actor) as work:
        given = [work.queues.next(queue, SURE, entry_id) for entry_id in after]
    return [entry and entry.entry_id for entry in given]


def test_entries_wait_in_the_order_of_the_plan(workspace: Workspace, hoa: Actor, pile: list[int]) -> None:
    assert listed(workspace, hoa, ALL) == pile  # the births were read first: their kind comes first
    assert walked(workspace, hoa, ALL, None, *pile) == [*pile, pile[0]]


def test_most_doubtful_first_within_a_kind(workspace: Workspace, hoa: Actor, pile: list[int]) -> None:
    birth, sure_birth, blank_birth, death, doubtful_death, blank_death = pile
    queue = Queue(order=Order.DOUBT)
    ordered = [birth, sure_birth, blank_birth, doubtful_death, death, blank_death]
    assert listed(workspace, hoa, queue) == ordered
    assert walked(workspace, hoa, queue, None, *ordered) == [*ordered, ordered[0]]


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (Queue(kind=BookKind.DEATH), [3, 4, 5]),
        (Queue(book_id=2), [0, 1, 2]),
        (Queue(unit_code="04468", doubt=Doubt.DOUBTFUL), [0, 3, 4]),
        (Queue(doubt=Doubt.SURE), [1]),
        (Queue(doubt=Doubt.UNREAD), [2, 5]),
        (Queue(unit_code="04249"), []),
    ],
)
def test_next_respects_the_filter(
    workspace: Workspace, hoa: Actor, pile: list[int], wanted: Queue, places: list[int]
) -> None:
    ids = [pile[place] for place in places]
    assert listed(workspace, hoa, wanted) == ids
    assert walked(workspace, hoa, wanted, None, *ids)[:-1] == ids


def test_counts_tell_doubt_and_whats_in_other_hands(
    workspace: Workspace, hoa: Actor, mai: Actor, pile: list[int]
) -> None:
    with workspace.unit_of_work(mai) as work:
        work.leases.take(pile[0])
        work.questions.ask(pile[4], "Chữ gì?", "hoa")
        work.questions.ask(pile[5], "Chữ gì?", "hoa")
    with workspace.view(hoa) as work:
        births, deaths = work.queues.counts(SURE)
    with workspace.view(mai) as work:
        assert [count.in_other_hands for count in work.queues.counts(SURE)] == [0, 2]
    assert [count.book.kind for count in (births, deaths)] == [BookKind.BIRTH, BookKind.DEATH]
    assert births.doubt == {Doubt.DOUBTFUL: 1, Doubt.SURE: 1, Doubt.UNREAD: 1}
    assert deaths.doubt == {Doubt.DOUBTFUL: 2, Doubt.SURE: 0, Doubt.UNREAD: 1}
    assert (births.total, births.in_other_hands, deaths.in_other_hands) == (3, 1, 0)


def test_keying_takes_the_doubt_away(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    with workspace.unit_of_work(officer) as work:
        assert work.queues.counts(SURE)[0].doubt[Doubt.DOUBTFUL] == 1
        work.edits.save(entry.entry_id, {"nksHoTen": "LÒ THỊ SAO"}, entry.version, EditMark("tab", 1))
        assert work.queues.counts(SURE)[0].doubt == {Doubt.DOUBTFUL: 0, Doubt.SURE: 0, Doubt.UNREAD: 1}
        work.edits.take_back(entry.entry_id, "nksHoTen", None, entry.version, EditMark("tab", 2))
        assert work.queues.counts(SURE)[0].doubt[Doubt.DOUBTFUL] == 1


def test_what_a_colleague_has_in_hand_is_skipped(workspace: Workspace, hoa: Actor, mai: Actor, pile: list[int]) -> None:
    with workspace.unit_of_work(mai) as work:
        work.leases.take(pile[0])
    assert walked(workspace, hoa, ALL, None) == [pile[1]]
    assert walked(workspace, mai, ALL, None) == [pile[0]]
    assert listed(workspace, hoa, ALL) == pile
    with workspace.unit_of_work(mai) as work:
        work.leases.give_back(pile[0])
    assert walked(workspace, hoa, ALL, None) == [pile[0]]


def test_nothing_waits_behind_the_last_entry(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    with workspace.unit_of_work(officer) as work:
        work.entries.confirm(entry.entry_id, {})
    assert walked(workspace, officer, ALL, entry.entry_id) == [None]
    assert listed(workspace, officer, ALL) == []


def test_what_i_was_asked_comes_first_and_once(workspace: Workspace, hoa: Actor, mai: Actor, pile: list[int]) -> None:
    with workspace.unit_of_work(mai) as work:
        question = work.questions.ask(pile[4], "Chữ gì?", "hoa")
    assert walked(workspace, hoa, Queue(kind=BookKind.BIRTH), None) == [pile[4]]
    assert walked(workspace, mai, ALL, pile[3]) == [pile[5]]  # it waits for the answer
    with workspace.unit_of_work(hoa) as work:
        work.leases.take(pile[4])
    assert walked(workspace, hoa, ALL, pile[4], pile[5]) == [pile[5], pile[0]]  # she has seen it
    with workspace.unit_of_work(hoa) as work:
        work.questions.answer(question.question_id, "Chữ LÒ")
    assert walked(workspace, mai, ALL, pile[0]) == [pile[4]]  # back to who asked
    assert walked(workspace, hoa, ALL, pile[3]) == [pile[5]]  # for whom it is kept
    with workspace.unit_of_work(mai) as work:
        work.questions.settle(question.question_id)
    assert walked(workspace, hoa, ALL, pile[3]) == [pile[4]]
