from datetime import date

import pytest

from digitize.books.handover import AFTER_RECEIPT, RECEIPT_DAYS, STATE_TITLES, PackageState, clock, told_numbers

DONE = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("today", "received", "told"),
    [
        (date(2026, 11, 1), None, "Còn 10 ngày"),
        (date(2026, 11, 11), None, "Hết hạn hôm nay"),
        (date(2026, 11, 13), None, "Quá hạn 2 ngày"),
        (date(2026, 12, 31), date(2026, 11, 11), "Đúng hạn"),
        (date(2026, 12, 31), date(2026, 11, 14), "Tiếp nhận muộn 3 ngày"),
    ],
)
def test_the_plans_ten_days(today: date, received: date | None, told: str) -> None:
    assert RECEIPT_DAYS == 10
    assert clock(DONE, received, today).told == told


def test_numbers_are_all_told_and_runs_shortened() -> None:
    assert told_numbers([5, 3, 6, 7, 11, 11]) == "3, 5-7, 11"
    assert told_numbers([]) == ""


def test_nothing_is_received_that_was_not_released_and_every_state_has_a_title() -> None:
    assert {state for state, _ in AFTER_RECEIPT} == {PackageState.RELEASED, PackageState.RECEIVED}
    assert STATE_TITLES.keys() == set(PackageState)
