"""The campaign's days, and settings that contradict each other."""

from dataclasses import replace
from datetime import date

import pytest

from digitize.books.kinds import BookKind, Lane
from digitize.campaign.plan import Campaign
from digitize.errors import InputError


def test_the_default_is_what_the_plan_says():
    plan = Campaign()
    assert (plan.start, plan.ends, plan.report_day, plan.receipt_days) == (
        date(2023, 9, 1), date(2024, 12, 31), 15, 10,
    )  # fmt: skip
    assert plan.lane_of(BookKind.BIRTH) is Lane.POPULATION and plan.lane_of(BookKind.CHANGE) is Lane.CIVIL_STATUS
    assert replace(plan, extended_to=date(2025, 6, 30)).ends == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("today", "due"),
    [((2024, 1, 15), (2024, 1, 15)), ((2024, 1, 16), (2024, 2, 15)), ((2024, 12, 31), (2025, 1, 15))],
)
def test_the_next_report(today, due):
    assert Campaign().next_report(date(*today)) == date(*due)


@pytest.mark.parametrize(
    "changed",
    [{"deadline": date(2023, 1, 1)}, {"extended_to": date(2024, 12, 31)}, {"report_day": 31}, {"loan_days": 0}],
)
def test_contradictions_are_refused(changed):
    with pytest.raises(InputError):
        replace(Campaign(), **changed).check()
