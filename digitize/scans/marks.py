"""What a page looks like in some ten kilobytes, and whether two pages are one sheet scanned twice.

Pages of one form share their print, so a hash of the whole picture would call all of them equal. Here every stroke of
one page must find a stroke of the other within a pixel or two; the worse half of the page counts, which is where
people wrote.
"""

import zlib
from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.scans.files import PageImage
from digitize.scans.frame import find_frame

Map = NDArray[np.uint8]  # HEIGHT x WIDTH, 0 or 1

WIDTH, HEIGHT = 360, 510  # pixels; letters of a pen are about four pixels high
BLOCK = 30  # pixels; a page is compared block by block, each shifted by itself
SHIFT = 1  # pixels
LEAST_INK = 0.03  # of a block; emptier ones tell nothing
LEAST_BLOCKS = 20  # with ink; a page with fewer is nobody's double
RIM = (12.0, 16.0)  # pixels around the frame on the map, so that numbers above and below it are seen
SURE, WEAK = 0.54, 0.38  # of the darkness of full strokes
COARSE = (36, 51)  # cells of the first look
LOOKED_AT = 5  # pages nearest at the first look
# 62 pairs of scans and photographs of one sheet: up to 0.0044. 138 pairs of different pages of one form: 0.0557 and
# more, also where one hand wrote about one commune on following days.
MOST_UNMATCHED = 0.02


@dataclass(frozen=True, slots=True)
class Marks:
    """Where ink surely is, and where at least a trace of it is."""

    sure: Map
    weak: Map

    def packed(self) -> bytes:
        return zlib.compress(np.packbits(np.stack([self.sure, self.weak])).tobytes())

    @classmethod
    def unpacked(cls, packed: bytes) -> Self:
        bits = np.unpackbits(np.frombuffer(zlib.decompress(packed), np.uint8))
        sure, weak = bits.reshape(2, HEIGHT, WIDTH)
        return cls(sure, weak)


def marks_of(page: PageImage) -> Marks | None:
    """The marks of a level page, held by its frame where it has one; None where there is too little ink to tell."""
    darkness = _darkness(page)
    frame = find_frame(page)
    small = _in_frame(darkness, frame.corners) if frame else _shrunk(darkness)
    inked = small[small > 0.05]
    full = max(0.1, float(np.percentile(inked, 90))) if inked.size else 1.0
    marks = Marks((small > SURE * full).astype(np.uint8), (small > WEAK * full).astype(np.uint8))
    return marks if (_by_block(marks.sure) > LEAST_INK).sum() >= LEAST_BLOCKS else None


def _darkness(image: PageImage) -> NDArray[np.float32]:
    """0 where there is paper, in whatever light, to 1 where there is no light."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    paper = cv2.GaussianBlur(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), (0, 0), 5)
    return np.asarray(np.clip(1 - grey.astype(np.float32) / np.maximum(paper, 1), 0, 1), np.float32)


def _in_frame(darkness: NDArray[np.float32], frame: NDArray[np.float64]) -> NDArray[np.float32]:
    left, top, right, bottom = RIM[0], RIM[1], 2 * WIDTH - RIM[0], 2 * HEIGHT - RIM[1]
    wanted = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    matrix = cv2.getPerspectiveTransform(frame.astype(np.float32), wanted)
    return _shrunk(np.asarray(cv2.warpPerspective(darkness, matrix, (2 * WIDTH, 2 * HEIGHT)), np.float32))


def _shrunk(darkness: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(cv2.resize(darkness, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.float32)


def unmatched(one: Marks, other: Marks) -> float:
    """Part of the ink, in the worse half of the blocks, that has none beside it on the other page; the worse way."""
    return max(_missing(one.sure, other.weak), _missing(other.sure, one.weak))


def _missing(sure: Map, weak: Map) -> float:
    ink = _by_block(sure)
    far = np.asarray(cv2.dilate(weak, np.ones((3, 3), np.uint8)) == 0, np.uint8)
    steps = range(-SHIFT, SHIFT + 1)
    fewest = np.min([_by_block(sure & np.roll(far, (dy, dx), (0, 1))) for dy in steps for dx in steps], axis=0)
    written = ink > LEAST_INK
    shares = np.sort(fewest[written] / ink[written])
    return float(shares[len(shares) // 2 :].mean()) if shares.size else 1.0


def _by_block(ink: Map) -> NDArray[np.float32]:
    """Part of each block that is ink."""
    size = (WIDTH // BLOCK, HEIGHT // BLOCK)
    return np.asarray(cv2.resize(ink.astype(np.float32), size, interpolation=cv2.INTER_AREA), np.float32)


class Seen:
    """The marks of a book's pages, small enough to be held for all of them, by any key."""

    def __init__(self) -> None:
        self._packed: dict[int, bytes] = {}
        self._coarse: dict[int, NDArray[np.float32]] = {}

    def add(self, key: int, packed: bytes) -> None:
        self._packed[key] = packed
        self._coarse[key] = _coarse(Marks.unpacked(packed))

    def double_of(self, packed: bytes) -> int | None:
        """Key of the page that is the same sheet; None where there is none."""
        marks = Marks.unpacked(packed)
        first = _coarse(marks)
        nearest = sorted(self._coarse, key=lambda key: float(np.abs(self._coarse[key] - first).sum()))[:LOOKED_AT]
        shares = {key: unmatched(marks, Marks.unpacked(self._packed[key])) for key in nearest}
        best = min(shares, key=lambda key: shares[key], default=None)
        return best if best is not None and shares[best] < MOST_UNMATCHED else None


def _coarse(marks: Marks) -> NDArray[np.float32]:
    return np.asarray(cv2.resize(marks.weak.astype(np.float32), COARSE, interpolation=cv2.INTER_AREA), np.float32)
