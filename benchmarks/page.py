"""make bench-page: seconds per page and peak memory of our road, beside plain PaddleOCR.

Both read the same pixels on one thread, each in a process of its own so that peak memory is its own;
the peer is PaddleOCR(...).predict with PP-OCRv6 small detection and small recognition, its defaults
otherwise. Page by page the two take turns, so that a noisy machine is noisy for both.
"""

import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2

from digitize.settings import REPOSITORY

SAMPLES = REPOSITORY / "sample_scans"
MODELS = REPOSITORY / "models"
PAGES = sorted(SAMPLES.glob("k?_0[1-4].jpg"))


def ours() -> Callable[[Path], object]:
    """From the scanner's file to candidates: opening, straightening, finding, reading."""
    from digitize.books.forms import all_forms
    from digitize.ocr.paddle import PaddleEngine
    from digitize.workflow.read import read_file

    engine, forms = PaddleEngine(MODELS, threads=1), list(all_forms().values())
    return lambda path: list(read_file(engine, path, forms))


def paddle() -> Callable[[Path], object]:
    """Plain PaddleOCR: lines of text, no fields."""
    from paddleocr import PaddleOCR

    from digitize.ocr.weights import find_weights

    detection, recognition = (find_weights(MODELS, f"PP-OCRv6_small_{part}") for part in ("det", "rec"))
    ocr = PaddleOCR(
        text_detection_model_name=detection.model_name,
        text_detection_model_dir=str(detection.folder),
        text_recognition_model_name=recognition.model_name,
        text_recognition_model_dir=str(recognition.folder),
        use_doc_orientation_classify=False,
        use_doc_unwarping=False,
        use_textline_orientation=False,
        device="cpu",
        engine="onnxruntime",
        engine_config={"intra_op_num_threads": 1, "inter_op_num_threads": 1},
    )
    return lambda path: ocr.predict(cv2.imread(str(path)))


PEAK = re.compile(r"VmHWM:\s+(\d+) kB")  # since this process began; ru_maxrss would be its parent's at first
READERS = {"ours": ours, "paddle": paddle}


def serve(name: str) -> None:
    """A reader's process: reads the path on each line of stdin, answers seconds and peak megabytes."""
    cv2.setNumThreads(1)
    read = READERS[name]()
    print("ready", flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        read(Path(line.strip()))
        seconds = time.perf_counter() - start
        peak_mb = int(PEAK.search(Path("/proc/self/status").read_text())[1]) / 1024  # type: ignore[index]
        print(json.dumps([seconds, peak_mb]), flush=True)


def measure(process: subprocess.Popen[str], page: Path) -> tuple[float, float]:
    assert process.stdin and process.stdout
    process.stdin.write(f"{page}\n")
    process.stdin.flush()
    for line in process.stdout:
        if line.startswith("["):
            seconds, peak_mb = json.loads(line)
            return seconds, peak_mb
    raise RuntimeError("a reader ended early; run python -m benchmarks.page NAME to see why")


def start(name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.page", name]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)


def compare(pages: Sequence[Path]) -> tuple[dict[str, float], dict[str, float]]:
    """Median seconds a page and peak megabytes of each reader."""
    processes = {name: start(name) for name in READERS}
    for process in processes.values():
        measure(process, pages[0])  # loading and the first page are not counted
    rows = [(page, {name: measure(process, page) for name, process in processes.items()}) for page in pages]
    for process in processes.values():
        process.communicate()
    print(f"{'page':12} {'ours s':>8} {'paddle s':>9}")
    for page, told in rows:
        print(f"{page.name:12} {told['ours'][0]:8.2f} {told['paddle'][0]:9.2f}")
    seconds = {name: statistics.median(told[name][0] for _, told in rows) for name in READERS}
    return seconds, {name: max(told[name][1] for _, told in rows) for name in READERS}


def main() -> None:
    seconds, peak = compare(PAGES)
    print(f"{'median s':12} {seconds['ours']:8.2f} {seconds['paddle']:9.2f}")
    print(f"{'peak MB':12} {peak['ours']:8.0f} {peak['paddle']:9.0f}")
    print(
        json.dumps(
            {
                "ours_s_per_page": round(seconds["ours"], 3),
                "paddle_s_per_page": round(seconds["paddle"], 3),
                "ours_peak_mb": round(peak["ours"]),
            }
        )
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve(sys.argv[1])
    else:
        main()
