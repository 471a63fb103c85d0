import tomllib

import numpy as np

from digitize.ocr.calibrate import NAMES, Calibration, Evidence, calibration, confidence_of, evidence_of
from digitize.ocr.engine import Posterior
from digitize.ocr.field import read_field
from digitize.ocr.paddle import RECOGNISER
from digitize.settings import REPOSITORY
from tests.engines import LETTERS, posterior_of


def confidence(posterior: Posterior, kind: str = "text") -> float:
    return confidence_of(posterior, read_field(posterior, kind), kind)


def test_clear_ink_is_surer_than_faint_ink_and_sense_than_nonsense() -> None:
    assert confidence(posterior_of("Yên Bái", sure=0.99)) > confidence(posterior_of("Yên Bái", sure=0.7))
    assert confidence(posterior_of("Yên Bái", sure=0.9)) > confidence(posterior_of("Yn Bjái", sure=0.9))
    assert confidence(posterior_of("Kinh", sure=0.9), "ethnic") > confidence(posterior_of("Kính", sure=0.9), "ethnic")


def test_nothing_read_is_never_sure() -> None:
    assert confidence(posterior_of("")) == 0.0
    noise = np.full((40, len(LETTERS)), 1 / len(LETTERS), np.float32)
    assert confidence(Posterior(noise, LETTERS, 300)) < 0.5


def test_probability_is_logistic_in_the_evidence() -> None:
    evidence = Evidence(share=2.0, ink=1.0, usual=0.0, brevity=-1.0, gain=0.0, gap=0.0)
    assert Calibration(-2.0, {"share": 1.0}).probability(evidence) == 0.5
    assert Calibration(0.0, {"share": 100.0}).probability(evidence) <= 1.0


def test_what_is_literal_has_no_gap() -> None:
    posterior = posterior_of("Yên Bái")
    assert evidence_of(posterior, read_field(posterior, "place")).gap == 0.0


def test_the_calibration_was_fitted_for_the_weights_in_use() -> None:
    """After new weights: python -m training.calibrate."""
    told = tomllib.loads((REPOSITORY / "digitize" / "ocr" / "calibration.toml").read_text("utf-8"))
    manifest = tomllib.loads((REPOSITORY / "models" / "manifest.toml").read_text("utf-8"))
    assert told["recogniser_sha256"] == manifest[RECOGNISER]["files"]["inference.onnx"]["sha256"]
    assert all(set(calibration(bound).weights) == set(NAMES) for bound in (True, False))
