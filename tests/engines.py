"""Engines for tests: one that remembers, and ones that fail in one exact way."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from unicodedata import normalize

import numpy as np

from digitize.books.entry import Box
from digitize.errors import RecordingMissing
from digitize.ocr.engine import Engine, Image, Posterior
from digitize.ocr.replay import Recorder, ReplayEngine

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = [normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES]
LOWER = "".join([*VOWELS, *"bcdđfghjklmnpqrstvwxz"])
LETTERS = ("", *LOWER, *LOWER.upper(), *"0123456789/-.,:;()… ")

SEEN = "LÒ THỊ SAO 015302000123"


def posterior_of(text: str, width: int = 0, signs: Sequence[str] = LETTERS, sure: float = 0.9) -> Posterior:
    """An engine's answer that spells `text`, each letter followed by a blank."""
    probabilities = np.full((max(1, 2 * len(text)), len(signs)), (1 - sure) / (len(signs) - 1), np.float32)
    probabilities[:, 0] = sure
    for place, character in enumerate(text):
        probabilities[2 * place, [0, signs.index(character)]] = probabilities[2 * place, [1, 0]]
    return Posterior(probabilities, tuple(signs), width or 12 * max(1, len(text)))


class Remembering:
    """Answers from memory what was asked before, and asks the real engine for the rest."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._memory, self._engine = ReplayEngine(folder), Recorder(engine, folder)

    def find(self, page: Image, closely: bool = False) -> list[Box]:
        try:
            return self._memory.find(page, closely)
        except RecordingMissing:
            return self._engine.find(page, closely)

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        try:
            return self._memory.read(crops)
        except RecordingMissing:
            return self._engine.read(crops)

    def skim(self, crops: Sequence[Image]) -> list[Posterior]:
        try:
            return self._memory.skim(crops)
        except RecordingMissing:
            return self._engine.skim(crops)


class Silent:
    """Finds no line anywhere."""

    def find(self, page: Image, closely: bool = False) -> list[Box]:
        return []

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        return [posterior_of("") for _ in crops]

    def skim(self, crops: Sequence[Image]) -> list[Posterior]:
        return self.read(crops)


class Garbled:
    """Finds lines everywhere and reads random letters in them."""

    def __init__(self) -> None:
        self._random = Random(7)

    def find(self, page: Image, closely: bool = False) -> list[Box]:
        height, width = page.shape[:2]
        return [Box(width // 10, y, width * 9 // 10, y + 40) for y in range(40, height - 80, 60)]

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        return [posterior_of("".join(self._random.choices(LETTERS, k=30)), crop.shape[1]) for crop in crops]

    def skim(self, crops: Sequence[Image]) -> list[Posterior]:
        return self.read(crops)


class Crashing:
    """Breaks down on its first page (or on every page) and quotes what it saw; otherwise it is as the other engine."""

    def __init__(self, other: Engine | None = None) -> None:
        self._other, self._broke = other, False

    def find(self, page: Image, closely: bool = False) -> list[Box]:
        if self._other is None or not self._broke:
            self._broke = True
            raise RuntimeError(f"out of memory at {SEEN}")
        return self._other.find(page, closely)

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        assert self._other is not None
        return self._other.read(crops)

    def skim(self, crops: Sequence[Image]) -> list[Posterior]:
        assert self._other is not None
        return self._other.skim(crops)
