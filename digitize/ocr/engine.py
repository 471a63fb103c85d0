"""The seam: what a text engine must do for us. Real one: `paddle`; recorded one: `replay`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    """A line of text on a page, or a part of one: its upright box in page pixels, and what was read in it.

    The posterior's time runs over the width of the box.
    """

    box: Box
    posterior: Posterior

    def between(self, x0: int, x1: int) -> "Line":
        """What stands of the line between two columns of pixels of the page, both inside its box."""
        if (x0, x1) == (self.box.x0, self.box.x1):
            return self
        moments = self.posterior.probabilities
        scale = len(moments) / max(1, self.box.x1 - self.box.x0)
        first, last = round((x0 - self.box.x0) * scale), round((x1 - self.box.x0) * scale)
        piece = Posterior(moments[first : max(first + 1, last)], self.posterior.signs, x1 - x0)
        return Line(replace(self.box, x0=x0, x1=x1), piece)


class Engine(Protocol):
    """Finds lines on a page and reads crops."""

    def find(self, page: Image, closely: bool = False) -> list[Box]:
        """An upright box around every text line of the page, in no particular order; `closely` small writing too."""
        ...

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        """One posterior per crop, in order. A crop is one line of text."""
        ...

    def skim(self, crops: Sequence[Image]) -> list[Posterior]:
        """As `read`, in a fraction of the time and less surely: a first look, to see what stands where."""
        ...
