"""Recorded answers of a real engine behind the same seam: reading pages again takes no model and no time."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from digitize.books.entry import Box
from digitize.errors import RecordingMissing
from digitize.ocr.engine import Engine, Image, Posterior

FAINT = 5e-4  # probabilities below this are not kept: a recording is a hundred times smaller without them


class Recorder:
    """An engine that passes on the answers of another and keeps them in `folder`."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine, self._folder = engine, folder
        folder.mkdir(parents=True, exist_ok=True)

    def find(self, page: Image, closely: bool = False) -> list[Box]:
        found = self._engine.find(page, closely)
        boxes = np.array([(b.x0, b.y0, b.x1, b.y1) for b in found], np.int32).reshape(-1, 4)
        np.savez_compressed(self._folder / f"{_finding(page, closely)}.npz", allow_pickle=False, boxes=boxes)
        return found

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        return self._keep_all("read", crops, self._engine.read(crops))

    def skim(self, crops: Sequence[Image]) -> list[Posterior]:
        return self._keep_all("skim", crops, self._engine.skim(crops))

    def _keep_all(self, act: str, crops: Sequence[Image], posteriors: list[Posterior]) -> list[Posterior]:
        for crop, posterior in zip(crops, posteriors, strict=True):
            self._keep(f"{act}-{fingerprint(crop)}", posterior)
        return posteriors

    def _keep(self, name: str, posterior: Posterior) -> None:
        """Of the posterior only what is not faint: moment, sign and probability."""
        moments, signs = np.nonzero(posterior.probabilities >= FAINT)
        np.savez_compressed(
            self._folder / f"{name}.npz",
            allow_pickle=False,
            alphabet=np.array(posterior.signs, np.str_),
            shape=np.array([*posterior.probabilities.shape, posterior.width], np.int32),
            at=np.array([moments, signs], np.uint16),
            probabilities=posterior.probabilities[moments, signs].astype(np.float16),
        )


class ReplayEngine:
    """Gives back what a Recorder kept in `folder`. Raises RecordingMissing for an image it never saw."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, page: Image, closely: bool = False) -> list[Box]:
        return [Box(*map(int, box)) for box in self._recording(_finding(page, closely))["boxes"]]

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        return [_posterior(self._recording(f"read-{fingerprint(crop)}")) for crop in crops]

    def skim(self, crops: Sequence[Image]) -> list[Posterior]:
        return [_posterior(self._recording(f"skim-{fingerprint(crop)}")) for crop in crops]

    def _recording(self, name: str) -> dict[str, np.ndarray[Any, Any]]:
        try:
            with np.load(self._folder / f"{name}.npz") as kept:
                return dict(kept)
        except FileNotFoundError as cause:
            raise RecordingMissing(f"Không có bản ghi {name} của máy đọc.") from cause


def _finding(page: Image, closely: bool) -> str:
    return f"find-{'closely-' if closely else ''}{fingerprint(page)}"


def fingerprint(image: Image) -> str:
    """SHA-256 over the image's shape and pixels."""
    return sha256(str(image.shape).encode() + np.ascontiguousarray(image).tobytes()).hexdigest()


def _posterior(kept: dict[str, np.ndarray[Any, Any]]) -> Posterior:
    moments, signs, width = map(int, kept["shape"])
    probabilities = np.zeros((moments, signs), np.float32)
    probabilities[tuple(kept["at"].astype(np.intp))] = kept["probabilities"]
    return Posterior(probabilities, tuple(kept["alphabet"].tolist()), width)
