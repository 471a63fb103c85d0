"""The follow-up list as a paper, and the letter by which one office asks the other to verify a difference (pure).

The wording is ours: the plan asks for the list (danh sách theo dõi riêng); no official form of either was found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from digitize.access.actor import Agency
from digitize.books.book import Book
from digitize.books.follow_up import DIRECTION_TITLES, STATE_TITLES, Direction, FollowUp
from digitize.books.persons import ROLE_TITLES
from digitize.campaign.custody import office_of
from digitize.campaign.units import place_name
from digitize.export.papers.paper import Cell, Letterhead, Paper, Section, Table

HEAD = (
    "TT", "Sổ", "Số", "Ngày đăng ký", "Họ tên trong sổ", "Là", "Thông tin", "Trong sổ", "Trong CSDL dân cư",
    "Hướng xử lý", "Người phụ trách", "Tình trạng", "Kết quả xác minh",
)  # fmt: skip
WIDTHS = (6, 18, 7, 16, 20, 13, 15, 18, 18, 18, 15, 14, 20)
OTHER = {Agency.POLICE: Agency.CIVIL_STATUS, Agency.CIVIL_STATUS: Agency.POLICE}
ASKS = {
    Direction.POPULATION: "Đề nghị kiểm tra và điều chỉnh thông tin trong CSDL quốc gia về dân cư theo sổ hộ tịch.",
    Direction.BOOK: "Đề nghị kiểm tra, hướng dẫn người có yêu cầu làm thủ tục cải chính, bổ sung thông tin hộ tịch.",
    Direction.KEYING: "Thông tin đã nhập sai so với sổ; đề nghị ghi nhận việc sửa lại theo đúng sổ hộ tịch.",
    Direction.VERIFY: "Đề nghị phối hợp xác minh để thống nhất thông tin giữa sổ hộ tịch và CSDL quốc gia về dân cư.",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference with what a paper says of it."""

    follow_up: FollowUp
    book: Book
    name: str  # of the person, as the book has it
    label: str  # what the differing field is called
    number: str
    registered: str  # day, as the book has it
    responsible: str  # full name; "" for nobody


def follow_up_list(found: Sequence[Difference], agency: Agency, day: date) -> Paper:
    """Everything on the list, settled or not; landscape, to be signed by both offices."""
    rows = tuple(_row(number, each) for number, each in enumerate(found, start=1))
    table = Table(HEAD, rows, WIDTHS, centred=(0, 2, 3))
    subject = "Theo dõi riêng các trường hợp chưa thống nhất giữa sổ hộ tịch và CSDL quốc gia về dân cư"
    last = Section(paragraphs=(f"Danh sách có {len(rows)} thông tin.",))
    return Paper(
        _letterhead(found, agency), day, "DANH SÁCH", subject, (Section(tables=(table,)), last), landscape=True
    )


def letter(each: Difference, agency: Agency, day: date) -> Paper:
    """To the other office of the unit that keeps the book."""
    told, book = each.follow_up, each.book
    addressee = office_of(OTHER[agency], book.unit_code, book.unit_name)
    opening = (
        f"Khi nhập dữ liệu từ sổ {book.kind.book_title.lower()} năm {book.year}, quyển số {book.volume} của "
        f"{book.authority}, phát hiện thông tin sau đây chưa thống nhất:"
    )
    number = f"{told.personal_id}" if told.personal_id else "chưa có"
    facts: tuple[tuple[Cell, ...], ...] = (
        ("Số, ngày đăng ký", f"{each.number}, {each.registered}"),
        ("Họ, chữ đệm, tên trong sổ", f"{each.name} ({ROLE_TITLES[told.role].lower()})"),
        ("Số định danh cá nhân", number),
        ("Thông tin chưa thống nhất", each.label),
        ("Ghi trong sổ hộ tịch", told.book_text or "không ghi"),
        ("Ghi trong CSDL quốc gia về dân cư", told.population_text or "không ghi"),
    )
    closing = (
        f"{ASKS[told.direction]} Đề nghị gửi lại kết quả cho {_office(book, agency)} để cập nhật danh sách theo dõi."
    )
    sections = (
        Section(paragraphs=(opening,), tables=(Table(("Nội dung", "Thông tin"), facts, (3, 5)),)),
        Section(paragraphs=(closing,)),
    )
    letterhead = _letterhead([each], agency, addressee)
    return Paper(letterhead, day, "PHIẾU ĐỀ NGHỊ", "Xác minh thông tin chưa thống nhất", sections)


def _row(number: int, each: Difference) -> tuple[Cell, ...]:
    told, book = each.follow_up, each.book
    return (
        str(number), f"{book.kind.book_title} {book.year}, quyển {book.volume}", each.number, each.registered,
        each.name, ROLE_TITLES[told.role].lower(), each.label, told.book_text or "không ghi",
        told.population_text or "không ghi", DIRECTION_TITLES[told.direction], each.responsible,
        STATE_TITLES[told.state], told.note,
    )  # fmt: skip


def _office(book: Book, agency: Agency) -> str:
    return office_of(agency, book.unit_code, book.unit_name)


def _letterhead(found: Sequence[Difference], agency: Agency, addressee: str = "") -> Letterhead:
    """Of the office of the books' unit; books of several units leave it to be filled in."""
    units = {each.book.unit_code: each.book for each in found}
    book = next(iter(units.values())) if len(units) == 1 else None
    issuer = _office(book, agency).upper() if book else "………………………"
    place = place_name(book.unit_name) if book else "………………"
    return Letterhead(
        issuer=issuer, number="          /", place=place, addressee=addressee,
        recipients=("Như trên", "Lưu: VT") if addressee else ("Lưu: VT",), signer_title="THỦ TRƯỞNG ĐƠN VỊ",
    )  # fmt: skip
