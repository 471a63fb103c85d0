"""Whatever happens to server, network, tab, sign-in, clock or entry: every value typed at the desk comes back."""

import random
import time

from playwright.sync_api import Locator, Page, expect

from digitize.access.actor import setup_actor
from digitize.workflow import review
from tests.conftest import PASSWORD

KILLS = 20
LABELS = {
    "Dân tộc": "nksDanToc", "Họ, chữ đệm, tên": "nksHoTen", "Họ, chữ đệm, tên mẹ": "meHoTen",
    "Năm sinh (mẹ)": "meNgaySinh", "Họ, chữ đệm, tên cha": "chaHoTen",
}  # fmt: skip
CUT_OFF = "Mất kết nối, vẫn giữ chữ bạn gõ"


def field(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True)


def key(page: Page, label: str, text: str) -> None:
    """Into the field, its text replaced; it is not left."""
    field(page, label).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def all_saved(page: Page) -> None:
    expect(page.locator(".field .state", has_text="chưa lưu")).to_have_count(0, timeout=20_000)


def test_a_server_killed_at_random_moments_while_she_types_costs_nothing(pile, at_desk, page):
    chance, entry, typed = random.Random(5), pile.take(), {}
    at_desk(page, entry)
    next_kill, kills, number = time.monotonic() + 0.3, 0, 0
    while kills < KILLS:
        label = chance.choice(list(LABELS))
        number += 1
        typed[label] = f"SỐ {number} {chance.choice(['ĐẶNG', 'LÝ', 'NGUYỄN'])}"
        field(page, label).focus()
        page.keyboard.press("Control+A")
        for letter in typed[label]:
            page.keyboard.type(letter)
            page.wait_for_timeout(chance.uniform(5, 40))
            if kills < KILLS and time.monotonic() > next_kill and pile.is_up():
                pile.kill()
                kills, next_kill = kills + 1, time.monotonic() + chance.uniform(0.6, 1.2)
        expect(field(page, label)).to_have_value(typed[label])
        page.keyboard.press("Tab")
    all_saved(page)
    values = pile.values(entry)
    assert {label: values[LABELS[label]] for label in typed} == typed


def test_a_cut_network_is_told_and_what_was_typed_is_sent_when_it_is_back(pile, at_desk, page, context):
    entry = pile.take()
    at_desk(page, entry)
    context.set_offline(True)
    key(page, "Họ, chữ đệm, tên mẹ", "LÒ THỊ MAI")
    page.keyboard.press("Tab")
    expect(page.get_by_text(CUT_OFF)).to_be_visible()
    key(page, "Dân tộc", "Mông")
    assert pile.values(entry) == {}
    context.set_offline(False)
    page.keyboard.press("Tab")
    all_saved(page)
    assert pile.values(entry) == {"meHoTen": "LÒ THỊ MAI", "nksDanToc": "Mông"}


def test_a_closed_tab_gives_back_even_the_field_that_was_not_left(pile, at_desk, page, context):
    entry = pile.take()
    at_desk(page, entry)
    context.set_offline(True)
    key(page, "Họ, chữ đệm, tên mẹ", "LÒ THỊ MA")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{pile.served.origin}/review?entry={entry}")
    expect(field(again, "Họ, chữ đệm, tên mẹ")).to_have_value("LÒ THỊ MA", timeout=20_000)
    all_saved(again)
    assert pile.values(entry) == {"meHoTen": "LÒ THỊ MA"}
    assert again.evaluate("Object.keys(localStorage).filter(key => key.startsWith('digitize.desk'))") == []


def test_edits_of_an_entry_left_behind_are_sent_from_the_next_one(pile, at_desk, page, context):
    behind, entry = pile.take(), pile.take()
    at_desk(page, behind)
    context.set_offline(True)
    key(page, "Họ, chữ đệm, tên mẹ", "VÀNG THỊ SUA")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{pile.served.origin}/review?entry={entry}")
    expect(field(again, "Dân tộc")).to_be_focused(timeout=20_000)
    for _ in range(50):
        if pile.values(behind):
            break
        again.wait_for_timeout(100)
    assert pile.values(behind) == {"meHoTen": "VÀNG THỊ SUA"}


def test_an_expired_sign_in_is_told_and_signing_in_again_brings_everything_back(pile, at_desk, page):
    entry = pile.take()
    at_desk(page, entry)
    with pile.served.workspace.unit_of_work(setup_actor()) as work:
        work.sessions.revoke_all("officer")
    key(page, "Họ, chữ đệm, tên mẹ", "LÒ THỊ MAI")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Phiên làm việc đã hết")).to_be_visible()
    page.get_by_role("link", name="Đăng nhập lại").click()
    page.get_by_label("Tên đăng nhập").fill("officer")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(field(page, "Họ, chữ đệm, tên mẹ")).to_have_value("LÒ THỊ MAI", timeout=20_000)
    all_saved(page)
    assert pile.values(entry) == {"meHoTen": "LÒ THỊ MAI"}


def test_two_officers_on_one_field_see_both_versions_and_choose(pile, at_desk, page, person):
    entry = pile.take()
    at_desk(page, entry)
    with pile.served.workspace.unit_of_work(person("officer")) as work:
        work.leases.give_back(entry)  # as after a long silence
    review.save_value(pile.served.workspace, person("police"), entry, "meHoTen", "LÒ THỊ HOA")
    review.save_value(pile.served.workspace, person("police"), entry, "nksDanToc", "Mông")
    key(page, "Họ, chữ đệm, tên mẹ", "LÒ THỊ MAI")
    page.keyboard.press("Tab")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("«LÒ THỊ HOA». Của bạn: «LÒ THỊ MAI»")
    expect(page.get_by_text("đã được người khác lưu trong lúc bạn nhập: Dân tộc")).to_be_visible()
    expect(field(page, "Dân tộc")).to_have_value("Mông")
    page.keyboard.press("Control+Enter")  # not before she has chosen
    assert pile.values(entry) == {"meHoTen": "LÒ THỊ HOA", "nksDanToc": "Mông"}
    page.get_by_role("button", name="Giữ bản của tôi").click()
    all_saved(page)
    assert pile.values(entry) == {"meHoTen": "LÒ THỊ MAI", "nksDanToc": "Mông"}


def test_a_clock_that_is_set_back_changes_nothing(pile, at_desk, page):
    entry = pile.take()
    page.clock.install(time="2026-11-25T10:00:00")
    page.clock.resume()
    at_desk(page, entry)
    key(page, "Họ, chữ đệm, tên mẹ", "LÒ THỊ MAI")
    page.keyboard.press("Tab")
    all_saved(page)
    page.clock.set_system_time("2020-01-01T00:00:00")
    key(page, "Họ, chữ đệm, tên mẹ", "LÒ THỊ MÂY")
    page.keyboard.press("Tab")
    all_saved(page)
    assert pile.values(entry) == {"meHoTen": "LÒ THỊ MÂY"}
