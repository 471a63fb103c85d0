"""How a written word comes about from the right one: whole, with a wrong diacritic, with wrong letters."""

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from digitize.matching.weigh.weights import frozen
from digitize.matching.words import plain_word, sound

MOST_LETTERS = 2  # wrong letters in a word; more make it another word


@lru_cache(maxsize=200_000)
def writing_of(word: str, right: str, bare: bool) -> float:
    """Probability of just this writing of the right word; both are keys. A `bare` name has no diacritics."""
    name = frozen().name
    ours, theirs = plain_word(word), plain_word(right)
    if ours == theirs:
        return name.equal if bare or word == right else name.accent
    if sound(ours) == sound(theirs):
        return name.float_
    return misread(Levenshtein.distance(ours, theirs, score_cutoff=MOST_LETTERS), len(theirs))


def misread(letters: int, of: int) -> float:
    """Probability of just so many wrong letters; with all of them wrong it is another word."""
    return frozen().name.letter ** letters if letters <= min(MOST_LETTERS, of - 1) else 0.0
