"""The lists that texts are put together from, and how to draw from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

WORDS = Path(__file__).parent / "words"


@cache
def phrases(name: str) -> tuple[str, ...]:
    """The lines of words/<name>.txt; what is common stands there more than once."""
    return tuple((WORDS / f"{name}.txt").read_text("utf-8").splitlines())


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of words/<name>.tsv."""
    return tuple(tuple(row.split("\t")) for row in (WORDS / f"{name}.tsv").read_text("utf-8").splitlines())


@dataclass(frozen=True, slots=True)
class Pool:
    """Words with how often each is drawn."""

    words: tuple[str, ...]
    cumulated: tuple[float, ...]

    @classmethod
    def of(cls, words: Sequence[str], weights: Sequence[float]) -> "Pool":
        return cls(tuple(words), tuple(accumulate(weights)))

    def draw(self, rng: Random) -> str:
        return rng.choices(self.words, cum_weights=self.cumulated)[0]


def sentence(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[0].upper() + text[1:]


def title(text: str) -> str:
    """The text with every word's first letter in upper case; the rest as it stands."""
    return " ".join(map(sentence, text.split()))


def cased(rng: Random, text: str, upper: float = 0.08, lower: float = 0.08, titled: float = 0.08) -> str:
    """The text as it stands, or with these probabilities in another case."""
    return rng.choices((str.upper, str.lower, title, str), (upper, lower, titled, 1 - upper - lower - titled))[0](text)


def digits(rng: Random, count: int) -> str:
    """That many digits."""
    return "".join(rng.choices("0123456789", k=count))
