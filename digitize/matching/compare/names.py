"""Comparing two Vietnamese names part by part."""

from rapidfuzz.fuzz import ratio

from digitize.books.names import name_key, split_name, tidy, unaccented, without_tone
from digitize.matching.compare.agreement import EQUAL, Agreement, Verdict, different, silent

# Weights of the parts: DOMAIN notes, section 5 (believed): the tên tells most, the chữ đệm least.
PARTS = (("given", "tên", 0.45), ("surname", "họ", 0.30), ("middle", "chữ đệm", 0.25))
OTHER_WORD = 0.5  # likeness below which a họ or tên is another word, not a slip of this one
ONLY_TONE, ONLY_MARKS, ONLY_BLANKS, MIDDLE_MISSING = 0.90, 0.85, 0.90, 0.85


def compare_names(book: str, population: str) -> Verdict:
    """Tone placement and i/y do not count; a name that differs in diacritics only is near, yet different."""
    if verdict := silent(book, population):
        return verdict
    ours, theirs = name_key(book), name_key(population)
    if ours == theirs:
        same = tidy(book).casefold() == tidy(population).casefold()
        return EQUAL if same else Verdict(Agreement.EQUAL, 1.0, "chỉ khác vị trí đặt dấu thanh hoặc cách viết i/y")
    if ours.replace(" ", "") == theirs.replace(" ", ""):
        return different(ONLY_BLANKS, "chỉ khác khoảng trắng giữa các chữ")
    if without_tone(ours) == without_tone(theirs):
        return different(ONLY_TONE, f"chỉ khác dấu thanh: {_differing(book, population)}")
    if unaccented(ours) == unaccented(theirs):
        return different(ONLY_MARKS, f"chỉ khác dấu của chữ: {_differing(book, population)}")
    return _by_parts(book, population)


def _differing(book: str, population: str) -> str:
    pairs = zip(tidy(book).split(), tidy(population).split(), strict=True)
    return ", ".join(f"{ours} / {theirs}" for ours, theirs in pairs if name_key(ours) != name_key(theirs))


def _by_parts(book: str, population: str) -> Verdict:
    ours, theirs = split_name(unaccented(book)), split_name(unaccented(population))
    if (ours.surname, ours.given) == (theirs.surname, theirs.given) and _one_lacks(ours.middle, theirs.middle):
        where = "sổ" if len(ours.middle) < len(theirs.middle) else "CSDL dân cư"
        return different(MIDDLE_MISSING, f"{where} ghi thiếu chữ đệm")
    similarity = sum(weight * _likeness(p, getattr(ours, p), getattr(theirs, p)) for p, _, weight in PARTS)
    told = [title for p, title, _ in PARTS if getattr(ours, p) != getattr(theirs, p)]
    return different(similarity, f"khác {', '.join(told)}")


def _likeness(part: str, ours: str, theirs: str) -> float:
    """0..1; another họ or tên may share letters with the right one and is still another."""
    likeness = ratio(ours, theirs) / 100
    return likeness if likeness >= OTHER_WORD or part == "middle" else 0.0


def _one_lacks(ours: str, theirs: str) -> bool:
    first, second = set(ours.split()), set(theirs.split())
    return first < second or second < first
