"""Rules warn where an entry contradicts itself, and say nothing about one that does not."""

import json
from pathlib import Path

import pytest

from digitize.review.rules import warnings_of
from digitize.settings import REPOSITORY

TRUTHS = sorted((REPOSITORY / "sample_scans").glob("*.truth.json"))


def codes(**texts: str) -> list[str]:
    return [problem.code for problem in warnings_of(texts)]


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
