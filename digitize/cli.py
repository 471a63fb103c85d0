"""The command line: how scanning operators, other programs and checks drive us. JSON: docs/cli.md.

Heavy parts are imported inside the commands that need them, so that the others start at once.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from pydantic import ValidationError

from digitize.access.account import SHORTEST_PASSWORD
from digitize.access.actor import PERSON_ROLES, Actor, Agency, Role, setup_actor, worker_actor
from digitize.books.forms import Form, all_forms, get_form, parse_form
from digitize.books.kinds import BookKind
from digitize.books.steps import STEP_TITLES, Step
from digitize.campaign.custody import PLACE_TITLES, Direction, Party, today_of
from digitize.campaign.inventory import Condition
from digitize.errors import DigitizeError, FormInvalid, InputError, PackageFaulty, RecordsAltered
from digitize.settings import REPOSITORY, Settings

if TYPE_CHECKING:
    from digitize.books.book import Page
    from digitize.campaign.custody import Whereabouts
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

Scans = Annotated[list[Path], typer.Argument(help="Ảnh quét (JPEG, PNG, TIFF, PDF) hoặc thư mục chứa ảnh.")]
Books = Annotated[list[int], typer.Argument(help="Số hiệu các sổ, của cùng một đơn vị (xem bằng lệnh progress).")]
Giver = Annotated[str, typer.Option(help="Họ tên người giao.")]
Receiver = Annotated[str, typer.Option(help="Họ tên người nhận.")]
GiverTitle = Annotated[str, typer.Option(help="Chức vụ người giao.")]
ReceiverTitle = Annotated[str, typer.Option(help="Chức vụ người nhận.")]
GivenAs = Annotated[list[Condition] | None, typer.Option("--condition", help="Tình trạng của các sổ; có thể lặp lại.")]
Minutes = Annotated[Path | None, typer.Option("--out", help="Tệp biên bản: .docx hoặc .pdf; bỏ trống: không ghi.")]
Note = Annotated[str, typer.Option(help="Ghi chú trong biên bản.")]
At = Annotated[str, typer.Option(help="Nơi giao nhận; bỏ trống: tại đơn vị.")]
AccountName = Annotated[str, typer.Option("--account", help="Tài khoản cá nhân của người thực hiện.")]
POLL_SECONDS = 2.0
UNUSABLE: dict[type[OSError], str] = {
    FileNotFoundError: "không có tệp hoặc thư mục này",
    FileExistsError: "đã có một tệp mang tên này",
    IsADirectoryError: "đây là thư mục, không phải tệp",
    NotADirectoryError: "một phần của đường dẫn không phải là thư mục",
    PermissionError: "không có quyền đọc hoặc ghi",
}
PersonRole = StrEnum("PersonRole", {role.name: role.value for role in sorted(PERSON_ROLES)})  # type: ignore[misc]


@app.command()
def read(
    paths: Scans,
    out: Annotated[Path, typer.Option(help="Thư mục ghi kết quả, mỗi trang một tệp JSON.")],
    form: Annotated[str | None, typer.Option(help="Biểu mẫu, ví dụ KS-2015; bỏ trống để tự nhận dạng.")] = None,
) -> None:
    """Đọc trang sổ bằng OCR ra tệp JSON; không cần cơ sở dữ liệu."""
    from digitize.workflow.read import UnreadPage, as_json, read_file

    forms: Sequence[Form] = [get_form(form)] if form else list(all_forms().values())
    files, failures, told = _scan_files(paths), list[DigitizeError](), list[str]()
    engine = _engine(Settings())
    out.mkdir(parents=True, exist_ok=True)
    with _bar(files, "Đọc") as bar:
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
    _leave(failures)


@app.command("read-lines")
def read_lines(
    list_file: Annotated[Path, typer.Argument(metavar="LIST", help="Danh sách, mỗi dòng một đường dẫn ảnh dòng chữ.")],
    out: Annotated[Path, typer.Option(help="Tệp TSV: đường dẫn, văn bản, độ tin cậy.")],
    literal: Annotated[bool, typer.Option("--literal", help="Chỉ theo nét mực, không suy theo chữ nghĩa.")] = False,
) -> None:
    """Chỉ nhận dạng các ảnh dòng chữ đã cắt sẵn."""
    from digitize.workflow.read_lines import read_list

    failures = list[DigitizeError]()
    engine = _engine(Settings())
    with _written_whole(out) as table:
        for line in read_list(engine, list_file, literal):
            table.write(f"{line.path}\t{line.text}\t{line.confidence:.4f}\n")
            if line.error:
                failures.append(line.error)
    _leave(failures)


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

    files = _scan_files(paths)
    with _workspace() as workspace:
        actor = _signed_in(workspace, account)
        if book is None:
            book = _open_book(workspace, actor, kind, unit, unit_name, district, authority, year, volume)
        failures, told, pages, already = list[DigitizeError](), list[str](), 0, 0
        with ExitStack() as stack, _bar(files, "Nạp") as bar:
            for path in bar:
                for taken in take(workspace, actor, book, [(path.name, stack.enter_context(path.open("rb")))]):
                    pages, already = pages + taken.pages, already + taken.already
                    failures += [taken.error] if taken.error else []
                    told += [f"{taken.file_name}, trang {at}: {problem.message}" for at, problem in taken.problems]
    typer.echo(f"Sổ {book}: nạp {pages} trang mới, {already} trang đã có.")
    for line in told:
        typer.echo(line, err=True)
    _leave(failures)


@app.command()
def work(
    follow: Annotated[bool, typer.Option(help="Chờ trang mới cho đến khi bị dừng.")] = False,
    parent: Annotated[int | None, typer.Option(help="Dừng khi tiến trình cha có mã này kết thúc.")] = None,
) -> None:
    """Đọc các trang đang chờ trong hàng đợi (tiến trình riêng, không chạy trong ứng dụng web)."""
    from digitize.workflow.work import read_queued

    def tell(page: "Page", outcome: str) -> None:
        typer.echo(f"Trang {page.page_id}: {outcome}", err=True)

    with _workspace() as workspace:
        engine, worker = _engine(workspace.settings), f"worker-{os.getpid()}"
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
    with _workspace() as workspace:
        actor = _signed_in(workspace, account)
        for page in pages:
            try:
                made = key_by_hand(workspace, actor, page, form, entries)
                typer.echo(f"Trang {page}: {len(made)} trường hợp chờ nhập tay.")
            except DigitizeError as error:
                failures.append(error)
    _leave(failures)


@app.command()
def quality(
    book: Annotated[int, typer.Argument(help="Số hiệu sổ (xem bằng lệnh progress).")],
) -> None:
    """In danh sách trang cần quét lại hoặc xem lại của một sổ."""
    from digitize.workflow.quality import pages_to_scan_again

    with _workspace() as workspace:
        with workspace.view(setup_actor()) as store:
            store.books.get(book)
        bad_pages = pages_to_scan_again(workspace, setup_actor(), book)
    for bad in bad_pages:
        for problem in bad.problems:
            place = f"Trang {bad.page.sequence} ({bad.page.file_name}, trang {bad.page.page_of_file} của tệp)"
            typer.echo(f"{place}: {problem.code}: {problem.message}")
    typer.echo(f"Sổ {book}: {len(bad_pages)} trang cần quét lại hoặc xem lại.")


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

    with _workspace() as workspace:
        actor = _signed_in(workspace, account)
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

    password = _package_password(confirm=True) if encrypt else None
    with _workspace() as workspace:
        actor = _signed_in(workspace, account)
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
    with _workspace() as workspace:
        told = bring_in(workspace, _signed_in(workspace, account), file, unit, password, confirmed)
    state = "đã xác nhận" if confirmed else "chờ xác nhận"
    typer.echo(f"Sổ {told.book.book_id}: nhập {told.entries} trường hợp {state}, {told.already} đã có từ trước.")
    for column, number in told.left_over.items():
        typer.echo(f"Cột {column}: {number} giá trị không có chỗ trên biểu mẫu nên chưa được nhập.", err=True)


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
    asked = _day(day)
    if form not in FORMS:
        raise InputError(f"Không viết được {out.name}: chỉ .docx, .pdf hoặc .xlsx.")
    with _workspace() as workspace:
        actor = _signed_in(workspace, account)
        asked = asked or report_days(workspace, actor, date.today())[0]
        told = monthly_report(workspace, actor, asked)
    out.write_bytes(write_report(told, form))
    total = told.total
    typer.echo(f"Đến hết {asked:%d/%m/%Y}: {total.confirmed}/{total.planned} trường hợp đã nhập; {out}")


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


@custody_app.command("give")
def give_books(
    books: Books, account: AccountName, giver: Giver, receiver: Receiver, giver_title: GiverTitle = "",
    receiver_title: ReceiverTitle = "", condition: GivenAs = None, place: At = "", note: Note = "",
    due: Annotated[str, typer.Option(help="Hạn trả, dạng yyyy-mm-dd; bỏ trống: theo cài đặt của đợt.")] = "",
    out: Minutes = None,
) -> None:  # fmt: skip
    """Lập biên bản giao sổ cho Công an để nhập dữ liệu."""
    from digitize.workflow.custody import due_day

    with _workspace() as workspace:
        actor = _signed_in(workspace, account)
        parties = Party(giver, giver_title), Party(receiver, receiver_title)
        back = _day(due) or due_day(workspace, actor)
        _hand_over(workspace, actor, Direction.LEND, books, condition, parties, place, back, note, out)


@custody_app.command("return")
def return_books(
    books: Books, account: AccountName, giver: Giver, receiver: Receiver, giver_title: GiverTitle = "",
    receiver_title: ReceiverTitle = "", condition: GivenAs = None, place: At = "", note: Note = "",
    out: Minutes = None,
) -> None:  # fmt: skip
    """Lập biên bản trả sổ cho cơ quan đăng ký hộ tịch."""
    with _workspace() as workspace:
        actor = _signed_in(workspace, account)
        parties = Party(giver, giver_title), Party(receiver, receiver_title)
        _hand_over(workspace, actor, Direction.RETURN, books, condition, parties, place, None, note, out)


@custody_app.command("receive")
def receive_books(
    minutes: Annotated[int, typer.Argument(help="Số hiệu biên bản (lệnh give hoặc return in ra).")],
    account: AccountName,
    condition: Annotated[
        list[Condition] | None, typer.Option("--condition", help="Tình trạng khi nhận; bỏ trống: đúng như khi giao.")
    ] = None,
) -> None:
    """Xác nhận đã nhận đủ các sổ của một biên bản."""
    from digitize.workflow import custody

    with _workspace() as workspace:
        actor = _signed_in(workspace, account)
        with workspace.view(actor) as work:
            given = {each.volume.book.book_id: each.conditions for each in work.custody.get(minutes).books}
        found = {book_id: frozenset(condition or there) for book_id, there in given.items()}
        received = custody.receive(workspace, actor, minutes, found)
    typer.echo(f"{received.title}: đã nhận {len(received.books)} quyển.")


@custody_app.command("where")
def where_books_are(
    books: Annotated[list[int] | None, typer.Argument(help="Số hiệu sổ; bỏ trống: mọi sổ.")] = None,
) -> None:
    """In nơi đang giữ từng sổ, từ ngày nào, theo biên bản nào."""
    from digitize.workflow.custody import whereabouts

    with _workspace() as workspace:
        with workspace.view(setup_actor()) as work:
            for book_id in books or ():
                work.books.get(book_id)
        _tell_places(each for each in whereabouts(workspace, setup_actor()) if not books or each.book.book_id in books)


@custody_app.command("late")
def late_books() -> None:
    """In các sổ đã quá hạn trả."""
    from digitize.workflow.custody import whereabouts

    today = today_of(datetime.now(UTC))
    with _workspace() as workspace:
        late = [each for each in whereabouts(workspace, setup_actor()) if each.days_late(today)]
    _tell_places(sorted(late, key=lambda each: -each.days_late(today)))
    typer.echo(f"{len(late)} sổ quá hạn trả.")


@app.command()
def progress() -> None:
    """In tiến độ từng sổ: trang đã đọc, trường hợp ở từng bước."""
    from digitize.workflow.progress import books

    with _workspace() as workspace:
        for counts in books(workspace, setup_actor()):
            book = counts.book
            steps = ", ".join(f"{STEP_TITLES[step].lower()} {counts.entries[step]}" for step in Step)
            typer.echo(
                f"Sổ {book.book_id}: {book.kind.book_title} {book.year} quyển {book.volume}, {book.unit_name}: "
                f"{counts.pages_read}/{counts.pages} trang đã đọc, {counts.pages_failed} lỗi; {steps}"
            )


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

    with _workspace() as workspace:
        password = run_demo(workspace, _engine(workspace.settings), REPOSITORY / "sample_scans", typer.echo)
    typer.echo("\nTÀI KHOẢN TRÌNH DIỄN (demo), chỉ dùng với dữ liệu hư cấu:")
    for account in ACCOUNTS:
        typer.echo(f"  {account.name:15} {password}   {account.full_name}")
    typer.echo("")
    if not no_serve:
        serve()


@app.command()
def verify() -> None:
    """Kiểm tra toàn vẹn: chuỗi mã băm của nhật ký và mọi ảnh gốc trong kho."""
    from digitize.workflow.verify import verify as verify_workspace

    with _workspace() as workspace:
        found = verify_workspace(workspace, setup_actor())
    typer.echo(f"Nhật ký: {found.rows} dòng, mã băm cuối {found.head}")
    if found.broken_row is not None:
        raise RecordsAltered(f"Nhật ký không còn nguyên vẹn từ dòng {found.broken_row}.")
    if found.damaged_pages:
        raise RecordsAltered(f"Ảnh gốc bị mất hoặc bị thay đổi ở trang: {', '.join(map(str, found.damaged_pages))}.")
    typer.echo("Nhật ký và ảnh gốc còn nguyên vẹn.")


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
    with _workspace() as workspace:
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
    with _workspace() as workspace, workspace.unit_of_work(setup_actor()) as store:
        roles = [Role(chosen.value) for chosen in role]
        store.accounts.add(name, full_name, _new_password(), agency, unit, roles, scope or [unit])
    typer.echo(f"Đã tạo tài khoản {name}.")


@contextmanager
def _workspace() -> Iterator["Workspace"]:
    from digitize.store.unit_of_work import Workspace

    workspace = Workspace.open(Settings())
    try:
        yield workspace
    finally:
        workspace.close()


def _signed_in(workspace: "Workspace", account: str) -> Actor:
    """The person at the command line, by her own account. Raises SignInFailed."""
    from digitize.store.sign_in import sign_in, sign_out

    signed_in = sign_in(workspace, account, _password())
    sign_out(workspace, signed_in.session_id)
    return signed_in.actor


def _password(confirm: bool = False) -> str:
    given = os.environ.get("DIGITIZE_PASSWORD")
    return given or str(typer.prompt("Mật khẩu", hide_input=True, confirmation_prompt=confirm, err=True))


def _package_password(confirm: bool = False) -> str:
    given = os.environ.get("DIGITIZE_PACKAGE_PASSWORD")
    return given or str(typer.prompt("Mật khẩu của gói", hide_input=True, confirmation_prompt=confirm, err=True))


def _new_password() -> str:
    password = _password(confirm=True)
    if len(password) < SHORTEST_PASSWORD:
        raise InputError(f"Mật khẩu phải có ít nhất {SHORTEST_PASSWORD} ký tự.")
    return password


def _hand_over(
    workspace: "Workspace", actor: Actor, direction: Direction, books: Sequence[int],
    condition: Sequence[Condition] | None, parties: tuple[Party, Party], place: str, due: date | None, note: str,
    out: Path | None,
) -> None:  # fmt: skip
    from digitize.workflow import custody

    form = out.suffix.removeprefix(".").lower() if out else ""
    if out and form not in ("docx", "pdf"):
        raise InputError(f"Không viết được {out.name}: biên bản chỉ ghi dạng .docx hoặc .pdf.")
    given = dict.fromkeys(books, frozenset(condition or (Condition.GOOD,)))
    made = custody.give(workspace, actor, direction, given, *parties, place, due, note)
    if out:
        out.write_bytes(custody.minutes(workspace, actor, made.handover_id, form))
    until = f", hạn trả {made.due:%d/%m/%Y}" if made.due else ""
    written = f"; {out}" if out else ""
    typer.echo(f"Số hiệu {made.handover_id}: {made.title}, {len(made.books)} quyển{until}{written}")


def _tell_places(places: Iterable["Whereabouts"]) -> None:
    today = today_of(datetime.now(UTC))
    for each in places:
        book, told = each.book, PLACE_TITLES[each.place]
        told += f" từ {today_of(each.since):%d/%m/%Y}" if each.since else ""
        told += f", biên bản số hiệu {each.handover_id}" if each.handover_id else ""
        told += f", quá hạn {late} ngày" if (late := each.days_late(today)) else ""
        typer.echo(
            f"Sổ {book.book_id}: {book.kind.book_title} {book.year} quyển {book.volume}, {book.unit_name}: {told}"
        )


def _day(told: str) -> date | None:
    """None for an empty text. Raises InputError."""
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as cause:
        raise InputError("Ngày phải viết dạng yyyy-mm-dd, ví dụ 2026-11-15.") from cause


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


@contextmanager
def _written_whole(path: Path) -> Iterator[TextIO]:
    """A text file under another name until it is whole: a failure leaves what stood there."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with new.open("w", encoding="utf-8") as file:
            yield file
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


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


def _bar(files: Sequence[Path], label: str):  # type: ignore[no-untyped-def]
    return typer.progressbar(files, label=label, file=sys.stderr, item_show_func=lambda p: p.name if p else "")


def _engine(settings: Settings) -> "Engine":
    """The real engine; loading it takes seconds."""
    from digitize.ocr.paddle import PaddleEngine

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
    except ValidationError as cause:
        told = "; ".join(f"DIGITIZE_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in cause.errors())
        _leave([InputError(f"Biến môi trường không hợp lệ: {told}.")])
    except DigitizeError as error:
        _leave([error])
    except OSError as cause:
        why = next((why for kind, why in UNUSABLE.items() if isinstance(cause, kind)), None)
        if why is None or cause.filename is None:
            raise
        _leave([InputError(f"Không dùng được {cause.filename}: {why}.")])
