"""A file's picture -> level pages: cut to the paper, squared, an open spread parted, each page straightened."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Box
from digitize.scans.files import PageImage
from digitize.scans.straighten import straighten

Matrix = NDArray[np.float64]  # 3 x 3, acts on columns (x, y, 1)

WORKING_SIDE = 800  # pixels of the longer side, for looking for the paper
RIM = 10  # of those pixels, along each edge
LEAST_PAPER = 0.3  # of the picture; less is no page
INSET = 0.012  # of the way from a corner of the paper to its middle
WHOLE = 0.985  # of the picture: the paper fills it and nothing is cut
LEAST_CONTRAST = 35.0  # grey levels between the paper and what lies around it
SPREAD = 1.15  # times as wide as high: two pages side by side
FRAME_SIDE = 1600  # pixels of the longer side, for looking for the frame
LEAST_FRAME = 0.35  # of the page
LEAST_SLANT = 2.5  # pixels over a side of the frame; below this warping blurs more than it helps
GUTTER = (0.42, 0.58)  # of a spread's width, where its fold is looked for


@dataclass(frozen=True, slots=True)
class Prepared:
    """One level page. `to_input` maps its pixels to the upright input picture."""

    image: PageImage
    to_input: Matrix
    input_size: tuple[int, int]  # width, height

    def on_input(self, box: Box) -> Box:
        """The upright box around `box` in pixels of the input picture."""
        corners = np.array([[x, y, 1.0] for x in (box.x0, box.x1) for y in (box.y0, box.y1)]) @ self.to_input.T
        points = corners[:, :2] / corners[:, 2:]
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
        return Prepared(
            np.ascontiguousarray(np.rot90(self.image, quarters)), self.to_input @ back[quarters % 4], self.input_size
        )


def _matrix(first: tuple[float, float, float], second: tuple[float, float, float]) -> Matrix:
    return np.array([first, second, (0, 0, 1)], np.float64)


def prepare(picture: PageImage) -> list[Prepared]:
    """The pages of a picture (H x W x 3, BGR), left before right; a picture without visible paper edges is one page."""
    height, width = picture.shape[:2]
    page = Prepared(picture, np.eye(3), (width, height))
    quad = find_paper(picture)
    if quad is not None:
        page = _squared(page, quad)
    if rows_run_upright(page.image):
        page = page.turned(1)
    return [_levelled(half) for half in _halves(page)]


def find_paper(picture: PageImage) -> NDArray[np.float64] | None:
    """Corners of the paper (top left, top right, bottom right, bottom left); None where it fills the picture.

    The paper is the largest patch brighter than the picture's rim, even where a shadow lies on it; what lies around
    must be clearly darker, or it is not trusted.
    """
    scale = WORKING_SIDE / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (0, 0), 3)
    rim = np.concatenate([grey[:RIM].ravel(), grey[-RIM:].ravel(), grey[:, :RIM].ravel(), grey[:, -RIM:].ravel()])
    dark, light = float(np.median(rim)), float(np.percentile(grey, 90))
    _, bright = cv2.threshold(grey, dark + max(18.0, 0.15 * (light - dark)), 255, cv2.THRESH_BINARY)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    contours, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    hull = np.asarray(cv2.convexHull(max(contours, key=cv2.contourArea)), np.int32)
    inside = np.zeros_like(grey)
    cv2.fillConvexPoly(inside, hull, (255,))
    share = float((inside > 0).mean())
    around = grey[cv2.dilate(inside, np.ones((9, 9), np.uint8)) == 0]
    if not LEAST_PAPER < share < WHOLE or around.size < 0.005 * grey.size:
        return None
    if float(np.median(grey[inside > 0])) - float(np.median(around)) < LEAST_CONTRAST:
        return None
    return np.asarray(_corners(hull) / scale, np.float64)


def _corners(hull: NDArray[np.int32]) -> NDArray[np.float64]:
    """Four corners of a convex outline: the quadrilateral with the fewest bends, else the smallest turned box."""
    length = cv2.arcLength(hull, True)
    for bend in (0.01, 0.02, 0.03, 0.05, 0.08):
        outline = cv2.approxPolyDP(hull, bend * length, True)[:, 0]
        if len(outline) == 4:
            break
    if len(outline) != 4:
        outline = cv2.boxPoints(cv2.minAreaRect(hull))
    points = np.asarray(outline, np.float64)
    sums, differences = points.sum(axis=1), points[:, 1] - points[:, 0]
    order = (sums.argmin(), differences.argmin(), sums.argmax(), differences.argmax())
    return points[list(order)] if len(set(order)) == 4 else np.asarray(cv2.boxPoints(cv2.minAreaRect(hull)), np.float64)


def _squared(page: Prepared, quad: NDArray[np.float64]) -> Prepared:
    """The paper as a rectangle of its own size, its very rim cut off."""
    quad = quad + INSET * (quad.mean(axis=0) - quad)
    sides = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    width, height = int(max(sides[0], sides[2])), int(max(sides[1], sides[3]))
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    image = cv2.warpPerspective(
        page.image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return Prepared(np.asarray(image, np.uint8), page.to_input @ np.linalg.inv(matrix), page.input_size)


def rows_run_upright(image: PageImage) -> bool:
    """Whether the writing runs up or down the picture: ink then gathers in columns, not in rows."""
    scale = WORKING_SIDE / max(image.shape[:2])
    grey = cv2.cvtColor(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    ink = np.asarray(
        cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12), np.uint8
    )
    ink[_rulings(ink) > 0] = 0
    level, upright = (_gathered(ink, axis) for axis in (1, 0))
    return upright > level


def _rulings(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    strokes = [cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(kernel, np.uint8)) for kernel in ((1, 40), (40, 1))]
    return np.asarray(cv2.dilate(cv2.max(*strokes), np.ones((3, 3), np.uint8)), np.uint8)


def _gathered(ink: NDArray[np.uint8], axis: int) -> float:
    """How unevenly ink is spread over rows (axis 1) or columns (axis 0) that are a few pixels apart.

    Measured in strips, so that a little skew does not even it out.
    """
    strips = np.array_split(ink, 8, axis=axis)
    sums = [strip.sum(axis=axis, dtype=np.float64) for strip in strips]
    return float(sum(np.square(np.diff(s)).sum() / max(1.0, s.sum()) for s in sums))


def _halves(page: Prepared) -> list[Prepared]:
    """The page, or the two pages of an open spread, parted at the fold."""
    height, width = page.image.shape[:2]
    if width < SPREAD * height:
        return [page]
    fold = find_fold(page.image)
    shift = np.eye(3)
    shift[0, 2] = fold
    left = Prepared(page.image[:, :fold], page.to_input, page.input_size)
    return [left, Prepared(page.image[:, fold:], page.to_input @ shift, page.input_size)]


def find_fold(image: PageImage) -> int:
    """Column of the fold: the middle of the widest stretch near the centre with the least ink."""
    width = image.shape[1]
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 14)
    first, last = (int(share * width) for share in GUTTER)
    columns = cv2.blur(ink[:, first:last].sum(axis=0, dtype=np.float32)[None], (max(3, width // 150), 1))[0]
    empty = columns <= columns.min() + 0.15 * (np.median(columns) - columns.min())
    edges = np.flatnonzero(np.diff(np.concatenate(([0], empty.astype(np.int8), [0]))))
    start, end = max(zip(edges[::2], edges[1::2], strict=True), key=lambda run: run[1] - run[0])
    return first + int(start + end) // 2


def _levelled(page: Prepared) -> Prepared:
    """The page with its printed frame made a rectangle, or, where no frame is seen, with its rows made level."""
    frame = find_frame_corners(page.image)
    if frame is not None:
        return page if _is_square(frame) else _with_frame_squared(page, frame)
    level = straighten(page.image)
    back = np.vstack([level.back, (0, 0, 1)])
    return Prepared(level.image, page.to_input @ back, page.input_size)


def find_frame_corners(image: PageImage) -> NDArray[np.float64] | None:
    """Corners of the ruled frame of a form, as of find_paper; None where no ruling closes around most of the page."""
    scale = FRAME_SIDE / max(image.shape[:2])
    grey = cv2.cvtColor(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 8)
    ink = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    cv2.rectangle(ink, (0, 0), (ink.shape[1] - 1, ink.shape[0] - 1), (0,), 2 * RIM)  # the rim of the paper is no ruling
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hulls = [np.asarray(cv2.convexHull(contour), np.int32) for contour in contours if len(contour) > FRAME_SIDE]
    for hull in sorted(hulls, key=cv2.contourArea, reverse=True):
        corners = _corners(hull)
        area = cv2.contourArea(corners.astype(np.float32))
        if area > LEAST_FRAME * grey.size and 0.97 < cv2.contourArea(hull) / area < 1.03:
            return np.asarray(corners / scale, np.float64)
    return None


def _is_square(corners: NDArray[np.float64]) -> bool:
    top_left, top_right, bottom_right, bottom_left = corners
    slants = (top_left - top_right, bottom_left - bottom_right), (top_left - bottom_left, top_right - bottom_right)
    return all(abs(slant[1 - axis]) <= LEAST_SLANT for axis, pair in enumerate(slants) for slant in pair)


def _with_frame_squared(page: Prepared, corners: NDArray[np.float64]) -> Prepared:
    """The whole page moved so that the frame's corners make an upright rectangle about where they stood."""
    height, width = page.image.shape[:2]
    left, top = (corners[[0, 3], 0].mean(), corners[[0, 1], 1].mean())
    right, bottom = (corners[[1, 2], 0].mean(), corners[[2, 3], 1].mean())
    wanted = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), wanted)
    image = cv2.warpPerspective(page.image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return Prepared(np.asarray(image, np.uint8), page.to_input @ np.linalg.inv(matrix), page.input_size)
