"""The fold of an open spread, and whether a picture is one."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from digitize.scans.files import PageImage
from digitize.scans.frame import Frame, find_frames
from digitize.scans.straighten import measure_tilt

SPREAD = 1.15  # times as wide as high: two pages side by side, unless one upright frame stands across the middle
GUTTER = (0.42, 0.58)  # of a spread's width, where its fold is looked for
LEAST_FRAME = 0.12  # of the picture, for the frame of one page of a spread
MARGIN = 0.02  # of the width: kept between a page's frame and a fold that cannot be seen
WORKING_WIDTH = 1000  # pixels, for looking for the shadow of the fold
UNRULED = 95  # percentile of a column's grey: rulings do not reach from edge to edge, the shadow of a fold does
DEEP = 7.0  # grey levels by which that shadow is darker than both sides of it; 100 drawn spreads part right with it
NARROW = 0.02  # of the width: its sides


@dataclass(frozen=True, slots=True)
class Fold:
    """Where two pages meet: the column halfway down, and by how many columns it moves with each row."""

    column: float
    lean: float

    def at(self, row: ArrayLike, height: int) -> NDArray[np.float64]:
        """The column of the fold in these rows of a picture so high."""
        return self.column + self.lean * (np.asarray(row, np.float64) - height / 2)


def find_fold(image: PageImage) -> Fold | None:
    """The fold between two pages, None where the picture is of one page.

    It runs between the frames of the pages, in the shadow if there is one; without frames where there is least ink.
    """
    height, width = image.shape[:2]
    if width < SPREAD * height:
        return None
    frames = find_frames(image, LEAST_FRAME)
    if any(_is_one_page(frame, width) for frame in frames):
        return None
    left, right = _beside(frames, width)
    lean = _lean(image, frames)
    first = _edge(left, (1, 2)) if left else GUTTER[0] * width
    last = _edge(right, (0, 3)) if right else GUTTER[1] * width
    shadow = _shadow(image, lean, (first, last))
    if shadow is not None:
        return Fold(shadow, lean)
    if left and right:
        return Fold((first + last) / 2, lean)
    if left or right:
        return Fold(_unseen(first, last, width, bool(left)), lean)
    return Fold(_emptiest(image), lean)


def _is_one_page(frame: Frame, width: int) -> bool:
    """Whether an upright frame stands across the middle of the picture."""
    (left, right), size = _reach(frame), np.ptp(frame.corners, axis=0)
    return left < GUTTER[0] * width and right > GUTTER[1] * width and bool(size[0] < size[1])


def _beside(frames: list[Frame], width: int) -> tuple[Frame | None, Frame | None]:
    """The frames of the left and of the right page."""
    left = [frame for frame in frames if _reach(frame)[1] < GUTTER[1] * width]
    right = [frame for frame in frames if _reach(frame)[0] > GUTTER[0] * width]
    return next(iter(left), None), next(iter(right), None)


def _reach(frame: Frame) -> tuple[float, float]:
    return _edge(frame, (0, 3)), _edge(frame, (1, 2))


def _edge(frame: Frame, corners: tuple[int, int]) -> float:
    return float(frame.corners[list(corners), 0].mean())


def _lean(image: PageImage, frames: list[Frame]) -> float:
    """Columns by which upright lines move with each row: as the frames' inner sides, else at right angles to rows."""
    if not frames:
        return -float(np.tan(np.radians(measure_tilt(image))))
    sides = [frame.corners[[3, 2]] - frame.corners[[0, 1]] for frame in frames[:2]]
    return float(np.mean([side[:, 0] / side[:, 1] for side in sides]))


def _unseen(first: float, last: float, width: int, is_left: bool) -> float:
    """A fold beside the only page with a frame: as near the middle of the picture as that page lets it."""
    away = MARGIN * width
    return max(width / 2, first + away) if is_left else min(width / 2, last - away)


def _shadow(image: PageImage, lean: float, between: tuple[float, float]) -> float | None:
    """The column, halfway down, of a dark line from edge to edge that leans so; None where none is seen."""
    scale = WORKING_WIDTH / image.shape[1]
    grey = cv2.cvtColor(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    upright = np.array([(1, -lean, lean * grey.shape[0] / 2), (0, 1, 0)], np.float64)
    grey = cv2.warpAffine(grey, upright, grey.shape[::-1], flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    side = int(NARROW * WORKING_WIDTH)
    first, last = (int(column * scale) for column in between)
    light = np.percentile(cv2.blur(grey, (3, 1))[:, max(0, first - side) : last + side], UNRULED, axis=0)
    if len(light) <= 2 * side:
        return None
    depth = np.minimum(light[: -2 * side], light[2 * side :]) - light[side:-side]
    return (first + int(depth.argmax())) / scale if depth.max() >= DEEP else None


def _emptiest(image: PageImage) -> float:
    """Column: the middle of the widest stretch near the centre with the least ink."""
    width = image.shape[1]
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 14)
    first, last = (int(share * width) for share in GUTTER)
    columns = cv2.blur(ink[:, first:last].sum(axis=0, dtype=np.float32)[None], (max(3, width // 150), 1))[0]
    empty = columns <= columns.min() + 0.15 * (np.median(columns) - columns.min())
    edges = np.flatnonzero(np.diff(np.concatenate(([0], empty.astype(np.int8), [0]))))
    start, end = max(zip(edges[::2], edges[1::2], strict=True), key=lambda run: run[1] - run[0])
    return first + (int(start) + int(end)) / 2


def part(image: PageImage, fold: Fold) -> tuple[PageImage, PageImage, int]:
    """The left and the right page, and the column where the right one begins. What belongs to the other is wiped."""
    height, width = image.shape[:2]
    top, bottom = (int(column) for column in np.rint(fold.at((0, height), height)))
    first, last = np.clip(sorted((top, bottom)), 1, width - 1)
    line = [(top, 0), (bottom, height)]
    left = _wiped(image[:, :last], [*line, (last, height), (last, 0)], 0)
    right = _wiped(image[:, first:], [*line, (first, height), (first, 0)], int(first))
    return left, right, int(first)


def _wiped(page: PageImage, outline: list[tuple[int, int]], shift: int) -> PageImage:
    """The page with the area inside the outline in the colour of its paper."""
    if len({x for x, _ in outline}) == 1:
        return page
    paper = np.percentile(page[::16, ::16].reshape(-1, 3), 60, axis=0)
    corners = np.array(outline, np.int32) - (shift, 0)
    return np.asarray(cv2.fillPoly(page.copy(), [corners], paper.tolist()), np.uint8)
