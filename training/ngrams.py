"""Makes the letter model that reading asks: python -m training.ngrams (a minute on one core, no torch).

Texts: what registers say, invented from a seed; every syllable that Vietnamese spelling allows, equally often, for
names that nobody has listed; the names of every unit of the country, before and after July 2025 (package
vietnamadminunits, MIT); the texts of the real lines that training may see. A run of four letters or more that was met
fewer than LEAST times is left out, so that what one real line alone says leaves no long run.
"""

import argparse
import io
import os
import sqlite3
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from math import log
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from digitize.ocr.ngrams import BEGIN, END, ORDER, folded
from training import handwriting
from training.texts import invent
from training.texts.syllables import syllables

FILE = Path(__file__).parents[1] / "digitize" / "ocr" / "ngrams.npz"
UNITS = "vietnamadminunits==1.0.4"
SEED, INVENTED, REAL_EACH, SYLLABLE_EACH = 5, 40_000, 2, 3
PARTS = 0.5  # of the texts give a part of themselves too
KEPT_WHOLE, LEAST = 3, 3  # runs up to so long all stay; longer ones must be met so often
SIGNS = 200  # that might stand anywhere
WAYS = 3  # in which every unit is written
BEFORE = ("", "Thôn ", "Tổ ", "Xóm ", "Khu ", "Đường ", "Ấp ", "Số ")


def texts() -> Iterator[str]:
    """What the model learns from: whole texts, and words out of their midst, as one line of a value holds them."""
    rng = Random(SEED)
    for text in _whole_texts():
        yield text
        words = text.split()
        if len(words) >= 3 and rng.random() < PARTS:
            first = rng.randrange(1, len(words))
            yield " ".join(words[first : first + rng.choice((1, 1, 2, 3))])


def _whole_texts() -> Iterator[str]:
    rng = Random(SEED)
    yield from (_said(rng) for _ in range(INVENTED))
    yield from _any_syllables(rng)
    for names in _units():
        yield from (_written(rng, names, way) for way in range(WAYS))
    for line in handwriting.lines(handwriting.root()):
        if not line.held_out:
            yield from [line.text] * REAL_EACH


def _said(rng: Random) -> str:
    """What a register says; made-up syllables, drawn by their letters, would make some of them likelier than others."""
    while (text := invent(rng)).kind == "letters":
        pass
    return text.text


def _any_syllables(rng: Random) -> Iterator[str]:
    """Every syllable SYLLABLE_EACH times, one to four of them in a row."""
    left = [*syllables()] * SYLLABLE_EACH
    rng.shuffle(left)
    while left:
        count = rng.choice((1, 2, 2, 3, 3, 4))
        yield " ".join(left[:count])
        del left[:count]


def _written(rng: Random, names: list[tuple[str, str]], way: int) -> str:
    """A place as people write it: with and without the units' kinds, commas, something smaller in front."""
    parts = [rng.choice(pair) for pair in names]
    first = rng.choice((0, 0, 0, 1)) if way and len(parts) > 1 else 0
    return (rng.choice(BEFORE) if way == 2 else "") + rng.choice((", ", " ", ", ", " ", " - ")).join(parts[first:])


def _units() -> Iterator[list[tuple[str, str]]]:
    """Commune, district, province, each (with its kind, without): first as they were, then without districts."""
    with tempfile.TemporaryDirectory() as folder:
        uv = os.environ.get("UV", "uv")
        subprocess.run([uv, "pip", "install", "--quiet", "--no-deps", "--target", folder, UNITS], check=True)
        with closing(sqlite3.connect(Path(folder) / "vietnamadminunits" / "data" / "dataset.db")) as base:
            legacy = "select ward, wardShort, district, districtShort, province, provinceShort from admin_units_legacy"
            now = "select ward, wardShort, province, provinceShort from admin_units"
            rows = [*base.execute(legacy), *base.execute(now)]
    for row in rows:
        yield [pair for pair in zip(row[::2], row[1::2], strict=True) if all(pair)]


class Counts:
    """How often every run of up to ORDER letters stands in the texts, and what may follow it."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.runs, self.before, self.kinds = Counter[str](), Counter[str](), Counter[str]()
        for text in texts:
            self._count(BEGIN + folded(text) + END)

    def _count(self, text: str) -> None:
        for end in range(2, len(text) + 1):
            for start in range(max(0, end - ORDER), end):
                run = text[start:end]
                self.kinds[run[:-1]] += run not in self.runs
                self.runs[run] += 1
                self.before[run[:-1]] += 1

    def model(self) -> tuple[dict[str, float], dict[str, float]]:
        """Witten-Bell: nats of every run that is kept, and of looking at one letter less before."""
        kept = sorted((run for run, met in self.runs.items() if len(run) <= KEPT_WHOLE or met >= LEAST), key=len)
        shares: dict[str, float] = {}
        for run in kept:
            before, kinds = self.before[run[:-1]], self.kinds[run[:-1]]
            lower = shares[run[1:]] if len(run) > 1 else 1 / SIGNS
            shares[run] = (self.runs[run] + kinds * lower) / (before + kinds)
        contexts = {run[:-1] for run in kept}
        shorter = {c: log(self.kinds[c] / (self.before[c] + self.kinds[c])) for c in sorted(contexts)}
        return {run: log(share) for run, share in shares.items()}, shorter


def save(path: Path, runs: dict[str, float], shorter: dict[str, float]) -> None:
    """As digitize.ocr.ngrams reads it; the same bytes for the same model."""
    arrays: dict[str, Any] = {}
    for name, table in (("runs", runs), ("shorter", shorter)):
        keys = sorted(table)
        arrays[name] = np.frombuffer("\n".join(keys).encode("utf-8"), np.uint8)
        arrays[f"{name}_nats"] = np.array([table[key] for key in keys], np.float16)
    written = io.BytesIO()
    np.savez_compressed(written, **arrays)
    path.write_bytes(written.getvalue())


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the letter model that reading asks.")
    parser.add_argument("--out", type=Path, default=FILE)
    wanted = parser.parse_args()
    runs, shorter = Counts(texts()).model()
    save(wanted.out, runs, shorter)
    print(f"{len(runs)} runs, {len(shorter)} beginnings, {wanted.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
