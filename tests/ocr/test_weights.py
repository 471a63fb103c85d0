from hashlib import sha256
from pathlib import Path

import pytest

from digitize.errors import WeightsAltered, WeightsMissing
from digitize.ocr.weights import find_weights

GOOD = b"weights"


@pytest.fixture
def models(tmp_path: Path) -> Path:
    told = (
        f'[rec]\nmodel_name = "PP-OCRv6_small_rec"\n[rec.files."inference.onnx"]\nsha256 = "{sha256(GOOD).hexdigest()}"'
    )
    (tmp_path / "manifest.toml").write_text(told, "utf-8")
    (tmp_path / "rec").mkdir()
    return tmp_path


def test_weights_as_the_manifest_tells_them(models: Path) -> None:
    (models / "rec" / "inference.onnx").write_bytes(GOOD)
    found = find_weights(models, "rec")
    assert (found.folder, found.model_name) == (models / "rec", "PP-OCRv6_small_rec")


def test_missing_weights_are_named_with_what_to_do(models: Path) -> None:
    with pytest.raises(WeightsMissing, match=r"rec/inference\.onnx.*make models"):
        find_weights(models, "rec")


def test_altered_weights_are_refused(models: Path) -> None:
    (models / "rec" / "inference.onnx").write_bytes(GOOD + b" of somebody else")
    with pytest.raises(WeightsAltered, match=r"rec/inference\.onnx"):
        find_weights(models, "rec")


def test_weights_put_in_place_afterwards_are_found(models: Path) -> None:
    with pytest.raises(WeightsMissing):
        find_weights(models, "rec")
    (models / "rec" / "inference.onnx").write_bytes(GOOD)
    assert find_weights(models, "rec").model_name
