"""make bench-lines: how well our recogniser reads lines, beside PP-OCRv6 small and Tesseract's Vietnamese.

Real lines are those of writers and texts that training never saw; drawn lines stand in pens and print
faces that training never saw. All readers get the same crops in the same run. "ours" is what is proposed, by ink and
language; "ink alone" the same posteriors without it. The words of drawn lines come from the generator that the
language model learned from, so it helps them more than it will help a real register. Real ink is
scored without regard to case, because its labels are in title case whatever is written, figures without
regard to blanks; all others letter for letter.
"""

import json
import os
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from digitize.ocr.decode import best_path
from digitize.ocr.engine import Image
from digitize.ocr.paddle import DETECTOR, RECOGNISER, SKIMMER, PaddleEngine
from digitize.settings import REPOSITORY
from digitize.workflow.read_lines import meant
from drawing.fonts import vietnamese_letters
from training import calibrate, held_out, ngrams
from training.lines import Line, benchmark_lines

MODELS = REPOSITORY / "models"
COUNTS = {"short": 300, "drawn": 300, "printed": 450, "digits": 150, "capitals": 3350}
REAL = ("kalapa", "cinnamon")
SEED = 1218
TIMED = 40  # lines of 400 columns
Read = Callable[[Sequence[Image]], list[str]]


def sets() -> dict[str, list[Line]]:
    """The lines to read, by kind; real ones need the handwriting folder."""
    kept: dict[str, list[Line]] = {name: [] for name in REAL}
    for line, image in held_out.lines():
        kept[line.collection].append(Line(image, line.text, "real", line.path.name))
    hands = held_out.hands()
    return kept | {kind: benchmark_lines(kind, count, SEED, hands) for kind, count in COUNTS.items()}


def by_ink_and_language(engine: PaddleEngine) -> Read:
    return lambda crops: [meant(posterior)[0] for crop in crops for posterior in engine.read([crop])]


def by_ink(engine: PaddleEngine) -> Read:
    """One crop after the other: posteriors over 18,000 signs of a thousand lines would fill 7 GB."""
    return lambda crops: [best_path(posterior).text for crop in crops for posterior in engine.read([crop])]


def tesseract(crops: Sequence[Image]) -> list[str]:
    """Debian's tesseract-ocr-vie, one line a picture, on one thread."""
    with tempfile.TemporaryDirectory() as folder:
        for number, crop in enumerate(crops):
            cv2.imwrite(f"{folder}/{number:05}.png", cv2.copyMakeBorder(crop, 8, 8, 8, 8, cv2.BORDER_REPLICATE))
        names = Path(folder, "names.txt")
        names.write_text("".join(f"{folder}/{number:05}.png\n" for number in range(len(crops))), "utf-8")
        told = subprocess.run(
            ["tesseract", str(names), "stdout", "--psm", "7", "-l", "vie"],
            capture_output=True,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    return [" ".join(page.split()) for page in told.stdout.decode("utf-8").split("\f")[: len(crops)]]


def comparable(kind: str, text: str) -> str:
    if kind == "digits":
        return text.replace(" ", "")
    return text.casefold() if kind in (*REAL, "short") else text


def cer(kind: str, texts: Iterable[str], lines: Sequence[Line]) -> float:
    """Edits per character of the truth."""
    pairs = [(comparable(kind, text), comparable(kind, line.text)) for text, line in zip(texts, lines, strict=True)]
    return sum(Levenshtein.distance(*pair) for pair in pairs) / sum(len(truth) for _, truth in pairs)


def exact(kind: str, texts: Iterable[str], lines: Sequence[Line]) -> float:
    right = [comparable(kind, text) == comparable(kind, line.text) for text, line in zip(texts, lines, strict=True)]
    return sum(right) / len(right)


def capitals_recall(texts: Iterable[str], lines: Sequence[Line]) -> dict[str, float]:
    """Share of each accented capital's occurrences that were read as itself."""
    wanted = {letter for letter in vietnamese_letters() if letter.isupper()}
    there, read = Counter[str](), Counter[str]()
    for text, line in zip(texts, lines, strict=True):
        there.update(letter for letter in line.text if letter in wanted)
        for block in Levenshtein.opcodes(line.text, text):
            if block.tag == "equal":
                read.update(letter for letter in line.text[block.src_start : block.src_end] if letter in wanted)
    return {letter: read[letter] / there[letter] for letter in sorted(there)}


def milliseconds(reads: dict[str, Read], lines: Sequence[Line]) -> dict[str, float]:
    """Median time for a line of 400 columns at height 48, the readers taking turns."""
    crops = [np.asarray(cv2.resize(line.image, (400, 48)), np.uint8) for line in lines[:TIMED]]
    times: dict[str, list[float]] = {name: [] for name in reads}
    for crop in crops:
        for name, read in reads.items():
            start = time.perf_counter()
            read([crop])
            times[name].append((time.perf_counter() - start) * 1000)
    return {name: median(values) for name, values in times.items()}


def score(sets_: dict[str, list[Line]], read: Read) -> tuple[dict[str, float], dict[str, float]]:
    """One reader on all sets: its figures by name, and its recall of each accented capital."""
    told: dict[str, float] = {}
    recall: dict[str, float] = {}
    for kind, lines in sets_.items():
        texts = read([line.image for line in lines])
        if kind == "short":
            told["short_exact"] = exact(kind, texts, lines)
        elif kind == "capitals":
            recall = capitals_recall(texts, lines)
            told["capitals_min_recall"] = min(recall.values())
        else:
            told[f"{kind}_cer"] = cer(kind, texts, lines)
    return told, recall


def megabytes() -> float:
    """All weights that reading a page needs: detector, both recognisers, letter model."""
    files = [file for name in (DETECTOR, RECOGNISER, SKIMMER) for file in (MODELS / name).iterdir()]
    return round(sum(file.stat().st_size for file in (*files, ngrams.FILE)) / 1e6, 1)


def main() -> None:
    engine = PaddleEngine(MODELS)
    reads: dict[str, Read] = {
        "ours": by_ink_and_language(engine),
        "ink alone": by_ink(engine),
        "PP-OCRv6": by_ink(PaddleEngine(MODELS, recogniser="PP-OCRv6_small_rec")),
        "Tesseract": tesseract,
    }
    lines = sets()
    scores = {name: score(lines, read) for name, read in reads.items()}
    times = milliseconds(reads, lines["drawn"])
    print(f"{'':22}" + "".join(f"{name:>11}" for name in reads) + "  lines")
    for figure in scores["ours"][0]:
        shares = "".join(f"{100 * told[figure]:10.2f}%" for told, _ in scores.values())
        print(f"{figure:22}{shares}  {len(lines[figure.split('_')[0]])}")
    print(f"{'ms_per_line':22}" + "".join(f"{times[name]:11.1f}" for name in reads))
    hardest = sorted(scores["ours"][1].items(), key=lambda letter: letter[1])[:8]
    print("hardest capitals:", ", ".join(f"{letter} {100 * share:.0f}%" for letter, share in hardest))
    confidence = calibrate.score(calibrate.samples(engine, SEED))
    for group, (count, right, ece, area) in confidence.items():
        print(f"confidence, {group:10} {count:5} readings, {100 * right:.1f}% right, ECE {ece:.3f}, AUROC {area:.3f}")
    told = {name: round(value, 4) for name, value in scores["ours"][0].items()}
    told |= {"ece": round(confidence["words"][2], 4), "ms_per_line": round(times["ours"], 1), "mb": megabytes()}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
