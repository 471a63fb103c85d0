"""PaddleOCR behind the seam; the only module that imports it. Offline: local model folders only."""

import os
from collections.abc import Sequence
from pathlib import Path

os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"] = "True"

import cv2
import numpy as np
from numpy.typing import NDArray
from paddleocr import TextDetection, TextRecognition

from digitize.books.entry import Box
from digitize.ocr.engine import Image, Posterior
from digitize.ocr.weights import find_weights

DETECTOR = "PP-OCRv6_tiny_det"
RECOGNISER = "vi_PP-OCRv6_small_rec"
DETECTION_SIDE = 1600  # longest side the detector sees: memory follows its square (300 dpi: 1.6 GB -> 570 MB)
NARROWEST = 8
WIDEST = 10_000  # columns at the recogniser's height; longer crops are squeezed, as PaddleOCR does from 3200 on


class PaddleEngine:
    """Detection and recognition by PaddleOCR on onnxruntime.

    Raises WeightsMissing or WeightsAltered when a model folder is not as the manifest says.
    """

    def __init__(self, models: Path, threads: int = 1, recogniser: str = RECOGNISER) -> None:
        detector, reader = find_weights(models, DETECTOR), find_weights(models, recogniser)
        session = {"intra_op_num_threads": threads, "inter_op_num_threads": 1}
        common = {"device": "cpu", "engine": "onnxruntime", "engine_config": session}
        self._detect = TextDetection(
            model_name=detector.model_name,
            model_dir=str(detector.folder),
            limit_side_len=DETECTION_SIDE,
            limit_type="max",
            **common,
        )
        recognition = TextRecognition(model_name=reader.model_name, model_dir=str(reader.folder), **common)
        self._recogniser = recognition.paddlex_predictor
        self._signs = ("", *self._recogniser.post_op.character[1:])
        self._height: int = self._recogniser.pre_tfs["ReisizeNorm"].rec_image_shape[1]

    def find(self, page: Image) -> list[Box]:
        (found,) = self._detect.predict(page)
        boxes = [_upright(polygon, page) for polygon in found["dt_polys"]]
        return [box for box in boxes if box.x1 > box.x0 and box.y1 > box.y0]

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        """Reads the crops one by one: in a batch the padding beside a crop changes what is read in it."""
        return [self._read_one(crop) for crop in crops]

    def _read_one(self, crop: Image) -> Posterior:
        if not crop.size:
            return Posterior(np.eye(1, len(self._signs), dtype=np.float32), self._signs, 1)  # one moment of nothing
        (output,) = self._recogniser.runner(x=[self._tensor(crop)[None]])
        return Posterior(np.asarray(output[0], np.float32), self._signs, crop.shape[1])

    def _tensor(self, crop: Image) -> NDArray[np.float32]:
        """Crop -> 3 x height x width in -1..1, proportions kept."""
        height, width = crop.shape[:2]
        columns = int(np.clip(np.ceil(width * self._height / height), NARROWEST, WIDEST))
        resized = cv2.resize(crop, (columns, self._height)).astype(np.float32)
        return np.ascontiguousarray(resized.transpose(2, 0, 1) / 127.5 - 1)


def _upright(polygon: NDArray[np.int16], page: Image) -> Box:
    (x0, y0), (x1, y1) = polygon.min(axis=0), polygon.max(axis=0)
    height, width = page.shape[:2]
    return Box(max(0, int(x0)), max(0, int(y0)), min(width, int(x1) + 1), min(height, int(y1) + 1))
