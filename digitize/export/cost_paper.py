"""The cost sheet as a paper (pure)."""

from collections.abc import Sequence
from datetime import date

from digitize.books.cost import Rates, Work, entries_and_fields
from digitize.export.papers.paper import Cell, Letterhead, Paper, Section, Table, told

HEAD = ("Loại sổ", "Trường hợp", "Trường ngắn", "Trường vừa", "Trường dài", "Thành tiền (đồng)")


def cost_paper(works: Sequence[Work], rates: Rates, since: date, until: date, letterhead: Letterhead) -> Paper:
    """Quantities, and money where rates are set."""
    rows: list[tuple[Cell, ...]] = [
        (work.kind.book_title, work.entries, *work.fields, work.cost(rates) if rates.are_set else None)
        for work in works
    ]
    entries, fields = entries_and_fields(works)
    total = sum(work.cost(rates) for work in works) if rates.are_set else None
    rows.append(("TỔNG CỘNG", entries, *fields, total))
    table = Table(HEAD, tuple(rows), (3, 1.2, 1.2, 1.2, 1.2, 1.6), "Khối lượng nhập liệu", (len(rows) - 1,))
    lengths = (
        f"Trường ngắn: đến {rates.short} ký tự; vừa: {rates.short + 1}-{rates.medium} ký tự; dài: trên {rates.medium} "
        "ký tự. Trường để trống không tính. Chỉ tính trường hợp đã xác nhận."
    )
    money = (
        f"Đơn giá (đồng): trường hợp {told(rates.entry)}; trường ngắn, vừa, dài: {', '.join(map(told, rates.fields))}."
        if rates.are_set
        else "Chưa đặt đơn giá nên chưa tính thành tiền."
    )
    section = Section("KHỐI LƯỢNG", (lengths, money), (table,))
    subject = f"Khối lượng nhập dữ liệu hộ tịch từ ngày {since:%d/%m/%Y} đến ngày {until:%d/%m/%Y}"
    return Paper(letterhead, until, "BẢNG TỔNG HỢP", subject, (section,))
