"""The words of a name as matching compares them. Every word is worked out once: a million names have few words."""

import re
from functools import lru_cache

from digitize.books.names import name_key, unaccented, without_tone

# Spellings that float in the region (DOMAIN notes, 5; believed): Giàng/Dàng/Zàng, Sình/Xình, Chớ/Trớ.
_FLOATS = (
    (re.compile(r"^(?:gi(?=[aeou])|z|r)"), "d"),
    (re.compile(r"^x"), "s"),
    (re.compile(r"^tr"), "ch"),
)


@lru_cache(maxsize=200_000)
def word_key(word: str) -> str:
    """Two spellings of one word have one key; see `name_key`."""
    return name_key(word)


@lru_cache(maxsize=200_000)
def plain_word(word: str) -> str:
    """Without diacritics, lower case."""
    return unaccented(word)


@lru_cache(maxsize=200_000)
def toneless_word(key: str) -> str:
    """Without tone, vowels kept."""
    return without_tone(key)


@lru_cache(maxsize=50_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name by their keys."""
    return tuple(word_key(word) for word in name.split())


@lru_cache(maxsize=50_000)
def sound(plain: str) -> str:
    """One key for spellings that float; `plain` has no diacritics."""
    for spelling, heard in _FLOATS:
        plain = spelling.sub(heard, plain)
    return plain


def plain_name(name: str) -> str:
    """Lower case without diacritics, single blanks."""
    return " ".join(plain_word(word) for word in name.split())
