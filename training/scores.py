"""How well confidences tell right from wrong."""

from collections.abc import Sequence

import numpy as np

BINS = 15


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = BINS) -> float:
    """Mean distance between what was claimed and what came true, 0..1, over bins of equal width (Guo et al. 2017)."""
    claimed, true = np.asarray(confidences, float), np.asarray(right, float)
    if not len(claimed):
        return 0.0
    where = np.minimum((claimed * bins).astype(int), bins - 1)
    gaps = np.bincount(where, claimed - true, minlength=bins)
    return float(np.abs(gaps).sum() / len(claimed))


def auroc(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Probability that something right was claimed with more confidence than something wrong; ties count half.

    0.5 when all were right or all wrong: nothing can be told apart then.
    """
    claimed, true = np.asarray(confidences, float), np.asarray(right, bool)
    if true.all() or not true.any():
        return 0.5
    _, inverse, counts = np.unique(claimed, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    above = ranks[true].sum() - true.sum() * (true.sum() + 1) / 2
    return float(above / (true.sum() * (~true).sum()))
