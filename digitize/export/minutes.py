"""Minutes of books that change hands (biên bản giao nhận), ready to sign. The columns are ours: no official form of
them was found (DOMAIN 2.3); the plan (II.2) only says that books are given, received and returned."""

from digitize.access.actor import Agency
from digitize.campaign.custody import GIVER, RECEIVER, Direction, Handover, HandoverBook, Party, office_of
from digitize.campaign.inventory import conditions_told
from digitize.campaign.units import Level, district_names, level_of, place_name
from digitize.clock import here
from digitize.export.papers.paper import Cell, Letterhead, Paper, Section, Signature, Table

HEAD = ("TT", "Loại sổ", "Năm", "Quyển số", "Từ số - đến số", "Số trang", "Số trường hợp", "Tình trạng", "Ghi chú")
WIDTHS = (6, 18, 9, 10, 14, 10, 12, 17, 14)
CENTRED = (0, 2, 3, 4)
TITLES = {
    Direction.LEND: "Giao, nhận sổ hộ tịch để nhập dữ liệu",
    Direction.RETURN: "Trả, nhận lại sổ hộ tịch sau khi nhập dữ liệu",
}
DOTS = "………………………………"


def minutes_of(handover: Handover, checked: Table | None = None) -> Paper:
    """The paper; `checked` is the table of what was found whole, which goes with returned books."""
    giver, receiver = (_office(handover, each[handover.direction]) for each in (GIVER, RECEIVER))
    day = here(handover.given_at)
    where = handover.place or handover.unit_name
    opening = (
        f"Hôm nay, hồi {day:%H} giờ {day:%M} phút, ngày {day:%d} tháng {day:%m} năm {day.year}, tại {where}, "
        "chúng tôi gồm:"
    )
    found = Section("Kết quả kiểm đếm sau khi nhập dữ liệu", tables=(checked,)) if checked else Section()
    sections = (
        Section(paragraphs=(opening,)),
        Section(f"Bên giao: {giver}", (_person(handover.giver),)),
        Section(f"Bên nhận: {receiver}", (_person(handover.receiver),)),
        Section(paragraphs=("Hai bên đã kiểm từng quyển và giao, nhận các sổ sau:",), tables=(_books(handover),)),
        found,
        Section(paragraphs=_closing(handover)),
    )
    letterhead = Letterhead(
        _above(handover).upper(), giver.upper(), f"{handover.number:02d}/BB-{handover.year}",
        place_name(handover.unit_name),
    )  # fmt: skip
    signatures = (Signature("BÊN GIAO", handover.giver.name), Signature("BÊN NHẬN", handover.receiver.name))
    return Paper(letterhead, day.date(), "BIÊN BẢN", TITLES[handover.direction], sections, signatures)


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
    rows = [_row(number, book) for number, book in enumerate(handover.books, start=1)]
    pages = sum((book.volume.stock.pages or 0) if book.volume.stock else 0 for book in handover.books)
    entries = sum(book.volume.entries for book in handover.books)
    total: tuple[Cell, ...] = ("", f"Cộng: {len(rows)} quyển", "", "", "", pages, entries, "", "")
    return Table(HEAD, (*rows, total), WIDTHS, strong=(len(rows),), centred=CENTRED)


def _row(number: int, given: HandoverBook) -> tuple[Cell, ...]:
    book, stock = given.volume.book, given.volume.stock
    span = ""
    if stock and stock.first_number is not None and stock.last_number is not None:
        span = f"{stock.first_number} - {stock.last_number}"
    condition = conditions_told(given.conditions)
    if given.is_changed and given.received_conditions is not None:
        condition += f"; khi nhận: {conditions_told(given.received_conditions)}"
    return (
        str(number), book.kind.book_title, str(book.year), book.volume, span,
        (stock and stock.pages) or "", given.volume.entries or "", condition, given.note,
    )  # fmt: skip


def _closing(handover: Handover) -> tuple[str, ...]:
    told = [f"Ghi chú: {handover.note}"] if handover.note else []
    if handover.direction is Direction.LEND and handover.due:
        told.append(f"Bên nhận trả lại đủ sổ ngay sau khi nhập xong dữ liệu, chậm nhất ngày {handover.due:%d/%m/%Y}.")
    told.append(
        "Bên nhận có trách nhiệm bảo quản sổ, giữ bí mật thông tin của công dân. Biên bản lập thành 02 bản có nội dung "
        "như nhau, mỗi bên giữ 01 bản."
    )
    return tuple(told)
