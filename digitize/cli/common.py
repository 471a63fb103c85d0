"""What the commands share: the program and its groups, who is at the keyboard, the workspace."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from digitize.access.account import SHORTEST_PASSWORD
from digitize.access.actor import Actor
from digitize.errors import DigitizeError, InputError
from digitize.settings import Settings

if TYPE_CHECKING:
    from digitize.ocr.engine import Engine
    from digitize.store.unit_of_work import Workspace

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Số hóa sổ hộ tịch: từ ảnh quét đến dữ liệu đã xác nhận, đối chiếu và bàn giao.",
)
population_app = typer.Typer(no_args_is_help=True, help="Bản trích cơ sở dữ liệu dân cư dùng để đối chiếu.")
forms_app = typer.Typer(no_args_is_help=True, help="Biểu mẫu của các loại sổ.")
package_app = typer.Typer(no_args_is_help=True, help="Gói bàn giao.")
custody_app = typer.Typer(no_args_is_help=True, help="Giao, nhận, trả sổ và nơi đang giữ từng sổ.")
account_app = typer.Typer(no_args_is_help=True, help="Tài khoản cá nhân của cán bộ.")
app.add_typer(population_app, name="population")
app.add_typer(package_app, name="package")
app.add_typer(custody_app, name="custody")
app.add_typer(account_app, name="account")
app.add_typer(forms_app, name="forms")

AccountName = Annotated[str, typer.Option("--account", help="Tài khoản cá nhân của người thực hiện.")]


@contextmanager
def open_workspace() -> Iterator["Workspace"]:
    from digitize.store.unit_of_work import Workspace

    workspace = Workspace.open(Settings())
    try:
        yield workspace
    finally:
        workspace.close()


def signed_in(workspace: "Workspace", account: str) -> Actor:
    """The person at the command line, by her own account. Raises SignInFailed."""
    from digitize.store.sign_in import sign_in, sign_out

    entered = sign_in(workspace, account, ask_password())
    sign_out(workspace, entered.session_id)
    return entered.actor


def ask_password(confirm: bool = False) -> str:
    given = os.environ.get("DIGITIZE_PASSWORD")
    return given or str(typer.prompt("Mật khẩu", hide_input=True, confirmation_prompt=confirm, err=True))


def ask_package_password(confirm: bool = False) -> str:
    given = os.environ.get("DIGITIZE_PACKAGE_PASSWORD")
    return given or str(typer.prompt("Mật khẩu của gói", hide_input=True, confirmation_prompt=confirm, err=True))


def ask_new_password() -> str:
    password = ask_password(confirm=True)
    if len(password) < SHORTEST_PASSWORD:
        raise InputError(f"Mật khẩu phải có ít nhất {SHORTEST_PASSWORD} ký tự.")
    return password


@contextmanager
def written_whole(path: Path) -> Iterator[TextIO]:
    """A text file under another name until it is whole: a failure leaves what stood there."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with new.open("w", encoding="utf-8") as file:
            yield file
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


def scan_files(paths: Sequence[Path]) -> list[Path]:
    """The files named, and the scanner files of folders named, in order of name."""
    from digitize.scans.files import SUFFIXES

    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES)
        elif path.exists():
            files.append(path)
        else:
            raise InputError(f"Không có tệp {path}.")
    return files


def progress_bar(files: Sequence[Path], label: str):  # type: ignore[no-untyped-def]
    return typer.progressbar(files, label=label, file=sys.stderr, item_show_func=lambda p: p.name if p else "")


def leave(failures: Sequence[DigitizeError]) -> None:
    """One line per failure; the exit code of the failures, or the general one when they differ."""
    for failure in failures:
        typer.echo(f"{failure.code}: {failure}", err=True)
    if failures:
        codes = {failure.exit_code for failure in failures}
        raise SystemExit(codes.pop() if len(codes) == 1 else InputError.exit_code)


def load_engine(settings: Settings) -> "Engine":
    """The real engine; loading it takes seconds."""
    from digitize.ocr.paddle import PaddleEngine

    return PaddleEngine(settings.models, settings.threads)


def day_of(told: str) -> date | None:
    """None for an empty text. Raises InputError."""
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as cause:
        raise InputError("Ngày phải viết dạng yyyy-mm-dd, ví dụ 2026-11-15.") from cause
