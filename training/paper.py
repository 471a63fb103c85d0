"""What paper, print, years and camera do to the ink of a line: each by its own chance, some lines stay clean."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training.pens import Alpha, Field, Ink, smooth_noise

Colour = tuple[int, int, int]  # blue, green, red, as OpenCV has it
Pixels = NDArray[np.uint8]
Spoilt = Callable[[float], bool]

PAPERS: tuple[Colour, ...] = (
    (255, 255, 255), (250, 250, 250), (238, 246, 250), (222, 238, 246), (206, 226, 238), (186, 212, 230),
    (240, 232, 226), (235, 226, 228), (238, 222, 226), (214, 214, 212), (205, 205, 203), (252, 252, 250),
    (232, 228, 224), (226, 200, 184), (200, 222, 208),
)  # fmt: skip
PENS: tuple[tuple[Colour, int], ...] = (  # colour of the ink and how often
    ((128, 44, 28), 5), ((170, 80, 50), 4), ((190, 110, 80), 2), ((200, 100, 20), 1), ((40, 33, 34), 6),
    ((80, 70, 66), 2), ((130, 60, 80), 3), ((150, 90, 120), 1), ((110, 105, 105), 1), ((60, 40, 180), 1),
    ((60, 110, 30), 1),
)  # fmt: skip
PRINT: Colour = (52, 48, 46)
STAMP: Colour = (70, 50, 200)
CONTRAST = 62  # grey levels between the ink and its paper, at least: less cannot be read by anybody
INTRUSION = 0.22  # of the height, by a neighbour: more could be taken for the line itself


@dataclass(frozen=True, slots=True)
class Crop:
    """Pixels of paper left on each side when the line is cut out of its page; below 0 ink is shaved off."""

    above: int
    below: int
    left: int
    right: int


def pen_colour(rng: random.Random) -> Colour:
    """The colour of some ballpoint, a little off."""
    colour = rng.choices([c for c, _ in PENS], [n for _, n in PENS])[0]
    blue, green, red = (max(0, min(255, value + rng.randint(-22, 22))) for value in colour)
    return blue, green, red


def some_crop(rng: random.Random, x_height: float) -> Crop:
    """Tight, ordinary or loose, on each side by itself; sometimes with a long empty blank beside the writing."""
    x = x_height

    def vertical() -> int:
        return round(
            rng.choices((rng.uniform(-0.1, 0.15) * x, rng.uniform(0.1, 0.6) * x, rng.uniform(0.5, 1.7) * x), (3, 5, 2))[
                0
            ]
        )

    def horizontal(blank: float) -> int:
        wide = rng.uniform(2, 14) * x if rng.random() < blank else rng.uniform(0.1, 1.8) * x
        return round(rng.uniform(-1.5, 4) if rng.random() < 0.2 else wide)

    return Crop(vertical(), vertical(), horizontal(0.06), horizontal(0.2))


def lay(
    rng: random.Random,
    ink: Ink,
    colour: Colour,
    crop: Crop | None,
    label: Alpha | None = None,
    wear: float = 1.0,
    printed: Alpha | None = None,
) -> Pixels:
    """The ink on some paper, cut out and photographed: height x width x 3, BGR.

    `label` is print whose end stands before the line; `printed` is what the form prints on the whole of it (of
    the ink's size, which is then cut by nobody: `crop` is None). `wear` scales the chance of everything that spoils a
    page or a photograph, not that of what is printed on the form.
    """

    def spoilt(chance: float) -> bool:
        return rng.random() < chance * wear

    noise = np.random.default_rng(rng.getrandbits(64))
    alpha, baseline = _cut(ink.alpha, ink.baseline, crop) if crop else (ink.alpha, ink.baseline)
    x = ink.x_height
    if label is not None:
        alpha, printed = _beside(rng, alpha, label, baseline, x)
    elif printed is None:
        printed = np.zeros_like(alpha)
    page = _sheet(rng, spoilt, noise, alpha.shape)
    if spoilt(0.07):
        _cover(page, _bled_through(rng, alpha), (110, 90, 90), rng.uniform(0.08, 0.3))
    _cover(page, _rules(rng, printed, baseline, x), _tinted(rng, PRINT), rng.uniform(0.5, 1.0))
    if spoilt(0.3):
        _cover(page, _neighbours(rng, ink, alpha.shape), colour, rng.uniform(0.5, 1.0))
    strength = rng.uniform(0.3, 0.6) if spoilt(0.15) else rng.uniform(0.65, 1.0)
    _cover(page, alpha, *_seen_on(page, colour, strength))
    if spoilt(0.05):
        _cover(page, _stamp(rng, noise, alpha.shape, x), _tinted(rng, STAMP), rng.uniform(0.25, 0.65))
    return _photograph(rng, spoilt, noise, page)


def _photograph(rng: random.Random, spoilt: Spoilt, noise: np.random.Generator, page: Field) -> Pixels:
    """What light, lens, sensor and file format leave of the page (H x W x 3, 0..255)."""
    if spoilt(0.4):
        page *= _light(rng, noise, page.shape[:2])
    image = _turned(rng, spoilt, page)
    image = _blurred(rng, spoilt, image)
    if spoilt(0.6):
        grain = noise.standard_normal(image.shape[:2], np.float32) * rng.uniform(1, 7)
        image = image + (cv2.GaussianBlur(grain, (3, 3), 0) * 2 if rng.random() < 0.5 else grain)[..., None]
    pixels = np.clip(image, 0, 255).astype(np.uint8)
    if rng.random() < 0.15:
        pixels = np.asarray(cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8)
    if spoilt(0.55):
        packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(30, 92)])[1]
        pixels = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
    return pixels


def _cut(alpha: Alpha, baseline: float, crop: Crop) -> tuple[Alpha, float]:
    """The part of the ink inside the crop, paper added where the crop is wider; and its baseline."""
    left, top, width, height = cv2.boundingRect(cv2.compare(alpha, 40, cv2.CMP_GT))
    top, bottom = top - crop.above, max(top + height + crop.below, top - crop.above + 12)
    left, right = left - crop.left, max(left + width + crop.right, left - crop.left + 12)
    inside = alpha[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    sides = (max(0, -top), max(0, bottom - alpha.shape[0]), max(0, -left), max(0, right - alpha.shape[1]))
    return np.asarray(cv2.copyMakeBorder(inside, *sides, cv2.BORDER_CONSTANT, value=0), np.uint8), baseline - top


def _beside(rng: random.Random, alpha: Alpha, label: Alpha, baseline: float, x: float) -> tuple[Alpha, Alpha]:
    """Room made at the left for the label's end, and the layer that bears it; the crop cuts into the label anywhere."""
    gap, seen = round(rng.uniform(0.2, 2.0) * x), min(label.shape[1], round(rng.uniform(0.3, 3.5) * x))
    widened = np.asarray(cv2.copyMakeBorder(alpha, 0, 0, gap + seen, 0, cv2.BORDER_CONSTANT, value=0), np.uint8)
    printed = np.zeros_like(widened)
    top = round(baseline - label.shape[0] * 0.68 + rng.uniform(-0.3, 0.25) * x)
    low, high = max(0, top), min(alpha.shape[0], top + label.shape[0])
    if high > low:
        printed[low:high, :seen] = label[low - top : high - top, label.shape[1] - seen :]
    return widened, printed


def _sheet(rng: random.Random, spoilt: Spoilt, noise: np.random.Generator, shape: tuple[int, ...]) -> Field:
    """Tinted paper; some of it stained, shaded by a fold, or rough."""
    height, width = shape
    tint = np.array(_tinted(rng, rng.choice(PAPERS), 8), np.float32) * (rng.uniform(0.55, 0.8) if spoilt(0.1) else 1)
    shade = np.ones((height, width), np.float32)
    if spoilt(0.5):
        shade += smooth_noise(noise, shape, rng.uniform(15, 90)) * rng.uniform(0.003, 0.03)
    if spoilt(0.15):
        shade += cv2.GaussianBlur(noise.standard_normal(shape, np.float32), (0, 0), 0.8) * rng.uniform(0.01, 0.04)
    if spoilt(0.06):
        stains = np.clip(smooth_noise(noise, shape, rng.uniform(30, 120)) - 0.6, 0, 0.7)
        shade -= stains * rng.uniform(0.1, 0.35)
    if spoilt(0.05):
        fold = np.abs(np.arange(width, dtype=np.float32) - rng.uniform(0, width)) / rng.uniform(3, 25)
        shade -= (rng.uniform(0.05, 0.25) * np.exp(-fold))[None, :]
    return shade[..., None] * tint


def _rules(rng: random.Random, printed: Alpha, baseline: float, x: float) -> Alpha:
    """The printed layer with leaders or a ruled line to write on, and the borders of a table's cell."""
    height, width = printed.shape
    layer = printed.copy()
    kind = rng.random()
    if kind < 0.36:
        row = baseline + rng.uniform(-0.05, 0.5) * x
        layer = np.asarray(cv2.max(layer, _leaders(rng, layer.shape, row, x)), np.uint8)
    elif kind < 0.46:
        row = baseline + rng.uniform(-0.1, 0.6) * x
        _line(layer, (0, row), (width, row + rng.uniform(-2, 2)), rng.uniform(0.5, 1.8), rng.randint(90, 255))
    if rng.random() < 0.12:
        for row in rng.sample((rng.uniform(-1, 4), height - rng.uniform(0, 5)), rng.randint(1, 2)):
            _line(layer, (0, row), (width, row + rng.uniform(-2, 2)), rng.uniform(0.7, 2.5), rng.randint(120, 255))
    if rng.random() < 0.1:
        for column in rng.sample((rng.uniform(-1, 5), width - rng.uniform(0, 6)), rng.randint(1, 2)):
            _line(
                layer, (column, 0), (column + rng.uniform(-2, 2), height), rng.uniform(0.7, 2.5), rng.randint(120, 255)
            )
    return layer


def _leaders(rng: random.Random, shape: tuple[int, ...], row: float, x: float) -> Alpha:
    """A row of dots or dashes, sometimes only where nothing was written over it."""
    height, width = shape
    pitch, radius = rng.uniform(0.2, 0.65) * x, max(0.45, rng.uniform(0.04, 0.11) * x)
    long = 0.0 if rng.random() < 0.85 else rng.uniform(0.2, 0.6) * pitch
    slope = rng.uniform(-0.004, 0.004)
    columns = np.arange(width, dtype=np.float32)
    across = np.abs((columns + rng.uniform(0, pitch)) % pitch - pitch / 2)
    across = np.maximum(across - long / 2, 0)[None, :]
    down = np.arange(height, dtype=np.float32)[:, None] - (row + slope * columns)[None, :]
    dots = np.clip(radius + 0.5 - np.sqrt(across**2 + down**2), 0, 1) * rng.uniform(90, 255)
    if rng.random() < 0.25:
        start = rng.uniform(0, 1) * width
        dots *= (columns > start) if rng.random() < 0.6 else (columns < start)
    return np.asarray(dots, np.uint8)


def _line(layer: Alpha, start: tuple[float, float], end: tuple[float, float], thick: float, dark: int) -> None:
    """A line at parts of a pixel."""
    shift = 4
    (x0, y0), (x1, y1) = start, end
    points = [(round(u * 2**shift), round(v * 2**shift)) for u, v in ((x0, y0), (x1, y1))]
    cv2.line(layer, points[0], points[1], dark, max(1, round(thick)), cv2.LINE_AA, shift)


def _neighbours(rng: random.Random, ink: Ink, shape: tuple[int, ...]) -> Alpha:
    """What hangs in from the line above and stands up from the line below, in the same hand."""
    height, width = shape
    layer = np.zeros(shape, np.uint8)
    inked = np.flatnonzero((ink.alpha > 60).any(axis=1))
    if not inked.size:
        return layer
    first = rng.randrange(max(1, ink.alpha.shape[1] // 2))
    strip = np.roll(ink.alpha, -first, axis=1)[inked[0] : inked[-1] + 1, :width]
    at = rng.randrange(max(1, width - strip.shape[1] + 1))
    reach = min(strip.shape[0], max(2, round(height * INTRUSION)))
    if rng.random() < 0.6:
        seen = rng.randint(1, reach)
        layer[:seen, at : at + strip.shape[1]] = strip[-seen:]
    if rng.random() < 0.6:
        seen = rng.randint(1, reach)
        layer[-seen:, at : at + strip.shape[1]] = strip[:seen]
    return layer


def _bled_through(rng: random.Random, alpha: Alpha) -> Alpha:
    """The writing of the page's other side: mirrored and soft."""
    moved = np.roll(alpha[:, ::-1], (rng.randint(-9, 9), rng.randrange(alpha.shape[1])), (0, 1))
    return np.asarray(cv2.GaussianBlur(moved, (0, 0), rng.uniform(1.0, 2.5)), np.uint8)


def _stamp(rng: random.Random, noise: np.random.Generator, shape: tuple[int, ...], x: float) -> Alpha:
    """The arcs of a round stamp that crosses the line, worn in places."""
    height, width = shape
    layer = np.zeros(shape, np.uint8)
    radius = rng.uniform(3.5, 8) * x
    centre = (round(rng.uniform(0, width)), round(height / 2 + rng.uniform(-1.0, 1.0) * radius))
    for share in (1.0, rng.uniform(0.86, 0.93), rng.uniform(0.55, 0.65)):
        cv2.circle(layer, centre, round(radius * share), 255, max(1, round(rng.uniform(0.06, 0.2) * x)), cv2.LINE_AA)
    for turn in range(0, 360, rng.choice((18, 22, 30))):
        angle = math.radians(turn)
        at = [round(c + 0.76 * radius * f(angle)) for c, f in zip(centre, (math.cos, math.sin), strict=True)]
        cv2.putText(
            layer, rng.choice("AIHNUTXBCOK"), (at[0], at[1]), cv2.FONT_HERSHEY_SIMPLEX, x / 30, 230, 1, cv2.LINE_AA
        )
    worn = np.clip(1.2 - np.abs(smooth_noise(noise, shape, 4)) * rng.uniform(0.2, 0.8), 0, 1)
    return (layer * worn).astype(np.uint8)


def _cover(page: Field, alpha: Alpha, colour: Colour, strength: float) -> None:
    """Lays colour on the page where `alpha` is, in place."""
    share = alpha.astype(np.float32) * np.float32(strength / 255)
    page -= share[..., None] * (page - np.array(colour, np.float32))


def _seen_on(page: Field, colour: Colour, strength: float) -> tuple[Colour, float]:
    """The ink stronger and then darker, as far as it needs to be to stand out from this page."""
    paper, ink = float(page.mean()), sum(colour) / 3
    if strength * (paper - ink) < CONTRAST:
        ink = max(0.0, min(ink, paper - CONTRAST))
        share = ink / max(1.0, sum(colour) / 3)
        colour = (int(colour[0] * share), int(colour[1] * share), int(colour[2] * share))
        strength = min(1.0, max(strength, CONTRAST / max(1.0, paper - ink)))
    return colour, strength


def _tinted(rng: random.Random, colour: Colour, by: int = 18) -> Colour:
    off = rng.randint(-by, by)
    blue, green, red = (max(0, min(255, v + off + rng.randint(-4, 4))) for v in colour)
    return blue, green, red


def _light(rng: random.Random, noise: np.random.Generator, shape: tuple[int, ...]) -> Field:
    """Brighter at one end than at the other, and a soft shadow or two."""
    height, width = shape
    across = np.linspace(rng.uniform(0.75, 1.0), rng.uniform(0.75, 1.0), width, dtype=np.float32)[None, :]
    down = np.linspace(rng.uniform(0.92, 1.0), rng.uniform(0.92, 1.0), height, dtype=np.float32)[:, None]
    return np.asarray((across * down * (1 + 0.03 * smooth_noise(noise, shape, 120)))[..., None], np.float32)


def _turned(rng: random.Random, spoilt: Spoilt, page: Field) -> Field:
    """Slightly askew, and as large as it happened to be photographed: 30 to 110 px high."""
    height, width = page.shape[:2]
    wanted = min(
        110.0, max(30.0, height * rng.choices((rng.uniform(0.5, 0.8), 1.0, rng.uniform(0.8, 1.5)), (3, 3, 4))[0])
    )
    scale = wanted / height
    if spoilt(0.5):
        limit = min(2.0, math.degrees(math.atan(0.16 * height / width)))
        turn = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-limit, limit), 1.0), np.float32)
        page = np.asarray(cv2.warpAffine(page, turn, (width, height), borderMode=cv2.BORDER_REPLICATE), np.float32)
    if spoilt(0.09):  # too few pixels: fine strokes are gone for good
        coarse = min(scale, rng.uniform(18, 30) / height)
        page = np.asarray(cv2.resize(page, None, fx=coarse, fy=coarse, interpolation=cv2.INTER_AREA), np.float32)
    size = (max(10, round(width * scale)), round(wanted))
    way = cv2.INTER_AREA if size[1] < page.shape[0] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(page, size, interpolation=way), np.float32)


def _blurred(rng: random.Random, spoilt: Spoilt, image: Field) -> Field:
    if spoilt(0.3):
        return np.asarray(cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 1.1) * image.shape[0] / 64), np.float32)
    if spoilt(0.08):
        return np.asarray(cv2.blur(image, rng.choice(((3, 1), (1, 3), (4, 1), (2, 2)))), np.float32)
    return image
