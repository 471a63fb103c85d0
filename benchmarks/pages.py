"""make bench-pages: from pictures to fields, on pages drawn in pens, prints and hands that nothing was tuned on.

Pens and prints are those that training never saw; real ink is put together from words of writers that training never
saw, so it says what those writers' words can say: no page of a real book is in it. Beside it plain PaddleOCR (PP-OCRv6
small) reads the same pixels and its lines go through the same search for labels.
"""

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from random import Random

import cv2
import numpy as np
from PIL import Image
from rapidfuzz.distance import Levenshtein

from benchmarks import page as speed
from benchmarks.drawn_pages import DrawnPage, pen_pages, photographed, real_pages, spreads
from digitize.books.entry import Box, Candidate
from digitize.books.forms import Form, all_forms
from digitize.ocr.engine import Engine
from digitize.ocr.paddle import PaddleEngine
from digitize.review.fields import SURE
from digitize.scans.orientation import rows_run_upright
from digitize.scans.spread import find_fold
from digitize.settings import REPOSITORY
from digitize.workflow.read import ReadPage, read_page
from training import held_out

MODELS = REPOSITORY / "models"
SEED = 1218
CLOSED, DATES = ("gender", "ethnic", "nationality"), ("date", "year_or_date", "number", "entry_no", "volume", "pid12")
NAMES = ("name_upper", "name", "signature")
IOU = 0.5


@dataclass(slots=True)
class Tally:
    """What came of the pages of one set."""

    pages: int = 0
    right_form: int = 0
    boxes: Counter[bool] = field(default_factory=Counter)
    ticks: Counter[bool] = field(default_factory=Counter)
    exact: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    edits: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    claims: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, page: DrawnPage, read: ReadPage) -> None:
        self.pages += 1
        self.right_form += read.reading.form_id == page.form.form_id
        found: Mapping[str, Candidate] = read.reading.entries[0] if read.reading.entries else {}
        for column, text in page.fields.items():
            self._field(page, column, text, found.get(column))
        for box in page.form.checkboxes:
            said, codes = found.get(box.field), {box.code, *box.only_empty.values(), *box.when_female.values()}
            self.ticks[bool(said and said.text in codes) == (page.fields.get(box.field) in codes)] += 1

    def _field(self, page: DrawnPage, column: str, text: str, found: Candidate | None) -> None:
        kind, right = page.form.kind_of(column), bool(found and same(text, found.text, real=not page.in_pen))
        if kind != "code":
            self.boxes[bool(found and found.box and overlap(found.box, page.boxes[column]) >= IOU)] += 1
        self.exact[group(kind)][right] += 1
        self.edits[group(kind)][0] += Levenshtein.distance(text.casefold(), found.text.casefold() if found else "")
        self.edits[group(kind)][1] += len(text)
        if found:
            self.claims.append((found.confidence, right))

    def share(self, counts: Counter[bool]) -> float:
        return counts[True] / max(1, counts.total())

    def cer(self, kind: str) -> float:
        edits, signs = self.edits[kind]
        return edits / max(1, signs)

    def unflagged(self) -> tuple[float, float]:
        """Share of all fields that are not flagged, and how many of those are wrong."""
        fields = sum(counts.total() for counts in self.exact.values())
        sure = [right for confidence, right in self.claims if confidence >= SURE]
        return len(sure) / max(1, fields), sure.count(False) / max(1, len(sure))


def group(kind: str) -> str:
    for name, kinds in (("closed", CLOSED), ("dates", DATES), ("names", NAMES), ("places", ("place",))):
        if kind in kinds:
            return name
    return "others"


def same(truth: str, read: str, real: bool) -> bool:
    """Labels of real ink are in title case whatever is written."""
    return truth.casefold() == read.casefold() if real else truth == read


def overlap(box: Box, truth: Sequence[int]) -> float:
    """Intersection over union."""
    x0, y0, x1, y1 = truth
    shared = max(0, min(box.x1, x1) - max(box.x0, x0)) * max(0, min(box.y1, y1) - max(box.y0, y0))
    return shared / ((box.x1 - box.x0) * (box.y1 - box.y0) + (x1 - x0) * (y1 - y0) - shared)


def read(engine: Engine, image: Image.Image, forms: Sequence[Form]) -> ReadPage:
    file = BytesIO()
    image.save(file, "JPEG", quality=88)
    return read_page(engine, file, "page.jpg", 1, forms)


def tally(engine: Engine, pages: Iterable[DrawnPage], forms: Sequence[Form]) -> Tally:
    told = Tally()
    for page in pages:
        told.add(page, read(engine, page.image, forms))
    return told


def pixels(image: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(image)[:, :, ::-1].copy()


def turned_right(engine: Engine, pages: Sequence[DrawnPage], forms: Sequence[Form]) -> tuple[int, int]:
    """Pages given lying or upside down that are read as their form, of how many."""
    rng, right = Random(SEED), 0
    for page in pages:
        picture = page.image.rotate(rng.choice((90, 180, 270)), expand=True)
        right += read(engine, picture, forms).reading.form_id == page.form.form_id
    return right, len(pages)


def folds_right(pages: Sequence[DrawnPage]) -> tuple[int, int]:
    """Spreads whose fold is found within 2 % of their width and that are not taken for lying pages, of how many."""
    told = []
    for image, column in spreads(pages, Random(SEED)):
        fold = find_fold(pixels(image))
        near = fold is not None and abs(fold.column - column) < 0.02 * image.width
        told.append(near and not rows_run_upright(pixels(image)))
    return sum(told), len(told)


def compare_speed(pages: Sequence[DrawnPage]) -> tuple[float, float, float]:
    """Median seconds a page of ours and of plain PaddleOCR on one thread, taking turns; our peak megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number:03}.jpg") for number in range(len(pages))]
        for page, path in zip(pages, paths, strict=True):
            page.image.save(path, quality=88)
        seconds, peak = speed.compare(paths)
    return seconds["ours"], seconds["paddle"], peak["ours"]


def table(sets: Mapping[str, Tally]) -> None:
    print(f"{'':22}" + "".join(f"{name:>22}" for name in sets))
    print(f"{'pages':22}" + "".join(f"{told.pages:22}" for told in sets.values()))
    told = {name: dict(figures(tally)) for name, tally in sets.items()}
    for row in next(iter(told.values())):
        shares = (column[row] for column in told.values())
        print(f"{row:22}" + "".join(f"{100 * share:13.2f}% n={n:<6}" for share, n in shares))


def figures(tally: Tally) -> Iterator[tuple[str, tuple[float, int]]]:
    """Rows of the table: a share and of how many."""
    yield "form right", (tally.right_form / max(1, tally.pages), tally.pages)
    yield "boxes, IoU 0.5", (tally.share(tally.boxes), tally.boxes.total())
    yield "check boxes", (tally.share(tally.ticks), tally.ticks.total())
    for kind in ("closed", "dates", "names", "places", "others"):
        yield f"{kind}, exact", (tally.share(tally.exact[kind]), tally.exact[kind].total())
    yield "places, CER", (tally.cer("places"), tally.edits["places"][1])
    unflagged, wrong = tally.unflagged()
    yield "not flagged", (unflagged, sum(counts.total() for counts in tally.exact.values()))
    yield "wrong of those", (wrong, round(unflagged * sum(counts.total() for counts in tally.exact.values())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=120, help="pages of each set")
    count = parser.parse_args().pages
    every = list(all_forms().values())
    forms = [form for form in every if form.family == "page"]
    ours, peer = PaddleEngine(MODELS), PaddleEngine(MODELS, recogniser="PP-OCRv6_small_rec")
    cv2.setNumThreads(1)
    clean = list(pen_pages(forms, count, SEED))
    photos = [photographed(page, Random(number), number) for number, page in enumerate(clean)]
    real = list(real_pages(forms, held_out.hands(), count, SEED))
    sets = {
        "pens": tally(ours, clean, every),
        "pens, photographed": tally(ours, photos, every),
        "real ink": tally(ours, real, every),
        "PP-OCRv6, pens": tally(peer, clean[: count // 4], every),
        "PP-OCRv6, real": tally(peer, real[: count // 4], every),
    }
    table(sets)
    turned, turns = turned_right(ours, clean[: max(12, count // 4)], every)
    folds, folded = folds_right(clean)
    print(f"turned pages read as their form: {turned} of {turns}; folds found: {folds} of {folded}")
    seconds, others, peak = compare_speed(clean[:12])
    print(f"seconds a page, one thread: ours {seconds:.2f}, plain PaddleOCR {others:.2f}; our peak {peak:.0f} MB")
    pens, photo, ink = (sets[name] for name in ("pens", "pens, photographed", "real ink"))
    told = {
        "form_right": pens.right_form / pens.pages,
        "orientation": turned / turns,
        "spreads": folds / max(1, folded),
        "boxes_clean": pens.share(pens.boxes),
        "boxes_photo": photo.share(photo.boxes),
        "checkbox_right": (pens.ticks[True] + photo.ticks[True]) / (pens.ticks.total() + photo.ticks.total()),
        "closed_real": ink.share(ink.exact["closed"]),
        "dates_real": ink.share(ink.exact["dates"]),
        "names_real": ink.share(ink.exact["names"]),
        "places_cer_real": ink.cer("places"),
        "names_pens": pens.share(pens.exact["names"]),
        "slip_through": max(pens.unflagged()[1], ink.unflagged()[1]),
        "unflagged_real": ink.unflagged()[0],
        "s_per_page_one_core": seconds,
        "ratio_to_paddle": seconds / others,
        "peak_mb": peak,
    }
    print(json.dumps({name: round(value, 4) for name, value in told.items()}))


if __name__ == "__main__":
    main()
