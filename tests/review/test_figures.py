"""Error rates with their interval."""

from datetime import UTC, datetime

import pytest

from digitize.books.forms import get_form
from digitize.books.quality import Reading, SampleCheck
from digitize.review.figures import Trial, of_check, of_readings, rate_told, rates, wilson
from digitize.review.kinds import FieldKind

BIRTH = get_form("KS-2015")


@pytest.mark.parametrize(
    ("wrong", "looked", "low", "high"),
    [  # Newcombe 1998, table I (score method without continuity correction), and the two ends
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0000),
    ],
)
def test_the_interval_is_wilsons(wrong: int, looked: int, low: float, high: float) -> None:
    assert wilson(wrong, looked) == pytest.approx((low, high), abs=0.00006)


def test_rates_tell_how_many_and_how_sure() -> None:
    trials = [Trial(FieldKind.NAME, "a", at == 0) for at in range(40)] + [Trial(FieldKind.DATE, "a", False)]
    name, date = rates(trials)
    assert (name.kind, name.wrong, name.looked) == (FieldKind.NAME, 1, 40)
    assert rate_told(name) == "1 sai trong 40 ô đã xem lại (2,5 %); tỷ lệ thật có lẽ từ 0,4 % đến 12,9 %"
    assert date.wrong == 0 and date.high > 0.7


def reading(text: str, decides: bool = False) -> Reading:
    return Reading(1, 1, "nksHoTen", "LÒ THỊ SAO", "officer", text, decides, "x", datetime.now(UTC))


@pytest.mark.parametrize(
    ("readings", "wrong"),
    [
        ([reading("Lò Thị Sao")], False),
        ([reading("LÒ THỊ SAU")], None),
        ([reading("LÒ THỊ SAU"), reading("LÒ THỊ SAO", decides=True)], False),
        ([reading("LÒ THỊ SAU"), reading("LÒ THỊ SAU", decides=True)], True),
    ],
)
def test_a_second_reading_counts_once_it_is_settled(readings: list[Reading], wrong: bool | None) -> None:
    trial = of_readings(BIRTH, "nksHoTen", readings)
    assert (trial.wrong if trial else None) == wrong
    assert trial is None or (trial.kind, trial.by) == (FieldKind.NAME, "officer")


def test_an_entry_of_a_sample_counts_every_field_that_was_looked_at() -> None:
    check = SampleCheck(1, "officer", {"name": 3, "date": 2}, {"meHoTen": "name"}, "checker", datetime.now(UTC))
    trials = list(of_check(check))
    assert len(trials) == 5
    assert [trial.kind for trial in trials if trial.wrong] == [FieldKind.NAME]
