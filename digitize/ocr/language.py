"""What is usually written in a field of a kind: its words, and the letters of Vietnamese (pure)."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from digitize.ocr.decode import Language
from digitize.ocr.lexicon import lexicon_of
from digitize.ocr.ngrams import ngrams


@dataclass(frozen=True, slots=True)
class Both:
    """Two languages at once: what either forbids is forbidden, and their gains add up."""

    one: Language
    other: Language

    @property
    def start(self) -> tuple[Any, Any]:
        return self.one.start, self.other.start

    def after(self, state: tuple[Any, Any], letter: str) -> tuple[tuple[Any, Any], float] | None:
        one, other = self.one.after(state[0], letter), self.other.after(state[1], letter)
        return ((one[0], other[0]), one[1] + other[1]) if one and other else None

    def end(self, state: tuple[Any, Any]) -> float | None:
        one, other = self.one.end(state[0]), self.other.end(state[1])
        return None if one is None or other is None else one + other


@cache
def language_of(kind: str) -> Both:
    """Of a field of this kind; of an unknown kind everything that registers say."""
    return Both(lexicon_of(kind), ngrams())
