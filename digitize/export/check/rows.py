"""Faults of a package's sheet: its columns, its cells, and what the rows say."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from unicodedata import is_normalized

from digitize.books.codelists import codes, ethnic_group
from digitize.books.dates import PartialDate, parse_date
from digitize.books.kinds import BookKind
from digitize.books.personal_id import personal_id_digits, personal_id_problems
from digitize.books.rules import GENDER_OF_ROLE, findings
from digitize.books.sequence import number_in
from digitize.books.special import special_of
from digitize.errors import ExportRefused
from digitize.export.check.kinds import Fault
from digitize.export.check.opened import BookName, Opened, Row
from digitize.export.entry_pdf import volume_number
from digitize.export.ministry_excel import export_columns, is_date_column

TEMPLATES = {kind: ("KS", "KS_new70") if kind is BookKind.BIRTH else (kind.value,) for kind in BookKind}
NAMED = {  # who is registered, of each kind: each must have a name
    BookKind.BIRTH: ("nksHoTen",),
    BookKind.MARRIAGE: ("chongHoTen", "voHoTen"),
    BookKind.DEATH: ("nktHoTen",),
    BookKind.ADOPTION: ("cnHoTen",),
    BookKind.PARENT_CHILD: ("cmHoTen", "ncHoTen"),
    BookKind.MARITAL_STATUS: ("nxnHoTen",),
    BookKind.GUARDIANSHIP: ("nghHoTen", "dghHoTen"),
    BookKind.GUARDIANSHIP_END: ("nghHoTen", "dghHoTen"),
    BookKind.CHANGE: ("tdccHoTen",),
    BookKind.DIVORCE_NOTE: ("lhChongHoTen", "lhVoHoTen"),
}
CODED = {  # end of a column's name -> code list
    "GioiTinh": "gender",
    "LoaiCuTru": "residence",
    "LoaiGiayToTuyThan": "id_paper",
    "nksLoaiKhaiSinh": "birth_parents",
    "gbtLoai": "death_paper",
    "loaiXacNhan": "recognition",
    "nxnLoaiMucDichSuDung": "marital_purpose",
    "lhLoai": "divorce_note",
}
OWN_RULES = (
    "date_words",
    "registered_before",
    "died_before_birth",
    "volume_year",
)  # codes of books.rules told as they are
DOTTED = re.compile(r"(?:(?:\d{2}\.)?\d{2}\.)?\d{4}")
# Letters that Vietnamese of TCVN3 and VNI fonts, or UTF-8 read as Latin-1, leave behind, and control signs.
DAMAGED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff¸µ¶¹»¾¼½Æ©®§«¬¢£¤¥¦]|Ã[\x80-\xbf¡-¿]|á[º»]|Ä[\x80-\xbf]"
)


def template_of(kind: BookKind, header: Sequence[str]) -> str:
    """The template that shares most columns with the header."""
    return max(TEMPLATES[kind], key=lambda key: (len({*export_columns(key)} & {*header}), -len(export_columns(key))))


def sheet_faults(package: Opened) -> Iterator[Fault]:
    """What is wrong with columns and cells."""
    if package.excel is None:
        return
    if not package.rows:
        yield Fault("sheet_empty", package.excel.name, "Không có dòng dữ liệu nào.")
    if package.name:
        yield from _columns(package.header, export_columns(template_of(package.name.kind, package.header)))
    for row in package.rows:
        yield from _cells(row)


def _columns(header: Sequence[str], wanted: Sequence[str]) -> Iterator[Fault]:
    for column in wanted:
        if column not in header:
            yield Fault("column_missing", f"cột {column}", "Mẫu có cột này, bảng thì không.")
    for place, column in enumerate(header, start=1):
        if column not in wanted:
            yield Fault("column_unknown", f"cột thứ {place}", f"Mẫu không có cột «{column[:40]}».")
        elif column in header[: place - 1]:
            yield Fault("column_doubled", f"cột {column}", "Cột này có hai lần.")
    known = [column for column in dict.fromkeys(header) if column in wanted]
    first = next((a for a, b in zip(known, [c for c in wanted if c in known], strict=True) if a != b), None)
    if first:
        yield Fault("column_order", f"cột {first}", "Từ cột này thứ tự khác mẫu.")


def _cells(row: Row) -> Iterator[Fault]:
    if row.is_blank:
        yield Fault("row_blank", f"dòng {row.number}", "Dòng trống.")
    if row.not_text:
        yield Fault("cell_not_text", f"dòng {row.number}", f"Không phải văn bản: {', '.join(row.not_text)}.")
    for column, text in row.texts.items():
        if DAMAGED.search(text) or not is_normalized("NFC", text):
            yield _at(row, column, "text_damaged", "Chữ hỏng, tổ hợp rời hoặc có ký tự lạ.")
        if special_of(text):
            yield _at(row, column, "special_value", "Còn ký hiệu nội bộ.")


def value_faults(package: Opened) -> Iterator[Fault]:
    """What the rows say that cannot be, or hardly can."""
    rows = [row for row in package.rows if not row.is_blank]
    for row in rows:
        yield from _required(row, package.name)
        yield from _dates(row)
        yield from _codes(row, package.name)
        yield from _persons(row)
        for finding in findings(row.texts):
            if finding.code in OWN_RULES:
                yield _at(row, finding.columns[0], finding.code, finding.message)
    yield from _numbers(rows)
    yield from _ids_doubled(rows)


def _required(row: Row, book: BookName | None) -> Iterator[Fault]:
    texts = row.texts
    if not texts.get("so"):
        yield _at(row, "so", "number_missing", "Ô trống.")
    if not (texts.get("noiDangKy") or texts.get("noiCap")):
        yield _at(row, "noiDangKy", "place_missing", "Ô trống.")
    day = parse_date(texts.get("ngayDangKy", ""))
    if day is None or day.precision != "day":
        yield _at(row, "ngayDangKy", "registration_date", "Không đủ ngày, tháng, năm.")
    if book is None:
        return
    for column in NAMED[book.kind]:
        if not texts.get(column):
            yield _at(row, column, "name_missing", "Ô trống.")
    if texts.get("quyenSo") and _volume(texts["quyenSo"]) not in (None, book.volume):
        yield _at(row, "quyenSo", "volume_differs", f"Gói là quyển {book.volume:02d}.")


def _dates(row: Row) -> Iterator[Fault]:
    for column, text in row.texts.items():
        if not text or column == "ngayDangKy" or not is_date_column(column):
            continue
        if parse_date(text) is None:
            yield _at(row, column, "date_unreadable", "Không phải ngày, tháng, năm có thật.")
        elif not DOTTED.fullmatch(text):
            yield _at(row, column, "date_not_dotted", "Không viết theo mẫu.")
    text = row.texts.get("ngayDangKy", "")
    if parse_date(text) and not DOTTED.fullmatch(text):
        yield _at(row, "ngayDangKy", "date_not_dotted", "Không viết theo mẫu.")


def _codes(row: Row, book: BookName | None) -> Iterator[Fault]:
    for column, text in row.texts.items():
        allowed = _allowed(column, book)
        if text and allowed is not None and text not in allowed:
            yield _at(row, column, "code_unknown", f"Danh mục có: {', '.join(allowed)}.")
        if text and column.endswith("DanToc") and ethnic_group(text) is None:
            yield _at(row, column, "ethnic_unknown", "Không có trong danh mục 54 dân tộc và tên gọi khác.")


def _allowed(column: str, book: BookName | None) -> Mapping[str, str] | None:
    if column == "loaiDangKy" and book:
        try:
            return codes(f"registration_{book.kind.value}")
        except KeyError:
            return None
    name = next((name for end, name in CODED.items() if column.endswith(end)), None)
    return {"0": ""} | dict(codes(name)) if name else None


def _persons(row: Row) -> Iterator[Fault]:
    for column, text in row.texts.items():
        if not text or "SoDinhDanh" not in column:
            continue
        who = column.split("SoDinhDanh")[0]
        gender = GENDER_OF_ROLE.get(who) or row.texts.get(f"{who}GioiTinh")
        born = parse_date(row.texts.get(f"{who}NgaySinh", ""))
        for problem in personal_id_problems(text, born, gender):
            code = "personal_id_malformed" if problem.code == "personal_id_length" else "personal_id_contradicts"
            yield _at(row, column, code, problem.message)


def _numbers(rows: Sequence[Row]) -> Iterator[Fault]:
    """Within a volume a number stands once, numbers run on, and days do not go back."""
    first: dict[str, int] = {}
    for row in rows:
        number = row.texts.get("so", "").split("/")[0].strip().lstrip("0")
        if number and number in first:
            yield _at(row, "so", "number_doubled", f"Cùng số với dòng {first[number]}.")
        first.setdefault(number, row.number)
    counted = sorted((n, row.number, row) for row in rows if (n := number_in(row.texts.get("so", ""))) is not None)
    for (before, _, earlier), (after, _, later) in pairwise(counted):
        if after > before + 1:
            yield _at(later, "so", "number_gap", f"Sau số {before} là số {after}.")
        if _is_before(parse_date(later.texts.get("ngayDangKy", "")), parse_date(earlier.texts.get("ngayDangKy", ""))):
            yield _at(later, "ngayDangKy", "dates_backwards", f"Trước ngày đăng ký của số {before}.")


def _ids_doubled(rows: Sequence[Row]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        digits = personal_id_digits(row.texts.get("nksSoDinhDanh", ""))
        if digits and digits in first:
            yield _at(row, "nksSoDinhDanh", "personal_id_doubled", f"Cùng số định danh với dòng {first[digits]}.")
        if digits:
            first.setdefault(digits, row.number)


def _is_before(day: PartialDate | None, other: PartialDate | None) -> bool:
    return day is not None and other is not None and day.is_before(other)


def _volume(text: str) -> int | None:
    try:
        return volume_number(text)
    except ExportRefused:
        return None


def _at(row: Row, column: str, code: str, message: str) -> Fault:
    return Fault(code, f"dòng {row.number}, cột {column}", message)
