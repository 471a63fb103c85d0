"""Comparing gender, ethnic group, nationality, personal ID and places."""

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from digitize.books.codelists import ethnic_group, gender_code
from digitize.books.names import name_key, tidy, unaccented
from digitize.books.personal_id import personal_id_digits
from digitize.matching.compare.agreement import EQUAL, Agreement, Verdict, different, missing, silent

MISREAD_DIGITS = 2  # as many wrong digits may be a slip of the pen or of the reading
_SHORT = {"x": "xa", "p": "phuong", "tt": "thi tran", "h": "huyen", "tx": "thi xa", "tp": "thanh pho", "t": "tinh"}
_UNIT_KINDS = re.compile(r"\b(?:thanh pho|thi tran|thi xa|phuong|huyen|quan|tinh|xa|thon|ban|to dan pho)\b")


def compare_genders(book: str, population: str) -> Verdict:
    if verdict := silent(book, population):
        return verdict
    ours, theirs = _gender(book), _gender(population)
    if "3" in (ours, theirs) or None in (ours, theirs):
        return missing("giới tính không xác định được")
    return EQUAL if ours == theirs else different(0.0, "khác giới tính")


def compare_ethnic_groups(book: str, population: str) -> Verdict:
    """Names of one group ("Mèo", "Mông") are no difference; an unknown name is compared letter for letter."""
    if verdict := silent(book, population):
        return verdict
    if name_key(book) == name_key(population):
        return EQUAL
    ours, theirs = _ethnic(book), _ethnic(population)
    if ours is not None and ours == theirs:
        return Verdict(Agreement.ALIAS, 1.0, f"tên gọi khác của cùng dân tộc {ours}")
    return different(ratio(unaccented(book), unaccented(population)) / 100, "khác dân tộc")


def compare_nationalities(book: str, population: str) -> Verdict:
    if verdict := silent(book, population):
        return verdict
    ours, theirs = _nation(book), _nation(population)
    return EQUAL if ours == theirs else different(0.0, "khác quốc tịch")


def compare_personal_ids(book: str, population: str) -> Verdict:
    """Only 12-digit numbers are compared; a 9-digit CMND says nothing about a personal ID."""
    if verdict := silent(book, population):
        return verdict
    ours, theirs = personal_id_digits(book), personal_id_digits(population)
    if ours is None or theirs is None:
        return missing("số trong sổ không phải số định danh 12 chữ số")
    wrong = Levenshtein.distance(ours, theirs)
    if wrong == 0:
        return EQUAL
    near = wrong <= MISREAD_DIGITS
    return different(0.8 if near else 0.0, f"khác {wrong} chữ số", "near" if near else "")


def compare_places(book: str, population: str) -> Verdict:
    """Places are told at different lengths: abbreviations, kinds of unit and missing levels do not count."""
    if verdict := silent(book, population):
        return verdict
    ours, theirs = _levels(book), _levels(population)
    if ours == theirs:
        return EQUAL if name_key(book) == name_key(population) else Verdict(Agreement.ALIAS, 1.0, "chỉ khác cách viết")
    if _told_within(ours, theirs) or _told_within(theirs, ours):
        return Verdict(Agreement.PARTIAL, 0.9, "một bên ghi gọn hơn")
    similarity = ratio(", ".join(ours), ", ".join(theirs)) / 100
    if ours[-1] == theirs[-1]:
        return different(similarity, "cùng tỉnh, khác xã hoặc huyện")
    return different(similarity, "khác địa danh; có thể do đổi tên hoặc sáp nhập đơn vị hành chính")


@lru_cache(maxsize=10_000)
def _ethnic(text: str) -> str | None:
    return ethnic_group(text)


@lru_cache(maxsize=1_000)
def _gender(text: str) -> str | None:
    return gender_code(text)


@lru_cache(maxsize=10_000)
def _nation(text: str) -> str:
    plain = re.sub(r"[\W_]", "", unaccented(tidy(text)))
    return "vietnam" if plain in {"vn", "chxhcnvietnam", "conghoaxahoichunghiavietnam"} else plain


@lru_cache(maxsize=50_000)
def _levels(text: str) -> tuple[str, ...]:
    """Names of the units from small to large, folded: "X. Mồ Dề, H. Mù Cang Chải" -> ("mo de", "mu cang chai")."""
    plain = re.sub(r"\b(tx|tp|tt|[xpht])\.", lambda found: f"{_SHORT[found[1]]} ", unaccented(name_key(text)))
    parts = [" ".join(_UNIT_KINDS.sub(" ", part).split()) for part in re.split(r"[,;]|\s[-\u2013]\s", plain)]
    return tuple(part.strip(" .") for part in parts if part.strip(" .")) or (plain,)


def _told_within(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Every level of the shorter stands in the longer, in order; the smallest may carry more words ("trạm y tế")."""
    rest = iter(longer)
    return all(any(level == other or other.endswith(f" {level}") for other in rest) for level in shorter)
