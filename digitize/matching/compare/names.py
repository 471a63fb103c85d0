"""Comparing two Vietnamese names part by part."""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from digitize.books.names import NameParts, name_key, split_name, tidy
from digitize.matching.compare.agreement import EQUAL, Agreement, Verdict, different, silent
from digitize.matching.words import plain_word, sound, toneless_word, words_of

# Weights of the parts: DOMAIN notes, section 5 (believed): the tên tells most, the chữ đệm least.
PARTS = (("given", "tên", 0.45), ("surname", "họ", 0.30), ("middle", "chữ đệm", 0.25))
LONG_WORD = 6  # letters from which a họ or tên may have two wrong ones; with more it is another word, not a slip
ONLY_TONE, ONLY_MARKS, ONLY_BLANKS, MIDDLE_MISSING = 0.90, 0.85, 0.90, 0.85
FLOATING = 0.85  # spelled as it is heard in the region
RUN_TOGETHER, SLIPS = 0.85, 2  # words run together or torn apart, with so many wrong letters at most
SPELLED_OTHERWISE = Verdict(Agreement.EQUAL, 1.0, "chỉ khác vị trí đặt dấu thanh hoặc cách viết i/y")


@dataclass(frozen=True, slots=True)
class _Forms:
    """A name as it is compared: letter for letter, by key, without tones, without diacritics, in parts."""

    text: str
    key: str
    toneless: str
    plain: str
    parts: NameParts


def compare_names(book: str, population: str) -> Verdict:
    """Tone placement and i/y do not count; a name that differs in diacritics only is near, yet different."""
    if verdict := silent(book, population):
        return verdict
    ours, theirs = _forms(book), _forms(population)
    if ours.key == theirs.key:
        return EQUAL if ours.text == theirs.text else SPELLED_OTHERWISE
    if ours.key.replace(" ", "") == theirs.key.replace(" ", ""):
        return different(ONLY_BLANKS, "chỉ khác khoảng trắng giữa các chữ")
    if ours.toneless == theirs.toneless:
        return different(ONLY_TONE, f"chỉ khác dấu thanh: {_differing(book, population)}")
    if ours.plain == theirs.plain:
        return different(ONLY_MARKS, f"chỉ khác dấu của chữ: {_differing(book, population)}")
    if _sound(ours.plain) == _sound(theirs.plain):
        return different(FLOATING, f"chỉ khác cách viết trong vùng: {_differing(book, population)}")
    return _run_together(ours.plain, theirs.plain) or _by_parts(ours.parts, theirs.parts)


@lru_cache(maxsize=50_000)
def _forms(name: str) -> _Forms:
    words = words_of(name)
    plain = " ".join(map(plain_word, words))
    return _Forms(tidy(name).casefold(), " ".join(words), " ".join(map(toneless_word, words)), plain, split_name(plain))


def _differing(book: str, population: str) -> str:
    pairs = zip(tidy(book).split(), tidy(population).split(), strict=True)
    return ", ".join(f"{ours} / {theirs}" for ours, theirs in pairs if name_key(ours) != name_key(theirs))


def _run_together(ours: str, theirs: str) -> Verdict | None:
    """A blank lost or put in, perhaps read as a letter."""
    if ours.count(" ") == theirs.count(" ") or Levenshtein.distance(ours, theirs, score_cutoff=SLIPS) > SLIPS:
        return None
    return different(RUN_TOGETHER, "các chữ dính nhau hoặc bị tách rời")


def _by_parts(ours: NameParts, theirs: NameParts) -> Verdict:
    if (ours.surname, ours.given) == (theirs.surname, theirs.given) and _one_lacks(ours.middle, theirs.middle):
        where = "sổ" if len(ours.middle) < len(theirs.middle) else "CSDL dân cư"
        return different(MIDDLE_MISSING, f"{where} ghi thiếu chữ đệm")
    similarity = sum(weight * _likeness(p, getattr(ours, p), getattr(theirs, p)) for p, _, weight in PARTS)
    told = [title for p, title, _ in PARTS if getattr(ours, p) != getattr(theirs, p)]
    return different(similarity, f"khác {', '.join(told)}")


def _likeness(part: str, ours: str, theirs: str) -> float:
    """0..1; another họ or tên may share letters with the right one and is still another."""
    slips = 2 if max(len(ours), len(theirs)) >= LONG_WORD else 1
    another = part != "middle" and Levenshtein.distance(ours, theirs, score_cutoff=slips) > slips
    return 0.0 if another else ratio(ours, theirs) / 100


def _sound(plain: str) -> tuple[str, ...]:
    return tuple(map(sound, plain.split()))


def _one_lacks(ours: str, theirs: str) -> bool:
    first, second = set(ours.split()), set(theirs.split())
    return first < second or second < first
