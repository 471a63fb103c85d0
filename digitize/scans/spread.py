"""Where the fold of an open spread runs."""

import cv2
import numpy as np

from digitize.scans.files import PageImage

GUTTER = (0.42, 0.58)  # of a spread's width, where its fold is looked for


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
