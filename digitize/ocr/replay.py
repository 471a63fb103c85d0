"""Recorded answers of a real engine behind the same seam: reading pages again takes no model and no time."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from digitize.books.entry import Box
from digitize.errors import RecordingMissing
from digitize.ocr.engine import Engine, Image, Line, Posterior

FAINT = 5e-4  # probabilities below this are not kept: a recording is a hundred times smaller without them


class Recorder:
    """An engine that passes on the answers of another and keeps them in `folder`."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine, self._folder = engine, folder
        folder.mkdir(parents=True, exist_ok=True)

    def lines(self, page: Image) -> list[Line]:
        found = self._engine.lines(page)
        boxes = np.array([(b.x0, b.y0, b.x1, b.y1) for b in (line.box for line in found)], np.int32).reshape(-1, 4)
        self._keep(f"lines-{fingerprint(page)}", [line.posterior for line in found], boxes=boxes)
        return found

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        posteriors = self._engine.read(crops)
        for crop, posterior in zip(crops, posteriors, strict=True):
            self._keep(f"read-{fingerprint(crop)}", [posterior])
        return posteriors

    def _keep(self, name: str, posteriors: Sequence[Posterior], **more: np.ndarray[Any, Any]) -> None:
        """Of every posterior only what is not faint: moment, sign and probability."""
        kept = [np.nonzero(p.probabilities >= FAINT) for p in posteriors]
        for i, (posterior, (moments, signs)) in enumerate(zip(posteriors, kept, strict=True)):
            shape = np.array([*posterior.probabilities.shape, posterior.width], np.int32)
            more |= {f"shape{i}": shape, f"at{i}": np.array([moments, signs], np.uint16)}
            more[f"probabilities{i}"] = posterior.probabilities[moments, signs].astype(np.float16)
        alphabet = np.array(posteriors[0].signs if posteriors else (), np.str_)
        np.savez_compressed(self._folder / f"{name}.npz", allow_pickle=False, alphabet=alphabet, **more)


class ReplayEngine:
    """Gives back what a Recorder kept in `folder`. Raises RecordingMissing for an image it never saw."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def lines(self, page: Image) -> list[Line]:
        kept = self._recording(f"lines-{fingerprint(page)}")
        return [Line(Box(*map(int, box)), _posterior(kept, i)) for i, box in enumerate(kept["boxes"])]

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        return [_posterior(self._recording(f"read-{fingerprint(crop)}"), 0) for crop in crops]

    def _recording(self, name: str) -> dict[str, np.ndarray[Any, Any]]:
        try:
            with np.load(self._folder / f"{name}.npz") as kept:
                return dict(kept)
        except FileNotFoundError as cause:
            raise RecordingMissing(f"Không có bản ghi {name} của máy đọc.") from cause


def fingerprint(image: Image) -> str:
    """SHA-256 over the image's shape and pixels."""
    return sha256(str(image.shape).encode() + np.ascontiguousarray(image).tobytes()).hexdigest()


def _posterior(kept: dict[str, np.ndarray[Any, Any]], i: int) -> Posterior:
    moments, signs, width = map(int, kept[f"shape{i}"])
    probabilities = np.zeros((moments, signs), np.float32)
    probabilities[tuple(kept[f"at{i}"].astype(np.intp))] = kept[f"probabilities{i}"]
    return Posterior(probabilities, tuple(kept["alphabet"].tolist()), width)
