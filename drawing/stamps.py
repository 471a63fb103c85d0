"""Stamps over writing: a round one with an office's name around a star, a rectangular one with a line or two."""

import math
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageChops, ImageDraw

from drawing.fonts import font
from drawing.ink import Box, Colour

RED: Colour = (206, 38, 44)
ROUND_TEXT = ("UỶ BAN NHÂN DÂN XÃ SUỐI MƠ", "HUYỆN VĂN CHẤN")
LINES = (("BẢN SAO",), ("ĐÃ CẤP BẢN SAO",), ("ĐÃ NHẬP", "DỮ LIỆU"), ("ĐÃ SAO LỤC", "UBND XÃ SUỐI MƠ"))
RADIUS = 142  # pixels; the stamp of a People's Committee is 36 mm wide
TWICE = 2  # stamps are cut this many times larger, so that turned letters stay smooth


def stamp_round(page: Image.Image, centre: tuple[float, float], face: str, rng: Random) -> tuple[str, Box]:
    """Presses the round stamp onto the page; returns its text and the box around it."""
    radius = RADIUS * TWICE
    plate = Image.new("L", (2 * radius + 8, 2 * radius + 8))
    draw, middle = ImageDraw.Draw(plate), radius + 4
    for share, width in ((1.0, 7), (0.94, 3), (0.6, 3)):
        r = radius * share
        draw.ellipse((middle - r, middle - r, middle + r, middle + r), outline=255, width=width)
    above, below = ROUND_TEXT
    _around(plate, above, middle, radius * 0.77, (-198, 18), face, outward=True)
    _around(plate, below, middle, radius * 0.77, (143, 37), face, outward=False)
    turns = [(-90 + 36 * i, radius * (0.42 if i % 2 == 0 else 0.17)) for i in range(10)]
    draw.polygon([_at(middle, r, degrees) for degrees, r in turns], outline=255, width=5)
    return " ".join(ROUND_TEXT), _press(page, plate, centre, rng)


def stamp_lines(page: Image.Image, centre: tuple[float, float], face: str, rng: Random) -> tuple[str, Box]:
    """Presses a rectangular stamp onto the page; returns its text and the box around it."""
    lines, letters = rng.choice(LINES), font(face, 36 * TWICE, 700)
    width = round(max(letters.getlength(line) for line in lines)) + 40 * TWICE
    plate = Image.new("L", (width, (48 * len(lines) + 24) * TWICE))
    draw = ImageDraw.Draw(plate)
    draw.rectangle((2, 2, plate.width - 3, plate.height - 3), outline=255, width=7)
    for i, line in enumerate(lines):
        draw.text((width / 2, (36 + 48 * i) * TWICE), line, fill=255, font=letters, anchor="mm")
    return " ".join(lines), _press(page, plate, centre, rng)


def _at(middle: float, radius: float, degrees: float) -> tuple[float, float]:
    return middle + radius * math.cos(math.radians(degrees)), middle + radius * math.sin(math.radians(degrees))


def _around(
    plate: Image.Image, text: str, middle: float, radius: float, arc: tuple[float, float], face: str, outward: bool
) -> None:
    """Sets the letters evenly along the arc (degrees from its start to its end), their heads outward or inward."""
    letters = font(face, 21 * TWICE, 700)
    for i, letter in enumerate(text):
        degrees = arc[0] + (arc[1] - arc[0]) * (i + 0.5) / len(text)
        tile = Image.new("L", (44 * TWICE, 60 * TWICE))
        ImageDraw.Draw(tile).text((22 * TWICE, 42 * TWICE), letter, fill=255, font=letters, anchor="ms")
        tile = tile.rotate(-degrees - 90 if outward else -degrees + 90, Image.Resampling.BICUBIC, expand=True)
        x, y = _at(middle, radius, degrees)
        at = (round(x - tile.width / 2), round(y - tile.height / 2))
        held = Image.new("L", plate.size)
        held.paste(tile, at)
        plate.paste(ImageChops.lighter(plate, held))


def _press(page: Image.Image, plate: Image.Image, centre: tuple[float, float], rng: Random) -> Box:
    """Lays the plate's red over the page, unevenly inked and a little turned; writing shows through it."""
    turned = plate.rotate(rng.uniform(-14, 14), Image.Resampling.BICUBIC, expand=True)
    small = turned.resize((turned.width // TWICE, turned.height // TWICE), Image.Resampling.LANCZOS)
    noise = np.random.default_rng(rng.randrange(2**32))
    wet, fibres = (cv2.GaussianBlur(noise.normal(0, 1, small.size[::-1]), (0, 0), sigma) for sigma in (18, 1.1))
    inked = np.clip(0.78 + 0.16 * wet / wet.std() + 0.14 * fibres / fibres.std(), 0.1, 0.95)
    alpha = (np.asarray(small, np.float64) * inked)[..., None] / 255
    x, y = round(centre[0] - small.width / 2), round(centre[1] - small.height / 2)
    x, y = max(0, min(x, page.width - small.width)), max(0, min(y, page.height - small.height))
    under = np.asarray(page.crop((x, y, x + small.width, y + small.height)), np.float64)
    over = under * (1 - alpha * (1 - np.array(RED) / 255))
    page.paste(Image.fromarray(over.astype(np.uint8)), (x, y))
    x0, y0, x1, y1 = small.point(lambda value: 255 * (value > 60)).getbbox() or (0, 0, 1, 1)
    return (x + x0, y + y0, x + x1, y + y1)
