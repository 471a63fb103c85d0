"""Where the paper lies in a picture: its four corners."""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.scans.files import PageImage

WORKING_SIDE = 800  # pixels of the longer side
RIM = 10  # of those pixels, along each edge
LEAST_PAPER = 0.3  # of the picture; less is no page
WHOLE = 0.985  # of the picture: the paper fills it and nothing is cut
MOST_OUTSIDE = 16.0  # of those pixels; what reaches farther out of the four corners is a hand or another sheet
LEAST_CONTRAST = 35.0  # grey levels between the paper and what lies around it


def find_paper(picture: PageImage) -> NDArray[np.float64] | None:
    """Corners of the paper (top left, top right, bottom right, bottom left); None where it fills the picture.

    The paper is the largest patch brighter than the picture's rim, even where a shadow lies on it; what lies around
    must be clearly darker, and nothing bright may touch the paper, or it is not trusted.
    """
    scale = WORKING_SIDE / max(picture.shape[:2])
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    grey = cv2.GaussianBlur(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (0, 0), 3)
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
    corners = corners_of(hull)
    return np.asarray(corners / scale, np.float64) if _is_within(hull, corners) else None


def _is_within(hull: NDArray[np.int32], corners: NDArray[np.float64]) -> bool:
    """Whether the corners hold the whole outline; where a hand or another sheet lies at the paper they do not."""
    outline = corners.astype(np.float32)
    return all(cv2.pointPolygonTest(outline, (float(x), float(y)), True) > -MOST_OUTSIDE for x, y in hull[:, 0])


def corners_of(hull: NDArray[np.int32]) -> NDArray[np.float64]:
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
