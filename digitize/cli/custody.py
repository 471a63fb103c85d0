"""Books given, received, returned and looked for."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digitize.access.actor import Actor, setup_actor
from digitize.campaign.custody import PLACE_TITLES, Direction, Party
from digitize.campaign.inventory import Condition
from digitize.cli.common import AccountName, custody_app, day_of, open_workspace, signed_in
from digitize.clock import day_here, today_here
from digitize.errors import InputError

if TYPE_CHECKING:
    from digitize.campaign.custody import Whereabouts
    from digitize.store.unit_of_work import Workspace

Books = Annotated[list[int], typer.Argument(help="Số hiệu các sổ, của cùng một đơn vị (xem bằng lệnh progress).")]
Giver = Annotated[str, typer.Option(help="Họ tên người giao.")]
Receiver = Annotated[str, typer.Option(help="Họ tên người nhận.")]
GiverTitle = Annotated[str, typer.Option(help="Chức vụ người giao.")]
ReceiverTitle = Annotated[str, typer.Option(help="Chức vụ người nhận.")]
GivenAs = Annotated[list[Condition] | None, typer.Option("--condition", help="Tình trạng của các sổ; có thể lặp lại.")]
Minutes = Annotated[Path | None, typer.Option("--out", help="Tệp biên bản: .docx hoặc .pdf; bỏ trống: không ghi.")]
Note = Annotated[str, typer.Option(help="Ghi chú trong biên bản.")]
At = Annotated[str, typer.Option(help="Nơi giao nhận; bỏ trống: tại đơn vị.")]


@custody_app.command("give")
def give_books(
    books: Books, account: AccountName, giver: Giver, receiver: Receiver, giver_title: GiverTitle = "",
    receiver_title: ReceiverTitle = "", condition: GivenAs = None, place: At = "", note: Note = "",
    due: Annotated[str, typer.Option(help="Hạn trả, dạng yyyy-mm-dd; bỏ trống: theo cài đặt của đợt.")] = "",
    out: Minutes = None,
) -> None:  # fmt: skip
    """Lập biên bản giao sổ cho Công an để nhập dữ liệu."""
    from digitize.workflow.custody import due_day

    with open_workspace() as workspace:
        actor = signed_in(workspace, account)
        parties = Party(giver, giver_title), Party(receiver, receiver_title)
        back = day_of(due) or due_day(workspace, actor)
        _hand_over(workspace, actor, Direction.LEND, books, condition, parties, place, back, note, out)


@custody_app.command("return")
def return_books(
    books: Books, account: AccountName, giver: Giver, receiver: Receiver, giver_title: GiverTitle = "",
    receiver_title: ReceiverTitle = "", condition: GivenAs = None, place: At = "", note: Note = "",
    out: Minutes = None,
) -> None:  # fmt: skip
    """Lập biên bản trả sổ cho cơ quan đăng ký hộ tịch."""
    with open_workspace() as workspace:
        actor = signed_in(workspace, account)
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

    with open_workspace() as workspace:
        actor = signed_in(workspace, account)
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

    with open_workspace() as workspace:
        with workspace.view(setup_actor()) as work:
            for book_id in books or ():
                work.books.get(book_id)
        _tell_places(each for each in whereabouts(workspace, setup_actor()) if not books or each.book.book_id in books)


@custody_app.command("late")
def late_books() -> None:
    """In các sổ đã quá hạn trả."""
    from digitize.workflow.custody import whereabouts

    today = today_here()
    with open_workspace() as workspace:
        late = [each for each in whereabouts(workspace, setup_actor()) if each.days_late(today)]
    _tell_places(sorted(late, key=lambda each: -each.days_late(today)))
    typer.echo(f"{len(late)} sổ quá hạn trả.")


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
    today = today_here()
    for each in places:
        book, told = each.book, PLACE_TITLES[each.place]
        told += f" từ {day_here(each.since):%d/%m/%Y}" if each.since else ""
        told += f", biên bản số hiệu {each.handover_id}" if each.handover_id else ""
        told += f", quá hạn {late} ngày" if (late := each.days_late(today)) else ""
        typer.echo(
            f"Sổ {book.book_id}: {book.kind.book_title} {book.year} quyển {book.volume}, {book.unit_name}: {told}"
        )
