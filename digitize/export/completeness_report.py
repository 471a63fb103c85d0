"""What was found whole in a book: a table for the minutes of its return, and a paper of its own."""

from collections.abc import Sequence
from datetime import date

from digitize.access.actor import Agency
from digitize.campaign.completeness import PAGE_END_TITLES, Completeness, PageEnd, as_runs
from digitize.campaign.custody import office_of
from digitize.export.paper import Column, Paper, Paragraph, Signature, Table

ENDS = (*PageEnd, None)
TITLES = PAGE_END_TITLES | {None: "chưa rõ"}
OF_BOOKS = (
    Column("Sổ", 20),
    *(Column(TITLES[end].capitalize(), 8, "right") for end in ENDS),
    Column("Trường hợp đã nhập", 10, "right"),
    Column("Theo lời khóa sổ", 10, "right"),
    Column("Còn phải làm", 22),
)


def table_of(books: Sequence[Completeness]) -> Table:
    """One row per book."""
    return Table(OF_BOOKS, tuple(_row(each) for each in books))


def report_of(found: Completeness, day: date) -> Paper:
    """The paper that goes with the returned book."""
    book = found.volume.book
    counts = tuple((TITLES[end].capitalize(), str(found.ends[end])) for end in ENDS)
    pages = Table(
        (Column("Trang", 30), Column("Số lượng", 10, "right")), counts, ("Cộng số trang đã quét", str(len(found.pages)))
    )
    body: list[Paragraph | Table] = [
        Paragraph(f"Sổ: {book.kind.book_title} năm {book.year}, quyển số {book.volume}; {book.authority}."),
        Paragraph("1. Từng trang của sổ", bold=True),
        pages,
        Paragraph("2. Số đăng ký", bold=True),
        *(Paragraph(sentence) for sentence in _numbers(found)),
        Paragraph("3. So với lời khóa sổ", bold=True),
        Paragraph(_closing(found)),
        Paragraph("4. Kết luận", bold=True),
        Paragraph("Sổ đã nhập đủ." if found.is_whole else f"Còn phải làm: {'; '.join(found.open_points)}."),
    ]
    if listed := _listed(found):
        body += [Paragraph("5. Các trang không có trường hợp", bold=True), listed]
    return Paper(
        above="",
        issuer=office_of(Agency.POLICE, book.unit_code, book.unit_name),
        number="      /KĐ",
        place_and_date=f"Ngày {day:%d} tháng {day:%m} năm {day.year}",
        title="BẢNG KIỂM ĐẾM SỔ HỘ TỊCH",
        subject=f"Sổ số {book.book_id}",
        body=tuple(body),
        signatures=(Signature("Người kiểm đếm"), Signature("Người nhận lại sổ")),
    )


def _row(found: Completeness) -> tuple[str, ...]:
    book, closing = found.volume.book, found.closing
    told = str(closing.entries) if closing and closing.entries is not None else ""
    return (
        f"{book.kind.book_title} {book.year}, quyển {book.volume}",
        *(str(found.ends[end]) for end in ENDS),
        str(found.entries),
        told,
        "; ".join(found.open_points) or "không",
    )


def _numbers(found: Completeness) -> list[str]:
    told = [f"Đã nhập {found.entries} trường hợp có số {as_runs(found.numbers) or '(chưa có)'}."]
    told += [f"Không có số {as_runs(gap.numbers)}: {gap.why}." for gap in found.gaps]
    told += [f"Thiếu số {as_runs(found.missing)}, chưa có lý do."] if found.missing else []
    told += [f"Trùng số {as_runs(found.doubled)}."] if found.doubled else []
    return told + ([f"{found.unreadable} trường hợp không có số đăng ký."] if found.unreadable else [])


def _closing(found: Completeness) -> str:
    closing = found.closing
    if closing is None or closing.entries is None:
        return "Sổ không có lời khóa sổ, hoặc chưa ghi lại lời khóa sổ."
    difference = found.entries - closing.entries
    pages = f", {closing.pages} trang" if closing.pages is not None else ""
    agrees = "khớp" if difference == 0 else f"chênh {difference:+d}"
    return f"Lời khóa sổ ghi {closing.entries} trường hợp{pages}; đã nhập {found.entries} trường hợp: {agrees}."


def _listed(found: Completeness) -> Table | None:
    others = [page for page in found.pages if page.end is not PageEnd.ENTERED]
    rows = tuple((str(page.sequence), page.file_name, TITLES[page.end], page.why) for page in others)
    columns = (Column("Trang thứ", 10, "center"), Column("Tệp", 30), Column("Là", 20), Column("Ghi chú", 40))
    return Table(columns, rows) if rows else None
