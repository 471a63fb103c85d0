"""Pen and print faces -> the ink of one line, warped stroke by stroke so that no two lines look alike."""

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

import cv2
import numpy as np
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from drawing.fonts import PENS, PRINTS, font_file
from training import marks
from training.marks import HATS, TONES

Alpha = NDArray[np.uint8]
Field = NDArray[np.float32]

HELD_OUT_PENS = tuple(sorted({*sorted(PENS)[3::6], "mali", "dancing-script"}))
TRAINING_PENS = tuple(sorted(set(PENS) - set(HELD_OUT_PENS)))
HELD_OUT_PRINTS = ("be-vietnam-pro", "noto-serif")
TRAINING_PRINTS = tuple(sorted(set(PRINTS) - set(HELD_OUT_PRINTS)))

WEIGHTS: dict[str, tuple[int, ...]] = {  # those a pen of ordinary width could draw; 400 where not listed
    "bellota": (300, 400, 700),
    "birthstone-bounce": (400, 500),
    "charm": (400, 700),
    "charmonman": (400, 700),
    "corinthia": (400, 700),
    "dancing-script": (400, 500, 700),
    "edu-qld-hand": (400, 500, 700),
    "fuzzy-bubbles": (400, 700),
    "gluten": (100, 200, 300),
    "grandstander": (100, 200, 300, 400),
    "kodchasan": (200, 300, 400, 500),
    "mali": (200, 300, 400, 500),
    "merienda": (300, 400),
    "playpen-sans": (200, 300, 400, 600),
    "playwrite-vn": (100, 200, 300, 400),
    "qwitcher-grypen": (400, 700),
    "shantell-sans": (300, 400, 500),
    "the-nautigal": (400, 700),
} | {name: (400, 700) for name in PRINTS if name != "jetbrains-mono"}
UPRIGHT_ONLY = ("bitter", "jetbrains-mono")  # prints without an italic worth drawing
JOINED = frozenset((  # letters run into each other: they cannot be set apart one by one
    "alex-brush", "allison", "allura", "birthstone-bounce", "bonheur-royale", "borel", "caramel", "charmonman",
    "corinthia", "dancing-script", "ephesis", "fuggles", "great-vibes", "hurricane", "italianno", "licorice",
    "montecarlo", "ms-madi", "pacifico", "playwrite-vn", "qwigley", "qwitcher-grypen", "smooch", "the-nautigal",
    "vujahday-script", "water-brush", "waterfall", "whisper",
))  # fmt: skip
ORNATE_CAPITALS = frozenset((  # a word of nothing but capitals cannot be read in them
    "alex-brush", "allison", "allura", "birthstone-bounce", "bonheur-royale", "charmonman", "corinthia", "ephesis",
    "fuggles", "great-vibes", "hurricane", "italianno", "licorice", "montecarlo", "ms-madi", "pacifico", "qwigley",
    "smooch", "the-nautigal", "water-brush", "waterfall", "whisper",
))  # fmt: skip
DRAWN_ALIKE = {"birthstone": "Đ", "dancing-script": "Ẫ"}  # letters that look like another one there (D and Ẵ)
LABELS = (
    "Họ, chữ đệm, tên:", "Họ và tên:", "Ngày, tháng, năm sinh:", "Dân tộc:", "Quốc tịch:", "Nơi sinh:", "Quê quán:",
    "Nơi cư trú:", "Giấy tờ tùy thân:", "Số:", "Giới tính:", "Nơi đăng ký:", "Quan hệ:", "Ghi bằng chữ:", "Vào lúc:",
    "Nguyên nhân:", "Số định danh cá nhân:", "năm", "ngày", "tháng", "Quyển số:", "Người thực hiện", "bằng chữ",
)  # fmt: skip
STRUCK_OUT = 0.015  # of the lines bear a word that is crossed out and does not count
OWN_SHAPES = 0.12  # of the hands in training have shapes that their face has not; the benchmark's pens keep to theirs
ENLARGED = ("NM", "NM", "NMY", "NMU", "NMAUY")  # capitals that some write as large small letters, with any marks
FINER = 2  # times as large as it ends up is ink drawn: at its own size the strokes of small marks would run together
ROOM = 2.0  # small-x heights around the ink for what climbs, hangs and is bent outwards


@dataclass(frozen=True, slots=True)
class Ink:
    """Strokes before they meet paper: `alpha` (H x W, 255 = covered), row of the baseline, pixels of a small x."""

    alpha: Alpha
    baseline: float
    x_height: float


@dataclass(frozen=True, slots=True)
class Habit:
    """How one hand writes one line; lengths in small-x heights unless they say otherwise."""

    x_height: float  # pixels
    gap: float  # between words, in the face's blanks
    letter_gap: float
    wobble: float  # of each letter, up and down
    word_jump: float
    loose_marks: float  # how far tone marks drift from their letters
    struck_out: bool = False  # a word was begun, crossed out and written again
    enlarged: str = ""  # capitals written as the small letter, only larger
    bare_one: bool = False  # a 1 is nothing but a stroke
    marking: marks.Marking | None = None  # hats and tones in other shapes than the face's


def fetch_faces() -> int:
    """Fetches every face in every weight, to be called before several processes draw; returns how many there are."""
    wanted = [(face, weight, "normal") for face in (*PENS, *PRINTS) for weight in WEIGHTS.get(face, (400,))]
    wanted += [(face, weight, "italic") for face in PRINTS if face not in UPRIGHT_ONLY for weight in WEIGHTS[face]]
    return len([font_file(*variant) for variant in wanted])


def legible(text: str, faces: Sequence[str]) -> list[str]:
    """Those of the faces in which the text can be told letter for letter."""
    return [
        face
        for face in faces
        if not (text.isupper() and face in ORNATE_CAPITALS) and not set(text) & set(DRAWN_ALIKE.get(face, ""))
    ]


def write(rng: random.Random, text: str, face: str, own_shapes: float = 0.0) -> Ink:
    """The text written with a pen face: a hand of its own each time.

    This share of the hands has shapes that the face has not: an N that is a large n, a 1 that is a bare stroke;
    three times as many put hats and tones in shapes of their own.
    """
    apart = face not in JOINED and rng.random() < 0.4
    habit = Habit(
        x_height=FINER * rng.uniform(14, 21),
        gap=rng.choice((rng.uniform(0.75, 1.3), rng.uniform(1.0, 2.6))),
        letter_gap=rng.uniform(-0.06, 0.22) if apart else 0.0,
        wobble=rng.choice((0.0, rng.uniform(0.0, 0.12))) if apart else 0.0,
        word_jump=rng.uniform(0.0, 0.14),
        loose_marks=rng.choice((0.0, rng.uniform(0.05, 0.45))),
        struck_out=rng.random() < STRUCK_OUT,
    )
    if own_shapes:
        large, bare = rng.random() < own_shapes, rng.random() < own_shapes
        marking = marks.Marking.some(rng) if rng.random() < 3 * own_shapes else None
        habit = replace(habit, enlarged=rng.choice(ENLARGED) if large else "", bare_one=bare, marking=marking)
    ink = _set(rng, text, face, rng.choice(WEIGHTS.get(face, (400,))), "normal", habit)
    slant = max(-15.0, min(25.0, rng.gauss(4, 9)))
    return _as_scanned(bend(rng, ink, slant, width=rng.uniform(0.75, 1.25), force=rng.uniform(0.3, 1)))


def type_out(rng: random.Random, text: str, face: str) -> Ink:
    """The text as a printer or a typewriter sets it: level, only as uneven as ribbon and toner are."""
    habit = Habit(FINER * rng.uniform(12, 18), rng.uniform(0.9, 1.3), 0.0, 0.0, 0.0, 0.0)
    italic = face not in UPRIGHT_ONLY and rng.random() < 0.2
    ink = _set(rng, text, face, rng.choice(WEIGHTS.get(face, (400,))), "italic" if italic else "normal", habit)
    return _as_scanned(bend(rng, ink, slant=0.0, width=rng.uniform(0.9, 1.1), force=0.0))


def _as_scanned(ink: Ink) -> Ink:
    """The ink as large as it ends up: each pixel holds the share of it that is covered."""
    height, width = (max(1, round(side / FINER)) for side in ink.alpha.shape)
    alpha = cv2.resize(ink.alpha, (width, height), interpolation=cv2.INTER_AREA)
    return Ink(np.asarray(alpha, np.uint8), ink.baseline / FINER, ink.x_height / FINER)


def bend(rng: random.Random, ink: Ink, slant: float, width: float, force: float) -> Ink:
    """The ink slanted (degrees to the right), stretched, its strokes bent by `force` 0..1 and uneven in thickness."""
    noise = np.random.default_rng(rng.getrandbits(64))
    shear = float(np.tan(np.radians(slant)))
    height, old_width = ink.alpha.shape
    lean = abs(shear) * height
    shape = (height, max(8, int(old_width * width + lean)))
    rows, columns = np.indices(shape, np.float32, sparse=True)
    source_x = (columns - (lean if shear < 0 else 0.0) * 0.5 + shear * (rows - ink.baseline)) / np.float32(width)
    source_y = np.broadcast_to(rows, shape)
    if force:
        x = ink.x_height
        wander = smooth_noise(noise, (1, shape[1]), 7 * x) * (0.12 * force * x)
        source_x = source_x + smooth_noise(noise, shape, 1.1 * x) * (0.07 * force * x)
        source_y = source_y + smooth_noise(noise, shape, 1.3 * x) * (0.06 * force * x) + wander
    bent = cv2.remap(ink.alpha, np.asarray(source_x, np.float32), np.asarray(source_y, np.float32), cv2.INTER_LINEAR)
    uneven = rng.uniform(0.02, 0.14) if force else rng.uniform(0.0, 0.08)
    return replace(ink, alpha=_stroke(rng, noise, np.asarray(bent, np.uint8), ink.x_height, uneven))


def _stroke(rng: random.Random, noise: np.random.Generator, alpha: Alpha, x_height: float, uneven: float) -> Alpha:
    """Strokes thicker here and thinner there, now and then with the gaps of a ballpoint that skips."""
    soft = cv2.GaussianBlur(alpha, (0, 0), rng.uniform(0.5, 0.8)).astype(np.float32)
    body = soft[alpha > 150]
    peak = float(body.mean()) if body.size else 255.0
    limit = peak * (rng.uniform(0.32, 0.62) + uneven * smooth_noise(noise, alpha.shape, 1.5 * x_height))
    firm = np.clip((soft - limit) * (2.2 * 255 / peak) + 128, 0, 255)
    firm *= soft > 0.08 * peak
    if rng.random() < 0.5:
        firm *= 1 - rng.uniform(0.1, 0.5) * np.clip(smooth_noise(noise, alpha.shape, x_height) + 0.2, 0, 1)
    if rng.random() < 0.12:
        firm *= np.clip(1.6 - rng.uniform(0.4, 0.9) * np.clip(smooth_noise(noise, alpha.shape, 2.2), 0, 2), 0, 1)
    return firm.astype(np.uint8)


def smooth_noise(noise: np.random.Generator, shape: tuple[int, ...], pitch: float) -> Field:
    """Smooth noise of about unit variance that changes within `pitch` pixels."""
    height, width = shape
    coarse = noise.standard_normal((max(1, round(height / pitch)) + 2, max(1, round(width / pitch)) + 2), np.float32)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def _set(rng: random.Random, text: str, face: str, weight: int, style: str, habit: Habit) -> Ink:
    """The text set word by word; marks that a loose hand puts down afterwards drift from their letters."""
    size = _size(face, weight, style, habit.x_height)
    x, room = habit.x_height, int(ROOM * habit.x_height)
    face_font = _font(face, size, weight, style)
    ascent, descent = face_font.getmetrics()
    up, down = min(ascent, int(4.2 * x)), min(descent, int(2.6 * x))
    gap = max(face_font.getlength(" "), 0.45 * x) * habit.gap
    words = text.split(" ")
    reach = (
        face_font.getlength(text) * (2 if habit.struck_out else 1)
        + len(words) * 2.2 * gap
        + len(text) * max(0.0, habit.letter_gap) * x
    )
    canvas = Image.new("L", (int(1.08 * reach) + 2 * room, up + down + room))
    marked = canvas.copy()
    baseline, left = up + room // 2, float(room)
    letters, whole = ImageDraw.Draw(canvas), ImageDraw.Draw(marked)
    struck = rng.randrange(len(words)) if habit.struck_out else -1
    for index, word in enumerate(words):
        if index == struck:
            left = _strike(rng, (letters, whole), rng.choice(words), face_font, left, baseline, x) + gap
        word_size = max(8, size + FINER * rng.choice((-1, 0, 0, 1))) if habit.word_jump else size
        word_font = _font(face, word_size, weight, style)
        at = baseline + rng.gauss(0, 0.5) * habit.word_jump * x
        for part, enlarges in _parts(word, habit.enlarged):
            part_font = word_font
            if enlarges:
                larger = _capital_share(face, weight, style) * rng.uniform(0.85, 1.05)
                part, part_font = part.lower(), _font(face, max(8, round(size * larger)), weight, style)
            is_marked_apart = habit.marking or habit.loose_marks
            bare = _unmarked(part, face, bool(habit.marking) or rng.random() < 0.4) if is_marked_apart else part
            left = _put(rng, (letters, whole), part, bare, part_font, (left, at), habit)
        left += gap * rng.uniform(0.8, 1.25)
    alpha = np.asarray(marked)
    if habit.loose_marks:
        alpha = _drift(rng, np.asarray(canvas), alpha, habit.loose_marks * x, x)
    return Ink(alpha, float(baseline), x)


def _put(
    rng: random.Random,
    canvases: tuple[ImageDraw.ImageDraw, ImageDraw.ImageDraw],
    part: str,
    bare: str,
    font: ImageFont.FreeTypeFont,
    at: tuple[float, float],
    habit: Habit,
) -> float:
    """Writes a part of a word, without its marks (`bare`) and whole; returns where it ends."""
    (letters, whole), (left, baseline), x = canvases, at, habit.x_height
    if not habit.marking and abs(font.getlength(bare) - font.getlength(part)) > 0.7:
        bare = part
    shown = bare if habit.marking else part
    for start, letter, bare_letter in _pieces(part, bare, bool(habit.letter_gap), habit.bare_one):
        begin = left + font.getlength(shown[:start]) + start * habit.letter_gap * x
        here = (begin, baseline + rng.gauss(0, 1) * habit.wobble * x)
        if habit.bare_one and letter == "1":
            _bare_one(rng, canvases, here, font, x)
            continue
        whole.text(here, bare_letter if habit.marking else letter, fill=255, font=font, anchor="ls")
        if habit.loose_marks:
            letters.text(here, bare_letter, fill=255, font=font, anchor="ls")
        if habit.marking:
            marks.put(rng, whole, letter, bare_letter, font, here, x, habit.marking)
    return left + font.getlength(shown) + len(part) * habit.letter_gap * x


def _strike(
    rng: random.Random,
    canvases: tuple[ImageDraw.ImageDraw, ImageDraw.ImageDraw],
    word: str,
    face_font: ImageFont.FreeTypeFont,
    left: float,
    baseline: float,
    x_height: float,
) -> float:
    """Writes a word and crosses it out; returns where it ends."""
    begun = word[: rng.randint(1, max(1, len(word)))]
    wide = max(x_height, face_font.getlength(begun))
    points = [(left + u * wide, baseline - v * x_height) for u, v in scribble(rng)]
    for canvas in canvases:
        canvas.text((left, baseline), begun, fill=255, font=face_font, anchor="ls")
        canvas.line(points, fill=255, width=max(2, round(0.12 * x_height)), joint="curve")
    return left + wide


def scribble(rng: random.Random) -> list[tuple[float, float]]:
    """A stroke that crosses a word out: points in widths of the word, and in small-x heights above its baseline."""
    turns = rng.choice((1, 1, 3, 5, 8))
    if turns == 1:
        return [(-0.1, rng.uniform(0.2, 0.8)), (1.1, rng.uniform(0.2, 0.8))]
    return [(rng.uniform(-0.1, 0.1) + (i % 2), rng.uniform(-0.1, 1.2)) for i in range(turns + 1)]


def _parts(word: str, enlarged: str) -> list[tuple[str, bool]]:
    """The word in parts of one size, and whether each is a capital to be written as a large small letter."""
    larger = [bool(enlarged) and unicodedata.normalize("NFD", letter)[0] in enlarged for letter in word]
    if not any(larger):
        return [(word, False)]
    parts = groupby(zip(word, larger, strict=True), key=itemgetter(1))
    joined = [("".join(letter for letter, _ in letters), enlarges) for enlarges, letters in parts]
    return [(part, enlarges) for run, enlarges in joined for part in (run if enlarges else [run])]


def _bare_one(
    rng: random.Random,
    canvases: tuple[ImageDraw.ImageDraw, ImageDraw.ImageDraw],
    here: tuple[float, float],
    face_font: ImageFont.FreeTypeFont,
    x_height: float,
) -> None:
    """A 1 as one stroke from the height of the face's figures down to the baseline."""
    left, top, right, bottom = face_font.getbbox("1", anchor="ls")
    middle, high = here[0] + (left + right) / 2, (bottom - top) * rng.uniform(0.85, 1.05)
    lean = rng.uniform(-0.02, 0.3) * high
    for canvas in canvases:
        ends = [(middle + lean / 2, here[1] - high), (middle - lean / 2, here[1] + rng.uniform(-0.1, 0.1) * x_height)]
        canvas.line(ends, fill=255, width=max(2, round(0.12 * x_height)))


def _pieces(word: str, bare: str, apart: bool, bare_one: bool) -> list[tuple[int, str, str]]:
    """What is set at one go: the word, or its letters one by one; where it starts, with and without marks."""
    if not (apart or (bare_one and "1" in word)) or len(bare) != len(word):
        return [(0, word, bare)]
    return [(i, letter, other) for i, (letter, other) in enumerate(zip(word, bare, strict=True))]


def _unmarked(word: str, face: str, hats_too: bool) -> str:
    """The word without its tone marks (and hats); an i that bears a tone has no dot."""
    plain = []
    for letter in word:
        kept = [c for c in unicodedata.normalize("NFD", letter) if c not in TONES and not (hats_too and c in HATS)]
        bare = unicodedata.normalize("NFC", "".join(kept))
        plain.append("ı" if bare == "i" and letter not in "iị" and _has_dotless_i(face) else bare)
    return "".join(plain)


def _drift(rng: random.Random, letters: Alpha, marked: Alpha, far: float, x_height: float) -> Alpha:
    """The marks moved off their letters, mostly to the right as a quick hand does, each word differently."""
    noise = np.random.default_rng(rng.getrandbits(64))
    marks = cv2.subtract(marked, letters)
    marks = np.where(marks > 40, marks, np.uint8(0))
    rows, columns = np.indices(marks.shape, np.float32, sparse=True)
    dx = far * (rng.uniform(-0.3, 1.0) + 0.35 * smooth_noise(noise, (1, marks.shape[1]), 3 * x_height))
    dy = 0.35 * far * (rng.uniform(-0.3, 0.5) + 0.5 * smooth_noise(noise, (1, marks.shape[1]), 2 * x_height))
    source_x, source_y = np.broadcast_to(columns - dx, marks.shape), np.broadcast_to(rows + dy, marks.shape)
    moved = cv2.remap(marks, np.ascontiguousarray(source_x), np.ascontiguousarray(source_y), cv2.INTER_LINEAR)
    return np.asarray(cv2.max(letters, moved), np.uint8)


def some_label(rng: random.Random, x_height: float) -> Alpha:
    """A printed label as it stands before a pen of this size: beside the line nobody is to read it."""
    return print_label(rng.choice(LABELS), rng.choice(TRAINING_PRINTS), x_height * rng.uniform(0.65, 1.05))


def caption_font() -> ImageFont.FreeTypeFont:
    """A small print face for the words under a picture."""
    return _font("arimo", 13, 400, "normal")


def print_label(text: str, face: str, x_height: float) -> Alpha:
    """Print without any wear, cut at its ends; the baseline stands at 0.68 of its height of 3.2 small x."""
    set_in = _font(face, _size(face, 400, "normal", x_height), 400, "normal")
    height = int(3.2 * x_height)
    canvas = Image.new("L", (max(4, int(set_in.getlength(text)) + 2), height))
    ImageDraw.Draw(canvas).text((1, 0.68 * height), text, fill=255, font=set_in, anchor="ls")
    return np.asarray(canvas)


def _size(face: str, weight: int, style: str, x_height: float) -> int:
    return max(8, round(x_height / _share_of_x(face, weight, style)))


@cache
def _share_of_x(face: str, weight: int, style: str) -> float:
    """How much of the face's size a small x is high."""
    _, top, _, bottom = _font(face, 200, weight, style).getbbox("x")
    return float(bottom - top) / 200


@lru_cache(maxsize=4096)
def _font(face: str, size: int, weight: int, style: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file(face, weight, style)), size, layout_engine=ImageFont.Layout.RAQM)


@cache
def _capital_share(face: str, weight: int, style: str) -> float:
    """How many times as high as a small x a capital is."""
    _, top, _, bottom = _font(face, 200, weight, style).getbbox("H")
    return float(bottom - top) / (200 * _share_of_x(face, weight, style))


@cache
def _has_dotless_i(face: str) -> bool:
    with TTFont(font_file(face, WEIGHTS.get(face, (400,))[0]), lazy=True) as opened:
        return ord("ı") in opened.getBestCmap()
