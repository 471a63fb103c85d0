"""What a ledger's cell says of one person: name, age or birth, occupation, home, parted by commas."""

import re

from digitize.books.codelists import ethnic_group
from digitize.books.id_doc import EDGES, PARTIAL_DATE
from digitize.books.names import letterwise_unaccented, tidy

_HOME = re.compile(  # with its diacritics: "buôn bán" is no bản; it begins a part, or stands behind "ở", "tại"
    r"(?:(?<=,)\s*(?:cư trú|trú|nơi ở|quê)?\s*|\b(?=ở\b|tại\b|trú\b))(?:ở|tại|trú tại)?\W*"
    r"\b(?:thôn|bản|xóm|xã|huyện|tỉnh|tổ|khu|phường|thị trấn|thị xã|phố)\b"
)
_AGE = re.compile(r"\d{1,3}(?:\s*t(?:uoi)?\.?)?")
_NAME_AND_AGE = re.compile(r"(?P<name>\D+?)\s+(?P<age>\d{1,3}\s*t(?:uoi)?\.?)")
_BIRTH = re.compile(rf"(?:(?:sinh|sn|s)\W*)?(?:(?:ngay|nam)\W*)*(?P<date>{PARTIAL_DATE})")
_KIN = (
    r"(?:bo|cha|me|ong|ba|con|anh|chi|em|chau|vo|chong|co|di|chu|bac|cau|mo|thim|nguoi nha|hang xom|chinh minh)"
    r"(?:\s+(?:de|noi|ngoai|trai|gai|dau|re|ruot|ho|vo|chong|nuoi|ke))*"
)


def split_person(text: str) -> tuple[str, str, str, str, str]:
    """Name, birth, age, occupation, home. An age is never made a birth year."""
    name, birth, age, _, work, home = split_person_and_group(text, with_group=False)
    return name, birth, age, work, home


def split_person_and_group(text: str, with_group: bool = True) -> tuple[str, str, str, str, str, str]:
    """Name, birth, age, ethnic group, occupation, home; what finds no place stays with the occupation."""
    whole = tidy(text)
    at = _HOME.search(whole.lower())
    home = whole[at.start() :].strip(EDGES) if at else ""
    name, *rest = [part.strip(EDGES) for part in (whole[: at.start()] if at else whole).split(",")]
    birth = age = group = ""
    if found := _NAME_AND_AGE.fullmatch(letterwise_unaccented(name)):
        name, age = name[slice(*found.span("name"))], name[slice(*found.span("age"))]
    work: list[str] = []
    for part in filter(None, rest):
        plain = letterwise_unaccented(part)
        if not birth and (found := _BIRTH.fullmatch(plain)):
            birth = part[slice(*found.span("date"))]
        elif not age and _AGE.fullmatch(plain):
            age = part
        elif with_group and not group and ethnic_group(part.removeprefix("dân tộc").strip()):
            group = part
        else:
            work.append(part)
    return name, birth, age, group, ", ".join(work), home


def split_relation(text: str) -> tuple[str, str]:
    """Name and kinship, which stands in brackets, after a comma or a dash, or before a colon."""
    whole = tidy(text)
    plain = letterwise_unaccented(whole)
    behind = re.search(rf"\s*(?:[,(–-]|\s-)\s*(?P<kin>{_KIN})\s*\)?\W*$", plain)
    if behind:
        return whole[: behind.start()].strip(EDGES), whole[slice(*behind.span("kin"))]
    before = re.match(rf"(?P<kin>{_KIN})\s*[:–-]\s*", plain)
    if before:
        return whole[before.end() :].strip(EDGES), whole[slice(*before.span("kin"))]
    return whole.strip(EDGES), ""


def split_date_or_age(text: str) -> tuple[str, str]:
    """A date or year, or an age."""
    whole = tidy(text).strip(EDGES)
    return ("", whole) if _AGE.fullmatch(letterwise_unaccented(whole)) else (whole, "")
