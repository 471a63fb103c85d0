"""Evidence for a reading -> the probability that its text is right letter for letter (pure)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from math import exp, log, log1p
from typing import Any

from digitize.ocr.decode import align
from digitize.ocr.engine import Posterior
from digitize.ocr.field import FieldReading, is_bound

LEAST = 1e-4  # probabilities nearer to 0 or 1 tell no more
LEAST_INK = -12.0  # nats


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the likeliest text, as numbers that grow with certainty; probabilities as log odds."""

    share: float  # of the text among all that was considered
    ink: float  # that the ink spells just this
    usual: float  # its letters' probabilities, geometric mean
    brevity: float  # minus the logarithm of its length
    gain: float  # nats a word: how far it is from what its field may say
    gap: float  # nats: by how much the ink alone would rather spell another text


NAMES = tuple(each.name for each in fields(Evidence))


def evidence_of(posterior: Posterior, reading: FieldReading) -> Evidence:
    """The evidence for the likeliest text of a reading of this posterior."""
    best = reading.ranked[0]
    return Evidence(
        share=_odds(reading.shares[0]),
        ink=_odds(exp(best.ink)),
        usual=_odds(align(posterior, best.text).confidence),
        brevity=-log1p(len(best.text)),
        gain=best.gain / (1 + best.text.count(" ")),
        gap=min(0.0, max(LEAST_INK, best.ink) - max(LEAST_INK, reading.literal.ink)),
    )


def _odds(probability: float) -> float:
    bounded = min(max(probability, LEAST), 1 - LEAST)
    return log(bounded / (1 - bounded))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic regression from evidence to probability; `weights` by name of the evidence."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, evidence: Evidence) -> float:
        """Of being right, 0..1."""
        odds = self.bias + sum(weight * getattr(evidence, name) for name, weight in self.weights.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


@cache
def calibration(bound: bool) -> Calibration:
    """What `python -m training.calibrate` fitted for the recogniser in models/, for fields `bound` to rules or free."""
    told: dict[str, Any] = tomllib.loads(files(__package__).joinpath("calibration.toml").read_text("utf-8"))
    return Calibration(**told["bound" if bound else "free"])


def confidence_of(posterior: Posterior, reading: FieldReading, kind: str) -> float:
    """Probability that the likeliest text of a field of this kind is right letter for letter, 0..1."""
    told = calibration(is_bound(kind))
    return told.probability(evidence_of(posterior, reading)) if reading.ranked[0].text else 0.0
