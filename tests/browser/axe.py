"""axe-core, the checker of accessibility, taken from its npm package into `.cache` on first use."""

import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

CACHE = Path(__file__).parents[2] / ".cache" / "axe"
VERSION = "4.10.3"
GRAVE = ("serious", "critical")


@dataclass(frozen=True)
class Barrier:
    """A rule that is broken, and the elements that break it."""

    rule: str
    impact: str
    elements: tuple[str, ...]


def grave_barriers(page: Page) -> list[Barrier]:
    """Everything serious or critical that axe-core finds on the page, shadow roots included."""
    page.evaluate(_script())
    found = page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })")
    return [
        Barrier(each["id"], each["impact"], tuple(f"{node['target']} {node['html'][:160]}" for node in each["nodes"]))
        for each in found["violations"]
        if each["impact"] in GRAVE
    ]


def _script() -> str:
    package = CACHE / f"axe-core-{VERSION}.tgz"
    if not package.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        wanted = f"axe-core@{VERSION}"
        subprocess.run(["npm", "pack", "--silent", wanted], cwd=CACHE, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(package) as archive:
        script = archive.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode("utf-8")
