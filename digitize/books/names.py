"""Vietnamese names: one way of writing for comparing, never stored over what the book says.

The rules are those of DOMAIN notes section 5 (believed, not official): NFC, one placement of the tone
mark (hòa/hoà), y folded to i only where both spellings are in use (Lý/Lí, Mỵ/Mị, Quý/Quí).
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")

_NOT_LETTER = r"(?![\w\u0300-\u036f])"
_OPEN_PAIR = re.compile(
    rf"(?P<first>[oO])(?P<t1>[{TONES}]?)(?P<second>[aAeE])(?P<t2>[{TONES}]?){_NOT_LETTER}"
    rf"|(?<![qQ])(?P<u>[uU])(?P<t3>[{TONES}]?)(?P<y>[yY])(?P<t4>[{TONES}]?){_NOT_LETTER}"
)
_FOLDABLE_Y = re.compile(
    rf"(?:(?<=[hklmstHKLMST])|(?<=[qQ][uU])|(?<![\w\u0300-\u036f]))([yY])(?=[{TONES}]?(?![aeiouyAEIOUY\u0300-\u036f]))"
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """Họ, chữ đệm, tên; "" where the name has no such part."""

    surname: str
    middle: str
    given: str


def tidy(text: str) -> str:
    """NFC, runs of blanks and line breaks as one blank, invisible characters removed."""
    return unicodedata.normalize("NFC", " ".join(ZERO_WIDTH.sub("", text).split()))


def tone_placement(text: str, style: Literal["old", "new"]) -> str:
    """Moves the tone of a final oa, oe, uy: hòa, khỏe, thúy ("old") or hoà, khoẻ, thuý ("new")."""

    def place(found: re.Match[str]) -> str:
        first, tone1, second, tone2 = (part for part in found.groups() if part is not None)
        if tone1 and tone2:
            return found[0]
        tone = tone1 or tone2
        return first + tone + second if style == "old" else first + second + tone

    return unicodedata.normalize("NFC", _OPEN_PAIR.sub(place, unicodedata.normalize("NFD", text)))


def unaccented(text: str) -> str:
    """Lower case without any diacritic: "Đặng Thị Ước" -> "dang thi uoc"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return bare.replace("đ", "d")


def letterwise_unaccented(text: str) -> str:
    """As `unaccented`, exactly one letter for each of `text` (in NFC): what is found in it is cut from the text."""
    return "".join((unaccented(letter) or " ")[0] for letter in text)


def without_tone(text: str) -> str:
    """Lower case without tone marks, vowel quality kept: "Đặng Thị Ước" -> "đăng thi ươc"."""
    letters = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONES))


def fold_i_y(text: str) -> str:
    """y -> i where it stands alone, after h, k, l, m, s, t or in qu-; never in -ay, -ây, -uy, yê-."""
    folded = _FOLDABLE_Y.sub(lambda found: "I" if found[1] == "Y" else "i", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", folded)


def split_name(text: str) -> NameParts:
    """First word họ, last word tên, between them chữ đệm; a single word is the tên."""
    words = tidy(text).split(" ")
    if len(words) == 1:
        return NameParts("", "", words[0])
    return NameParts(words[0], " ".join(words[1:-1]), words[-1])


def name_key(text: str) -> str:
    """The form in which two spellings of one name are equal; differing tones or vowels stay different."""
    return fold_i_y(tone_placement(tidy(text).casefold(), "new"))
