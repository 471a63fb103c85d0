"""What the writing of a name speaks for one citizen, more than for anybody else."""

from collections.abc import Sequence
from functools import lru_cache
from math import log2, prod

from rapidfuzz.distance import Levenshtein

from digitize.matching.weigh.channel import MOST_LETTERS, misread, writing_of
from digitize.matching.weigh.shares import NameShares
from digitize.matching.weigh.weights import frozen
from digitize.matching.words import plain_word, words_of

Words = Sequence[str]


def name_bits(book: str, population: str, gender: str, changed: float, shares: NameShares) -> float:
    """log2 of how much likelier the book's writing is if this is her name than if it is anybody's.

    `changed`: how often a person bears another name altogether; no difference weighs more than that.
    """
    ours, theirs = words_of(book), words_of(population)
    bare = is_bare(ours)
    written = max(_by_words(ours, theirs, gender, bare, shares), _as_a_whole(ours, theirs))
    anybody = max(_chance(ours, gender, bare, shares), rarity(theirs, gender, shares) * written)
    return log2((1 - changed) * written / anybody + changed)


def surname_bits(book: str, population: str, gender: str, shares: NameShares) -> float:
    """The part of `name_bits` that the surname alone tells; 0 where a name has none."""
    ours, theirs = words_of(book), words_of(population)
    if len(ours) < 2 or len(theirs) < 2:
        return 0.0
    bare = is_bare(ours)
    written = writing_of(ours[0], theirs[0], bare)
    anybody = max(shares.chance("surname", gender, ours[0], bare), shares.share("surname", gender, theirs[0]) * written)
    return max(0.0, log2(written / anybody)) if written else 0.0


@lru_cache(maxsize=50_000)
def is_bare(words: tuple[str, ...]) -> bool:
    """Whether a name is written without any diacritic."""
    return all(word == plain_word(word) for word in words)


def rarity(words: Words, gender: str, shares: NameShares) -> float:
    """Share of people with this name, as if its words were chosen one by one."""
    return prod(shares.share(part, gender, word) for part, word in zip(parts_of(words), words, strict=True))


def parts_of(words: Words) -> tuple[str, ...]:
    """What each word of a name is; a single word is the given name."""
    return (
        ("surname", *("middle",) * (len(words) - 2), "given")[-len(words) :]
        if len(words) > 1
        else ("given",) * len(words)
    )


def _chance(words: Words, gender: str, bare: bool, shares: NameShares) -> float:
    """How often this writing would come about from the name of anybody."""
    return prod(shares.chance(part, gender, word, bare) for part, word in zip(parts_of(words), words, strict=True))


def _by_words(ours: Words, theirs: Words, gender: str, bare: bool, shares: NameShares) -> float:
    if len(ours) == len(theirs):
        return prod(writing_of(a, b, bare) for a, b in zip(ours, theirs, strict=True))
    shorter, longer = sorted((ours, theirs), key=len)
    if len(shorter) < 2 or not set(shorter[1:-1]) <= set(longer[1:-1]):
        return 0.0
    ends = writing_of(ours[0], theirs[0], bare) * writing_of(ours[-1], theirs[-1], bare)
    more = set(ours[1:-1]) - set(theirs[1:-1])  # a word more could have been any: it must be just this one
    added = prod(shares.chance("middle", gender, word, bare) for word in more)
    return ends * frozen().name.middle * added * frozen().name.equal ** len(shorter[1:-1])


def _as_a_whole(ours: Words, theirs: Words) -> float:
    """Words run together or torn apart."""
    if len(ours) == len(theirs):
        return 0.0
    first, second = (" ".join(map(plain_word, words)) for words in (ours, theirs))
    return misread(Levenshtein.distance(first, second, score_cutoff=MOST_LETTERS), len(second))
