"""Rules warn and never block: the book is copied letter for letter even where it contradicts itself (pure)."""

from collections.abc import Mapping

from digitize.books.codelists import gender_code
from digitize.books.dates import parse_date, parse_date_words
from digitize.books.entry import Problem
from digitize.books.personal_id import personal_id_problems


def warnings_of(texts: Mapping[str, str]) -> tuple[Problem, ...]:
    """What in an entry's texts contradicts itself; `texts` by column."""
    return (*_words(texts), *_registration(texts), *_personal_id(texts))


def _words(texts: Mapping[str, str]) -> tuple[Problem, ...]:
    digits, words = parse_date(texts.get("nksNgaySinh", "")), parse_date_words(texts.get("nksNgaySinhBangChu", ""))
    if digits is None or words is None or digits == words:
        return ()
    return (Problem("date_words", "Ngày sinh ghi bằng số và ghi bằng chữ khác nhau. Xem lại chữ trong sổ."),)


def _registration(texts: Mapping[str, str]) -> tuple[Problem, ...]:
    registered = parse_date(texts.get("ngayDangKy", ""))
    for column, what in (("nksNgaySinh", "ngày sinh"), ("nktNgayChet", "ngày chết")):
        event = parse_date(texts.get(column, ""))
        if registered and event and registered.is_before(event):
            return (Problem("registered_before", f"Ngày đăng ký trước {what}. Xem lại chữ trong sổ."),)
    return ()


def _personal_id(texts: Mapping[str, str]) -> tuple[Problem, ...]:
    written = texts.get("nksSoDinhDanh", "")
    if not written:
        return ()
    birth = parse_date(texts.get("nksNgaySinh", ""))
    return personal_id_problems(written, birth, gender_code(texts.get("nksGioiTinh", "")))
