"""The manifest of a transfer package: what it holds, of which book, with SHA-256 of every file and every PDF."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Any

from digitize.errors import PackageUnusable

FORMAT = "digitize-package/1"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as it was written."""

    sha256: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry, or a page without one, that a trial package does not hold, and why."""

    entry: int | None
    page: int  # place in the book, from 1
    why: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself."""

    stem: str
    kind: str
    year: int
    volume: str
    unit_code: str
    unit_name: str
    authority: str
    template: str
    entries: int  # confirmed entries = rows of the Excel = PDFs
    files: Mapping[str, FileFacts]
    pdfs: Mapping[str, str]  # name in the zip -> SHA-256
    made_by: str
    made_at: str  # ISO, UTC
    trial: bool = False
    left_out: Sequence[LeftOut] = ()
    format: str = field(default=FORMAT)

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def parse_manifest(text: str) -> Manifest:
    """Raises PackageUnusable when it is none of ours."""
    try:
        told: dict[str, Any] = json.loads(text)
        files = {name: FileFacts(**facts) for name, facts in told["files"].items()}
        left_out = tuple(LeftOut(**each) for each in told.get("left_out", ()))
        return Manifest(**told | {"files": files, "left_out": left_out})
    except (ValueError, TypeError, KeyError, AttributeError) as cause:
        raise PackageUnusable("Tệp kê khai (.json) của gói không đọc được.") from cause


def facts_of(path: Path) -> FileFacts:
    """SHA-256 and size of a file, read in pieces."""
    with path.open("rb") as file:
        return FileFacts(file_digest(file, "sha256").hexdigest(), path.stat().st_size)
