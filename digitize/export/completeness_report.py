"""What was found whole in a book: a table for the minutes of its return, and a paper of its own."""

from collections.abc import Sequence
from datetime import date

from digitize.access.actor import Agency
from digitize.campaign.completeness import PAGE_END_TITLES, Completeness, PageEnd, as_runs
from digitize.campaign.custody import office_of
from digitize.campaign.units import place_name
from digitize.export.papers.paper import Cell, Letterhead, Paper, Section, Signature, Table

ENDS = (*PageEnd, None)
TITLES = PAGE_END_TITLES | {None: "chưa rõ"}
NO_ENTRIES = (PageEnd.BLANK, PageEnd.COVER, PageEnd.CLOSING, PageEnd.DUPLICATE)
HEAD = (
    "Sổ", "Trang đã quét", "Trang đã nhập", "Trang không có trường hợp", "Phải quét lại", "Chưa rõ",
    "Trường hợp đã nhập", "Theo lời khóa sổ", "Còn phải làm",
)  # fmt: skip
WIDTHS = (20, 9, 9, 12, 9, 9, 11, 10, 22)


def table_of(books: Sequence[Completeness]) -> Table:
    """One row per book."""
    return Table(HEAD, tuple(map(_row, books)), WIDTHS)


def report_of(found: Completeness, day: date) -> Paper:
    """The paper that goes with the returned book."""
    book = found.volume.book
    counts: list[tuple[Cell, ...]] = [(TITLES[end].capitalize(), found.ends[end]) for end in ENDS]
    pages = Table(
        ("Trang", "Số lượng"), (*counts, ("Cộng số trang đã quét", len(found.pages))), (30, 10), strong=(len(counts),)
    )
    conclusion = "Sổ đã nhập đủ." if found.is_whole else f"Còn phải làm: {'; '.join(found.open_points)}."
    sections = (
        Section(paragraphs=(f"Sổ {book.kind.book_title.lower()} năm {book.year}, quyển số {book.volume}; "
                            f"{book.authority}.",)),
        Section("1. Từng trang của sổ", tables=(pages,)),
        Section("2. Số đăng ký", tuple(_numbers(found))),
        Section("3. So với lời khóa sổ", (_closing(found),)),
        Section("4. Kết luận", (conclusion,)),
        *_listed(found),
    )  # fmt: skip
    office = office_of(Agency.POLICE, book.unit_code, book.unit_name).upper()
    letterhead = Letterhead(issuer=office, number="          /KĐ", place=place_name(book.unit_name))
    signatures = (Signature("NGƯỜI KIỂM ĐẾM"), Signature("NGƯỜI NHẬN LẠI SỔ"))
    return Paper(letterhead, day, "BẢNG KIỂM ĐẾM SỔ HỘ TỊCH", f"Sổ số {book.book_id}", sections, signatures)


def _row(found: Completeness) -> tuple[Cell, ...]:
    book, closing, ends = found.volume.book, found.closing, found.ends
    told = closing.entries if closing else None
    return (
        f"{book.kind.book_title} {book.year}, quyển {book.volume}", len(found.pages), ends[PageEnd.ENTERED],
        sum(ends[end] for end in NO_ENTRIES), ends[PageEnd.SCAN_AGAIN], ends[None], found.entries, told,
        "; ".join(found.open_points) or "không",
    )  # fmt: skip


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
    agrees = "khớp" if difference == 0 else f"{'thừa' if difference > 0 else 'thiếu'} {abs(difference)}"
    return f"Lời khóa sổ ghi {closing.entries} trường hợp{pages}; đã nhập {found.entries} trường hợp: {agrees}."


def _listed(found: Completeness) -> tuple[Section, ...]:
    others = [page for page in found.pages if page.end is not PageEnd.ENTERED]
    rows = tuple((page.sequence, page.file_name, TITLES[page.end], page.why) for page in others)
    table = Table(("Trang thứ", "Tệp", "Là", "Ghi chú"), rows, (10, 30, 20, 40), centred=(0,))
    return (Section("5. Các trang không có trường hợp", tables=(table,)),) if rows else ()
