"""PaddleOCR behind the seam; the only module that imports it. Offline: local model folders only."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"] = "True"

import cv2
import numpy as np
from numpy.typing import NDArray
from paddleocr import TextDetection, TextRecognition

from digitize.books.entry import Box
from digitize.ocr.engine import Image, Posterior
from digitize.ocr.weights import Weights, find_weights

DETECTOR = "PP-OCRv6_tiny_det"
RECOGNISER = "vi_PP-OCRv6_small_rec"
SKIMMER = "vi_PP-OCRv6_tiny_rec"  # a sixth of its work, for the first look
DETECTION_SIDE = 1120  # longest side the detector sees: time and memory follow its square
NARROWEST = 8
CLOSE_SIDE = 1600  # the same for a ledger, whose writing is small
WIDEST = 10_000  # columns at the recogniser's height; longer crops are squeezed, as PaddleOCR does from 3200 on


class PaddleEngine:
    """Detection and recognition by PaddleOCR on onnxruntime.

    Another recogniser than our own skims as it reads. Raises WeightsMissing or WeightsAltered when a model folder is
    not as the manifest says.
    """

    def __init__(self, models: Path, threads: int = 1, recogniser: str = RECOGNISER) -> None:
        session = {"intra_op_num_threads": threads, "inter_op_num_threads": 1}
        detector = find_weights(models, DETECTOR)
        self._detect = TextDetection(**_loading(detector, session), limit_side_len=DETECTION_SIDE, limit_type="max")
        self._reader = _Recogniser(find_weights(models, recogniser), session)
        is_own = recogniser == RECOGNISER
        self._skimmer = _Recogniser(find_weights(models, SKIMMER), session) if is_own else self._reader

    def find(self, page: Image, closely: bool = False) -> list[Box]:
        (found,) = self._detect.predict(page, limit_side_len=CLOSE_SIDE if closely else DETECTION_SIDE)
        boxes = [_upright(polygon, page) for polygon in found["dt_polys"]]
        return [box for box in boxes if box.x1 > box.x0 and box.y1 > box.y0]

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        """Reads the crops one by one: in a batch the padding beside a crop changes what is read in it."""
        return [self._reader.read(crop) for crop in crops]

    def skim(self, crops: Sequence[Image]) -> list[Posterior]:
        return [self._skimmer.read(crop) for crop in crops]


class _Recogniser:
    """Weights that read one crop."""

    def __init__(self, weights: Weights, session: Mapping[str, int]) -> None:
        predictor = TextRecognition(**_loading(weights, session)).paddlex_predictor
        self._run = predictor.runner
        self._signs = ("", *predictor.post_op.character[1:])
        self._height: int = predictor.pre_tfs["ReisizeNorm"].rec_image_shape[1]

    def read(self, crop: Image) -> Posterior:
        if not crop.size:
            return Posterior(np.eye(1, len(self._signs), dtype=np.float32), self._signs, 1)  # one moment of nothing
        (output,) = self._run(x=[as_tensor(crop, self._height)[None]])
        return Posterior(np.asarray(output[0], np.float32), self._signs, crop.shape[1])


def _loading(weights: Weights, session: Mapping[str, int]) -> dict[str, Any]:
    """What PaddleOCR wants to be told to load local weights on one processor."""
    folder = {"model_name": weights.model_name, "model_dir": str(weights.folder)}
    return {**folder, "device": "cpu", "engine": "onnxruntime", "engine_config": dict(session)}


def as_tensor(crop: Image, height: int) -> NDArray[np.float32]:
    """Crop -> 3 x height x width in -1..1, proportions kept."""
    rows, columns = crop.shape[:2]
    width = int(np.clip(np.ceil(columns * height / rows), NARROWEST, WIDEST))
    planes = cv2.resize(crop, (width, height)).transpose(2, 0, 1)
    tensor = np.multiply(planes, np.float32(1 / 127.5), dtype=np.float32, order="C")
    tensor -= 1
    return tensor


def _upright(polygon: NDArray[np.int16], page: Image) -> Box:
    (x0, y0), (x1, y1) = polygon.min(axis=0), polygon.max(axis=0)
    height, width = page.shape[:2]
    return Box(max(0, int(x0)), max(0, int(y0)), min(width, int(x1) + 1), min(height, int(y1) + 1))
