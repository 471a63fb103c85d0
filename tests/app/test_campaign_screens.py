"""The campaign's screens as people use them: a volume counted, lent, received, its pages told, the plan changed."""

import pytest

from digitize.access.actor import Actor, Agency, Role
from digitize.campaign.completeness import PageEnd
from digitize.campaign.custody import Place
from digitize.campaign.inventory import Condition
from digitize.workflow import custody, inventory
from tests.app.test_screens import fill, press, run

LEAD = Actor("lead", Agency.CIVIL_STATUS, "15", frozenset({Role.TEAM_LEAD}), frozenset({"15"}))


@pytest.fixture(scope="module")
def officer(person):
    return person("officer")


def test_a_volume_is_added_and_told(peopled, officer):
    shown = run(peopled, officer, "inventory")
    fill(shown.text_input, "Quyển số", "07")
    fill(shown.number_input, "Số trường hợp", 96)
    press(shown, "Thêm quyển sổ")
    assert not shown.exception and not shown.error
    assert shown.success[0].value.startswith("Đã thêm sổ khai sinh")
    (volume,) = [each for each in inventory.volumes(peopled, officer, "24999") if each.book.volume == "07"]
    assert volume.entries == 96
    press(shown, "Thêm quyển sổ")
    assert "đã có" in shown.error[0].value


def test_a_book_is_lent_by_one_office_and_received_by_the_other(peopled, officer, person):
    shown = run(peopled, officer, "custody")
    (first, *_) = [each for each in custody.whereabouts(peopled, officer) if each.book.book_id == 1]
    fill(shown.multiselect, "Sổ (theo", [first])
    shown.run()
    press(shown, "Lập biên bản")
    assert "họ tên" in shown.error[0].value
    for place, name in zip([each for each in shown.text_input if each.label == "Họ và tên"], "AB", strict=True):
        place.set_value(name)
    press(shown, "Lập biên bản")
    assert not shown.exception and "Đã lập Biên bản 01/" in shown.success[0].value
    assert not [button for button in shown.button if button.label.startswith("Đã nhận đủ")]
    shown = run(peopled, person("police"), "custody")
    fill(shown.multiselect, "Tình trạng khi nhận", [Condition.TORN])
    press(shown, "Đã nhận đủ 1 quyển")
    assert "Đã nhận sổ" in shown.success[0].value
    places = {each.book.book_id: each.place for each in custody.whereabouts(peopled, officer)}
    assert places[1] is Place.LENT


def test_a_page_is_told_to_be_a_cover(peopled, officer):
    with peopled.view(officer) as work:
        page = work.wholeness.of_book(1).pages[1]
    shown = run(peopled, officer, "completeness")
    fill(shown.multiselect, "Trang", [page])
    fill(shown.selectbox, "Là", PageEnd.COVER)
    press(shown, "Ghi")
    assert shown.success[0].value == "Đã ghi 1 trang là «bìa»."
    with peopled.view(officer) as work:
        assert work.wholeness.of_book(1).ends[PageEnd.COVER] == 1


def test_progress_goes_down_to_a_unit(peopled, officer):
    shown = run(peopled, officer, "progress")
    assert not shown.exception and "28 ngày trước hôm nay" in shown.markdown[0].value
    shown = run(
        peopled, Actor("far", Agency.POLICE, "04249", frozenset({Role.OFFICER}), frozenset({"04249"})), "progress"
    )
    assert "Không có sổ nào" in shown.info[0].value


def test_the_plan_is_changed_for_a_reason(peopled):
    shown = run(peopled, LEAD, "plan")
    fill(shown.number_input, "Ngày báo cáo", 20)
    press(shown, "Lưu kế hoạch")
    assert "lý do" in shown.error[0].value
    fill(shown.text_input, "Lý do", "Văn bản số 1")
    press(shown, "Lưu kế hoạch")
    assert not shown.error and inventory.campaign(peopled, LEAD).report_day == 20
