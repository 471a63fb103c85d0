"""What is known of an entry's values beside each other: which agree, which cannot both be right (pure).

Reading lowers and raises its confidence by it (digitize.ocr.agree), the desk tells it in words (digitize.review).
Nothing here changes a text or stops anybody: the book is copied letter for letter even where it contradicts itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from digitize.books.codelists import FEMALE, MALE, gender_code
from digitize.books.dates import PartialDate, parse_date, parse_date_words
from digitize.books.names import letterwise_unaccented
from digitize.books.personal_id import personal_id_digits, personal_id_problems

DIGITS_AND_WORDS = (("nksNgaySinh", "nksNgaySinhBangChu"), ("nktNgayChet", "nktNgayChetGhiBangChu"))
GENDER_OF_ROLE = {"me": FEMALE, "vo": FEMALE, "meNuoi": FEMALE, "cha": MALE, "chong": MALE, "chaNuoi": MALE}
CUSTOM = {"thi": FEMALE, "van": MALE}  # middle names
# Full years at marriage from 2015 on, and before: believed [B], the laws were not read. They only warn.
AGE_FROM_2015 = {"chong": 20, "vo": 18}
AGE_BEFORE = {"chong": 19, "vo": 17}
VOLUME_YEAR = re.compile(r"[/\-]\s*(\d{4})\s*$")


class Weight(StrEnum):
    """How serious a finding is."""

    AGREEMENT = "agreement"  # hardly by chance: the first of the columns is surer
    HINT = "hint"  # custom alone speaks against it
    UNUSUAL = "unusual"  # can be, but a person should know
    CONTRADICTION = "contradiction"  # one of the columns must be wrong


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the texts of these columns show; `code` is stable, `message` is Vietnamese."""

    columns: tuple[str, ...]
    weight: Weight
    code: str
    message: str


Texts = Mapping[str, str]


def findings(texts: Texts) -> tuple[Finding, ...]:
    """All that an entry's texts show; `texts` by the Ministry's column."""
    rules = (_date_words, _order, _volume, _personal_id, _papers, _custom, _age)
    return tuple(finding for rule in rules for finding in rule(texts))


def numbers_on_page(numbers: Sequence[str]) -> tuple[tuple[Finding, ...], ...]:
    """For each entry of a page, top to bottom, whether its number runs on by one from a neighbour's."""
    read = [_leading_number(number) for number in numbers]
    found = []
    for i, own in enumerate(read):
        beside = [(step, read[i + step]) for step in (-1, 1) if 0 <= i + step < len(read)]
        known = [(step, number) for step, number in beside if number is not None]
        found.append(_number(own, known) if own is not None and known else ())
    return tuple(found)


def _number(own: int, beside: Sequence[tuple[int, int]]) -> tuple[Finding, ...]:
    if any(number == own + step for step, number in beside):
        told = "Số nối tiếp số của trường hợp bên cạnh trên trang."
        return (Finding(("so",), Weight.AGREEMENT, "number_runs_on", told),)
    told = "Số không nối tiếp số của trường hợp bên cạnh trên trang. Xem lại chữ trong sổ."
    return (Finding(("so",), Weight.CONTRADICTION, "number_out_of_order", told),)


def _leading_number(text: str) -> int | None:
    found = re.match(r"\s*(\d{1,6})(?!\d)", text)
    return int(found[1]) if found else None


def _date_words(texts: Texts) -> Iterator[Finding]:
    for columns in DIGITS_AND_WORDS:
        digits, words = parse_date(texts.get(columns[0], "")), parse_date_words(texts.get(columns[1], ""))
        what = "sinh" if columns[0] == "nksNgaySinh" else "chết"
        if not digits or not words:
            continue
        if digits != words:
            told = f"Ngày {what} ghi bằng số và ghi bằng chữ khác nhau. Xem lại chữ trong sổ."
            yield Finding(columns, Weight.CONTRADICTION, "date_words", told)
        elif digits.precision == "day":
            told = f"Ngày {what} ghi bằng số và ghi bằng chữ giống nhau."
            yield Finding(columns, Weight.AGREEMENT, "date_words_agree", told)


def _order(texts: Texts) -> Iterator[Finding]:
    """Nobody is registered before the event, nobody dies before birth."""
    registered, died = (parse_date(texts.get(column, "")) for column in ("ngayDangKy", "nktNgayChet"))
    for column in texts:
        event = parse_date(texts[column]) if column.endswith("NgaySinh") or column == "nktNgayChet" else None
        if event and registered and registered.is_before(event):
            what = "ngày chết" if column == "nktNgayChet" else "ngày sinh"
            told = f"Ngày đăng ký trước {what}. Xem lại chữ trong sổ."
            yield Finding(("ngayDangKy", column), Weight.CONTRADICTION, "registered_before", told)
    born = parse_date(texts.get("nktNgaySinh", ""))
    if born and died and died.is_before(born):
        told = "Ngày chết trước ngày sinh. Xem lại chữ trong sổ."
        yield Finding(("nktNgayChet", "nktNgaySinh"), Weight.CONTRADICTION, "died_before_birth", told)


def _volume(texts: Texts) -> Iterator[Finding]:
    year, registered = VOLUME_YEAR.search(texts.get("quyenSo", "")), parse_date(texts.get("ngayDangKy", ""))
    if year and registered and registered.year not in (None, int(year[1])):
        told = "Năm đăng ký khác năm ghi ở quyển số. Xem lại chữ trong sổ."
        yield Finding(("ngayDangKy", "quyenSo"), Weight.CONTRADICTION, "volume_year", told)


def _personal_id(texts: Texts) -> Iterator[Finding]:
    if texts.get("nksSoDinhDanh"):
        yield from _id_against(texts, "nksSoDinhDanh", "nks")


def _papers(texts: Texts) -> Iterator[Finding]:
    """A paper's number of twelve digits is the personal ID of its holder."""
    for column, text in texts.items():
        if column.endswith("SoGiayToTuyThan") and personal_id_digits(text):
            yield from _id_against(texts, column, column.removesuffix("SoGiayToTuyThan"))


def _id_against(texts: Texts, column: str, who: str) -> Iterator[Finding]:
    birth = parse_date(texts.get(f"{who}NgaySinh", ""))
    gender = GENDER_OF_ROLE.get(who) or gender_code(texts.get(f"{who}GioiTinh", ""))
    for problem in personal_id_problems(texts[column], birth, gender):
        yield Finding((column,), Weight.CONTRADICTION, problem.code, problem.message)


def _custom(texts: Texts) -> Iterator[Finding]:
    for column, text in texts.items():
        who, code = column.removesuffix("GioiTinh"), gender_code(text)
        if who == column or code not in (MALE, FEMALE):
            continue
        middles = letterwise_unaccented(texts.get(f"{who}HoTen", "")).split()[1:-1]
        hinted = {CUSTOM[middle] for middle in middles if middle in CUSTOM}
        if len(hinted) == 1 and code not in hinted:
            told = "Chữ đệm «Thị» hoặc «Văn» thường đi với giới tính kia. Xem lại chữ trong sổ."
            yield Finding((column,), Weight.HINT, "gender_and_name", told)


def _age(texts: Texts) -> Iterator[Finding]:
    day = parse_date(texts.get("ngayXacLapQuanHeHonNhan", "")) or parse_date(texts.get("ngayDangKy", ""))
    if not day or not day.year:
        return
    for who, years in (AGE_FROM_2015 if day.year >= 2015 else AGE_BEFORE).items():
        born = parse_date(texts.get(f"{who}NgaySinh", ""))
        if born and born.year and day.is_before(PartialDate(born.day, born.month, born.year + years)):
            spouse = "người chồng" if who == "chong" else "người vợ"
            told = f"Khi kết hôn {spouse} chưa đủ tuổi theo luật. Xem lại ngày sinh và ngày đăng ký trong sổ."
            yield Finding((f"{who}NgaySinh",), Weight.UNUSUAL, "below_age", told)
