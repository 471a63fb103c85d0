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
    """Frames that take at least this part of the picture, largest first; the edge of the paper around one is none."""
    scale = FRAME_SIDE / max(image.shape[:2])
    grey = cv2.cvtColor(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 8)
    ink = np.asarray(cv2.dilate(dark, np.ones((3, 3), np.uint8)), np.uint8)
    cv2.rectangle(ink, (0, 0), (ink.shape[1] - 1, ink.shape[0] - 1), (0,), 2 * RIM)  # the rim of the paper is no ruling
    hulls = [np.asarray(cv2.convexHull(contour), np.int32) for contour in _outlines(ink) if len(contour) > FRAME_SIDE]
    frames: list[Frame] = []
    for hull in sorted(hulls, key=cv2.contourArea, reverse=True):
        corners = corners_of(hull)
        area = cv2.contourArea(corners.astype(np.float32))
        if area > least * grey.size and FILLED < cv2.contourArea(hull) / area < 1 / FILLED:
            frames = [frame for frame in frames if not _holds(frame, corners / scale)]
            frames.append(Frame(np.asarray(corners / scale, np.float64), ink, scale))
    return frames


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
