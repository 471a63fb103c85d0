"""The inventory as a table: its columns, each with what it means, and a line of it read into a volume."""

from collections.abc import Mapping
from dataclasses import dataclass

from digitize.books.kinds import BookKind
from digitize.books.names import name_key, tidy
from digitize.campaign.inventory import CONDITION_TITLES, Condition, Stock, Volume, conditions_told
from digitize.errors import InputError

YES, NO = "có", "không"


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    meaning: str
    example: str
    is_needed: bool = False
    width: int = 12  # characters


UNIT = Column("Mã đơn vị", "Mã của đơn vị đang giữ sổ, xem trang «Danh mục».", "04468", True, 11)
UNIT_NAME = Column("Tên đơn vị", "Chỉ để người đọc; chương trình lấy theo mã.", "xã Mồ Dề", width=24)
AUTHORITY = Column(
    "Cơ quan đăng ký hộ tịch", "Đúng như ghi trên bìa, theo tên đơn vị lúc lập sổ; để trống thì lấy theo mã đơn vị.",
    "UBND xã Mồ Dề, huyện Mù Cang Chải, tỉnh Yên Bái", width=44,
)  # fmt: skip
KIND = Column("Loại sổ", "Một trong mười loại, chọn trong danh sách.", "Khai sinh", True, 22)
YEAR = Column("Năm", "Năm mở sổ, bốn chữ số.", "1998", True, 8)
VOLUME = Column(
    "Quyển số", "Như trên bìa, bắt đầu bằng một hoặc hai chữ số; bìa không ghi thì đánh thứ tự trong năm: 01, 02.",
    "01", True, 10,
)  # fmt: skip
FIRST = Column("Từ số", "Số đăng ký đầu tiên trong quyển.", "1", width=9)
LAST = Column("Đến số", "Số đăng ký cuối cùng trong quyển.", "96", width=9)
ENTRIES = Column("Số trường hợp", "Đếm được trong sổ; để trống thì tính từ «Từ số» đến «Đến số».", "96", width=14)
PAGES = Column("Số trang", "Số trang đếm được, kể cả bìa và trang trắng nếu sẽ quét.", "100", width=10)
CONDITIONS = Column(
    "Tình trạng", "tốt; hoặc một hay nhiều trong: rách, mờ, mất trang, ẩm mốc, cách nhau bằng dấu phẩy.",
    "rách, ẩm mốc", width=20,
)  # fmt: skip
ELECTRONIC = Column(
    "Đã có trên CSDL hộ tịch điện tử", "có: sổ không thuộc phạm vi phải nhập; không hoặc để trống: phải nhập.",
    NO, width=20,
)  # fmt: skip
NOTE = Column("Ghi chú", "Tự do.", "mất bìa sau", width=30)
COLUMNS = (
    UNIT, UNIT_NAME, AUTHORITY, KIND, YEAR, VOLUME, FIRST, LAST, ENTRIES, PAGES, CONDITIONS, ELECTRONIC, NOTE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class InventoryLine:
    """One volume as an office tells it."""

    unit_code: str
    authority: str
    kind: BookKind
    year: int
    volume: str
    stock: Stock


def as_cells(volume: Volume) -> dict[Column, str | int | None]:
    """The line of a volume; a count nobody made is empty."""
    book, stock = volume.book, volume.stock
    cells: dict[Column, str | int | None] = {
        UNIT: book.unit_code, UNIT_NAME: book.unit_name, AUTHORITY: book.authority, KIND: book.kind.book_title,
        YEAR: book.year, VOLUME: book.volume,
    }  # fmt: skip
    if stock:
        cells |= {
            FIRST: stock.first_number, LAST: stock.last_number, ENTRIES: stock.entries, PAGES: stock.pages,
            CONDITIONS: conditions_told(stock.conditions), ELECTRONIC: YES if stock.electronic else NO,
            NOTE: stock.note,
        }  # fmt: skip
    return cells


def line_of(cells: Mapping[Column, str]) -> InventoryLine:
    """A line read. Raises InputError that names the column."""
    for column in COLUMNS:
        if column.is_needed and not cells.get(column, "").strip():
            raise InputError(f"Thiếu «{column.title}».")
    stock = Stock(
        first_number=_number(cells, FIRST),
        last_number=_number(cells, LAST),
        entries=_number(cells, ENTRIES),
        pages=_number(cells, PAGES),
        conditions=_conditions(cells.get(CONDITIONS, "")),
        electronic=_is_yes(cells.get(ELECTRONIC, "")),
        note=tidy(cells.get(NOTE, "")),
    )
    stock.check()
    year = _number(cells, YEAR) or 0
    if not 1900 <= year <= 2100:
        raise InputError(f"«{YEAR.title}» phải là bốn chữ số.")
    return InventoryLine(
        _unit_code(cells[UNIT]), tidy(cells.get(AUTHORITY, "")), _kind(cells[KIND]), year, _volume(cells[VOLUME]), stock
    )


def _number(cells: Mapping[Column, str], column: Column) -> int | None:
    told = cells.get(column, "").strip().replace(" ", "")
    if not told:
        return None
    if not told.isdecimal():
        raise InputError(f"«{column.title}» phải là số, không phải «{told[:20]}».")
    return int(told)


def _unit_code(told: str) -> str:
    """Excel drops leading zeros of a code typed as a number."""
    code = told.strip()
    return code.zfill(5) if code.isdecimal() and len(code) == 4 else code


def _volume(told: str) -> str:
    """And of a volume."""
    return told.strip().zfill(2)


def _kind(told: str) -> BookKind:
    for kind in BookKind:
        if name_key(told) in (name_key(kind.book_title), name_key(kind.value)):
            return kind
    raise InputError(f"Không có loại sổ «{told[:40]}»; chọn trong trang «Danh mục».")


def _conditions(told: str) -> frozenset[Condition]:
    words = [name_key(word) for word in told.replace(";", ",").split(",") if word.strip()]
    by_word = {name_key(title): condition for condition, title in CONDITION_TITLES.items()}
    if unknown := [word for word in words if word not in by_word]:
        raise InputError(
            f"«{CONDITIONS.title}» không có «{unknown[0][:20]}»; ghi: {', '.join(CONDITION_TITLES.values())}."
        )
    return frozenset(by_word[word] for word in words) or frozenset({Condition.GOOD})


def _is_yes(told: str) -> bool:
    word = name_key(told)
    if word not in ("", name_key(YES), name_key(NO), "x"):
        raise InputError(f"«{ELECTRONIC.title}» chỉ ghi «{YES}» hoặc «{NO}».")
    return word in (name_key(YES), "x")
