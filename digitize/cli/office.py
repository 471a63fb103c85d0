"""The office itself: accounts, progress, the journal, the app."""

from contextlib import ExitStack
from enum import StrEnum
from typing import Annotated

import typer

from digitize.access.actor import PERSON_ROLES, Agency, Role, setup_actor
from digitize.books.steps import STEP_TITLES, Step
from digitize.cli import common
from digitize.cli.common import account_app, app, ask_new_password, open_workspace
from digitize.errors import RecordsAltered
from digitize.settings import REPOSITORY, Settings

PersonRole = StrEnum("PersonRole", {role.name: role.value for role in sorted(PERSON_ROLES)})  # type: ignore[misc]


@account_app.command("add")
def add_account(
    name: Annotated[str, typer.Argument(help="Tên đăng nhập.")],
    full_name: Annotated[str, typer.Option(help="Họ, chữ đệm, tên.")],
    agency: Annotated[Agency, typer.Option(help="Cơ quan: civil_status (hộ tịch) hoặc police (công an).")],
    unit: Annotated[str, typer.Option(help="Mã đơn vị công tác.")],
    role: Annotated[list[PersonRole], typer.Option(help="Vai trò; có thể lặp lại.")],
    scope: Annotated[list[str] | None, typer.Option(help="Mã đơn vị được giao; bỏ trống = đơn vị công tác.")] = None,
) -> None:
    """Tạo tài khoản; mật khẩu nhập từ bàn phím hoặc biến DIGITIZE_PASSWORD."""
    with open_workspace() as workspace, workspace.unit_of_work(setup_actor()) as store:
        roles = [Role(chosen.value) for chosen in role]
        store.accounts.add(name, full_name, ask_new_password(), agency, unit, roles, scope or [unit])
    typer.echo(f"Đã tạo tài khoản {name}.")


@app.command()
def progress() -> None:
    """In tiến độ từng sổ: trang đã đọc, trường hợp ở từng bước."""
    from digitize.workflow.progress import books

    with open_workspace() as workspace:
        for counts in books(workspace, setup_actor()):
            book = counts.book
            steps = ", ".join(f"{STEP_TITLES[step].lower()} {counts.entries[step]}" for step in Step)
            typer.echo(
                f"Sổ {book.book_id}: {book.kind.book_title} {book.year} quyển {book.volume}, {book.unit_name}: "
                f"{counts.pages_read}/{counts.pages} trang đã đọc, {counts.pages_failed} lỗi; {steps}"
            )


@app.command()
def verify() -> None:
    """Kiểm tra toàn vẹn: chuỗi mã băm của nhật ký và mọi ảnh gốc trong kho."""
    from digitize.workflow.verify import verify as verify_workspace

    with open_workspace() as workspace:
        found = verify_workspace(workspace, setup_actor())
    typer.echo(f"Nhật ký: {found.rows} dòng, mã băm cuối {found.head}")
    if found.broken_row is not None:
        raise RecordsAltered(f"Nhật ký không còn nguyên vẹn từ dòng {found.broken_row}.")
    if found.damaged_pages:
        raise RecordsAltered(f"Ảnh gốc bị mất hoặc bị thay đổi ở trang: {', '.join(map(str, found.damaged_pages))}.")
    typer.echo("Nhật ký và ảnh gốc còn nguyên vẹn.")


@app.command()
def serve(
    worker: Annotated[bool, typer.Option(help="Chạy kèm một tiến trình đọc OCR.")] = True,
) -> None:
    """Chạy ứng dụng web cho cán bộ."""
    from digitize.app.main import serve as serve_app
    from digitize.jobs.local import local_worker

    settings = Settings()
    typer.echo(f"Mở trình duyệt tại http://{settings.host}:{settings.port}  (dừng: Ctrl+C)")
    with ExitStack() as stack:
        if worker:
            stack.enter_context(local_worker(settings))
        serve_app(settings)


@app.command()
def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Chỉ đi hết quy trình, không mở ứng dụng.")] = False,
) -> None:
    """Đưa các trang mẫu của một xã hư cấu đi hết quy trình bằng OCR thật, rồi mở ứng dụng."""
    from digitize.workflow.demo import ACCOUNTS, run_demo

    with open_workspace() as workspace:
        password = run_demo(workspace, common.load_engine(workspace.settings), REPOSITORY / "sample_scans", typer.echo)
    typer.echo("\nTÀI KHOẢN TRÌNH DIỄN (demo), chỉ dùng với dữ liệu hư cấu:")
    for account in ACCOUNTS:
        typer.echo(f"  {account.name:15} {password}   {account.full_name}")
    typer.echo("")
    if not no_serve:
        serve()
