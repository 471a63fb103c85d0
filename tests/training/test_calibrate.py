import random
import tomllib

import pytest

from digitize.ocr.calibrate import Calibration, Evidence
from training.calibrate import Sample, as_toml, fit, halves, score

TRUE = {bound: Calibration(1.3 if bound else 0.3, {"share": 1.0, "gain": 0.5}) for bound in (True, False)}


def samples(count: int, seed: int = 1) -> list[Sample]:
    """Readings that are right as often as share + 0.5 gain says, bound ones oftener, of ten writers."""
    rng = random.Random(seed)
    told = []
    for number in range(count):
        bound = rng.random() < 0.5
        evidence = Evidence(*(rng.gauss(0, 1.5) for _ in range(6)))
        right = rng.random() < TRUE[bound].probability(evidence)
        told.append(Sample("words", f"writer {number % 10}", bound, evidence, right))
    return told


def test_the_fit_finds_what_the_evidence_is_worth() -> None:
    for bound, found in fit(samples(8000)).items():
        assert found.bias == pytest.approx(TRUE[bound].bias, abs=0.15)
        assert found.weights["share"] == pytest.approx(1.0, abs=0.15)
        assert found.weights["ink"] == pytest.approx(0.0, abs=0.1)


def test_a_writer_is_in_one_half_only() -> None:
    first, second = halves(samples(100))
    assert {s.source for s in first} & {s.source for s in second} == set()
    assert len(first) + len(second) == 100


def test_true_probabilities_score_well() -> None:
    scores = score(samples(4000))
    count, _, ece, area = scores["words"]
    assert (count, ece < 0.05, area > 0.75) == (4000, True, True)
    assert scores["bound"][0] + scores["free"][0] == 4000 and scores["bound"][1] > scores["free"][1]


def test_what_is_written_is_what_is_read() -> None:
    told = tomllib.loads(as_toml(fit(samples(50)), "ab", score(samples(50))))
    assert told["recogniser_sha256"] == "ab"
    for bound, name in ((True, "bound"), (False, "free")):
        assert Calibration(**told[name]).weights == pytest.approx(fit(samples(50))[bound].weights, abs=1e-4)
