"""Which fields are read again, and what comes of two readings."""

from datetime import UTC, datetime

import pytest

from digitize.books.entry import Candidate, ConfirmedValue, Entry
from digitize.books.forms import get_form
from digitize.books.quality import Reading
from digitize.books.steps import Step
from digitize.review.fields import SURE
from digitize.review.second import Risk, Standing, fields_at_risk, is_same, may_read, standing

BIRTH = get_form("KS-2015")


def confirmed(column: str, text: str, read: str | None = None, confidence: float = 0.99) -> Entry:
    candidates = {} if read is None else {column: Candidate(read, read, confidence, None)}
    values = {column: ConfirmedValue(text, "officer")}
    return Entry(1, "KS-2015", Step.CONFIRMED, candidates, values, keyed_by="officer", assisted_by="police")


def reading(text: str, by: str = "second", decides: bool = False) -> Reading:
    return Reading(1, 1, "nksHoTen", "LÒ THỊ SAO", "officer", text, decides, by, datetime.now(UTC))


@pytest.mark.parametrize(
    ("column", "text", "read", "confidence", "risk"),
    [
        ("nksSoDinhDanh", "015198000123", "015198000123", 0.999, Risk.NUMBER),
        ("nycSoGiayToTuyThan", "B1234567", "B1234567", 0.999, Risk.NUMBER),
        ("nksHoTen", "LÒ THỊ SAO", "LÒ THỊ SAO", SURE, None),
        ("nksHoTen", "LÒ THỊ SAO", "LÒ THỊ SAO", SURE - 0.01, Risk.UNSURE),
        ("nksHoTen", "LÒ THỊ SAO", "LÒ THỊ SAU", 0.99, Risk.CHANGED),
        ("nksHoTen", "LÒ THỊ SAO", None, 0.0, Risk.UNSURE),
        ("nksNgaySinh", "01/02/2017", "1.2.2017", 0.99, None),
        ("nksNgaySinh", "01/02/2017", "01/03/2017", 0.99, Risk.CHANGED),
        ("nksNoiSinh", "xã Mồ Dề", "xã Mồ Đề", 0.3, None),
        ("nksSoDinhDanh", "", None, 0.0, None),
        ("nksSoDinhDanh", "", "015198000123", 0.5, Risk.NUMBER),
    ],
)
def test_numbers_always_names_and_dates_where_there_was_doubt(
    column: str, text: str, read: str | None, confidence: float, risk: Risk | None
) -> None:
    assert fields_at_risk(BIRTH, confirmed(column, text, read, confidence)).get(column) == risk


def test_what_an_officer_marked_is_read_again_whatever_it_is() -> None:
    entry = confirmed("nksNoiSinh", "xã Mồ Dề", "xã Mồ Dề")
    assert fields_at_risk(BIRTH, entry, {"nksNoiSinh"}) == {"nksNoiSinh": Risk.MARKED}


def test_typing_habits_are_no_difference_letters_are() -> None:
    assert is_same(BIRTH, "nksHoTen", "LÒ THỊ HOÀ", "Lò  Thị Hòa")
    assert not is_same(BIRTH, "nksHoTen", "LÒ THỊ HOA", "LÒ THỊ HÒA")
    assert is_same(BIRTH, "nycNgayCapGiayToTuyThan", "1/2/2010", "01.02.2010")


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([], Standing.OPEN),
        ([reading("LÒ THỊ SAO")], Standing.AGREED),
        ([reading("LÒ THỊ SAU")], Standing.DIFFERS),
        ([reading("LÒ THỊ SAU"), reading("LÒ THỊ SAO", "lead", decides=True)], Standing.DECIDED),
        ([reading("LÒ THỊ SAU"), reading("LÒ THỊ SAU", "lead", decides=True)], Standing.DIFFERS),  # not yet written
    ],
)
def test_agreement_closes_and_disagreement_waits_for_a_third(readings: list[Reading], expected: Standing) -> None:
    assert standing(BIRTH, "nksHoTen", "LÒ THỊ SAO", readings) is expected


def test_nobody_reads_her_own_again() -> None:
    entry = confirmed("nksHoTen", "LÒ THỊ SAO")
    there = [reading("LÒ THỊ SAU")]
    assert [may_read(who, entry, "nksHoTen", there) for who in ("officer", "police", "second", "lead")] == [
        *(False, False, False, True)
    ]
