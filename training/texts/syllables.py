"""Well-formed Vietnamese syllables, every tone on every rime that bears it, and where each letter can be had."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from drawing.fonts import vietnamese_letters

LOWER_LETTERS = (*"abcdeghiklmnopqrstuvxy", *sorted(letter for letter in vietnamese_letters() if letter.islower()))

_INITIALS = " b c ch d đ g gi h kh l m n ng nh p ph qu r s t th tr v x"  # the first is none
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oan oang oanh oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong op ot "
    "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông "
    "uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu "
    "y yêm yên yêng yêt yêu"
)
_AFTER_QU = (
    "a ac ach ai an ang anh ao at ay ăc ăm ăn ăng ăt ân âng ât ây e en eo et ê ên ênh êt ơ ôc y ych yên yêt ynh yt"
)
_AFTER_Y_ONLY = ("", "c", "h", "l", "m", "s", "t")  # initials that are written with a bare y: Kỳ, Lý, Mỵ
_ROUNDED = ("oa", "oe", "oă", "uâ", "uê", "uơ", "uy")
_NEVER_ROUNDED = ("b", "c", "gi", "m", "p", "ph", "v")  # c is written qu before these rimes
_STOPS = ("c", "ch", "p", "t")
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")


@cache
def syllables() -> tuple[str, ...]:
    """About 15,000 well-formed syllables in lower case, tone placed the old way (hòa, thúy); not all are words."""
    return tuple(dict.fromkeys(_syllables()))


def _syllables() -> Iterator[str]:
    for initial in _INITIALS.split(" "):
        for rime in (_AFTER_QU if initial == "qu" else _RIMES).split():
            if _fits(initial, rime):
                for tone in ("\u0301", "\u0323") if rime.endswith(_STOPS) else _TONES:
                    yield _spelled(initial, rime) + with_tone(rime, tone)


def _fits(initial: str, rime: str) -> bool:
    if initial == "qu":
        return True
    if rime.startswith("y"):
        return initial == "" or (rime == "y" and initial in _AFTER_Y_ONLY)
    if initial == "":
        return not rime.startswith("iê")
    return not (initial in _NEVER_ROUNDED and rime.startswith(_ROUNDED))


def _spelled(initial: str, rime: str) -> str:
    """c, g, ng as they are written before this rime: k, gh, ngh; gi loses its i before another."""
    if initial == "gi":
        return "g" if rime.startswith("i") else "gi"
    if rime.startswith(("e", "ê", "i", "y")):
        return {"c": "k", "g": "gh", "ng": "ngh"}.get(initial, initial)
    return initial


def with_tone(rime: str, tone: str) -> str:
    """The rime with a combining tone on the letter that bears it: "òa", "oàn"."""
    at = _bearer(rime) + 1
    return unicodedata.normalize("NFC", rime[:at] + tone + rime[at:])


def _bearer(rime: str) -> int:
    marked = [at for at, letter in enumerate(rime) if letter in "ăâêôơư"]
    if marked:
        return marked[-1]
    if rime.startswith(("oa", "oe", "oo", "uy")) and len(rime) > 2:
        return 1
    return next(at for at, letter in enumerate(rime) if letter in "aeiouy")


@cache
def syllables_with(letter: str) -> tuple[str, ...]:
    """The syllables that hold this letter of LOWER_LETTERS."""
    return _by_letter()[letter]


@cache
def syllables_beginning(letter: str) -> tuple[str, ...]:
    """The syllables that begin with this letter; where there is none (ẵ), those that hold it."""
    return tuple(syllable for syllable in syllables_with(letter) if syllable[0] == letter) or syllables_with(letter)


@cache
def _by_letter() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {letter: [] for letter in LOWER_LETTERS}
    for syllable in syllables():
        for letter in set(syllable) & found.keys():
            found[letter].append(syllable)
    return {letter: tuple(having) for letter, having in found.items()}
