"""What a training needs beside the checkout, small enough to be carried: python -m training.carry build/carry

On the other machine unpack the archive, and name its folder with DIGITIZE_HANDWRITING; the fonts belong into
`.cache/fonts`. It holds real handwriting: never commit it or pass it on.
"""

import argparse
import io
import shutil
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from drawing.fonts import CACHE
from training import handwriting
from training.hands import DOUBT
from training.pens import fetch_faces

ROWS, QUALITY, LOSSLESS = 60, 80, 101  # of a line; training looks at 48 rows of it
COLLECTIONS = ("kalapa", "cinnamon")


def pack(source: Path, faces: Iterable[Path], target: Path) -> None:
    """Writes `target` (.tar.xz): handwriting/ as training.handwriting reads it from `source`, and fonts/."""
    with tarfile.open(target, "w:xz") as archive:
        for name, content in _handwriting(source):
            entry = tarfile.TarInfo(f"handwriting/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        for face in faces:
            archive.add(face, f"fonts/{face.name}")


def _handwriting(source: Path) -> Iterator[tuple[str, bytes]]:
    for collection in COLLECTIONS:
        yield f"{collection}/labels.tsv", (source / collection / "labels.tsv").read_bytes()
    for line in handwriting.lines(source):
        image = np.asarray(cv2.imread(str(line.path)), np.uint8)
        columns = round(image.shape[1] * ROWS / image.shape[0])
        small = np.asarray(cv2.resize(image, (columns, ROWS), interpolation=cv2.INTER_AREA), np.uint8)
        yield f"{line.collection}/{line.path.name}", _webp(small, QUALITY)  # the reader goes by what is in a file
    trusted = {word.file for word in handwriting.words(source) if word.nll_per_letter <= DOUBT}
    first, *rows = (source / "words.tsv").read_text("utf-8").splitlines()
    yield "words.tsv", "\n".join([first, *(row for row in rows if trusted & set(row.split("\t")))]).encode()
    words = io.BytesIO()
    with zipfile.ZipFile(source / "words.zip") as whole, zipfile.ZipFile(words, "w") as part:
        for file in sorted(trusted):
            ink = np.asarray(cv2.imdecode(np.frombuffer(whole.read(file), np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8)
            part.writestr(file, _webp(ink, LOSSLESS))
    yield "words.zip", words.getvalue()


def _webp(image: NDArray[np.uint8], quality: int) -> bytes:
    return cv2.imencode(".webp", image, [cv2.IMWRITE_WEBP_QUALITY, quality])[1].tobytes()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder for carry.tar.xz")
    out = parser.parse_args().out
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    fetch_faces()
    target = out / "carry.tar.xz"
    pack(handwriting.root(), sorted(CACHE.glob("*.ttf")), target)
    print(f"{target}: {target.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
