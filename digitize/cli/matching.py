"""Entries looked up in the population extract."""

import json
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from digitize.access.actor import setup_actor, worker_actor
from digitize.cli.common import (
    app,
    open_workspace,
    population_app,
)
from digitize.errors import InputError
from digitize.settings import Settings


@app.command()
def match(
    file: Annotated[Path, typer.Argument(help="Một trường hợp dạng JSON, hoặc nhiều trường hợp dạng JSON lines.")],
    out: Annotated[Path | None, typer.Option(help="Tệp kết quả; bỏ trống để in ra màn hình.")] = None,
    declarant: Annotated[bool, typer.Option("--declarant", help="Đối chiếu cả người đi khai.")] = False,
) -> None:
    """Đối chiếu trường hợp với bản trích dân cư; không cần cơ sở dữ liệu của ứng dụng."""
    from digitize.matching.entries import match_entry, read_entries
    from digitize.workflow.match import open_population

    if not file.exists():
        raise InputError(f"Không có tệp {file.name}.")
    population = open_population(Settings())
    told = [match_entry(e.entry_id, e.form_id, e.fields, population, declarant) for e in read_entries(file)]
    text = "".join(json.dumps(answer, ensure_ascii=False) + "\n" for answer in told)
    if out:
        out.write_text(text, "utf-8")
    else:
        typer.echo(text, nl=False)


@population_app.command("load")
def load_population(
    csv_file: Annotated[Path, typer.Argument(metavar="CSV", help="Tệp CSV có đủ các cột nêu trong docs/cli.md.")],
    as_of: Annotated[str, typer.Option(help="Ngày của số liệu trong bản trích, ví dụ 01/11/2026.")] = "",
    scope: Annotated[str, typer.Option(help="Bản trích gồm người của đâu, ví dụ «huyện Văn Chấn».")] = "",
) -> None:
    """Nạp bản trích dân cư từ CSV; bản trích cũ được giữ nguyên nếu tệp mới có lỗi."""
    from digitize.workflow.match import load_population as load
    from digitize.workflow.match import match_waiting, open_population

    if not csv_file.exists():
        raise InputError(f"Không có tệp {csv_file.name}.")
    with open_workspace() as workspace:
        report = load(workspace, setup_actor(), csv_file, as_of, scope)
        with closing(open_population(workspace.settings)) as population:
            waiting = match_waiting(workspace, worker_actor(), population)
    for refused in report.refused:
        typer.echo(f"Dòng {refused.row} bị bỏ qua: {refused.reason}", err=True)
    for encoding, rows in report.converted:
        typer.echo(f"{rows} dòng ở bảng mã {encoding} đã được chuyển sang Unicode; hãy xem thử vài dòng.", err=True)
    typer.echo(f"Đã nạp {report.rows} người, bỏ qua {len(report.refused)} dòng.")
    if waiting:
        typer.echo(f"Đã đối chiếu {waiting} trường hợp xác nhận từ khi chưa có bản trích.")
