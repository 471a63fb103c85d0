"""The seam: what a text engine must do for us. Real one: `paddle`; recorded one: `replay`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box

Image = NDArray[np.uint8]  # height x width x 3, BGR


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """CTC output of one crop: probabilities over time, from which text and confidence come.

    `probabilities` is time x signs, float32, rows sum to 1; `signs[0]` is the blank ("").
    Time runs evenly over the crop's width in pixels.
    """

    probabilities: NDArray[np.float32]
    signs: tuple[str, ...]
    width: int


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of text found on a page: its upright box in page pixels, and what stands in it."""

    box: Box
    posterior: Posterior


class Engine(Protocol):
    """Finds lines on a page and reads crops."""

    def lines(self, page: Image) -> list[Line]:
        """Every text line of the page, read, in no particular order."""
        ...

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        """One posterior per crop, in order. A crop is one line of text."""
        ...
