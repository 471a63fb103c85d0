"""Fits what confidences mean: python -m training.calibrate [--out FILE] (numpy only, a few minutes on one core).

The recogniser reads lines of writers and pens that training never saw; how often its readings are right,
given their evidence, is learned on half of the writers and pens and scored on the other half, both ways
round. What is written to FILE is fitted on all of them. To be run again for new weights.
"""

import argparse
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitize.ocr.calibrate import NAMES, Calibration, Evidence, evidence_of
from digitize.ocr.engine import Engine
from digitize.ocr.extract import clean, read_value
from digitize.ocr.field import is_bound
from digitize.ocr.paddle import RECOGNISER, PaddleEngine
from training import held_out, pens
from training.line import Line
from training.lines import BENCHMARK_WEAR, draw_face_line
from training.scores import auroc, expected_calibration_error
from training.texts import invent

REPOSITORY = Path(__file__).parents[1]
FILE = REPOSITORY / "digitize" / "ocr" / "calibration.toml"
HAND_LINES = {"short": 700, "name": 300, "place": 200, "date": 200, "number": 200}
PEN_LINES = 700
FIELDS = {  # kind of a drawn line -> kind of the field that it would stand in
    "name": "name", "place": "place", "date": "date", "date_words": "date_words", "nationality": "nationality",
    "ethnic_group": "ethnic", "gender": "gender", "id_document": "id_doc", "entry_number": "entry_no",
}  # fmt: skip
BOUND = {True: "bound", False: "free"}
RIDGE = 0.1
ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Sample:
    """A reading that can be judged. `source` is the writer or pen, `group` what it is scored with."""

    group: str
    source: str
    bound: bool  # to rules of its field: what it can say is known
    evidence: Evidence
    right: bool


def samples(engine: Engine, seed: int) -> list[Sample]:
    """Readings of lines, one by one; where nothing was read, nothing is claimed either and there is no sample."""
    return [sample for group, line in _lines(seed) if (sample := _sample(engine, group, line))]


def _lines(seed: int) -> Iterator[tuple[str, Line]]:
    """Real lines, words of the same hands put together, and register lines in unknown pens; each with its group."""
    for real, image in held_out.lines():
        source = real.writer if real.collection == "kalapa" else real.text.casefold()
        yield "lines", Line(image, real.text, "place", source)
    rng, hands = random.Random(seed), held_out.hands()
    for kind, count in HAND_LINES.items():
        for _ in range(count):
            yield "words" if kind == "short" else "fields", hands.draw_line(rng, kind, BENCHMARK_WEAR)
    for _ in range(PEN_LINES):
        text = invent(rng, rng.choice(list(FIELDS)))
        yield "pens", draw_face_line(rng, text.text, text.kind, rng.choice(pens.HELD_OUT_PENS), BENCHMARK_WEAR)


def _sample(engine: Engine, group: str, line: Line) -> Sample | None:
    """Real labels are in title case whatever is written, so case is judged in drawn pens only."""
    kind = FIELDS.get(line.kind, "text")
    found = read_value(engine.read([line.image]), kind)
    if found is None:
        return None
    ink, reading = found
    read, told = reading.ranked[0].text, clean(line.text)
    right = read == told if group == "pens" else read.casefold() == told.casefold()
    return Sample(group, line.source.removeprefix("hand:"), is_bound(kind), evidence_of(ink, reading), right)


def fit(told: Sequence[Sample]) -> dict[bool, Calibration]:
    """Of bound fields and of free ones: the same evidence means more where few answers are possible."""
    return {bound: _fit([sample for sample in told if sample.bound is bound]) for bound in (True, False)}


def _fit(told: Sequence[Sample]) -> Calibration:
    """Logistic regression by Newton's method, lightly held back."""
    inputs = np.array([[1.0, *astuple(sample.evidence)] for sample in told])
    right = np.array([sample.right for sample in told], float)
    held = RIDGE * np.diag([0.0] + [1.0] * len(NAMES))
    weights = np.zeros(inputs.shape[1])
    for _ in range(ROUNDS):
        claimed = 1 / (1 + np.exp(-inputs @ weights))
        slope: NDArray[np.float64] = inputs.T @ (right - claimed) - held @ weights
        curve = inputs.T @ (inputs * (claimed * (1 - claimed))[:, None]) + held
        weights += np.linalg.solve(curve, slope)
    bias, *others = weights.tolist()
    return Calibration(bias, dict(zip(NAMES, others, strict=True)))


def halves(told: Sequence[Sample]) -> tuple[list[Sample], list[Sample]]:
    """All samples of a writer or pen in the same half."""
    sources = sorted({sample.source for sample in told})
    first = set(sources[::2])
    return (
        [sample for sample in told if sample.source in first],
        [sample for sample in told if sample.source not in first],
    )


def score(told: Sequence[Sample]) -> dict[str, tuple[int, float, float, float]]:
    """By group: how many, how many of them right, ECE, AUROC; each half judged by what was fitted on the other."""
    first, second = halves(told)
    judged = [
        (sample, fitted[sample.bound].probability(sample.evidence))
        for fitted, half in ((fit(second), first), (fit(first), second))
        for sample in half
    ]
    scores = {}
    for group in [*dict.fromkeys(sample.group for sample in told), *BOUND.values(), "all"]:
        own = [
            (claimed, sample.right) for sample, claimed in judged if group in (sample.group, BOUND[sample.bound], "all")
        ]
        claimed, right = [c for c, _ in own], [r for _, r in own]
        ece, area = expected_calibration_error(claimed, right), auroc(claimed, right)
        scores[group] = (len(own), sum(right) / len(own), ece, area)
    return scores


def as_toml(fitted: dict[bool, Calibration], sha256: str, scores: dict[str, tuple[int, float, float, float]]) -> str:
    """What digitize.ocr.calibrate reads, and how good it is."""
    told = [
        f"# {group}: {count} readings, {right:.1%} right, ECE {ece:.3f}, AUROC {area:.3f}"
        for group, (count, right, ece, area) in scores.items()
    ]
    return "\n".join([
        "# Fitted by `python -m training.calibrate`; scored on writers and pens that the fit did not see:",
        *told,
        f'recogniser_sha256 = "{sha256}"',
        *(line for bound, calibration in fitted.items() for line in _section(BOUND[bound], calibration)),
        "",
    ])  # fmt: skip


def _section(name: str, calibration: Calibration) -> list[str]:
    weights = [f"{evidence} = {weight:.4f}" for evidence, weight in calibration.weights.items()]
    return ["", f"[{name}]", f"bias = {calibration.bias:.4f}", f"[{name}.weights]", *weights]


def sha256_of(models: Path) -> str:
    """Of the recogniser's network, as the manifest has it."""
    manifest = tomllib.loads((models / "manifest.toml").read_text("utf-8"))
    return str(manifest[RECOGNISER]["files"]["inference.onnx"]["sha256"])


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits what the recogniser's confidences mean.")
    parser.add_argument("--models", type=Path, default=REPOSITORY / "models")
    parser.add_argument("--out", type=Path, default=FILE)
    parser.add_argument("--seed", type=int, default=1218)
    wanted = parser.parse_args()
    told = samples(PaddleEngine(wanted.models), wanted.seed)
    scores = score(told)
    wanted.out.write_text(as_toml(fit(told), sha256_of(wanted.models), scores), "utf-8")
    for group, (count, right, ece, area) in scores.items():
        print(f"{group:8} {count:5} readings {right:6.1%} right   ECE {ece:.3f}   AUROC {area:.3f}")


if __name__ == "__main__":
    main()
