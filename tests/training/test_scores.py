import numpy as np
import pytest

from training.scores import auroc, expected_calibration_error


def test_claims_that_come_true_as_often_as_claimed_have_no_error() -> None:
    right = [True, True, True, False] * 25
    assert expected_calibration_error([0.75] * 100, right) == pytest.approx(0.0)
    assert expected_calibration_error([1.0] * 100, right) == pytest.approx(0.25)


def test_errors_are_weighed_by_how_many_claims_they_hold() -> None:
    confidences, right = [0.9] * 90 + [0.1] * 10, [True] * 90 + [True] * 10
    assert expected_calibration_error(confidences, right) == pytest.approx(0.9 * 0.1 + 0.1 * 0.9)
    assert expected_calibration_error([], []) == 0.0


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    rng = np.random.default_rng(3)
    claimed, right = rng.integers(0, 5, 40) / 5, rng.random(40) < 0.5
    pairs = [(a > b) + 0.5 * (a == b) for a in claimed[right] for b in claimed[~right]]
    assert auroc(claimed.tolist(), right.tolist()) == pytest.approx(np.mean(pairs))
    assert auroc([0.1, 0.9], [True, True]) == 0.5
