"""Posterior -> text, confidence, alternatives; and how well a given text fits the ink (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp, log
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from digitize.ocr.engine import Posterior

WIDTH = 8
LEAST = 1e-4  # of the likeliest text's probability: what is followed no further
FLOOR = 1e-7


class Language(Protocol):
    """What may be written in a field, or how likely it is, letter by letter."""

    @property
    def start(self) -> Any:
        """The state before the first letter."""
        ...

    def after(self, state: Any, letter: str) -> tuple[Any, float] | None:
        """The state after one more letter and its gain in nats (0 or below); None where it may not follow."""
        ...

    def end(self, state: Any) -> float | None:
        """The gain of ending here; None where the text may not end."""
        ...


def gain_of(language: Language, text: str) -> float | None:
    """What the language says of a whole text, in nats; None where it cannot be written."""
    state, gain = language.start, 0.0
    for letter in text:
        if (after := language.after(state, letter)) is None:
            return None
        state, gain = after[0], gain + after[1]
    ending = language.end(state)
    return None if ending is None else gain + ending


@dataclass(frozen=True, slots=True)
class Reading:
    """A text along a posterior; `starts` and `ends` are pixels along the crop, one per character."""

    text: str
    confidence: float  # geometric mean of `sureness`: one doubtful letter makes the whole text doubtful
    starts: tuple[float, ...]
    ends: tuple[float, ...]
    sureness: tuple[float, ...]  # greatest probability of each character while it lasts


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A text that may be meant; natural logarithms."""

    text: str
    ink: float  # probability that the ink spells it
    gain: float = 0.0  # what the language says of it

    @property
    def score(self) -> float:
        return self.ink + self.gain


def best_path(posterior: Posterior) -> Reading:
    """Takes the likeliest sign at each moment. Fast, and tells where each character stands."""
    best = posterior.probabilities.argmax(axis=1)
    runs = np.flatnonzero(np.diff(best, prepend=-1))
    bounds = pairwise([*runs.tolist(), len(best)])
    return _reading(posterior, [(int(best[start]), start, end) for start, end in bounds if best[start]])


def _reading(posterior: Posterior, spans: Sequence[tuple[int, int, int]]) -> Reading:
    """The reading whose characters are these (sign, first moment, one past the last moment)."""
    scale = posterior.width / max(1, len(posterior.probabilities))
    sureness = tuple(float(posterior.probabilities[start:end, sign].max()) for sign, start, end in spans)
    return Reading(
        "".join(posterior.signs[sign] for sign, _, _ in spans),
        float(np.exp(np.mean(np.log(np.maximum(sureness, FLOOR))))) if sureness else 0.0,
        tuple(start * scale for _, start, _ in spans),
        tuple(end * scale for _, _, end in spans),
        sureness,
    )


@dataclass(slots=True, eq=False)
class _Prefix:
    """A text begun: its last sign, what stands before, and what the language says of it."""

    sign: int
    before: "_Prefix | None"
    state: Any
    gain: float
    weight: float
    grown: dict[int, "_Prefix | None"] = field(default_factory=dict)

    def after(self, sign: int, letter: str, language: Language | None) -> "_Prefix | None":
        """This prefix with one more sign, always the same object for the same sign."""
        try:
            return self.grown[sign]
        except KeyError:
            self.grown[sign] = longer = self._longer(sign, letter, language)
            return longer

    def _longer(self, sign: int, letter: str, language: Language | None) -> "_Prefix | None":
        if language is None:
            return _Prefix(sign, self, None, 0.0, 1.0)
        after = language.after(self.state, letter)
        if after is None:
            return None
        gain = self.gain + after[1]
        return _Prefix(sign, self, after[0], gain, exp(gain))

    def text(self, signs: Sequence[str]) -> str:
        letters: list[str] = []
        prefix: _Prefix | None = self
        while prefix is not None and prefix.before is not None:
            letters.append(signs[prefix.sign])
            prefix = prefix.before
        return "".join(reversed(letters))


def beam_search(
    posterior: Posterior, width: int = WIDTH, language: Language | None = None, least: float = LEAST
) -> tuple[Hypothesis, ...]:
    """Prefix beam search: the likeliest texts of ink and language together, best first.

    A text is not followed further where it falls below `least` of the likeliest one. Empty when no text
    of the language could be spelled.
    """
    probabilities = np.maximum(posterior.probabilities, FLOOR)
    root = _Prefix(-1, None, language.start if language else None, 0.0, 1.0)
    beams: dict[_Prefix, tuple[float, float]] = {root: (1.0, 0.0)}  # prefix -> ends in blank, in a sign
    scale = 0.0  # logarithm of what was divided out
    for moment, tried in zip(probabilities, _tried(probabilities, least), strict=True):
        if tried:
            beams = _step(beams, moment, tried, posterior.signs, language, least)
            ranked = _ranked(beams, least)[:width]
        else:
            blank = float(moment[0])
            ranked = [(prefix, ((b + s) * blank, 0.0)) for prefix, (b, s) in beams.items()]
        if not ranked:
            return ()
        most = max(sum(ranked[0][1]), 1e-300)
        scale += log(most)
        beams = {prefix: (b / most, s / most) for prefix, (b, s) in ranked}
    return _hypotheses(beams, scale, posterior.signs, language)


def _ranked(beams: dict[_Prefix, tuple[float, float]], least: float) -> list[tuple[_Prefix, tuple[float, float]]]:
    """Best first, without what has fallen below `least` of the best."""
    scored = [((blank + sign) * prefix.weight, prefix) for prefix, (blank, sign) in beams.items()]
    floor = least * max(score for score, _ in scored) if scored else 0.0
    scored = sorted((each for each in scored if each[0] >= floor), key=lambda each: -each[0])
    return [(prefix, beams[prefix]) for _, prefix in scored]


def _tried(probabilities: NDArray[np.float32], least: float) -> list[list[tuple[int, float]]]:
    """At each moment the signs worth trying, with their probabilities."""
    tried: list[list[tuple[int, float]]] = [[] for _ in probabilities]
    seen = np.flatnonzero(probabilities[:, 1:].max(axis=0) >= least) + 1  # of 222 signs a line has some twenty
    moments, places = np.nonzero(probabilities[:, seen] >= least)
    signs = seen[places]
    told = probabilities[moments, signs]
    for moment, sign, probability in zip(moments.tolist(), signs.tolist(), told.tolist(), strict=True):
        tried[moment].append((sign, probability))
    return tried


def _step(
    beams: dict[_Prefix, tuple[float, float]],
    moment: NDArray[np.float32],
    tried: list[tuple[int, float]],
    signs: Sequence[str],
    language: Language | None,
    least: float,
) -> dict[_Prefix, tuple[float, float]]:
    """Every text one moment later; those in `beams` are scaled so that the likeliest has 1."""
    grown: dict[_Prefix, tuple[float, float]] = {}
    empty = float(moment[0])
    floor = least * float(moment.max())
    for prefix, (blank, sign) in beams.items():
        both, last = blank + sign, prefix.sign
        had = grown.get(prefix, (0.0, 0.0))
        grown[prefix] = (had[0] + both * empty, had[1] + (sign * float(moment[last]) if last >= 0 else 0.0))
        for s, p in tried:
            added = (blank if s == last else both) * p
            if added >= floor and (longer := prefix.after(s, signs[s], language)) is not None:
                had = grown.get(longer, (0.0, 0.0))
                grown[longer] = (had[0], had[1] + added)
    return grown


def _hypotheses(
    beams: dict[_Prefix, tuple[float, float]], scale: float, signs: Sequence[str], language: Language | None
) -> tuple[Hypothesis, ...]:
    found = []
    for prefix, (blank, sign) in beams.items():
        ending = language.end(prefix.state) if language else 0.0
        if ending is not None and blank + sign > 0:
            found.append(Hypothesis(prefix.text(signs), log(blank + sign) + scale, prefix.gain + ending))
    return tuple(sorted(found, key=lambda hypothesis: -hypothesis.score))


def log_likelihood(posterior: Posterior, text: str) -> float:
    """Natural logarithm of the probability that the ink spells `text` (CTC forward pass).

    Minus infinity when a character is unknown to the engine or the text is too long for the crop.
    """
    return float(log_likelihoods(posterior, [text])[0])


def log_likelihoods(posterior: Posterior, texts: Sequence[str]) -> NDArray[np.float64]:
    """`log_likelihood` of each of these texts, in one pass."""
    index = {sign: i for i, sign in enumerate(posterior.signs)}
    known = [all(letter in index for letter in text) for text in texts]
    longest = 2 * max((len(text) for text in texts), default=0) + 1
    path = np.zeros((len(texts), longest), np.intp)
    for row, text in enumerate(texts):
        path[row, 1 : 2 * len(text) : 2] = [index.get(letter, 0) for letter in text]
    logs = np.log(np.maximum(posterior.probabilities, FLOOR)).astype(np.float64)
    skip = np.zeros(path.shape, bool)
    skip[:, 2:] = (path[:, 2:] != 0) & (path[:, 2:] != path[:, :-2])
    alpha = np.full((len(texts), longest + 2), -np.inf)  # two places more in front: nothing comes from there
    alpha[:, 2:4] = logs[0][path[:, :2]]
    for moment in logs[1:]:
        two = np.where(skip, alpha[:, :-2], -np.inf)
        alpha[:, 2:] = np.logaddexp(np.logaddexp(alpha[:, 2:], alpha[:, 1:-1]), two) + moment[path]
    ends = 2 * np.array([len(text) for text in texts], np.intp) + 2
    rows = np.arange(len(texts))
    both = np.logaddexp(alpha[rows, ends], alpha[rows, ends - 1])
    return np.where(known, both, -np.inf)


def align(posterior: Posterior, text: str) -> Reading:
    """Where each character of `text` would stand, by the likeliest path that spells it.

    An empty reading when the text cannot be spelled by this posterior.
    """
    index = {sign: i for i, sign in enumerate(posterior.signs)}
    if not text or any(letter not in index for letter in text):
        return _reading(posterior, ())
    path = np.array([0] + [s for letter in text for s in (index[letter], 0)], np.intp)
    logs = np.log(np.maximum(posterior.probabilities[:, path], FLOOR)).astype(np.float64)
    skip = np.zeros(len(path), bool)
    skip[2:] = (path[2:] != 0) & (path[2:] != path[:-2])
    skipping = np.where(skip, 0.0, -np.inf)
    best = np.full((len(logs), len(path) + 2), -np.inf)  # two places more in front: nothing comes from there
    best[0, 2:4] = logs[0, :2]
    for moment in range(1, len(logs)):
        before = best[moment - 1]
        came = np.maximum(np.maximum(before[2:], before[1:-1]), before[:-2] + skipping)
        np.add(came, logs[moment], out=best[moment, 2:])
    at = len(path) - 1 if best[-1, -1] >= best[-1, -2] else len(path) - 2
    if not np.isfinite(best[-1, at + 2]):
        return _reading(posterior, ())
    places = np.empty(len(logs), np.intp)
    for moment in range(len(logs) - 1, -1, -1):
        places[moment] = at
        before = best[moment - 1]
        if skip[at] and before[at] > max(before[at + 1], before[at + 2]):
            at -= 2
        elif before[at + 1] > before[at + 2]:
            at -= 1
    letters = np.arange(1, len(path), 2)
    starts, ends = np.searchsorted(places, letters), np.searchsorted(places, letters, "right")
    return _reading(posterior, list(zip(path[letters].tolist(), starts.tolist(), ends.tolist(), strict=True)))


def part_of(posterior: Posterior, reading: Reading, first: int, last: int) -> Posterior:
    """The moments of the characters first..last (one past) of a reading of it, with the blanks around them."""
    moments = len(posterior.probabilities)
    scale = posterior.width / max(1, moments)
    start = round(reading.ends[first - 1] / scale) if first else 0
    stop = round(reading.starts[last] / scale) if last < len(reading.text) else moments
    return Posterior(posterior.probabilities[start:stop], posterior.signs, round((stop - start) * scale))


def joined(posteriors: Sequence[Posterior]) -> Posterior:
    """The lines of one value as one posterior, a blank space between them."""
    if len(posteriors) == 1:
        return posteriors[0]
    signs = posteriors[0].signs
    between = np.zeros((1, len(signs)), np.float32)
    between[0, signs.index(" ")] = 1.0
    rows = [part for posterior in posteriors for part in (between, posterior.probabilities)][1:]
    return Posterior(np.concatenate(rows), signs, sum(posterior.width for posterior in posteriors))
