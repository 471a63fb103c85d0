"""Posterior -> text, confidence, alternatives; and how well a given text fits the ink (pure)."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Alternative
from digitize.ocr.engine import Posterior

BEAM = 8
SIGNS_PER_STEP = 6  # signs tried at each moment: the rest together hold next to no probability
FLOOR = 1e-7


@dataclass(frozen=True, slots=True)
class Reading:
    """The best text of a posterior; `starts` and `ends` are pixels along the crop, one per character."""

    text: str
    confidence: float
    starts: tuple[float, ...]
    ends: tuple[float, ...]


def best_path(posterior: Posterior) -> Reading:
    """Takes the likeliest sign at each moment. Fast, and tells where each character stands."""
    best = posterior.probabilities.argmax(axis=1)
    moments = len(best)
    scale = posterior.width / max(1, moments)
    runs = np.flatnonzero(np.diff(best, prepend=-1))
    bounds = [*runs.tolist(), moments]
    characters, starts, ends, sureness = [], [], [], []
    for start, end in pairwise(bounds):
        if (sign := int(best[start])) == 0:
            continue
        characters.append(posterior.signs[sign])
        starts.append(start * scale)
        ends.append(end * scale)
        sureness.append(float(posterior.probabilities[start:end, sign].max()))
    return Reading("".join(characters), _mean(sureness), tuple(starts), tuple(ends))


def _mean(sureness: list[float]) -> float:
    """Geometric mean: one doubtful letter makes the whole text doubtful."""
    return float(np.exp(np.mean(np.log(np.maximum(sureness, FLOOR))))) if sureness else 0.0


def beam_search(posterior: Posterior, width: int = BEAM) -> tuple[Alternative, ...]:
    """Prefix beam search over the posterior: the likeliest texts, best first.

    Confidences are the texts' shares of the probability that the beam kept, so they are comparable
    with each other, not calibrated.
    """
    probabilities = np.maximum(posterior.probabilities, FLOOR)
    beams: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}  # prefix -> ends in blank, in a sign
    for moment in probabilities:
        tried = np.argsort(moment)[-SIGNS_PER_STEP:]
        beams = _keep_best(_step(beams, moment, tried), width)
    total = sum(blank + sign for blank, sign in beams.values()) or 1.0
    return tuple(
        Alternative("".join(posterior.signs[s] for s in prefix).strip(), (blank + sign) / total)
        for prefix, (blank, sign) in beams.items()
    )


def _step(
    beams: dict[tuple[int, ...], tuple[float, float]], moment: NDArray[np.float32], tried: NDArray[np.intp]
) -> dict[tuple[int, ...], tuple[float, float]]:
    grown: dict[tuple[int, ...], tuple[float, float]] = {}

    def add(prefix: tuple[int, ...], blank: float, sign: float) -> None:
        had_blank, had_sign = grown.get(prefix, (0.0, 0.0))
        grown[prefix] = (had_blank + blank, had_sign + sign)

    for prefix, (blank, sign) in beams.items():
        add(prefix, (blank + sign) * float(moment[0]), 0.0)
        for s in tried.tolist():
            p = float(moment[s])
            if s == 0:
                continue
            if prefix and prefix[-1] == s:
                add(prefix, 0.0, sign * p)
                add((*prefix, s), 0.0, blank * p)
            else:
                add((*prefix, s), 0.0, (blank + sign) * p)
    return grown


def _keep_best(
    beams: dict[tuple[int, ...], tuple[float, float]], width: int
) -> dict[tuple[int, ...], tuple[float, float]]:
    best = sorted(beams.items(), key=lambda beam: -(beam[1][0] + beam[1][1]))[:width]
    scale = 1.0 / max(best[0][1][0] + best[0][1][1], 1e-300)  # keeps long lines from running into zero
    return {prefix: (blank * scale, sign * scale) for prefix, (blank, sign) in best}


def log_likelihood(posterior: Posterior, text: str) -> float:
    """Natural logarithm of the probability that the ink spells `text` (CTC forward pass).

    Minus infinity when a character is unknown to the engine or the text is too long for the crop.
    """
    index = {sign: i for i, sign in enumerate(posterior.signs)}
    if any(character not in index for character in text):
        return -np.inf
    path = [0] + [s for character in text for s in (index[character], 0)]
    logs = np.log(np.maximum(posterior.probabilities[:, path], FLOOR)).astype(np.float64)
    skip = np.array([i > 1 and path[i] != 0 and path[i] != path[i - 2] for i in range(len(path))])
    alpha = np.full(len(path), -np.inf)
    alpha[:2] = logs[0, :2]
    for moment in logs[1:]:
        one = np.concatenate(([-np.inf], alpha[:-1]))
        two = np.where(skip, np.concatenate(([-np.inf, -np.inf], alpha[:-2]))[: len(path)], -np.inf)
        alpha = np.logaddexp(np.logaddexp(alpha, one), two) + moment
    return float(np.logaddexp(alpha[-1], alpha[-2])) if len(path) > 1 else float(alpha[-1])
