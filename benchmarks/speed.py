"""Seconds of one core per page and peak memory of our road, beside plain PaddleOCR.

Both read the same pixels on one thread, each in a process of its own so that peak memory is its own;
the peer is PaddleOCR(...).predict with PP-OCRv6 small detection and small recognition, its defaults
otherwise. Page by page the two take turns, and what is counted is time of the processor, so that a busy machine
is neither slow nor unfair.
"""

import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2

from digitize.settings import REPOSITORY

MODELS = REPOSITORY / "models"
ROUNDS = 2  # over the same pages, to see whether a page costs the same after many


@dataclass(frozen=True, slots=True)
class Speed:
    """Median processor seconds a page of both readers; of ours also in the first and the last round of a long run."""

    ours: float
    paddle: float
    first_round: float
    last_round: float
    peak_mb: float
    paddle_peak_mb: float

    def __str__(self) -> str:
        return (
            f"processor seconds a page, one thread, taking turns: ours {self.ours:.2f},"
            f" plain PaddleOCR {self.paddle:.2f};"
            f" ours in a long run, first round {self.first_round:.2f}, last round {self.last_round:.2f};"
            f" peak MB: ours {self.peak_mb:.0f}, plain PaddleOCR {self.paddle_peak_mb:.0f}"
        )


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
    """A reader's process: reads the path on each line of stdin, answers processor seconds and peak megabytes."""
    cv2.setNumThreads(1)
    read = READERS[name]()
    print("ready", flush=True)
    for line in sys.stdin:
        start = time.process_time()
        read(Path(line.strip()))
        seconds = time.process_time() - start
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
    raise RuntimeError("a reader ended early; run python -m benchmarks.speed NAME to see why")


def start(name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.speed", name]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)


def compare(pages: Sequence[Path], long_run: Sequence[Path]) -> Speed:
    """Both readers on `pages`, taking turns, then ours alone on `long_run`, ROUNDS times around."""
    processes = {name: start(name) for name in READERS}
    for process in processes.values():
        measure(process, pages[0])  # loading and the first page are not counted
    told = {name: list[tuple[float, float]]() for name in READERS}
    for page in pages:
        for name, process in processes.items():
            told[name].append(measure(process, page))
    rounds = [[measure(processes["ours"], page) for page in long_run] for _ in range(ROUNDS)]
    for process in processes.values():
        process.communicate()
    seconds = [statistics.median(time for time, _ in each) for each in (*told.values(), rounds[0], rounds[-1])]
    peaks = [max(peak for _, peak in each) for each in ([*told["ours"], *rounds[-1]], told["paddle"])]
    return Speed(*seconds, *peaks)


if __name__ == "__main__":
    serve(sys.argv[1])
