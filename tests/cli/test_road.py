"""The workspace's commands, in the order of work."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.main import get_command

from digitize import cli
from digitize.access.actor import setup_actor
from digitize.books.kinds import BookKind
from digitize.books.steps import Step
from digitize.errors import (
    AccessDenied,
    BookNotAtHand,
    ExportRefused,
    InputError,
    PackageFaulty,
    PackageLocked,
    PackageUnusable,
    SignInFailed,
    StepNotLawful,
)
from digitize.settings import REPOSITORY, Settings
from digitize.store.unit_of_work import Workspace
from digitize.workflow.review import confirm
from tests.conftest import Ran
from tests.lending import lend

SAMPLES = REPOSITORY / "sample_scans"
PASSWORD = "mat-khau-thu-nghiem"
BOOK = ("--unit", "24999", "--unit-name", "xã Suối Mơ", "--district", "140", "--year", 2017)
Digitize = Callable[..., Ran]


@pytest.fixture
def people(digitize: Digitize, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Digitize:
    """The command line with an operator, an officer and a team lead in its workspace, and a book that was lent."""
    monkeypatch.setenv("DIGITIZE_PASSWORD", PASSWORD)
    for name in ("operator", "officer", "team_lead", "checker"):
        ran = digitize("account", "add", name, "--full-name", f"Cán bộ {name}", "--agency", "civil_status",
                       "--unit", "24999", "--role", name)  # fmt: skip
        assert (ran.exit_code, ran.out) == (0, f"Đã tạo tài khoản {name}.\n")
    workspace = Workspace.open(Settings(workspace=tmp_path / "workspace"))
    with workspace.unit_of_work(setup_actor()) as work:
        work.books.add(BookKind.BIRTH, "24999", "xã Suối Mơ", "140", "UBND xã Suối Mơ", 2017, "01")
    lend(workspace, 1)
    workspace.close()
    return digitize


def confirm_first(tmp_path: Path) -> None:
    """The officer's own work, which has no command."""
    workspace = Workspace.open(Settings(workspace=tmp_path / "workspace"))
    with workspace.view(setup_actor()) as work:
        officer = next(account.actor() for account in work.accounts.all() if account.name == "officer")
        (entry,) = work.entries.of_book(1)
    confirmed = confirm(workspace, officer, entry.entry_id, {"so": "01", "ngayDangKy": "23/01/2017"})
    assert confirmed.step is Step.CONFIRMED
    workspace.close()


def test_one_page_from_scanner_to_hand_over(people: Digitize, tmp_path: Path) -> None:
    take_in = ("take-in", SAMPLES / "ks_01.jpg", "--account", "operator", *BOOK)
    assert people(*take_in).out == "Sổ 1: nạp 1 trang mới, 0 trang đã có.\n"
    assert people(*take_in).out == "Sổ 1: nạp 0 trang mới, 1 trang đã có.\n"
    worked = people("work")
    assert (worked.out, worked.told) == ("Đã đọc 1 trang.\n", ["Trang 1: read"])
    assert people("work").out == "Đã đọc 0 trang.\n"
    assert "1/1 trang đã đọc, 0 lỗi; đã quét 0, đã đọc 1" in people("progress").out
    early = people("export", 1, "--account", "team_lead")
    assert early.exit_code == ExportRefused.exit_code and "Trường hợp chưa xác nhận: 1." in early.err
    confirm_first(tmp_path)
    assert people("export", 1, "--account", "team_lead", "--trial", "--out", "trial").exit_code == 0
    assert sorted(path.suffix for path in (tmp_path / "trial").iterdir()) == [".json", ".xlsx", ".zip"]
    assert people("release", 1, "--account", "checker").exit_code == StepNotLawful.exit_code  # replaced by the next
    made = people("export", 1, "--account", "team_lead", "--template", "KS")
    assert made.exit_code == 0 and "Gói 2, 1 trường hợp" in made.out and "Chờ người khác phát hành" in made.out


def test_a_second_person_releases_the_package_and_anybody_can_check_it(
    people: Digitize, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people("take-in", SAMPLES / "ks_01.jpg", "--account", "operator", *BOOK)
    people("work")
    confirm_first(tmp_path)
    assert people("export", 1, "--account", "team_lead").exit_code == 0
    assert people("release", 1, "--account", "team_lead").exit_code == AccessDenied.exit_code
    monkeypatch.setenv("DIGITIZE_PACKAGE_PASSWORD", "mat-khau-cua-goi")
    assert people("release", 1, "--account", "checker", "--encrypt", "--out", "out").exit_code == 0
    (bundle,) = (tmp_path / "out").iterdir()
    assert bundle.name == "xã Suối Mơ-KS.2017.01.goi.zip"
    looked = people("package", "check", bundle, "--json")
    told = json.loads(looked.out)
    assert (looked.exit_code, told["rows"], told["pdfs"], told["errors"], told["manifest"]) == (0, 1, 1, 0, True)
    monkeypatch.delenv("DIGITIZE_PACKAGE_PASSWORD")
    assert people("package", "check", bundle).exit_code == PackageLocked.exit_code
    bundle.write_bytes(b"x")
    assert people("package", "check", bundle).exit_code == PackageUnusable.exit_code


def test_a_faulty_package_ends_with_its_own_code(people: Digitize, tmp_path: Path) -> None:
    people("take-in", SAMPLES / "ks_01.jpg", "--account", "operator", *BOOK)
    people("work")
    confirm_first(tmp_path)
    people("export", 1, "--account", "team_lead", "--trial", "--out", "trial")
    (zipped,) = (tmp_path / "trial").glob("*.zip")
    zipped.unlink()
    ran = people("package", "check", tmp_path / "trial")
    assert ran.exit_code == PackageFaulty.exit_code
    assert "[LỖI] file_missing" in ran.out and "Gửi đủ tệp" in ran.out


def test_bad_scans_are_told_and_the_others_taken_in(people: Digitize, tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    ran = people("take-in", "empty.jpg", SAMPLES / "ks_01.jpg", "--account", "operator", *BOOK)
    assert (ran.exit_code, len(ran.told)) == (11, 1)
    assert ran.out == "Sổ 1: nạp 1 trang mới, 0 trang đã có.\n"


def test_a_wrong_password_does_nothing(people: Digitize, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGITIZE_PASSWORD", "sai")
    ran = people("take-in", SAMPLES / "ks_01.jpg", "--account", "operator", *BOOK)
    assert (ran.exit_code, len(ran.told)) == (SignInFailed.exit_code, 1)
    assert "0/0 trang đã đọc" in people("progress").out


def test_a_book_that_was_not_lent_is_not_scanned(people: Digitize) -> None:
    other = ("--unit", "24999", "--unit-name", "xã Suối Mơ", "--district", "140", "--year", 2018)
    assert (
        people("take-in", SAMPLES / "ks_01.jpg", "--account", "operator", *other).exit_code == BookNotAtHand.exit_code
    )


def test_who_may_not_export_does_not(people: Digitize) -> None:
    people("take-in", SAMPLES / "ks_01.jpg", "--account", "operator", *BOOK)
    assert people("export", 1, "--account", "operator").exit_code == 43
    assert people("take-in", SAMPLES / "ks_01.jpg", "--account", "team_lead", "--book", 1).exit_code == 43


def test_a_book_must_be_named_to_be_taken_in(people: Digitize) -> None:
    ran = people("take-in", SAMPLES / "ks_01.jpg", "--account", "operator")
    assert ran.exit_code == InputError.exit_code


def commands() -> list[tuple[str, ...]]:
    """Every command of the program, with those of its groups."""
    found: list[tuple[str, ...]] = [()]
    for name, command in get_command(cli.app).commands.items():  # type: ignore[attr-defined]
        found += [(name,), *((name, inner) for inner in getattr(command, "commands", {}))]
    return found


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_explains_itself_in_vietnamese(digitize: Digitize, command: tuple[str, ...]) -> None:
    ran = digitize(*command, "--help")
    assert ran.exit_code == 0
    assert re.search("[ăâđêôơưạảấầậắằặẹẻếềệịọốồộớờợụứừựỳ]", ran.out)


def test_every_option_is_explained(digitize: Digitize) -> None:
    for command in get_command(cli.app).commands.values():  # type: ignore[attr-defined]
        for inner in [command, *getattr(command, "commands", {}).values()]:
            for parameter in inner.params:
                assert getattr(parameter, "help", None), (inner.name, parameter)
