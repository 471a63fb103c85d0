"""What a training run came to: its curves and its worst lines as one page, python -m training.report RUN."""

import argparse
import base64
import html
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import cv2
from rapidfuzz.distance import Levenshtein

from training import network
from training.measure import Sample, read, validation

WORST = 40
WIDTH, HEIGHT = 900, 300
COLOURS = ("#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad", "#b8860b", "#444")


def curves(log: Sequence[dict[str, float]]) -> str:
    """An SVG of every measured figure over the steps, each curve scaled to its own largest value."""
    names = sorted({name for row in log for name in row if name == "loss" or name.endswith("_cer")})
    drawn = [_curve(log, name, COLOURS[i % len(COLOURS)], 20 + 18 * i) for i, name in enumerate(names)]
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}">{"".join(drawn)}</svg>'


def _curve(log: Sequence[dict[str, float]], name: str, colour: str, legend_at: int) -> str:
    points = [(row["step"], row[name]) for row in log if name in row]
    last, top = max(row["step"] for row in log) or 1, max(value for _, value in points) or 1
    path = " ".join(f"{WIDTH * step / last:.1f},{HEIGHT - HEIGHT * value / top:.1f}" for step, value in points)
    told = f"{name}: {points[0][1]:g} → {points[-1][1]:g} (lowest {min(value for _, value in points):g})"
    return (
        f'<polyline points="{path}" fill="none" stroke="{colour}"/>'
        f'<text x="{WIDTH - 330}" y="{legend_at}" fill="{colour}" font-size="13">{told}</text>'
    )


def worst(samples: Sequence[Sample], texts: Sequence[str]) -> Iterable[tuple[float, Sample, str]]:
    """The lines with most edits per character, worst first."""
    judged = [
        (Levenshtein.distance(text.casefold(), sample[1].casefold()) / max(1, len(sample[1])), sample, text)
        for sample, text in zip(samples, texts, strict=True)
    ]
    return sorted(judged, key=lambda line: -line[0])[:WORST]


def _row(share: float, sample: Sample, text: str) -> str:
    _, packed = cv2.imencode(".jpg", sample[0])
    picture = base64.b64encode(packed.tobytes()).decode()
    return (
        f'<p><img src="data:image/jpeg;base64,{picture}" height="48"><br>{100 * share:.0f} % wrong: '
        f"<b>{html.escape(text)}</b><br>label: {html.escape(sample[1])}</p>"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder of the run; report.html is written into it")
    folder = parser.parse_args().run
    log = [json.loads(row) for row in (folder / "log.jsonl").read_text().splitlines()]
    reader = network.load(folder / "inference.onnx").eval()
    parts = [f"<!doctype html><meta charset=utf-8><title>Training</title><h1>Curves</h1>{curves(log)}"]
    for name, samples in validation().items():
        parts.append(f"<h1>Worst lines: {name}</h1>")
        parts += [_row(*line) for line in worst(samples, read(reader, samples, "cpu"))]
    (folder / "report.html").write_text("\n".join(parts), "utf-8")
    print(folder / "report.html")


if __name__ == "__main__":
    main()
