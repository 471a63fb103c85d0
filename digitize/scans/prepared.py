"""A prepared page, and the way from its pixels back to the picture it came from."""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.scans.files import PageImage

Matrix = NDArray[np.float64]  # 3 x 3, acts on columns (x, y, 1)
Points = NDArray[np.float64]  # n x 2
ALONG = np.linspace(0, 1, 5)  # of a box's side: the points that stand for it, as sides become curves on a bent page


class Step(Protocol):
    """One step of preparation walked back: points of the page after it -> points of the page before it."""

    def back(self, points: Points) -> Points: ...


@dataclass(frozen=True, slots=True)
class Projection:
    """A turn, a cut or a change of perspective. `matrix` goes from the page after it to the page before it."""

    matrix: Matrix

    def back(self, points: Points) -> Points:
        seen = np.hstack([points, np.ones((len(points), 1))]) @ self.matrix.T
        return np.asarray(seen[:, :2] / seen[:, 2:], np.float64)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One page, and the steps that made it, last step first."""

    image: PageImage
    input_size: tuple[int, int]  # width, height
    steps: tuple[Step, ...] = ()

    def after(self, step: Step, image: PageImage) -> "Prepared":
        """The page as `image`, which `step` leads back from."""
        return replace(self, image=image, steps=(step, *self.steps))

    def moved(self, matrix: Matrix, image: PageImage) -> "Prepared":
        """The page as `image`; `matrix` goes from this page's pixels to those of `image`."""
        return self.after(Projection(np.asarray(np.linalg.inv(matrix), np.float64)), image)

    def on_input(self, box: Box) -> Box:
        """The upright box around `box` in pixels of the input picture."""
        xs, ys = box.x0 + ALONG * (box.x1 - box.x0), box.y0 + ALONG * (box.y1 - box.y0)
        points = np.array([(x, y) for x in xs for y in ys], np.float64)
        for step in self.steps:
            points = step.back(points)
        (x0, y0), (x1, y1) = np.floor(points.min(axis=0)), np.ceil(points.max(axis=0))
        width, height = self.input_size
        return Box(max(0, int(x0)), max(0, int(y0)), min(width, int(x1)), min(height, int(y1)))

    def turned(self, quarters: int) -> "Prepared":
        """The page turned counter-clockwise by so many quarters."""
        height, width = self.image.shape[:2]
        back = {
            0: np.eye(3),
            1: _matrix((0, -1, width), (1, 0, 0)),
            2: _matrix((-1, 0, width), (0, -1, height)),
            3: _matrix((0, 1, 0), (-1, 0, height)),
        }
        return self.after(Projection(back[quarters % 4]), np.ascontiguousarray(np.rot90(self.image, quarters)))


def _matrix(first: tuple[float, float, float], second: tuple[float, float, float]) -> Matrix:
    return np.array([first, second, (0, 0, 1)], np.float64)
