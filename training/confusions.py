"""What the recogniser takes for what: python -m training.confusions writes models/confusions.tsv from lines kept apart.

Each row: what was written, what was read instead (empty: nothing), how often, of how many occurrences.
A row of an empty `written` is a letter that was read where none stands. Real lines tell nothing of
case, since their labels are in title case whatever is written; drawn lines do.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from digitize.ocr.decode import best_path
from digitize.ocr.engine import Engine, Image
from digitize.ocr.paddle import PaddleEngine
from training import held_out
from training.lines import benchmark_lines

MODELS = Path(__file__).parents[1] / "models"
SEED = 20
COUNTS = {"short": 1200, "drawn": 1200, "printed": 300, "capitals": 1340}
LEAST = 2  # what happened once is chance


def confused(written: str, read: str, fold: bool) -> Iterator[tuple[str, str]]:
    """Pairs of letters that stand for each other in the two texts; "" where one has none.

    >>> list(confused("Mồ Dề", "Mô Dềa", fold=False))
    [('ồ', 'ô'), ('', 'a')]
    """
    for edit in Levenshtein.editops(written, read):
        a = written[edit.src_pos] if edit.tag != "insert" else ""
        b = read[edit.dest_pos] if edit.tag != "delete" else ""
        if not (fold and a.casefold() == b.casefold()):
            yield a, b


def validation() -> Iterator[tuple[Image, str, bool]]:
    """Crop, text, and whether its case tells nothing."""
    for line, image in held_out.lines():
        yield image, line.text, True
    hands = held_out.hands()
    for kind, count in COUNTS.items():
        for drawn in benchmark_lines(kind, count, SEED, hands):
            yield drawn.image, drawn.text, kind == "short"


def count(engine: Engine, lines: Iterable[tuple[Image, str, bool]]) -> list[tuple[str, str, int, int]]:
    """Rows of the table, most frequent first."""
    pairs, there = Counter[tuple[str, str]](), Counter[str]()
    for image, text, fold in lines:
        read = best_path(engine.read([image])[0]).text.strip()
        there.update(text)
        pairs.update(confused(text, read, fold))
    return [(a, b, often, there[a]) for (a, b), often in pairs.most_common() if often >= LEAST and a + b != " "]


def main() -> None:
    rows = count(PaddleEngine(MODELS), validation())
    with (MODELS / "confusions.tsv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        table.writerows([("written", "read", "count", "of"), *rows])
    print(f"{len(rows)} confusions in {MODELS / 'confusions.tsv'}")


if __name__ == "__main__":
    main()
