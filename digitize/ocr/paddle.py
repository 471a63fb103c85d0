"""PaddleOCR behind the seam; the only module that imports it. Offline: local model folders only."""

import os
from collections.abc import Sequence
from pathlib import Path

os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"] = "True"

import cv2
import numpy as np
from paddleocr import TextDetection, TextRecognition

from digitize.books.entry import Box
from digitize.ocr.engine import Image, Line, Posterior
from digitize.ocr.weights import find_weights

DETECTOR = "PP-OCRv6_tiny_det"
RECOGNISER = "vi_PP-OCRv6_small_rec"
DETECTION_SIDE = 1600  # longest side the detector sees: memory follows its square (300 dpi: 1.6 GB -> 570 MB)
BATCH = 8
WIDEST = 3200  # columns at the recogniser's height; longer crops are squeezed, as PaddleOCR does


class PaddleEngine:
    """Detection and recognition by PaddleOCR on onnxruntime.

    Raises WeightsMissing or WeightsAltered when a model folder is not as the manifest says.
    """

    def __init__(self, models: Path, threads: int = 1) -> None:
        detector, recogniser = find_weights(models, DETECTOR), find_weights(models, RECOGNISER)
        session = {"intra_op_num_threads": threads, "inter_op_num_threads": 1}
        common = {"device": "cpu", "engine": "onnxruntime", "engine_config": session}
        self._detect = TextDetection(
            model_name=detector.model_name,
            model_dir=str(detector.folder),
            limit_side_len=DETECTION_SIDE,
            limit_type="max",
            **common,
        )
        recognition = TextRecognition(model_name=recogniser.model_name, model_dir=str(recogniser.folder), **common)
        self._recogniser = recognition.paddlex_predictor
        self._signs = ("", *self._recogniser.post_op.character[1:])
        self._height: int = self._recogniser.pre_tfs["ReisizeNorm"].rec_image_shape[1]

    def lines(self, page: Image) -> list[Line]:
        (found,) = self._detect.predict(page)
        boxes = [_upright(polygon, page) for polygon in found["dt_polys"]]
        boxes = [box for box in boxes if box.x1 > box.x0 and box.y1 > box.y0]
        posteriors = self.read([page[box.y0 : box.y1, box.x0 : box.x1] for box in boxes])
        return [Line(box, posterior) for box, posterior in zip(boxes, posteriors, strict=True)]

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        """Reads crops in batches of like width, since a batch is padded to its widest."""
        tensors = [self._tensor(crop) for crop in crops]
        order = sorted(range(len(crops)), key=lambda i: tensors[i].shape[2])
        posteriors: dict[int, Posterior] = {}
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            output = self._infer([tensors[i] for i in batch])
            for row, i in zip(output, batch, strict=True):
                own = max(1, round(row.shape[0] * tensors[i].shape[2] / tensors[batch[-1]].shape[2]))
                posteriors[i] = Posterior(row[:own], self._signs, crops[i].shape[1])
        return [posteriors[i] for i in range(len(crops))]

    def _tensor(self, crop: Image) -> np.ndarray:
        """Crop -> 3 x height x width in -1..1, proportions kept."""
        height, width = crop.shape[:2]
        columns = int(np.clip(np.ceil(width * self._height / height), 8, WIDEST))
        resized = cv2.resize(crop, (columns, self._height)).astype(np.float32)
        return resized.transpose(2, 0, 1) / 127.5 - 1

    def _infer(self, tensors: list[np.ndarray]) -> np.ndarray:
        batch = np.zeros((len(tensors), 3, self._height, max(t.shape[2] for t in tensors)), np.float32)
        for row, tensor in zip(batch, tensors, strict=True):
            row[:, :, : tensor.shape[2]] = tensor
        (output,) = self._recogniser.runner(x=[batch])
        return np.asarray(output, np.float32)


def _upright(polygon: np.ndarray, page: Image) -> Box:
    (x0, y0), (x1, y1) = polygon.min(axis=0), polygon.max(axis=0)
    height, width = page.shape[:2]
    return Box(max(0, int(x0)), max(0, int(y0)), min(width, int(x1) + 1), min(height, int(y1) + 1))
