"""make bench-pdf: what the light pictures of entry PDFs cost the reader, and how long they take.

Pages drawn in pens that nothing was tuned on are read as they are, and again as they stand in a PDF of at most 100,
160 and 200 kB. A legible original and an illegible delivery would differ here first. The lowest quality was chosen on
the pages before the first one here, the 160 kB on the first sixty.
"""

import argparse
import json
import time
from io import BytesIO

import cv2

from benchmarks.drawn_pages import DrawnPage
from benchmarks.sets import MODELS, READ
from benchmarks.tally import FieldTold, judge
from digitize.books.forms import all_forms
from digitize.export.entry_pdf import PDF_OVERHEAD_BYTES, entry_pdf
from digitize.ocr.paddle import PaddleEngine
from digitize.scans.light import light_jpeg
from digitize.workflow.read import read_page

FIRST, PAGES = 16, 60
LIMITS = (100_000, 160_000, 200_000)  # bytes of a PDF


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=PAGES)
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    engine = PaddleEngine(MODELS)
    fields: dict[str, list[FieldTold]] = {}
    sizes, seconds = dict[int, list[int]](), dict[int, float]()
    for number in range(FIRST, FIRST + asked.pages):
        page, original = READ["pens"](number), BytesIO()
        page.image.save(original, "JPEG", quality=88)
        fields.setdefault("original", []).extend(_read(engine, page, original))
        for limit in LIMITS:
            began = time.process_time()
            pdf = entry_pdf([light_jpeg(original, "page", 1, limit - PDF_OVERHEAD_BYTES)])
            seconds[limit] = seconds.get(limit, 0.0) + time.process_time() - began
            sizes.setdefault(limit, []).append(len(pdf))
            fields.setdefault(str(limit), []).extend(_read(engine, page, BytesIO(pdf)))
    told = {name: _shares(of) for name, of in fields.items()}
    for limit in LIMITS:
        told[str(limit)] |= {
            "largest_bytes": max(sizes[limit]),
            "seconds_a_page": round(seconds[limit] / asked.pages, 4),
        }
    for name, figures in told.items():
        print(f"{name:>9}  " + "  ".join(f"{key} {value}" for key, value in figures.items()))
    print(json.dumps(told))


def _read(engine: PaddleEngine, page: DrawnPage, file: BytesIO) -> list[FieldTold]:
    reading = read_page(engine, file, "page", 1, list(all_forms().values())).reading
    return [field for field in judge(page, reading).fields if field.group != "code"]


def _shares(fields: list[FieldTold]) -> dict[str, float]:
    letters = sum(len(field.truth) for field in fields)
    return {
        "fields": len(fields),
        "fields_right": round(sum(field.right for field in fields) / len(fields), 4),
        "cer": round(sum(min(field.edits, len(field.truth)) for field in fields) / letters, 4),
    }


if __name__ == "__main__":
    main()
