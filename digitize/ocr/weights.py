"""Model folders named in models/manifest.toml, checked by hash before use."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from digitize.errors import WeightsAltered, WeightsMissing


@dataclass(frozen=True, slots=True)
class Weights:
    """A folder that PaddleOCR can load: inference.onnx and inference.yml."""

    folder: Path
    model_name: str  # registered name of the architecture


@cache
def find_weights(models: Path, name: str) -> Weights:
    """The weights of this manifest entry under `models`. Raises WeightsMissing, WeightsAltered."""
    told = tomllib.loads((models / "manifest.toml").read_text("utf-8"))[name]
    for file_name, facts in told["files"].items():
        _check(models / name / file_name, facts["sha256"])
    return Weights(models / name, told["model_name"])


def _check(path: Path, sha256: str) -> None:
    if not path.exists():
        raise WeightsMissing(f"Thiếu tệp trọng số {path.parent.name}/{path.name}.")
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise WeightsAltered(f"Tệp trọng số {path.parent.name}/{path.name} không đúng mã kiểm tra.")
