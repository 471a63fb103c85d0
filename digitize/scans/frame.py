"""The ruled frame of a form or table: its corners and its rulings."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.scans.files import PageImage
from digitize.scans.paper import corners_of

FRAME_SIDE = 1600  # pixels of the longer side, for looking for the frame
RIM = 10  # of those pixels, along each edge
LEAST_FRAME = 0.35  # of the page
FILLED = 0.9  # of its four corners' area the frame's outline takes, or the other way round; bent pages down to 0.93
LEAST_SLANT = 2.5  # pixels over a side of the frame; below this warping blurs more than it helps
FAINT = 0.04  # of the paper's brightness around it: the least that ink is darker
# Of how dark a page's darkest twentieth of ink is: chosen so that rulings that shine through from the back and rims of
# stains fall below and a page's own do not (looked at on 15 drawn pages, not fitted).
STRONG = 0.3
NEAR = 4  # of those pixels: how far ink may lie from a straight side that goes through it
COVERED, GAIN = 0.9, 0.1  # of a side with ink along it; how much more of the lines that mend a frame
SLANT = 0.12  # of a side's length: how far it may lie askew
TRIES = 300  # pairs of points that a side is laid through


@dataclass(frozen=True, slots=True)
class Frame:
    """Corners of a frame (top left, top right, bottom right, bottom left) in pixels of the page.

    `ink` is the page's ink, 255 or 0, `scale` times as large as the page.
    """

    corners: NDArray[np.float64]
    ink: NDArray[np.uint8]
    scale: float

    @property
    def is_square(self) -> bool:
        top_left, top_right, bottom_right, bottom_left = self.corners
        level, upright = (
            (top_left - top_right, bottom_left - bottom_right),
            (top_left - bottom_left, top_right - bottom_right),
        )
        return all(abs(slant[1 - axis]) <= LEAST_SLANT for axis, pair in enumerate((level, upright)) for slant in pair)

    def to_upright(self) -> NDArray[np.float64]:
        """The projection (3 x 3) that makes the frame an upright rectangle about where it stands."""
        left, right = self.corners[[0, 3], 0].mean(), self.corners[[1, 2], 0].mean()
        top, bottom = self.corners[[0, 1], 1].mean(), self.corners[[2, 3], 1].mean()
        wanted = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
        return np.asarray(cv2.getPerspectiveTransform(self.corners.astype(np.float32), wanted), np.float64)

    def moved(self, matrix: NDArray[np.float64]) -> "Frame":
        """The frame on the page after a projection."""
        size = np.diag([self.scale, self.scale, 1.0])
        ink = cv2.warpPerspective(self.ink, size @ matrix @ np.linalg.inv(size), self.ink.shape[::-1])
        corners = cv2.perspectiveTransform(self.corners[None], matrix)[0]
        return Frame(np.asarray(corners, np.float64), np.asarray(ink, np.uint8), self.scale)


def find_frame(image: PageImage) -> Frame | None:
    """The ruled frame of a form; None where no ruling closes around most of the page."""
    return next(iter(find_frames(image, LEAST_FRAME)), None)


def find_frames(image: PageImage, least: float) -> list[Frame]:
    """Frames that take at least this part of the picture, largest first; the edge of the paper around one is none.

    They are looked for in strong ink first, so that what shines through from the back is not taken in.
    """
    scale = FRAME_SIDE / max(image.shape[:2])
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    depth = _depth(np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8))
    strong = STRONG * float(np.percentile(depth[depth > FAINT], 95)) if (depth > FAINT).any() else FAINT
    return _frames_in(depth > max(FAINT, strong), scale, least) or _frames_in(depth > FAINT, scale, least)


def _depth(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How much darker than what is around it every pixel is, 0..1, whatever light falls there."""
    around = cv2.blur(grey, (31, 31)).astype(np.float32)
    return np.asarray(1 - grey / np.maximum(around, 1), np.float32)


def _frames_in(dark: NDArray[np.bool_], scale: float, least: float) -> list[Frame]:
    ink = np.asarray(cv2.dilate(dark.astype(np.uint8) * 255, np.ones((3, 3), np.uint8)), np.uint8)
    cv2.rectangle(ink, (0, 0), (ink.shape[1] - 1, ink.shape[0] - 1), (0,), 2 * RIM)  # the rim of the paper is no ruling
    outlines = [outline for outline in _outlines(ink) if len(outline) > FRAME_SIDE]
    frames: list[Frame] = []
    for outline in sorted(outlines, key=lambda each: -cv2.contourArea(cv2.convexHull(each))):
        corners = _corners(outline, ink)
        if corners is not None and cv2.contourArea(corners.astype(np.float32)) > least * ink.size:
            frames = [frame for frame in frames if not _holds(frame, corners / scale)]
            frames.append(Frame(np.asarray(corners / scale, np.float64), ink, scale))
    return frames


def _corners(outline: NDArray[np.int32], ink: NDArray[np.uint8]) -> NDArray[np.float64] | None:
    """The corners of a frame with this outline; None where it is the outline of something else.

    Those of its hull, or, where a thumb or a stain at its rim is in that, of the lines along most of each side.
    """
    hull = np.asarray(cv2.convexHull(outline), np.int32)
    corners = corners_of(hull)
    covered = _covered(corners, ink)
    if covered < COVERED and (mended := _along_sides(outline)) is not None and _covered(mended, ink) > covered + GAIN:
        return mended
    area = cv2.contourArea(corners.astype(np.float32))
    return corners if area > 0 and FILLED < cv2.contourArea(hull) / area < 1 / FILLED else None


def _covered(corners: NDArray[np.float64], ink: NDArray[np.uint8]) -> float:
    """The part with ink along it of the side with the least."""
    return min(_ink_along(ink, start, end) for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True))


def _ink_along(ink: NDArray[np.uint8], start: NDArray[np.float64], end: NDArray[np.float64]) -> float:
    """The part of the straight line between two points with ink near it."""
    steps = max(2, int(np.abs(end - start).max()))
    points = np.rint(start + np.linspace(0, 1, steps)[:, None] * (end - start)).astype(int)
    height, width = ink.shape
    wide = cv2.dilate(ink, np.ones((2 * NEAR + 1, 2 * NEAR + 1), np.uint8))
    return float((wide[points[:, 1].clip(0, height - 1), points[:, 0].clip(0, width - 1)] > 0).mean())


def _along_sides(outline: NDArray[np.int32]) -> NDArray[np.float64] | None:
    """Corners where the lines along most of the outline's left, right, upper and lower points cross."""
    x, y = outline[:, 0, 0], outline[:, 0, 1]
    left, right = _side(y, x, np.minimum), _side(y, x, np.maximum)
    upper, lower = _side(x, y, np.minimum), _side(x, y, np.maximum)
    crossings = [
        _crossing(side, level) for side, level in ((left, upper), (right, upper), (right, lower), (left, lower))
    ]
    corners = np.array(crossings, np.float64)
    return corners if cv2.isContourConvex(corners.astype(np.float32)) else None


def _side(along: NDArray[np.int32], off: NDArray[np.int32], outer: np.ufunc) -> tuple[float, float]:
    """Slope and start of the straight line through most of the outermost points along a side."""
    first = int(along.min())
    edge = np.full(int(along.max()) - first + 1, np.nan)
    edge[along - first] = off
    outer.at(edge, along - first, off)
    places = np.flatnonzero(~np.isnan(edge))
    rng = np.random.default_rng(0)
    a, b = rng.choice(places, (2, TRIES))
    far = np.abs(b - a) > len(edge) / 10
    slopes = (edge[b[far]] - edge[a[far]]) / (b[far] - a[far])
    starts = edge[a[far]] - slopes * a[far]
    level = np.abs(slopes) < SLANT
    if not level.any():
        return 0.0, float(np.median(edge[places]))
    near = np.abs(edge[places] - (slopes[level, None] * places + starts[level, None])) <= NEAR / 2
    best = int(near.sum(axis=1).argmax())
    slope, start = np.polyfit(places[near[best]], edge[places[near[best]]], 1)
    return float(slope), float(start - slope * first)


def _crossing(side: tuple[float, float], level: tuple[float, float]) -> tuple[float, float]:
    """Where x = side(y) and y = level(x) cross."""
    x = (side[0] * level[1] + side[1]) / (1 - side[0] * level[0])
    return x, level[0] * x + level[1]


def _outlines(ink: NDArray[np.uint8]) -> list[NDArray[np.int32]]:
    """Outer outlines of all connected ink, also of that inside other ink."""
    outlines, nesting = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return []
    return [np.asarray(o, np.int32) for o, (*_, outer) in zip(outlines, nesting[0], strict=True) if outer < 0]


def _holds(outer: Frame, corners: NDArray[np.float64]) -> bool:
    """Whether a frame lies around these corners: then it is the edge of the paper."""
    outline = outer.corners.astype(np.float32)
    return all(cv2.pointPolygonTest(outline, (float(x), float(y)), False) > 0 for x, y in corners)
