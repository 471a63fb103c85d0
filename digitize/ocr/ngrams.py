"""How usual a run of letters is in Vietnamese registers: an n-gram language model of letters (pure).

It knows nothing of case and says nothing of figures and marks: how a word is capitalised, which number
and which comma stands there is the ink's to say. Made by `python -m training.ngrams`.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

ORDER = 8  # letters in the longest run
BEGIN, END = "\x02", "\x03"
FIGURE = "0"
UNSEEN = -12.0  # nats of a letter that no text had
WEIGHT, EACH_LETTER = 0.25, 0.15  # of the model beside the ink; what a letter gains, or the shortest text would win
AGAINST = 3.0  # the most that is said against one letter, in nats: ink that is surer is believed


@dataclass(frozen=True, slots=True)
class Ngrams:
    """A language for the beam search. `runs`: nats of the last letter of a run after the others; `shorter`: what it
    costs to look at one letter less of what stands before."""

    runs: Mapping[str, float]
    shorter: Mapping[str, float]
    start: str = BEGIN

    def after(self, state: str, letter: str) -> tuple[str, float]:
        small = folded(letter)
        is_told = small.isalpha() or small == " "
        gain = WEIGHT * self.nats(state, small) + EACH_LETTER if is_told else 0.0
        return (state + small)[1 - ORDER :], min(0.0, max(-AGAINST, gain))

    def end(self, state: str) -> float:
        return WEIGHT * self.nats(state, END) if state != self.start else 0.0  # empty or not is the ink's to say

    def nats(self, before: str, letter: str) -> float:
        """Logarithm of the probability of a folded letter after the last ones before it."""
        cost = 0.0
        for first in range(len(before) + 1):
            if (told := self.runs.get(before[first:] + letter)) is not None:
                return cost + told
            cost += self.shorter.get(before[first:], 0.0)
        return cost + UNSEEN


def folded(text: str) -> str:
    """The text as the model sees it; as long as it was."""
    return "".join(FIGURE if letter.isdecimal() else _small(letter) for letter in text)


def _small(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter


@cache
def ngrams() -> Ngrams:
    """The model that comes with the program."""
    with np.load(io.BytesIO(files(__package__).joinpath("ngrams.npz").read_bytes())) as told:
        runs, shorter = (_table(told[name], told[f"{name}_nats"]) for name in ("runs", "shorter"))
    return Ngrams(runs, shorter)


def _table(letters: NDArray[np.uint8], nats: NDArray[np.float16]) -> dict[str, float]:
    keys = letters.tobytes().decode("utf-8").split("\n")
    return dict(zip(keys, nats.astype(float).tolist(), strict=True))
