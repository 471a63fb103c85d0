"""Both screens of matching, driven as an officer would: the list, a decision with its reason, the follow-up list."""

from dataclasses import asdict, replace

import pytest
from streamlit.testing.v1 import AppTest

from digitize.access.actor import setup_actor
from digitize.books.follow_up import FollowState
from digitize.workflow import follow_up, match, review
from tests.app.test_screens import press, run
from tests.workflow.test_match import CHILD, MOTHER, NAMESAKE

SEVERAL = "⁇ Có người có thể trùng, chờ xác định: 1"


@pytest.fixture(scope="module")
def looked_up(peopled, tmp_path_factory):
    """Entry 1 confirmed and looked up: the child's birth differs, two women may be the mother, no father."""
    import csv

    path = tmp_path_factory.mktemp("extract") / "extract.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(asdict(CHILD)))
        writer.writeheader()
        writer.writerows(
            asdict(each) for each in (CHILD, MOTHER, NAMESAKE, replace(NAMESAKE, personal_id="015190616077"))
        )
    match.load_population(peopled, setup_actor(), path)
    return peopled


@pytest.fixture(scope="module")
def shown(looked_up, officer):
    return run(looked_up, officer, "match")


@pytest.fixture(scope="module")
def officer(looked_up):
    from digitize.access.actor import Actor, Agency, Role

    officer = Actor("officer", Agency.CIVIL_STATUS, "24999", frozenset({Role.OFFICER}), frozenset({"24999"}))
    review.confirm(looked_up, officer, 1, {})
    match.match(looked_up, officer, match.open_population(looked_up.settings), 1)
    return officer


def html(shown: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in shown.get("html"))


def test_the_screen_begins_with_whom_the_officer_must_decide_on(shown: AppTest) -> None:
    assert not shown.exception and not shown.error
    outcomes, people, *_ = shown.radio
    assert outcomes.options[0] == SEVERAL and outcomes.value == "several"
    assert [each.startswith("NÔNG THỊ HOA · mẹ · số 01") for each in people.options] == [True]
    assert "không ghi ngày của số liệu" in shown.caption[0].value


def test_both_sides_stand_beside_each_other_with_the_ink_and_words(shown: AppTest) -> None:
    table = html(shown)
    assert "/strip/1/meHoTen" in table and "Nông Thị Hoa" in table and "Khớp một phần" in table
    assert "015*****" in table and MOTHER.personal_id not in table and NAMESAKE.personal_id not in table


def test_a_decision_needs_a_reason_and_is_told(looked_up, officer) -> None:
    shown = run(looked_up, officer, "match")
    press(shown, "Đúng là người này")
    assert "căn cứ" in shown.error[0].value
    reason = next(each for each in shown.selectbox if each.label == "Căn cứ")
    reason.set_value(reason.options[2]).run()
    press(shown, "Đúng là người này")
    assert not shown.exception and not shown.error
    assert "mẹ của trường hợp 1, đã ghi" in shown.markdown[0].value
    with looked_up.view(officer) as work:
        (decision,) = work.matches.decisions(1)
    assert (decision.role, decision.outcome, decision.why) == ("mother", "consistent", "Đã hỏi Công an xã")
    assert shown.radio[0].options[0].endswith(": 0")


def test_what_differs_is_settled_on_the_follow_up_screen(looked_up, officer) -> None:
    shown = run(looked_up, officer, "follow-up")
    assert not shown.exception
    assert "09/01/2017" in html(shown) and "01.09.2017" in html(shown)
    next(each for each in shown.selectbox if each.label == "Tình trạng").set_value(FollowState.SETTLED)
    press(shown, "Ghi")
    assert "kết quả xác minh" in shown.error[0].value
    shown.text_input[0].set_value("giấy chứng sinh ghi như sổ")
    press(shown, "Ghi")
    assert not shown.error and "đã xử lý" in shown.markdown[0].value
    (item,) = follow_up.listed(looked_up, officer, tuple(FollowState))
    assert (item.follow_up.state, item.follow_up.note) == (FollowState.SETTLED, "giấy chứng sinh ghi như sổ")


def test_what_the_national_software_answered_is_typed_in(looked_up, officer) -> None:
    shown = run(looked_up, officer, "match")
    next(each for each in shown.radio if each.options[0].startswith("A: ")).set_value("C")
    press(shown, "Ghi kết quả tra cứu")
    assert not shown.exception and not shown.error
    assert "Kết quả tra cứu C của" in shown.markdown[0].value
    with looked_up.view(officer) as work:
        assert [each.source for each in work.matches.decisions(1)][-1] == "phiếu tra cứu"
