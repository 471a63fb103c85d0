"""`population load` and `match` from file to file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digitize.errors import EntryFileInvalid, ExtractMissing
from digitize.settings import REPOSITORY
from tests.conftest import Ran

SAMPLES = REPOSITORY / "sample_scans"
EXPECTED = json.loads((SAMPLES / "expected_matches.json").read_text("utf-8"))
Digitize = Callable[..., Ran]


@pytest.fixture
def loaded(digitize: Digitize) -> Digitize:
    """The command line with the samples' extract loaded."""
    ran = digitize("population", "load", SAMPLES / "population.csv")
    assert ran.exit_code == 0
    assert f"{len((SAMPLES / 'population.csv').read_text('utf-8').splitlines()) - 1} người" in ran.out
    return digitize


def entry(name: str) -> dict[str, Any]:
    truth = json.loads((SAMPLES / f"{name}.truth.json").read_text("utf-8"))
    fields = {column: {"text": field["text"]} for column, field in truth["entries"][0]["fields"].items()}
    return {"id": name, "form": truth["form"], "fields": fields}


def outcomes(answer: dict[str, Any]) -> dict[str, str]:
    return {person["role"]: person["outcome"] for person in answer["persons"]}


def test_every_sample_has_the_expected_outcome_in_the_same_order(loaded: Digitize, tmp_path: Path) -> None:
    names = list(reversed(EXPECTED))
    lines = "".join(json.dumps(entry(name), ensure_ascii=False) + "\n" for name in names)
    (tmp_path / "entries.jsonl").write_text(lines, "utf-8")
    assert loaded("match", "entries.jsonl", "--out", "answers.jsonl").exit_code == 0
    answers = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text("utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == names
    assert {answer["id"]: outcomes(answer) for answer in answers} == EXPECTED


def test_one_entry_is_answered_on_standard_output(loaded: Digitize, tmp_path: Path) -> None:
    (tmp_path / "entry.json").write_text(json.dumps(entry("ks_06"), ensure_ascii=False, indent=1), "utf-8")
    ran = loaded("match", "entry.json")
    answer = json.loads(ran.out)
    assert list(answer) == ["id", "form", "persons"]
    child = answer["persons"][0]
    assert list(child) == ["role", "outcome", "personal_id", "score", "margin", "candidates", "differences"]
    assert (child["role"], child["outcome"]) == ("child", "discrepant")
    (difference,) = child["differences"]
    assert set(difference) == {"field", "kind", "book", "population", "why"}
    assert (difference["field"], difference["kind"]) == ("nksNgaySinh", "basic")
    assert difference["why"] == "ngày và tháng đảo chỗ"


def test_what_read_writes_can_be_matched(loaded: Digitize, tmp_path: Path) -> None:
    loaded("read", SAMPLES / "kh_01.jpg", "--out", "out")
    read = json.loads((tmp_path / "out" / "kh_01.jpg.p0001.json").read_text("utf-8"))
    (tmp_path / "entry.json").write_text(
        json.dumps({"id": 1, "form": read["form"], "fields": read["entries"][0]["fields"]}), "utf-8"
    )
    answer = json.loads(loaded("match", "entry.json").out)
    assert answer["id"] == 1
    assert list(outcomes(answer)) == ["husband", "wife"]


def test_without_an_extract_the_command_says_how_to_load_one(digitize: Digitize, tmp_path: Path) -> None:
    (tmp_path / "entry.json").write_text(json.dumps(entry("ks_01")), "utf-8")
    ran = digitize("match", "entry.json")
    assert ran.exit_code == ExtractMissing.exit_code
    assert "population load" in ran.told[0]


def test_a_file_that_is_no_entry_is_told(loaded: Digitize, tmp_path: Path) -> None:
    (tmp_path / "entry.json").write_text("đây không phải JSON", "utf-8")
    ran = loaded("match", "entry.json")
    assert (ran.exit_code, len(ran.told)) == (EntryFileInvalid.exit_code, 1)
