"""Rules tell where an entry contradicts itself, and warn of nothing in one that does not."""

import json
from pathlib import Path

import pytest

from digitize.books.rules import Weight, findings, numbers_on_page
from digitize.settings import REPOSITORY

TRUTHS = sorted((REPOSITORY / "sample_scans").glob("*.truth.json"))


def codes(**texts: str) -> list[str]:
    """Of all that speaks against the texts."""
    return [finding.code for finding in findings(texts) if finding.weight is not Weight.AGREEMENT]


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.name.partition(".truth")[0])
def test_sample_pages_do_not_contradict_themselves(path: Path) -> None:
    fields = json.loads(path.read_text("utf-8"))["entries"][0]["fields"]
    assert codes(**{column: field["text"] for column, field in fields.items()}) == []


def test_a_date_of_birth_that_its_words_contradict() -> None:
    words = "Ngày chín tháng một năm hai nghìn không trăm mười bảy"
    assert codes(nksNgaySinh="09/01/2017", nksNgaySinhBangChu=words) == []
    assert codes(nksNgaySinh="09/02/2017", nksNgaySinhBangChu=words) == ["date_words"]


@pytest.mark.parametrize(("column", "event"), [("nksNgaySinh", "24/01/2017"), ("nktNgayChet", "24.01.2017")])
def test_nothing_is_registered_before_it_happened(column: str, event: str) -> None:
    assert codes(**{"ngayDangKy": "23/01/2017", column: event}) == ["registered_before"]
    assert codes(**{"ngayDangKy": "24/01/2017", column: event}) == []


def test_a_year_alone_contradicts_no_day_of_that_year() -> None:
    assert codes(ngayDangKy="2017", nksNgaySinh="2017") == []


def test_a_personal_id_that_does_not_fit_the_birth() -> None:
    assert codes(nksSoDinhDanh="015217000123", nksNgaySinh="09/01/2017", nksGioiTinh="Nam") == []
    assert codes(nksSoDinhDanh="015217000123", nksNgaySinh="09/01/2018", nksGioiTinh="Nam") != []
    assert codes(nksSoDinhDanh="01521", nksNgaySinh="09/01/2017", nksGioiTinh="Nam") != []


def test_an_empty_entry_contradicts_nothing() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("born", "married", "told"),
    [
        ("6/5/2000", "5/5/2018", ["below_age"]),
        ("5/5/2000", "5/5/2018", []),
        ("2000", "5/5/2018", []),
        ("2001", "5/5/2018", ["below_age"]),
        ("6/5/1984", "7/5/2001", []),
    ],
)
def test_a_marriage_below_the_age_of_its_time_is_unusual(born: str, married: str, told: list[str]) -> None:
    assert codes(voNgaySinh=born, ngayXacLapQuanHeHonNhan=married) == told


def test_a_middle_name_is_only_a_hint() -> None:
    (hint,) = findings({"nktHoTen": "LÒ THỊ DỞ", "nktGioiTinh": "Nam"})
    assert (hint.weight, hint.columns) == (Weight.HINT, ("nktGioiTinh",))


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (("05", "06"), ["number_runs_on"] * 2),
        (("05", "07"), ["number_out_of_order"] * 2),
        (("05", "06", "9", "08"), ["number_runs_on", "number_runs_on", "number_out_of_order", "number_out_of_order"]),
        (("05", "", "06"), [None] * 3),
        (("05",), [None]),
        ((), []),
    ],
)
def test_numbers_of_one_page_run_on_by_one(numbers: tuple[str, ...], told: list[str | None]) -> None:
    assert [found[0].code if found else None for found in numbers_on_page(numbers)] == told
