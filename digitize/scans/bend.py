"""A page that bends towards its binding: its upper and lower ruling followed as curves, and the page made flat.

Paper at a binding bends about an upright axis. Seen from above, each of its columns stays an upright line and only
moves and shrinks along it; so two curves say all about heights.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.scans.files import PageImage
from digitize.scans.frame import Frame

STRAIGHT = 0.95  # of a ruling's length covered by ink where a straight one would run: nothing to follow
NEAR = 3  # pixels of the frame's ink on both sides of where a straight ruling runs
MOST_BEND = 0.07  # of the frame's height, on both sides of where a straight ruling would run
STEEPEST = 2  # rows a ruling climbs from one followed column to the next
STEP = 4  # columns of ink taken together
FOLLOWED = 0.85  # of a ruling's length covered by ink along its curve, or it is not believed
LEAST_BEND = 4.0  # pixels of a page; below this a remap blurs more than it helps
SMOOTH = 9  # followed columns over which a curve is evened out

Curve = NDArray[np.float64]  # rows by column


@dataclass(frozen=True, slots=True)
class Bend:
    """`top` and `bottom`: row of both rulings in every column of the bent page; `levels`: their rows when flat."""

    top: Curve
    bottom: Curve
    levels: tuple[float, float]

    def back(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points of the flat page (n x 2) on the bent page."""
        columns = np.arange(len(self.top))
        top, bottom = (np.interp(points[:, 0], columns, curve) for curve in (self.top, self.bottom))
        part = (points[:, 1] - self.levels[0]) / (self.levels[1] - self.levels[0])
        return np.column_stack([points[:, 0], top + part * (bottom - top)])

    def flatten(self, image: PageImage) -> PageImage:
        """The bent page made flat; what would lie outside it is filled from its rim."""
        height, width = image.shape[:2]
        first, last = self.levels
        part = (np.arange(height, dtype=np.float32)[:, None] - first) / (last - first)
        rows = (self.top + part * (self.bottom - self.top)).astype(np.float32)
        columns = np.broadcast_to(np.arange(width, dtype=np.float32), (height, width))
        flat = cv2.remap(image, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(flat, np.uint8)


def looks_bent(frame: Frame) -> bool:
    """Whether the upper or lower ruling is not where it would be if it were straight."""
    corners = frame.corners * frame.scale
    return any(_covered(frame.ink, *_straight(a, b)) < STRAIGHT for a, b in (corners[[0, 1]], corners[[3, 2]]))


def find_bend(frame: Frame, width: int) -> Bend | None:
    """How a page so wide with a square frame is bent; None where its rulings are straight or cannot be followed."""
    corners = frame.corners * frame.scale
    band = MOST_BEND * (corners[3, 1] - corners[0, 1])
    curves = [_followed(frame.ink, start, end, band) for start, end in (corners[[0, 1]], corners[[3, 2]])]
    levels = (float(frame.corners[[0, 1], 1].mean()), float(frame.corners[[2, 3], 1].mean()))
    if any(curve is None for curve in curves):
        return None
    top, bottom = (np.interp(np.arange(width) * frame.scale, *curve) / frame.scale for curve in curves if curve)
    if max(np.abs(top - levels[0]).max(), np.abs(bottom - levels[1]).max()) < LEAST_BEND:
        return None
    return Bend(top, bottom, levels)


def _straight(start: NDArray[np.float64], end: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Columns from start to end and the rows of the straight line between them."""
    columns = np.arange(int(start[0]) + NEAR, int(end[0]) - NEAR)
    return columns, np.rint(np.interp(columns, (start[0], end[0]), (start[1], end[1]))).astype(np.int64)


def _covered(ink: NDArray[np.uint8], columns: NDArray[np.int64], rows: NDArray[np.int64]) -> float:
    """Share of the columns with ink near their row."""
    near = rows + np.arange(-NEAR, NEAR + 1)[:, None]
    return float((ink[near.clip(0, len(ink) - 1), columns].max(axis=0) > 0).mean())


def _followed(
    ink: NDArray[np.uint8], start: NDArray[np.float64], end: NDArray[np.float64], band: float
) -> tuple[Curve, Curve] | None:
    """Columns and rows of the ruling from start to end: the smooth path with the most ink at most `band` rows off."""
    level, reach = round(float(start[1] + end[1]) / 2), int(band)
    first, steps = int(start[0]) + NEAR, int(end[0] - start[0] - 2 * NEAR) // STEP
    around = np.pad(ink, ((reach, reach), (0, 0)))[level : level + 2 * reach + 1, first : first + steps * STEP]
    there = cv2.blur(around, (STEP, NEAR)).astype(np.float32)[:, STEP // 2 :: STEP].T / 255
    away = np.abs(np.arange(-reach, reach + 1)) / (20.0 * reach)  # of two rulings alike, the one that is expected
    path = _best_path(there - away.astype(np.float32))
    if float((there[np.arange(steps), path] > 0.5).mean()) < FOLLOWED:
        return None
    smooth = cv2.GaussianBlur(cv2.medianBlur(path.astype(np.float32)[None], 5), (0, 0), SMOOTH / 3)[0]
    columns = first + STEP * (np.arange(steps, dtype=np.float64) + 0.5)
    return columns, np.asarray(level - reach + smooth, np.float64)


def _best_path(gain: NDArray[np.float32]) -> NDArray[np.int64]:
    """The row to take at each step (steps x rows) so that the sum of what is gained is greatest."""
    climbs = range(-STEEPEST, STEEPEST + 1)
    score, came = gain[0], np.zeros(gain.shape, np.int64)
    rows = np.arange(gain.shape[1])
    for step in range(1, len(gain)):
        padded = np.pad(score, STEEPEST, constant_values=-np.inf)
        options = np.stack([padded[STEEPEST + c : STEEPEST + c + len(rows)] - 0.1 * abs(c) for c in climbs])
        best = options.argmax(axis=0)
        came[step] = rows + best - STEEPEST
        score = options[best, rows] + gain[step]
    path = [int(score.argmax())]
    for step in range(len(gain) - 1, 0, -1):
        path.append(int(came[step][path[-1]]))
    return np.array(path[::-1])
