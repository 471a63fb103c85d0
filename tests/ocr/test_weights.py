import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

from digitize.errors import WeightsAltered, WeightsMissing
from digitize.ocr.weights import find_weights
from digitize.settings import REPOSITORY

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


def test_what_was_made_from_other_weights_is_refused_once_these_are_exchanged(models: Path) -> None:
    with (models / "manifest.toml").open("a", encoding="utf-8") as manifest:
        told = f'made_from = "rec"\nmade_from_sha256 = "{sha256(GOOD).hexdigest()}"'
        manifest.write(f'\n[small]\nmodel_name = "PP-OCRv6_small_rec"\n{told}\n[small.files]\n')
    (models / "rec" / "inference.onnx").write_bytes(GOOD)
    assert find_weights(models, "small").folder == models / "small"
    find_weights.cache_clear()
    (models / "rec" / "inference.onnx").write_bytes(b"better weights")
    with pytest.raises(WeightsAltered, match=r"rec/inference\.onnx"):
        find_weights(models, "small")


def test_the_weights_of_the_first_look_belong_to_those_of_the_second() -> None:
    manifest = tomllib.loads((REPOSITORY / "models/manifest.toml").read_text("utf-8"))
    skimmer, reader = manifest["vi_PP-OCRv6_small_rec_int8"], manifest["vi_PP-OCRv6_small_rec"]
    assert skimmer["made_from_sha256"] == reader["files"]["inference.onnx"]["sha256"], "python -m training.quantise"
    assert skimmer["files"]["inference.yml"]["sha256"] == reader["files"]["inference.yml"]["sha256"]
