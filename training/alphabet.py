"""The signs that the recogniser can write, and texts as rows of them."""

import unicodedata
from collections.abc import Sequence

from drawing.fonts import vietnamese_letters

_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PUNCTUATION = "!\"#%&'()*+,-./:;<=>?@[]_°"
BLANK = 0
SIGNS = (
    "",
    *_LATIN,
    *"0123456789",
    *sorted(vietnamese_letters()),
    *_PUNCTUATION,
    " ",
)  # PaddleOCR: blank first, space last
_NUMBER = {sign: number for number, sign in enumerate(SIGNS)}


def encode(text: str) -> list[int]:
    """Sign numbers of a text; a letter that is not ours is written without its mark, or left out."""
    return [
        _NUMBER[letter] for sign in text for letter in (sign if sign in _NUMBER else _bare(sign)) if letter in _NUMBER
    ]


def _bare(sign: str) -> str:
    return unicodedata.normalize("NFD", sign)[0]


def decode(best: Sequence[int]) -> str:
    """The text of a best path: repeats merged, blanks dropped."""
    kept = [sign for before, sign in zip([BLANK, *best], best, strict=False) if sign != before]
    return "".join(SIGNS[sign] for sign in kept).strip()


def relatives(letter: str) -> list[str]:
    """Letters that look like this one, nearest first: with fewer of its marks, at last bare."""
    base, *marks = list(unicodedata.normalize("NFD", letter))
    with_one = [unicodedata.normalize("NFC", base + mark) for mark in marks]
    bare = {"đ": "d", "Đ": "D"}.get(base, base)
    return [near for near in (*with_one, bare) if len(near) == 1]
