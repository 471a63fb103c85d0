"""The real handwriting: lines and words of two collections, and which of them training never sees."""

import csv
import hashlib
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HELD_OUT_SHARE = 10  # every tenth writer (Kalapa) or text (Cinnamon)
DEFAULT_ROOT = Path(__file__).parents[2] / "shared" / "data" / "handwriting"


class HandwritingMissing(Exception):
    """The folder of real handwriting is not there; the text says how to name it."""


@dataclass(frozen=True, slots=True)
class RealLine:
    """A photographed or scanned line. `writer` is "K007" (Kalapa, one page = one writer) or "C0000" (unknown)."""

    path: Path
    text: str
    collection: str  # "kalapa" or "cinnamon"
    writer: str
    held_out: bool


@dataclass(frozen=True, slots=True)
class RealWord:
    """Where the ink of one word or figure stands in words.zip, and how far to trust its label."""

    file: str
    text: str
    writer: str
    baseline: float  # row of the crop
    ink: tuple[int, int, int]  # red, green, blue
    source: str  # name of the line it was cut from, without ending
    nll_per_letter: float  # badness of the label's fit: above 2 rather wrong than right
    held_out: bool


def root() -> Path:
    """The folder named by DIGITIZE_HANDWRITING, else the one beside the checkout; raises HandwritingMissing."""
    folder = Path(os.environ.get("DIGITIZE_HANDWRITING", DEFAULT_ROOT))
    if not (folder / "kalapa" / "labels.tsv").exists():
        raise HandwritingMissing(
            f"No handwriting in {folder}. "
            "Set DIGITIZE_HANDWRITING to the folder that holds kalapa/, cinnamon/ and words.zip."
        )
    return folder


def lines(folder: Path) -> list[RealLine]:
    """All labelled lines, Kalapa first, in file order."""
    return [line for collection in ("kalapa", "cinnamon") for line in _lines_of(folder, collection)]


def _lines_of(folder: Path, collection: str) -> Iterator[RealLine]:
    for row in (folder / collection / "labels.tsv").read_text("utf-8").splitlines():
        name, _, label = row.partition("\t")
        text = tidy(label)
        if text:
            writer = collection[0].upper() + name.split("_")[0]
            yield RealLine(folder / collection / name, text, collection, writer, _held_out(collection, writer, text))


def _held_out(collection: str, writer: str, text: str) -> bool:
    """Kalapa is split by writer; Cinnamon, whose writers are unknown, by text."""
    key = writer if collection == "kalapa" else text.casefold()
    return hashlib.sha256(key.encode()).digest()[0] % HELD_OUT_SHARE == 0


def words(folder: Path) -> list[RealWord]:
    """All word crops; a word is held out with the line it was cut from."""
    apart = {line.path.stem for line in lines(folder) if line.held_out}
    with (folder / "words.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_word(row, apart) for row in rows]


def _word(row: dict[str, str], apart: set[str]) -> RealWord:
    red, green, blue = (int(value) for value in row["ink_rgb"].split(","))
    source = Path(row["source"]).stem
    return RealWord(
        row["file"],
        tidy(row["text"]),
        row["writer"],
        float(row["baseline"]),
        (red, green, blue),
        source,
        float(row["nll_per_letter"]),
        source in apart,
    )


def tidy(text: str) -> str:
    """NFC, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())
