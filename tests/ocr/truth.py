"""What stands in the fields of the sample pages, and where."""

import json
from typing import Any

from digitize.settings import REPOSITORY


def truth_of(page: str) -> dict[str, Any]:
    path = REPOSITORY / "sample_scans" / f"{page}.truth.json"
    fields: dict[str, Any] = json.loads(path.read_text("utf-8"))["entries"][0]["fields"]
    return fields


def text_of(page: str, column: str) -> str:
    return str(truth_of(page)[column]["text"])


def box_of(page: str, column: str) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = truth_of(page)[column]["box"]
    return x0, y0, x1, y1
