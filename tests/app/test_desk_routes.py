"""What the desk and its routes say to each other, over HTTP as the browser does."""

import json

import pytest

from digitize.access.actor import setup_actor
from digitize.app.desk_queue import queue_of, queue_told
from digitize.books.kinds import BookKind
from digitize.books.teamwork import Doubt, Order, Queue
from digitize.workflow import leases, review

ALL = {"book": "", "unit": "", "kind": "", "doubt": "", "order": "page"}


@pytest.fixture
def post(served):
    """Status and answer of a message that a person's desk sends."""
    cookies: dict[str, str] = {}

    def send(name: str, path: str, **message: object) -> tuple[int, dict]:
        cookies[name] = cookies.get(name) or served.cookie(name)
        status, _, text = served.ask(
            "POST", f"/desk/{path}", json.dumps(message), cookie=cookies[name], origin=served.origin
        )
        return status, json.loads(text)

    return send


@pytest.fixture
def opened(peopled, person):
    """Entry 1 in the officer's hands, and its version; free again afterwards."""
    yield review.open_entry(peopled, person("officer"), 1).entry.version
    for name in ("officer", "police"):
        leases.give_back(peopled, person(name), 1)


def save(version: int, number: int = 1, sitting: str = "tab", **values: str) -> dict:
    return {"entry": 1, "version": version, "sitting": sitting, "number": number, "values": values}


def test_a_pile_is_told_and_understood_again():
    queue = Queue(3, "24999", BookKind.DEATH, Doubt.SURE, Order.DOUBT)
    assert queue_of(queue_told(queue)) == queue
    assert queue_told(Queue()) == ALL
    assert queue_of({"book": "x", "kind": "?", "doubt": "?", "order": None}) == Queue()


def test_both_texts_come_back_with_whose_the_other_is(post, opened):
    assert post("officer", "save", **save(opened, meHoTen="LÒ THỊ MAI"))[0] == 200
    status, told = post("officer", "save", **save(opened, sitting="other tab", meHoTen="LÒ THỊ HOA", meNgaySinh="1991"))
    (other,) = told["others"]
    assert (status, other["column"], other["text"], other["by"]) == (200, "meHoTen", "LÒ THỊ MAI", "officer")
    assert post("officer", "save", **save(told["version"], 2, "other tab", meHoTen="LÒ THỊ HOA"))[1]["others"] == []


def test_whoever_has_the_entry_is_named(post, opened):
    status, told = post("police", "save", **save(opened, 1, "police's tab", meHoTen="LÒ THỊ MAI"))
    assert (status, told["held"]["name"]) == (423, "Cán bộ officer")
    assert 590 <= told["held"]["seconds"] <= 600


def test_another_entry_comes_and_the_one_in_hand_is_free(post, opened, peopled, person):
    status, told = post("officer", "next", queue=ALL, after=1, leaving=1)
    assert (status, told["next"]["entry"], told["next"]["queue"]) == (200, 2, ALL)
    assert leases.of(peopled, person("officer"), 1) is None
    leases.give_back(peopled, person("officer"), 2)
    assert post("officer", "next", queue=ALL | {"kind": "KT"}, after=1, leaving=1) == (200, {"next": None})


def test_what_waits_is_counted_by_book_and_doubt(post):
    (pile,) = post("officer", "piles")[1]["piles"]
    count = pile["count"]
    assert (pile["kind_title"], pile["unit_name"], count[""]) == ("Khai sinh", "xã Suối Mơ", 2)
    assert count["doubtful"] + count["sure"] + count["unread"] == 2


def test_a_team_lead_and_colleagues_can_be_asked(post):
    told = post("officer", "colleagues", entry=1)[1]["colleagues"]
    assert told[0] == {"to": "role:team_lead", "name": "Tổ trưởng (ai rảnh thì trả lời)"}
    assert {"to": "police", "name": "Cán bộ police"} in told
    assert "officer" not in [each["to"] for each in told]


def test_a_question_comes_with_the_entry_and_its_answer_goes_back(post, opened, peopled, person):
    status, asked = post("officer", "ask", entry=1, text="Mai hay Mây?", to="police", column="meHoTen")
    assert status == 200
    status, told = post("officer", "save", **save(opened, 9, meHoTen="LÒ"))
    assert (status, told["held"]) == (423, None) and "chờ trả lời" in told["message"]
    question = post("police", "next", queue=ALL, after=2, leaving=2)[1]["next"]["question"]
    assert (question["by"], question["to"], question["for_me"]) == ("Cán bộ officer", "bạn", True)
    assert post("police", "piles")[1]["questions"] == 1
    assert post("police", "answer", question=asked["question"], text=" ")[0] == 422
    assert post("police", "answer", question=asked["question"], text="Mai.")[0] == 200
    assert post("officer", "piles")[1]["answers"] == 1
    assert post("police", "settle", question=asked["question"])[0] == 422
    assert post("officer", "settle", question=asked["question"])[0] == 200


def test_a_field_has_a_history_and_goes_back(post, opened, peopled):
    with peopled.view(setup_actor()) as work:
        version = work.entries.get(1).version
    post("officer", "save", **save(version, 21, chaHoTen="LÒ VĂN A"))
    post("officer", "save", **save(version, 22, chaHoTen="LÒ VĂN Á"))
    changes = post("officer", "history", entry=1, column="chaHoTen")[1]["changes"]
    assert [(each["by"], each["act"], each["after"]) for each in changes] == [
        ("bạn", "gõ", "LÒ VĂN A"),
        ("bạn", "gõ", "LÒ VĂN Á"),
    ]
    message = {"entry": 1, "version": version, "sitting": "tab", "column": "chaHoTen"}
    status, told = post("officer", "take-back", **message, number=23, line=changes[0]["line"])
    assert (status, told["text"], told["state"]) == (200, "LÒ VĂN A", "human")
    told = post("officer", "take-back", **message, number=24, line=0)[1]
    assert (told["text"], told["state"]) == (None, "machine")
    assert post("officer", "take-back", **message, number=25, line=999_999)[0] == 422


@pytest.mark.parametrize("path", ["save", "next", "ask", "history", "take-back", "colleagues"])
def test_what_is_no_message_of_the_desk_is_refused(post, path):
    assert post("officer", path, entry="x")[0] == 400


@pytest.mark.parametrize("path", ["next", "piles", "history"])
def test_only_officers_have_a_desk(post, path):
    assert post("checker", path, entry=1, column="so", queue=ALL, after=0, leaving=0)[0] == 422


def test_the_next_entry_is_fetched_ahead_in_nobodys_hands(post, opened, peopled, person):
    status, told = post("officer", "ahead", queue=ALL, after=1)
    assert (status, told["next"]["entry"], told["next"]["held"]) == (200, 2, None)
    assert leases.of(peopled, person("officer"), 2) is None
    assert post("officer", "ahead", queue=ALL | {"kind": "KT"}, after=1) == (200, {"next": None})


def test_of_an_entry_fetched_ahead_only_the_news_comes_with_the_confirmation(post, opened, peopled, person):
    ahead = post("officer", "ahead", queue=ALL, after=1)[1]["next"]
    seen = {"entry": ahead["entry"], "version": ahead["version"]}
    told = post("officer", "confirm", **save(opened, 31, so="77"), queue=ALL, ahead=seen)[1]["next"]
    assert set(told) == {"entry", "version", "previous"}
    assert told["entry"] == 2 and told["previous"]["so"] == "77"
    lease = leases.of(peopled, person("officer"), 2)
    assert lease and lease.owner == "officer"
    with peopled.view(setup_actor()) as work:
        assert work.entries.get(2).version == told["version"]
    # Sent again, because the answer got lost, and the entry fetched before is no longer as it was: all of it comes.
    post("officer", "save", **save(told["version"], 32, so="78") | {"entry": 2})
    again = post("officer", "confirm", **save(opened, 31, so="77"), queue=ALL, ahead=seen)[1]["next"]
    assert again["entry"] == 2 and again["fields"] and again["previous"]["so"] == "77"
