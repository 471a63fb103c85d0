"""Minutes of books that change hands (biên bản giao nhận), ready to sign. The columns are ours: no official form of
them was found (DOMAIN 2.3); the plan (II.2) only says that books are given, received and returned."""

from digitize.access.actor import Agency
from digitize.campaign.custody import GIVER, HERE, RECEIVER, Direction, Handover, HandoverBook, Party, office_of
from digitize.campaign.inventory import conditions_told
from digitize.campaign.units import Level, district_names, level_of
from digitize.export.paper import Column, Paper, Paragraph, Signature, Table

COLUMNS = (
    Column("TT", 6, "center"),
    Column("Loại sổ", 18),
    Column("Năm", 9, "center"),
    Column("Quyển số", 11, "center"),
    Column("Từ số - đến số", 14, "center"),
    Column("Số trang", 10, "right"),
    Column("Số trường hợp", 12, "right"),
    Column("Tình trạng", 16),
    Column("Ghi chú", 14),
)
TITLES = {
    Direction.LEND: "Giao, nhận sổ hộ tịch để nhập dữ liệu",
    Direction.RETURN: "Trả, nhận lại sổ hộ tịch sau khi nhập dữ liệu",
}
DOTS = "………………………………"


def minutes_of(handover: Handover, checked: Table | None = None) -> Paper:
    """The paper; `checked` is the table of what was found whole, which goes with returned books."""
    giver, receiver = (_office(handover, each[handover.direction]) for each in (GIVER, RECEIVER))
    day = handover.given_at.astimezone(HERE)
    where = handover.place or handover.unit_name
    body: list[Paragraph | Table] = [
        Paragraph(
            f"Hôm nay, hồi {day:%H} giờ {day:%M} phút, ngày {day:%d} tháng {day:%m} năm {day.year}, tại {where}, "
            "chúng tôi gồm:"
        ),
        Paragraph(f"Bên giao: {giver}", bold=True),
        Paragraph(_person(handover.giver)),
        Paragraph(f"Bên nhận: {receiver}", bold=True),
        Paragraph(_person(handover.receiver)),
        Paragraph("Hai bên đã kiểm từng quyển và giao, nhận các sổ sau:"),
        _books(handover),
    ]
    if checked:
        body += [Paragraph("Kết quả kiểm đếm sau khi nhập dữ liệu:"), checked]
    body += [Paragraph(sentence) for sentence in _closing(handover)]
    return Paper(
        above=_above(handover),
        issuer=giver,
        number=f"{handover.number:02d}/BB-{handover.year}",
        place_and_date=f"Ngày {day:%d} tháng {day:%m} năm {day.year}",
        title="BIÊN BẢN",
        subject=TITLES[handover.direction],
        body=tuple(body),
        signatures=(Signature("Bên giao", handover.giver.name), Signature("Bên nhận", handover.receiver.name)),
    )


def _office(handover: Handover, agency: Agency) -> str:
    return office_of(agency, handover.unit_code, handover.unit_name)


def _above(handover: Handover) -> str:
    """The body above a civil-status office; the police's is theirs to say."""
    if handover.direction is Direction.RETURN or level_of(handover.unit_code) is not Level.COMMUNE:
        return ""
    district = district_names().get(handover.district_code, "")
    return f"UBND {district}" if district else ""


def _person(party: Party) -> str:
    return f"Ông (bà): {party.name or DOTS}          Chức vụ: {party.title or DOTS}"


def _books(handover: Handover) -> Table:
    rows = tuple(_row(number, book) for number, book in enumerate(handover.books, start=1))
    pages = sum((book.volume.stock.pages or 0) if book.volume.stock else 0 for book in handover.books)
    entries = sum(book.volume.entries for book in handover.books)
    total = ("", f"Cộng: {len(rows)} quyển", "", "", "", _told(pages), _told(entries), "", "")
    return Table(COLUMNS, rows, total)


def _row(number: int, given: HandoverBook) -> tuple[str, ...]:
    book, stock = given.volume.book, given.volume.stock
    span = ""
    if stock and stock.first_number is not None and stock.last_number is not None:
        span = f"{stock.first_number} - {stock.last_number}"
    condition = conditions_told(given.conditions)
    if given.is_changed and given.received_conditions is not None:
        condition += f"; khi nhận: {conditions_told(given.received_conditions)}"
    return (
        str(number), book.kind.book_title, str(book.year), book.volume, span,
        _told(stock.pages if stock else None), _told(given.volume.entries or None), condition, given.note,
    )  # fmt: skip


def _told(count: int | None) -> str:
    """ "1.234"; empty for what nobody counted."""
    return "" if count is None else f"{count:,}".replace(",", ".")


def _closing(handover: Handover) -> list[str]:
    told = [f"Ghi chú: {handover.note}"] if handover.note else []
    if handover.direction is Direction.LEND and handover.due:
        told.append(f"Bên nhận trả lại đủ sổ ngay sau khi nhập xong dữ liệu, chậm nhất ngày {handover.due:%d/%m/%Y}.")
    told.append(
        "Bên nhận có trách nhiệm bảo quản sổ, giữ bí mật thông tin của công dân. Biên bản lập thành 02 bản có nội dung "
        "như nhau, mỗi bên giữ 01 bản."
    )
    return told
