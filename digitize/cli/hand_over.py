"""What leaves the office and what comes back: packages, reports, packages of others."""

import os
from pathlib import Path
from typing import Annotated

import typer

from digitize.cli.common import AccountName, app, ask_package_password, day_of, open_workspace, package_app, signed_in
from digitize.clock import today_here
from digitize.errors import InputError, PackageFaulty


@app.command()
def export(
    book: Annotated[int, typer.Argument(help="Số hiệu sổ (xem bằng lệnh progress).")],
    account: AccountName,
    trial: Annotated[bool, typer.Option("--trial", help="Gói thử: được để lại phần chưa xong, có kê khai.")] = False,
    out: Annotated[Path, typer.Option(help="Thư mục ghi gói thử.")] = Path("export"),
    template: Annotated[str | None, typer.Option(help="Mẫu cột, ví dụ KS (60 cột) hoặc KS_new70 (70 cột).")] = None,
) -> None:
    """Lập gói bàn giao của một sổ: .xlsx theo cột của Bộ Tư pháp, .zip các PDF, .json kê khai; chờ phát hành."""
    from digitize.workflow.hand_over import export_book

    with open_workspace() as workspace:
        actor = signed_in(workspace, account)
        report = export_book(workspace, actor, book, out if trial else None, template, trial)
        with workspace.view(actor) as work:
            package = work.packages.of_book(book)[-1]
    typer.echo(f"Gói {package.package_id}, {report.entries} trường hợp: {', '.join(map(str, report.paths))}")
    typer.echo(
        f"Gói thử, để lại {len(report.told.left_out)} trường hợp hoặc trang." if trial else "Chờ người khác phát hành."
    )
    for entry_id, columns in report.unreadable_dates.items():
        typer.echo(f"Trường hợp {entry_id}: ngày không đọc được ở {', '.join(columns)}; xuất đúng như đã xác nhận.")


@app.command()
def release(
    package: Annotated[int, typer.Argument(help="Số hiệu gói (lệnh export in ra).")],
    account: AccountName,
    out: Annotated[Path, typer.Option(help="Thư mục ghi gói đã phát hành.")] = Path("export"),
    encrypt: Annotated[bool, typer.Option("--encrypt", help="Đặt mật khẩu cho gói (zip AES-256).")] = False,
) -> None:
    """Phát hành gói do người khác lập, rồi ghi cả gói thành một tệp .goi.zip."""
    from digitize.workflow import hand_over

    password = ask_package_password(confirm=True) if encrypt else None
    with open_workspace() as workspace:
        actor = signed_in(workspace, account)
        released = hand_over.release(workspace, actor, package)
        out.mkdir(parents=True, exist_ok=True)
        written = hand_over.carry(workspace, actor, package, password, out)
    typer.echo(f"Đã phát hành gói {package}, {released.entries} trường hợp: {written}")


@app.command("import")
def import_package(
    file: Annotated[Path, typer.Argument(help="Gói: tệp .xlsx (.zip ở bên cạnh), tệp .goi.zip, hoặc thư mục.")],
    account: AccountName,
    unit: Annotated[str, typer.Option(help="Mã đơn vị giữ sổ; bỏ trống để nhận theo nơi đăng ký trong gói.")] = "",
    confirmed: Annotated[bool, typer.Option("--confirmed", help="Xác nhận ngay mọi trường hợp của gói.")] = False,
) -> None:
    """Nhập một gói đã có (của đơn vị khác) thành sổ; các trường hợp chờ cán bộ đối chiếu với ảnh và xác nhận."""
    from digitize.workflow.import_package import import_package as bring_in

    password = os.environ.get("DIGITIZE_PACKAGE_PASSWORD")
    with open_workspace() as workspace:
        told = bring_in(workspace, signed_in(workspace, account), file, unit, password, confirmed)
    state = "đã xác nhận" if confirmed else "chờ xác nhận"
    typer.echo(f"Sổ {told.book.book_id}: nhập {told.entries} trường hợp {state}, {told.already} đã có từ trước.")
    for column, number in told.left_over.items():
        typer.echo(f"Cột {column}: {number} giá trị không có chỗ trên biểu mẫu nên chưa được nhập.", err=True)


@package_app.command("check")
def check_package(
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx của gói (.zip ở bên cạnh), tệp .goi.zip, hoặc thư mục.")],
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> None:
    """Kiểm tra một gói bàn giao, của chương trình này hay của đơn vị khác; không cần kho làm việc."""
    from digitize.workflow import package_check

    look = package_check.check_package(file, os.environ.get("DIGITIZE_PACKAGE_PASSWORD"))
    typer.echo(package_check.as_json(look) if as_json else "\n".join(package_check.told(look)))
    if look.errors:
        raise PackageFaulty(f"Gói {look.stem} có {look.errors} lỗi.")


@app.command()
def report(
    account: AccountName,
    day: Annotated[str, typer.Option(help="Tính đến hết ngày này, dạng yyyy-mm-dd; bỏ trống: ngày 15 gần nhất.")] = "",
    out: Annotated[Path, typer.Option(help="Tệp báo cáo: .docx, .pdf hoặc .xlsx.")] = Path("bao-cao.docx"),
) -> None:
    """Lập báo cáo tháng của đơn vị trong phạm vi tài khoản, theo thể thức văn bản hành chính."""
    from digitize.export.papers.write import FORMS
    from digitize.workflow.monthly_report import monthly_report, report_days, write_report

    form = out.suffix.removeprefix(".").lower()
    asked = day_of(day)
    if form not in FORMS:
        raise InputError(f"Không viết được {out.name}: chỉ .docx, .pdf hoặc .xlsx.")
    with open_workspace() as workspace:
        actor = signed_in(workspace, account)
        asked = asked or report_days(workspace, actor, today_here())[0]
        told = monthly_report(workspace, actor, asked)
    out.write_bytes(write_report(told, form))
    total = told.total
    typer.echo(f"Đến hết {asked:%d/%m/%Y}: {total.confirmed}/{total.planned} trường hợp đã nhập; {out}")
