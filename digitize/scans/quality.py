"""What is wrong with a picture as a picture, told to the operator in words with what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.books.entry import Problem
from digitize.scans.files import PageImage
from digitize.scans.prepare import prepare
from digitize.scans.prepared import Prepared

Grey = NDArray[np.uint8]

WORKING_SIDE = 1200  # pixels of the picture's shorter side
# Measured on 16 drawn pages in pens never tuned on, each as a scan, a second scan and a photograph, and the samples.
# None of them nor of 26 hard pages (stained, faded, stamped, bent, shadow, ledgers, spreads, lying) is warned about.
LEAST_STEEPNESS = 0.465  # good pages 0.62-0.71; blur of 2 pixels 0.53-0.57 (still read), of 3 pixels 0.44-0.49
LEAST_LIGHT = 80.0  # median grey of the paper; good pages 228-242, at a quarter of the light 60
WASHED_PAPER = 200.0  # grey; good pages 228-242
LEAST_CONTRAST = 45.0  # grey levels; good pages 110-151, ink at 22 % of its strength 40
LEAST_INK = 0.002  # part of the page; good pages 0.053-0.087
LEAST_HEIGHT = 950  # pixels of a page; two samples are read as well at 1000, at 850 3 more of some 30 fields fail
STROKE = 30  # grey levels; a first guess that finds the rulings of all pages above
RULING = 45  # pixels; letters are shorter
RIM = 10  # pixels along the picture's edge
MOST_RULINGS = 8  # of a form; the samples' frames have three upright and three level ones
REDDER = 9  # on the a* axis of Lab than the paper; a first guess that finds drawn fingers of two tones

TELL = {
    "too dark": "Ảnh quá tối. Tăng độ sáng hoặc chụp ở nơi đủ sáng rồi quét lại.",
    "too bright": "Ảnh quá sáng, chữ bị nhạt mất. Giảm độ sáng hoặc tắt đèn flash rồi quét lại.",
    "too blurred": "Ảnh quá mờ. Giữ sổ phẳng, lau kính, giữ chắc máy rồi quét lại.",
    "too small": "Ảnh quá nhỏ để đọc chữ. Quét lại ở 200-300 dpi, hoặc chụp gần hơn.",
    "blank page": "Trang trắng, không có chữ. Nếu trong sổ đúng là trang trắng thì chọn giữ nguyên.",
    "cut off": "Trang bị cắt mất một phần ở {sides}. Đặt trọn trang vào khung rồi quét lại.",
    "covered": "Có ngón tay hoặc vật che trên trang. Bỏ ra rồi quét lại.",
    "screenshot": "Đây là ảnh chụp màn hình, không phải ảnh quét. Nạp tệp gốc từ máy quét hoặc điện thoại.",
}


@dataclass(frozen=True, slots=True)
class Glance:
    """A picture made small, and the pages on it: enough to judge it by, in a tenth of the time."""

    file: PageImage  # in its own size
    grey: Grey
    scale: float  # small pixels per pixel of the file
    pages: list[PageImage]
    greys: list[Grey]  # of the pages, in the size of `grey`

    @classmethod
    def at(cls, picture: PageImage) -> Self:
        scale = min(1.0, WORKING_SIDE / min(picture.shape[:2]))
        small = _shrunk(picture, scale)
        pages = [page.image for page in prepare(small)]
        return cls(picture, _grey(small), scale, pages, [_grey(page) for page in pages])

    @classmethod
    def at_prepared(cls, picture: PageImage, pages: Sequence[Prepared]) -> Self:
        """Of a picture that has been prepared in its own size already."""
        scale = min(1.0, WORKING_SIDE / min(picture.shape[:2]))
        greys = [_shrunk(_grey(page.image), scale) for page in pages]
        return cls(picture, _shrunk(_grey(picture), scale), scale, [page.image for page in pages], greys)


def find_problems(glance: Glance) -> tuple[Problem, ...]:
    """Problems of a picture; the codes are the keys of TELL. Empty where it is good enough to be read."""
    written = [page for page in glance.greys if not _is_blank(page)]
    if not written:
        return (_told("blank page"),)
    sides = _cut_sides(glance.grey)
    is_blurred = any(_steepness(grey) < LEAST_STEEPNESS for grey in written)  # which takes contrast too
    found = {
        "screenshot": _is_screenshot(glance.file),
        "too small": max(page.shape[0] for page in written) < LEAST_HEIGHT * glance.scale,
        "too dark": all(_paper_of(grey) < LEAST_LIGHT for grey in written),
        "too bright": not is_blurred and all(map(_is_washed, written)),
        "too blurred": is_blurred,
        "cut off": bool(sides),
        "covered": any(map(_is_covered, glance.pages)),
    }
    return tuple(_told(code, sides) for code, wrong in found.items() if wrong)


def _grey(picture: PageImage) -> Grey:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def _shrunk(picture: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    if scale == 1.0:
        return picture
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _told(code: str, sides: tuple[str, ...] = ()) -> Problem:
    return Problem(code, TELL[code].format(sides=", ".join(sides)))


def _is_blank(grey: Grey) -> bool:
    darker = max(4.0, 15 * _paper_of(grey) / 240)  # grey levels; in little light ink is little darker than paper
    ink = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, darker)
    return float(np.mean(ink)) < LEAST_INK


def _paper_of(grey: Grey) -> float:
    """Grey level of the paper: most of a page is paper."""
    return float(np.median(grey[::4, ::4]))


def _is_washed(grey: Grey) -> bool:
    return _paper_of(grey) > WASHED_PAPER and _contrast(grey) < LEAST_CONTRAST


def _contrast(grey: Grey) -> float:
    """Grey levels between the strongest strokes and the paper beside them."""
    return float(np.percentile(_range_around(grey)[::3, ::3], 97))


def _range_around(grey: Grey) -> Grey:
    around = np.ones((7, 7), np.uint8)
    return np.asarray(cv2.subtract(cv2.dilate(grey, around), cv2.erode(grey, around)), np.uint8)


def _steepness(grey: Grey) -> float:
    """Part of its whole height by which a stroke's edge rises within one pixel: the same in faint and in bold ink.

    Unlike the variance of the Laplacian it neither falls with little or pale ink nor rises with the grain of a camera.
    """
    smooth = np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.8), np.uint8)
    heights = _range_around(smooth)[::2, ::2]
    across, down = (cv2.Sobel(smooth, cv2.CV_16S, dx, 1 - dx)[::2, ::2] for dx in (1, 0))
    strong = heights > 0.6 * np.percentile(heights[::3, ::3], 97)
    slopes = np.maximum(np.abs(across[strong]), np.abs(down[strong])) / 4.0
    return float(np.percentile(slopes / heights[strong], 90))


def _cut_sides(grey: Grey) -> tuple[str, ...]:
    """Sides of the picture over which the form's rulings run out."""
    # thin and dark with paper on both sides: neither the paper's own edge nor the rim of a scanner's glass
    strokes = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((13, 13), np.uint8))
    ink = (strokes > STROKE).astype(np.uint8)
    across, upright = _rulings(ink), _rulings(np.ascontiguousarray(ink.T)).T
    rims = {"phía trên": upright[:RIM], "phía dưới": upright[-RIM:],
            "bên trái": across[:, :RIM].T, "bên phải": across[:, -RIM:].T}  # fmt: skip
    return tuple(side for side, rim in rims.items() if _runs_out(rim))


def _rulings(ink: Grey) -> Grey:
    """Level strokes of some length, tilted a little or not; dots of a leader stay dots."""
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    line = np.ones((1, RULING), np.uint8)
    return np.asarray(cv2.morphologyEx(thick, cv2.MORPH_OPEN, line, borderType=cv2.BORDER_CONSTANT, borderValue=(0,)))


def _runs_out(rim: Grey) -> bool:
    """Whether a few rulings, well apart, reach through the rim; a ledger's many rows may go on to the paper's edge."""
    through = np.concatenate(([0], (rim.sum(axis=0) >= 0.8 * RIM).astype(np.int8), [0]))
    places = np.flatnonzero(np.diff(through) == 1) / rim.shape[1]
    inner = places[(places > 0.02) & (places < 0.98)]
    return 2 <= len(inner) <= MOST_RULINGS and float(np.ptp(inner)) > 0.25


def _is_covered(page: PageImage) -> bool:
    """Whether something of the colour of skin reaches in from the edge of the paper."""
    shape = 300, round(300 * page.shape[0] / page.shape[1])
    small = cv2.resize(page[::2, ::2], shape, interpolation=cv2.INTER_AREA)
    light, red, _ = (np.asarray(channel, np.int16) for channel in cv2.split(cv2.cvtColor(small, cv2.COLOR_BGR2LAB)))
    skin = (red - np.median(red) > REDDER) & (np.median(light) - light > 8)
    filled = cv2.morphologyEx(skin.astype(np.uint8), cv2.MORPH_OPEN, np.ones((11, 11), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(filled)
    return any(_is_finger(stats[number], filled.shape) for number in range(1, count))


def _is_finger(stats: NDArray[np.int32], shape: tuple[int, ...]) -> bool:
    """A patch at the page's edge, about as deep as it is long; a strip of desk left along the edge is longer."""
    x, y, width, height, area = map(int, stats)
    at_side, at_end = x <= 3 or x + width >= shape[1] - 3, y <= 3 or y + height >= shape[0] - 3
    share = area / (shape[0] * shape[1])
    return (at_side or at_end) and 0.006 < share < 0.3 and max(width, height) < 3.5 * min(width, height)


def _is_screenshot(picture: PageImage) -> bool:
    """Whether a bar of one exact colour, other than the paper's, lies along the top or the bottom."""
    depth, paper = picture.shape[0] // 60, np.median(picture[::8, ::8].reshape(-1, 3), axis=0)
    return any(_is_bar(picture[rows], paper) for rows in (slice(0, depth), slice(-depth, None)))


def _is_bar(rows: PageImage, paper: NDArray[np.float64]) -> bool:
    flat = rows.reshape(-1, 3)
    colour = np.median(flat, axis=0)
    differs = float(np.abs(colour - paper).max()) > 25
    return differs and float((flat == colour).all(axis=1).mean()) > 0.75 and 12 < float(colour.mean()) < 243
