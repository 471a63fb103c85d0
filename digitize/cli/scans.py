"""What scanning operators do: feed pages, have them read, key a page by hand; the forms that pages are of."""

import json
import os
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digitize.access.actor import Actor, setup_actor, worker_actor
from digitize.books.forms import Form, all_forms, get_form, parse_form
from digitize.books.kinds import BookKind
from digitize.cli import common
from digitize.cli.common import (
    AccountName,
    app,
    forms_app,
    leave,
    open_workspace,
    progress_bar,
    scan_files,
    signed_in,
    written_whole,
)
from digitize.errors import DigitizeError, FormInvalid, InputError
from digitize.settings import Settings

if TYPE_CHECKING:
    from digitize.books.book import Page
    from digitize.store.unit_of_work import Workspace

Scans = Annotated[list[Path], typer.Argument(help="Ảnh quét (JPEG, PNG, TIFF, PDF) hoặc thư mục chứa ảnh.")]
POLL_SECONDS = 2.0


@app.command()
def read(
    paths: Scans,
    out: Annotated[Path, typer.Option(help="Thư mục ghi kết quả, mỗi trang một tệp JSON.")],
    form: Annotated[str | None, typer.Option(help="Biểu mẫu, ví dụ KS-2015; bỏ trống để tự nhận dạng.")] = None,
) -> None:
    """Đọc trang sổ bằng OCR ra tệp JSON; không cần cơ sở dữ liệu."""
    from digitize.workflow.read import UnreadPage, as_json, read_file

    forms: Sequence[Form] = [get_form(form)] if form else list(all_forms().values())
    files, failures, told = scan_files(paths), list[DigitizeError](), list[str]()
    engine = common.load_engine(Settings())
    out.mkdir(parents=True, exist_ok=True)
    with progress_bar(files, "Đọc") as bar:
        for path in bar:
            for page in read_file(engine, path, forms):
                if isinstance(page, UnreadPage):
                    failures.append(page.error)
                    continue
                if page.unknown_form:
                    failures.append(page.unknown_form)
                target = out / f"{page.file_name}.p{page.number:04d}.json"
                target.write_text(json.dumps(as_json(page), ensure_ascii=False, indent=1), "utf-8")
                told += [
                    f"{page.file_name}, trang {page.number}: {problem.message}" for problem in page.for_the_operator
                ]
    for line in told:
        typer.echo(line, err=True)
    leave(failures)


@app.command("read-lines")
def read_lines(
    list_file: Annotated[Path, typer.Argument(metavar="LIST", help="Danh sách, mỗi dòng một đường dẫn ảnh dòng chữ.")],
    out: Annotated[Path, typer.Option(help="Tệp TSV: đường dẫn, văn bản, độ tin cậy.")],
    literal: Annotated[bool, typer.Option("--literal", help="Chỉ theo nét mực, không suy theo chữ nghĩa.")] = False,
) -> None:
    """Chỉ nhận dạng các ảnh dòng chữ đã cắt sẵn."""
    from digitize.workflow.read_lines import read_list

    failures = list[DigitizeError]()
    engine = common.load_engine(Settings())
    with written_whole(out) as table:
        for line in read_list(engine, list_file, literal):
            table.write(f"{line.path}\t{line.text}\t{line.confidence:.4f}\n")
            if line.error:
                failures.append(line.error)
    leave(failures)


@app.command("take-in")
def take_in(
    paths: Scans,
    account: AccountName,
    book: Annotated[int | None, typer.Option(help="Số hiệu sổ đã mở; bỏ trống để mở sổ mới bằng các mục dưới.")] = None,
    kind: Annotated[BookKind, typer.Option(help="Loại sổ.")] = BookKind.BIRTH,
    unit: Annotated[str, typer.Option(help="Mã đơn vị giữ sổ (mã xã).")] = "",
    unit_name: Annotated[str, typer.Option(help="Tên đơn vị; bỏ trống để lấy theo danh mục.")] = "",
    district: Annotated[str, typer.Option(help="Mã huyện; bỏ trống để lấy theo danh mục.")] = "",
    authority: Annotated[str, typer.Option(help="Cơ quan đăng ký hộ tịch, đúng như bìa sổ.")] = "",
    year: Annotated[int, typer.Option(help="Năm mở sổ.")] = 0,
    volume: Annotated[str, typer.Option(help="Quyển số, đúng như bìa sổ.")] = "01",
) -> None:
    """Nạp ảnh quét của một sổ vào kho và xếp hàng chờ đọc."""
    from digitize.workflow.take_in import take_in as take

    files = scan_files(paths)
    with open_workspace() as workspace:
        actor = signed_in(workspace, account)
        if book is None:
            book = _open_book(workspace, actor, kind, unit, unit_name, district, authority, year, volume)
        failures, told, pages, already = list[DigitizeError](), list[str](), 0, 0
        with ExitStack() as stack, progress_bar(files, "Nạp") as bar:
            for path in bar:
                for taken in take(workspace, actor, book, [(path.name, stack.enter_context(path.open("rb")))]):
                    pages, already = pages + taken.pages, already + taken.already
                    failures += [taken.error] if taken.error else []
                    told += [f"{taken.file_name}, trang {at}: {problem.message}" for at, problem in taken.problems]
    typer.echo(f"Sổ {book}: nạp {pages} trang mới, {already} trang đã có.")
    for line in told:
        typer.echo(line, err=True)
    leave(failures)


@app.command()
def work(
    follow: Annotated[bool, typer.Option(help="Chờ trang mới cho đến khi bị dừng.")] = False,
    parent: Annotated[int | None, typer.Option(help="Dừng khi tiến trình cha có mã này kết thúc.")] = None,
) -> None:
    """Đọc các trang đang chờ trong hàng đợi (tiến trình riêng, không chạy trong ứng dụng web)."""
    from digitize.workflow.work import read_queued

    def tell(page: "Page", outcome: str) -> None:
        typer.echo(f"Trang {page.page_id}: {outcome}", err=True)

    with open_workspace() as workspace:
        engine, worker = common.load_engine(workspace.settings), f"worker-{os.getpid()}"
        tried = read_queued(workspace, worker_actor(), engine, worker, tell)
        while follow and parent in (None, os.getppid()):
            time.sleep(POLL_SECONDS)
            tried += read_queued(workspace, worker_actor(), engine, worker, tell)
    typer.echo(f"Đã đọc {tried} trang.")


@app.command("by-hand")
def by_hand(
    pages: Annotated[list[int], typer.Argument(help="Số hiệu trang không đọc được.")],
    account: AccountName,
    form: Annotated[str | None, typer.Option(help="Biểu mẫu, ví dụ KS-2006; bỏ trống để lấy theo năm của sổ.")] = None,
    entries: Annotated[int, typer.Option(help="Số trường hợp trên mỗi trang.")] = 1,
) -> None:
    """Chuyển trang máy không đọc được sang nhập tay: trường hợp không có gợi ý, cán bộ nhập theo ảnh."""
    from digitize.workflow.by_hand import key_by_hand

    failures = list[DigitizeError]()
    with open_workspace() as workspace:
        actor = signed_in(workspace, account)
        for page in pages:
            try:
                made = key_by_hand(workspace, actor, page, form, entries)
                typer.echo(f"Trang {page}: {len(made)} trường hợp chờ nhập tay.")
            except DigitizeError as error:
                failures.append(error)
    leave(failures)


@app.command()
def quality(
    book: Annotated[int, typer.Argument(help="Số hiệu sổ (xem bằng lệnh progress).")],
) -> None:
    """In danh sách trang cần quét lại hoặc xem lại của một sổ."""
    from digitize.workflow.quality import pages_to_scan_again

    with open_workspace() as workspace:
        with workspace.view(setup_actor()) as store:
            store.books.get(book)
        bad_pages = pages_to_scan_again(workspace, setup_actor(), book)
    for bad in bad_pages:
        for problem in bad.problems:
            place = f"Trang {bad.page.sequence} ({bad.page.file_name}, trang {bad.page.page_of_file} của tệp)"
            typer.echo(f"{place}: {problem.code}: {problem.message}")
    typer.echo(f"Sổ {book}: {len(bad_pages)} trang cần quét lại hoặc xem lại.")


@forms_app.command("list")
def list_forms() -> None:
    """Liệt kê các biểu mẫu: mã, tên sổ, năm đăng ký."""
    for form in all_forms().values():
        first, last = form.years[0] or "", form.years[-1] if len(form.years) > 1 else ""
        typer.echo(f"{form.form_id:10} {form.title} ({first}-{last})")


@forms_app.command("check")
def check_form(
    toml: Annotated[Path, typer.Argument(metavar="FILE", help="Tệp TOML của biểu mẫu.")],
    out: Annotated[Path | None, typer.Option(help="Ảnh PNG của một trang vẽ thử; mặc định cạnh tệp TOML.")] = None,
) -> None:
    """Kiểm tra tệp TOML của một biểu mẫu và vẽ thử một trang đã điền."""
    from digitize.books.forms.check import problems_of

    if not toml.is_file():
        raise InputError(f"Không có tệp {toml.name}.")
    form = parse_form(toml.read_text("utf-8"), toml.name)
    if problems := problems_of(form):
        raise FormInvalid("\n".join((f"Biểu mẫu {form.form_id} chưa dùng được:", *(f"- {p}" for p in problems))))
    if form.family == "columns":
        typer.echo(f"Biểu mẫu {form.form_id} hợp lệ; chỉ để nhập tay nên không có trang để vẽ.")
        return
    target = out or toml.with_suffix(".png")
    try:
        from drawing.trial import draw_trial
    except ImportError:
        typer.echo(f"Biểu mẫu {form.form_id} hợp lệ. Để vẽ thử, chạy lệnh này trong thư mục mã nguồn.")
        return
    draw_trial(form, target)
    typer.echo(f"Biểu mẫu {form.form_id} hợp lệ; trang vẽ thử: {target}")


def _open_book(
    workspace: "Workspace",
    actor: Actor,
    kind: BookKind,
    unit: str,
    unit_name: str,
    district: str,
    authority: str,
    year: int,
    volume: str,
) -> int:
    """The book of these facts, opened where it is not yet; names and district from the list of units."""
    from digitize.books.places import unit as listed_unit
    from digitize.workflow.take_in import open_book

    if not unit or not year:
        raise InputError("Cần --book, hoặc --unit và --year để mở sổ mới.")
    with workspace.view(actor) as store:
        there = store.books.find(kind, unit, year, volume)
    if there:
        return there.book_id
    if not unit_name or not district:
        listed = listed_unit(unit)
        unit_name, district = unit_name or listed.title, district or listed.district_code
    authority = authority or f"UBND {unit_name}"
    return open_book(workspace, actor, kind, unit, unit_name, district, authority, year, volume).book_id
