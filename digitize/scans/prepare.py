"""A file's picture -> level pages: cut to the paper, squared, a spread parted, each page made straight and flat."""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.scans.bend import find_bend, looks_bent
from digitize.scans.files import PageImage
from digitize.scans.frame import Frame, find_frame
from digitize.scans.orientation import rows_run_upright, stands_on_its_head
from digitize.scans.paper import find_paper
from digitize.scans.prepared import Prepared
from digitize.scans.spread import find_fold, part
from digitize.scans.straighten import evenness, straighten

EDGE = 16  # the first and the last such part of a frame's height hold its rulings, what lies between its rows
INSET = 0.012  # of the way from a corner of the paper to its middle


def prepare(picture: PageImage) -> list[Prepared]:
    """The pages of a picture (H x W x 3, BGR), left before right; a picture without visible paper edges is one page."""
    height, width = picture.shape[:2]
    page = Prepared(picture, (width, height))
    quad = find_paper(picture)
    if quad is not None:
        page = _squared(page, quad)
    if rows_run_upright(page.image):
        page = page.turned(1)
    pages, frames = zip(*(_levelled(half) for half in _halves(page)), strict=True)
    return _heads_up(list(pages), [frame for frame in frames if frame])


def _squared(page: Prepared, quad: NDArray[np.float64]) -> Prepared:
    """The paper as a rectangle of its own size, its very rim cut off."""
    quad = quad + INSET * (quad.mean(axis=0) - quad)
    sides = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    width, height = int(max(sides[0], sides[2])), int(max(sides[1], sides[3]))
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    return _projected(page, np.asarray(matrix, np.float64), (width, height))


def _projected(page: Prepared, matrix: NDArray[np.float64], size: tuple[int, int]) -> Prepared:
    image = cv2.warpPerspective(page.image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return page.moved(matrix, np.asarray(image, np.uint8))


def _halves(page: Prepared) -> list[Prepared]:
    """The page, or the two pages of an open spread, parted at the fold."""
    fold = find_fold(page.image)
    if fold is None:
        return [page]
    left, right, start = part(page.image, fold)
    shift = np.array([(1, 0, -start), (0, 1, 0), (0, 0, 1)], np.float64)
    return [page.moved(np.eye(3), left), page.moved(shift, right)]


def _levelled(page: Prepared) -> tuple[Prepared, Frame | None]:
    """The page with its printed frame made a flat rectangle, or, where no frame is seen, with its rows made level."""
    frame = find_frame(page.image)
    if frame is None:
        level = straighten(page.image)
        return page.moved(np.linalg.inv(np.vstack([level.back, (0, 0, 1)])), level.image), None
    if not frame.is_square:
        page, frame = _with_frame_squared(page, frame)
    return _flat(page, frame), frame


def _heads_up(pages: list[Prepared], frames: list[Frame]) -> list[Prepared]:
    """The pages turned, both of a spread together, where every frame that tells stands on its head."""
    told = [down for frame in frames if (down := stands_on_its_head(frame)) is not None]
    return [page.turned(2) for page in reversed(pages)] if told and all(told) else pages


def _with_frame_squared(page: Prepared, frame: Frame) -> tuple[Prepared, Frame]:
    """The whole page moved so that the frame's corners make an upright rectangle about where they stood."""
    matrix = frame.to_upright()
    height, width = page.image.shape[:2]
    return _projected(page, matrix, (width, height)), frame.moved(matrix)


def _flat(page: Prepared, frame: Frame) -> Prepared:
    """The page without the bend towards its binding, if it has one; nearly all have none, which is cheap to see.

    Where the ruling was followed around a thumb the rows between would come out bent, and the page stays as it is; so
    does one whose bend hardly reaches its writing.
    """
    bend = find_bend(frame, page.image.shape[1]) if looks_bent(frame) else None
    if bend is None:
        return page
    flat = bend.flatten(page.image)
    first, last = (int(level) for level in bend.levels)
    rows = slice(first + (last - first) // EDGE, last - (last - first) // EDGE)
    return page.after(bend, flat) if evenness(flat[rows]) > evenness(page.image[rows]) else page
