"""Books are given, received and given back from the command line; where each is, and what is late."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from digitize.access.actor import setup_actor
from digitize.books.kinds import BookKind
from digitize.errors import AccessDenied, InputError, NotFound, StepNotLawful
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace
from tests.conftest import Ran

PASSWORD = "mat-khau-thu-nghiem"
PEOPLE = ("--giver", "Lò Thị Sao", "--giver-title", "Công chức", "--receiver", "Hà Văn Tú")
Digitize = Callable[..., Ran]


@pytest.fixture
def people(digitize: Digitize, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Digitize:
    """An officer of each agency, and two books at home."""
    monkeypatch.setenv("DIGITIZE_PASSWORD", PASSWORD)
    for name, agency in (("registry", "civil_status"), ("police", "police")):
        digitize(
            "account", "add", name, "--full-name", name, "--agency", agency, "--unit", "24999", "--role", "officer"
        )
    workspace = Workspace.open(Settings(workspace=tmp_path / "workspace"))
    with workspace.unit_of_work(setup_actor()) as work:
        for volume in ("01", "02"):
            work.books.add(BookKind.BIRTH, "24999", "xã Suối Mơ", "140", "UBND xã Suối Mơ", 2017, volume)
    workspace.close()
    return digitize


def test_a_book_goes_and_comes_back(people: Digitize, tmp_path: Path) -> None:
    assert people("custody", "where").out.count("Ở cơ quan đăng ký hộ tịch") == 2
    given = people("custody", "give", 1, 2, "--account", "registry", *PEOPLE, "--condition", "torn",
                   "--due", "2026-01-31", "--out", "bien-ban.docx")  # fmt: skip
    assert given.exit_code == 0, given.err
    assert "Số hiệu 1: Biên bản 01/" in given.out and "2 quyển, hạn trả 31/01/2026; bien-ban.docx" in given.out
    assert (tmp_path / "bien-ban.docx").read_bytes().startswith(b"PK")
    assert "Đã giao, chờ Công an nhận từ" in people("custody", "where", 1).out
    assert people("custody", "receive", 1, "--account", "registry").exit_code == AccessDenied.exit_code
    assert "đã nhận 2 quyển" in people("custody", "receive", 1, "--account", "police", "--condition", "faded").out
    late = people("custody", "late").out
    assert "quá hạn" in late and late.endswith("2 sổ quá hạn trả.\n")
    back = people("custody", "return", 2, "--account", "police", *PEOPLE, "--out", "tra.pdf")
    assert "trả sổ" in back.out and (tmp_path / "tra.pdf").read_bytes().startswith(b"%PDF")
    assert people("custody", "receive", 2, "--account", "registry").exit_code == 0
    told = people("custody", "where").out.splitlines()
    assert "Công an đang giữ" in told[0] and "Ở cơ quan đăng ký hộ tịch" in told[1]
    workspace = Workspace.open(Settings(workspace=tmp_path / "workspace"))
    with workspace.engine.connect() as connection:
        rows = connection.execute(text("SELECT conditions, received_conditions FROM handover_book")).all()
    workspace.close()
    assert [tuple(row) for row in rows] == [('["torn"]', '["faded"]')] * 2 + [('["good"]', '["good"]')]


def test_what_is_refused(people: Digitize) -> None:
    give = ("custody", "give", 1, "--account", "registry", *PEOPLE)
    assert people(*give, "--due", "31/01/2026").exit_code == InputError.exit_code
    assert people(*give, "--out", "bien-ban.xlsx").exit_code == InputError.exit_code
    assert people("custody", "return", 1, "--account", "police", *PEOPLE).exit_code == StepNotLawful.exit_code
    assert people("custody", "receive", 9, "--account", "police").exit_code == NotFound.exit_code
    assert people("custody", "where", 9).exit_code == NotFound.exit_code
    assert "0 sổ quá hạn trả." in people("custody", "late").out
