"""The command line: how scanning operators, other programs and checks drive us. JSON: docs/cli.md."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from digitize.books.forms import Form, all_forms, get_form
from digitize.errors import DigitizeError, InputError
from digitize.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Số hóa sổ hộ tịch: từ ảnh quét đến dữ liệu đã xác nhận, đối chiếu và bàn giao.",
)


@app.command()
def read(
    paths: Annotated[list[Path], typer.Argument(help="Ảnh quét (JPEG, PNG, TIFF, PDF) hoặc thư mục chứa ảnh.")],
    out: Annotated[Path, typer.Option(help="Thư mục ghi kết quả, mỗi trang một tệp JSON.")],
    form: Annotated[str | None, typer.Option(help="Biểu mẫu của trang, ví dụ KS-2015; bỏ trống để tự nhận dạng.")] = None,
) -> None:
    """Đọc trang sổ bằng OCR, không cần cơ sở dữ liệu."""
    from digitize.workflow.read import UnreadPage, as_json, read_file

    forms: Sequence[Form] = [get_form(form)] if form else list(all_forms().values())
    files = _scan_files(paths)
    engine = _engine()
    out.mkdir(parents=True, exist_ok=True)
    failures: list[DigitizeError] = []
    with typer.progressbar(files, label="Đọc", file=sys.stderr, item_show_func=lambda p: p.name if p else "") as bar:
        for path in bar:
            for page in read_file(engine, path, forms):
                if isinstance(page, UnreadPage):
                    failures.append(page.error)
                    continue
                target = out / f"{page.file_name}.p{page.number:04d}.json"
                target.write_text(json.dumps(as_json(page), ensure_ascii=False, indent=1), "utf-8")
    _leave(failures)


@app.command("read-lines")
def read_lines(
    list_file: Annotated[Path, typer.Argument(metavar="LIST", help="Tệp danh sách, mỗi dòng một đường dẫn ảnh dòng chữ.")],
    out: Annotated[Path, typer.Option(help="Tệp TSV: đường dẫn, văn bản, độ tin cậy.")],
) -> None:
    """Chỉ nhận dạng các ảnh dòng chữ đã cắt sẵn."""
    from digitize.workflow.read_lines import read_list

    failures: list[DigitizeError] = []
    with out.open("w", encoding="utf-8") as table:
        for line in read_list(_engine(), list_file):
            table.write(f"{line.path}\t{line.text}\t{line.confidence:.4f}\n")
            if line.error:
                failures.append(line.error)
    _leave(failures)


def _scan_files(paths: Sequence[Path]) -> list[Path]:
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


def _engine():  # type: ignore[no-untyped-def]
    """The real engine; loaded only by commands that read, since loading takes seconds."""
    from digitize.ocr.paddle import PaddleEngine

    settings = Settings()
    return PaddleEngine(settings.models, settings.threads)


def _leave(failures: Sequence[DigitizeError]) -> None:
    """One line per failure; the exit code of the failures, or the general one when they differ."""
    for failure in failures:
        typer.echo(f"{failure.code}: {failure}", err=True)
    if failures:
        codes = {failure.exit_code for failure in failures}
        raise SystemExit(codes.pop() if len(codes) == 1 else InputError.exit_code)


def main() -> None:
    """Entry point: errors raised on purpose become one line and an exit code."""
    try:
        app()
    except DigitizeError as error:
        typer.echo(f"{error.code}: {error}", err=True)
        raise SystemExit(error.exit_code) from error
