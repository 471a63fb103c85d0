"""Lines as they are cut out of register pages, drawn: pens, print and real ink on paper, with what they say."""

import argparse
import random
import re
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from drawing.fonts import PRINTS, vietnamese_letters
from training import handwriting, pens
from training.hands import Hands
from training.line import Line
from training.paper import Crop, lay, pen_colour, some_crop
from training.texts import Text, invent
from training.texts.syllables import syllables_with

__all__ = [
    "Hands",
    "Line",
    "benchmark_lines",
    "draw",
    "draw_empty",
    "draw_face_line",
    "draw_pen_line",
    "draw_print_line",
    "sheet",
]

Pixels = NDArray[np.uint8]

HANDS_SHARE = 0.4  # of the lines, where real ink is there
FACES = (*pens.TRAINING_PENS, *pens.TRAINING_PRINTS)
NOT_WRITTEN = ("letters", "printed")  # kinds of text that no clerk writes
FIGURE_KINDS = ("date", "number", "id_document", "entry_number")
FIGURES = re.compile(r"\d([\d/.\- ]*\d)?")
BENCHMARK_WEAR = 0.4  # what a scanner makes of a kept book; training sees worse
CAPITAL_WORDS = 4  # in a line
PRINT_COLOURS = ((40, 36, 34), (70, 66, 64), (20, 18, 18), (96, 60, 50))


def draw_pen_line(rng: random.Random, text: str, face: str, wear: float = 1.0, own_shapes: float = 0.0) -> Pixels:
    """The text in a pen face (`own_shapes` as for write) on some paper (`wear` as for lay); height x width x 3, BGR."""
    ink = pens.write(rng, text, face, own_shapes)
    label = pens.some_label(rng, ink.x_height) if rng.random() < 0.22 else None
    return lay(rng, ink, pen_colour(rng), some_crop(rng, ink.x_height), label, wear)


def draw_print_line(rng: random.Random, text: str, face: str, wear: float = 1.0) -> Pixels:
    """The text in a print face on some paper; a label before it could not be told from it, so there is none."""
    ink = pens.type_out(rng, text, face)
    return lay(rng, ink, rng.choice(PRINT_COLOURS), some_crop(rng, ink.x_height), wear=wear)


def draw_empty(rng: random.Random) -> Pixels:
    """Paper on which nothing was written: leaders, rules and the end of a label at most."""
    x_height = rng.uniform(12, 22)
    nothing = np.zeros((int(5 * x_height), int(x_height * rng.uniform(3, 30))), np.uint8)
    label = pens.some_label(rng, x_height) if rng.random() < 0.3 else None
    ink = pens.Ink(nothing, 3 * x_height, x_height)
    return lay(rng, ink, pen_colour(rng), Crop(0, 0, 0, 0), label)


def draw(rng: random.Random, faces: Sequence[str], hands: Hands | None = None, kind: str | None = None) -> Line:
    """Some line: real ink (if `hands`), else a text (of this `kind`) in one of `faces`, pens and prints."""
    if hands and rng.random() < HANDS_SHARE:
        return hands.draw_line(rng)
    invented = invent(rng, kind)
    face = rng.choice(pens.legible(invented.text, faces) or list(faces))
    return draw_face_line(rng, invented.text, invented.kind, face, own_shapes=pens.OWN_SHAPES)


def draw_face_line(
    rng: random.Random, text: str, kind: str, face: str, wear: float = 1.0, own_shapes: float = 0.0
) -> Line:
    """The text in a pen or a print face, whichever it is."""
    if face in PRINTS:
        return Line(draw_print_line(rng, text, face, wear), text, kind, f"print:{face}")
    return Line(draw_pen_line(rng, text, face, wear, own_shapes), text, kind, f"pen:{face}")


def benchmark_lines(kind: str, count: int, seed: int, hands: Hands | None = None) -> list[Line]:
    """The same lines for the same seed, in pens and prints that training never sees; `hands` of held-out writers.

    "drawn": register lines in pens; "printed": the same in print; "digits": lines without letters, a third
    of them real figures if `hands`; "capitals": words of which each of the 67 accented capitals is
    asked for equally often; "short": one to three words of real ink. Raises ValueError for another kind, for "short"
    without `hands`, and for "capitals" with fewer than 17 lines.
    """
    rng = random.Random(f"{kind} {seed}")
    match kind:
        case "drawn":
            return [_held_out_line(rng, _register_text(rng), pens.HELD_OUT_PENS) for _ in range(count)]
        case "printed":
            return [_held_out_line(rng, _register_text(rng), pens.HELD_OUT_PRINTS) for _ in range(count)]
        case "digits":
            return [_figures(rng, hands) for _ in range(count)]
        case "capitals":
            faces = (pens.HELD_OUT_PENS, pens.HELD_OUT_PENS, pens.HELD_OUT_PRINTS)
            texts = _texts_in_capitals(rng, count)
            return [_held_out_line(rng, Text(t, "letters"), faces[i % 3]) for i, t in enumerate(texts)]
        case "short" if hands:
            return [hands.draw_line(rng, "short", BENCHMARK_WEAR) for _ in range(count)]
    raise ValueError(f"No benchmark lines of kind {kind}")


def _held_out_line(rng: random.Random, text: Text, faces: Sequence[str]) -> Line:
    return draw_face_line(rng, text.text, text.kind, rng.choice(pens.legible(text.text, faces)), BENCHMARK_WEAR)


def _register_text(rng: random.Random) -> Text:
    while (text := invent(rng)).kind in NOT_WRITTEN:
        pass
    return text


def _figures(rng: random.Random, hands: Hands | None) -> Line:
    if hands and rng.random() < 1 / 3:
        while not (line := hands.draw_line(rng, rng.choice(("date", "number")), BENCHMARK_WEAR)).text[:1].isdecimal():
            pass
        return line
    while not FIGURES.fullmatch((text := invent(rng, rng.choice(FIGURE_KINDS))).text):
        pass
    return _held_out_line(rng, text, pens.HELD_OUT_PENS)


def _texts_in_capitals(rng: random.Random, count: int) -> list[str]:
    """`count` texts of a few words each, all in capitals: every accented capital is asked for equally often."""
    letters = [letter for letter in sorted(vietnamese_letters()) if letter.islower()]
    each, over = divmod(CAPITAL_WORDS * count, len(letters))
    if not each:
        raise ValueError(f"{count} lines are too few for every capital")
    wanted = letters * each + rng.sample(letters, over)
    rng.shuffle(wanted)
    syllables = [rng.choice(syllables_with(letter)).upper() for letter in wanted]
    return [" ".join(syllables[i : i + CAPITAL_WORDS]) for i in range(0, len(syllables), CAPITAL_WORDS)]


def sheet(lines: Sequence[Line], width: int = 1400) -> Pixels:
    """The lines one below the other, each with its source and text under it, in two columns."""
    half, font = width // 2, pens.caption_font()
    tiles = [_captioned(line, half, font) for line in lines]
    if len(tiles) % 2:
        tiles.append(np.full_like(tiles[-1], 255))
    rows = []
    for left, right in zip(tiles[::2], tiles[1::2], strict=True):
        tall = max(left.shape[0], right.shape[0])
        grown = [
            cv2.copyMakeBorder(t, 0, tall - t.shape[0], 0, 0, cv2.BORDER_CONSTANT, value=(255,) * 3)
            for t in (left, right)
        ]
        rows.append(np.hstack(grown))
    return np.vstack(rows)


def _captioned(line: Line, width: int, font: ImageFont.FreeTypeFont) -> Pixels:
    wide = line.image.shape[1]
    scale = min(1.0, (width - 8) / wide)
    shown = cv2.resize(line.image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    tile = Image.new("RGB", (width, shown.shape[0] + 20), "white")
    tile.paste(Image.fromarray(cv2.cvtColor(shown, cv2.COLOR_BGR2RGB)), (2, 2))
    ImageDraw.Draw(tile).text((4, shown.shape[0] + 2), f"{line.text}   [{line.source}, {line.kind}]", "gray", font)
    return np.asarray(tile)[:, :, ::-1].copy()


def main() -> None:
    parser = argparse.ArgumentParser(description="Draws a sheet of lines to look at.")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ink", choices=("all", "pens", "prints", "hands"), default="all")
    wanted = parser.parse_args()
    rng = random.Random(wanted.seed)
    folder = handwriting.root()
    hands = Hands(folder, {word.writer for word in handwriting.words(folder) if not word.held_out})
    faces = {"prints": pens.TRAINING_PRINTS, "pens": pens.TRAINING_PENS}.get(wanted.ink, FACES)
    match wanted.ink:
        case "hands":
            lines = [hands.draw_line(rng) for _ in range(wanted.count)]
        case "pens" | "prints":
            lines = [draw(rng, faces) for _ in range(wanted.count)]
        case _:
            lines = [draw(rng, faces, hands) for _ in range(wanted.count)]
    cv2.imwrite(str(wanted.out), sheet(lines))


if __name__ == "__main__":
    main()
