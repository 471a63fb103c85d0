"""The day is Vietnam's, on a server that keeps another zone too."""

import time
from datetime import UTC, date, datetime

import pytest

from digitize.clock import day_here, here, today_here


@pytest.fixture(params=["UTC", "Asia/Ho_Chi_Minh", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone")
def test_after_midnight_in_vietnam_it_is_the_next_day_whatever_the_server_thinks() -> None:
    at = datetime(2026, 11, 26, 17, 30, tzinfo=UTC)
    assert day_here(at) == date(2026, 11, 27)
    assert f"{here(at):%H:%M %d/%m/%Y}" == "00:30 27/11/2026"
    assert today_here() == day_here(datetime.now(UTC))
