"""One value on the page, several columns in the record: splitting without losing or changing a word.

Keywords are found without regard to diacritics and case, so a misread mark on one does no harm; the parts
themselves are cut from the text as it stands. Rules: registers.json > composites. What finds no column of its
own is kept: in *GiayToKhac for identity papers, beside its neighbour elsewhere.
"""

import re
from collections.abc import Callable

from digitize.books.codelists import codes
from digitize.books.id_doc import DATE, EDGES, PARTIAL_DATE, split_id_doc
from digitize.books.names import letterwise_unaccented, tidy
from digitize.books.person_cell import split_date_or_age, split_person, split_person_and_group, split_relation
from digitize.books.signer import split_signer
from digitize.errors import FormInvalid


def split_composite(kind: str, columns: tuple[str, ...], text: str) -> dict[str, str]:
    """Column -> its part of `text`, "" for a column that gets nothing; `columns` in the order of the form.

    Kinds: id_doc (kind, other, number, date, place of issue), signer (name, title), datetime (time, date),
    death_paper (kind, number), number_date (number, date), date_range (first, last), person_cell (name, birth, age,
    occupation, home), person_group_cell (the same with the ethnic group before the occupation), person_relation (name,
    kinship), date_or_age. Raises FormInvalid for another kind.
    """
    if kind not in _SPLITTERS:
        raise FormInvalid(f"Chưa có cách tách giá trị ghép loại «{kind}».")
    parts = _SPLITTERS[kind](text) if tidy(text).strip(EDGES) else ("",) * len(columns)
    return dict(zip(columns, parts, strict=True))


def part_kind(column: str) -> str:
    """The kind of value of a column that a composite fills; `text` where no rule of comparing applies."""
    for ending, kind in _PART_KINDS.items():
        if column.endswith(ending):
            return kind
    return "text"


_PART_KINDS = {
    "NgayCapGiayToTuyThan": "date",
    "SoGiayToTuyThan": "id_number",
    "LoaiGiayToTuyThan": "code",
    "nktNgayChet": "date",
    "gbtLoai": "code",
    "gbtSo": "paper_no",
    "chucVuNguoiKy": "text",
    "nguoiKy": "name",
    "nxnThoiGianCuTruTu": "date",
    "nxnThoiGianCuTruDen": "date",
    "quyetDinhNgay": "date",
    "GiamHoNgay": "date",
    "NgaySinh": "year_or_date",
    "HoTen": "name",
    "NoiCuTru": "place",
    "DanToc": "ethnic",
}

_BLANK_TIME = r"(?:\b(?:da\s+chet|vao|luc|hoi|gio|phut|giay)\b|[\W_])*"
_LEAD_IN = r"\s*(?:\b(?:da\s+chet|vao|luc|hoi)\b\s*)*"


def _split_datetime(text: str) -> tuple[str, str]:
    """Time before "ngày", date after it; the other order is seen too, and either may be missing."""
    whole = tidy(text)
    at = re.search(rf"\bngay\b|(?={DATE})", letterwise_unaccented(whole))
    if at is None:
        is_date = re.fullmatch(rf"\W*(?:(?:thang|nam)\W*)*{PARTIAL_DATE}\W*", letterwise_unaccented(whole))
        return ("", whole.strip(EDGES)) if is_date else (_time(whole), "")
    before, after = _time(whole[: at.start()]), whole[at.end() :].strip(EDGES)
    date = re.match(rf"(?:{DATE})", letterwise_unaccented(after))
    if date and not before:
        return _time(after[date.end() :]), after[: date.end()]
    return before, after


def _time(text: str) -> str:
    """The hour as written; "" when only the printed words stand there."""
    folded = letterwise_unaccented(text)
    if re.fullmatch(_BLANK_TIME, folded):
        return ""
    lead_in = re.match(_LEAD_IN, folded)
    return text[lead_in.end() if lead_in else 0 :].strip(EDGES)


_DEATH_PAPERS = {
    "1": r"giay\s+bao\s+tu|gbt",
    "7": r"lam\s+chung",
    "6": r"bien\s+ban",
    "2": r"thi\s+hanh\s+an",
    "3": r"ban\s+an|quyet\s+dinh",
    "4": r"cong\s+an|giam\s+dinh|phap\s+y",
    "5": r"y\s+te|nguyen\s+nhan\s+chet",
}
_FILLERS = frozenset({"so", "giay", "to", "van", "ban", "thay", "the", "cua", "gbt", "viec"})


def _split_death_paper(text: str) -> tuple[str, str]:
    """Code and number; words that the code does not tell stay with the number, and alone leave the code open.

    A bare number suggests "1" (giấy báo tử), which an officer confirms.
    """
    whole = tidy(text)
    at = re.search(r"(?<!\w)(?:so\s*[:.]?\s*)?(?P<number>\w{0,4}\d.*)$", letterwise_unaccented(whole))
    words = whole[: at.start()] if at else whole
    number = whole[at.start("number") :].strip(EDGES) if at else ""
    code = _death_paper_code(words)
    if code is None:
        return ("", whole) if words.strip(EDGES) else ("1", number)
    is_told_by_code = _words(words) <= _FILLERS | _words(codes("death_paper")[code])
    return code, number if is_told_by_code else whole


def _death_paper_code(words: str) -> str | None:
    plain = letterwise_unaccented(words)
    return next((code for code, named in _DEATH_PAPERS.items() if re.search(rf"\b(?:{named})\b", plain)), None)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", letterwise_unaccented(text)))


def _split_number_date(text: str) -> tuple[str, str]:
    """Number before "ngày", date after it; without the word the date is what looks like one."""
    whole = tidy(text)
    at = re.search(rf"\bngay\b|(?<![\d/])(?={DATE})", letterwise_unaccented(whole))
    if at is None:
        return whole.strip(EDGES), ""
    before = re.sub(r"^\W*so\b", "", letterwise_unaccented(whole[: at.start()]))
    return whole[at.start() - len(before) : at.start()].strip(EDGES), whole[at.end() :].strip(EDGES)


def _split_date_range(text: str) -> tuple[str, str]:
    """The date before "đến" and what stands behind it, a date or words such as "nay"."""
    whole = tidy(text)
    first, _, last = (part.strip(EDGES) for part in _cut(whole, r"\bden\b"))
    return _bare_date(first), _bare_date(last)


def _cut(text: str, word: str) -> tuple[str, str, str]:
    found = re.search(word, letterwise_unaccented(text))
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _bare_date(text: str) -> str:
    """Without the "từ ngày" before it."""
    lead_in = re.match(r"\W*(?:\b(?:tu|ngay)\b\W*)*", letterwise_unaccented(text))
    return text[lead_in.end() if lead_in else 0 :].strip(EDGES)


_SPLITTERS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "id_doc": split_id_doc,
    "signer": split_signer,
    "datetime": _split_datetime,
    "death_paper": _split_death_paper,
    "person_cell": split_person,
    "person_group_cell": split_person_and_group,
    "person_relation": split_relation,
    "date_or_age": split_date_or_age,
    "number_date": _split_number_date,
    "date_range": _split_date_range,
}
