"""Prints a table of everything measured and ends with a line of JSON; nothing here passes or fails by time."""

import argparse
import json
import tempfile
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import sync_playwright

from benchmarks.desk.many import FOR_S, Crowd, crowd
from benchmarks.desk.plain import at_a_plain_form
from benchmarks.desk.scene import make_pile, open_sessions, served, spreads
from benchmarks.desk.waiting import Waited, at_the_desk, first_load
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace
from tests.browser.conftest import CHROMIUM, FLAGS

PLAIN_PAGES = 6


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.add_argument("--entries", type=int, default=24, help="keyed one after the other; 40 pages at most")
    parser.add_argument("--officers", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=FOR_S, help="for which they save")
    parser.add_argument("--loads", type=int, default=6, help="first loads")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = _measure(Path(folder), asked)
    print(json.dumps(told))


def _measure(folder: Path, asked: argparse.Namespace) -> dict[str, float]:
    settings = Settings(workspace=folder / "workspace")
    workspace = Workspace.open(settings)
    pages = list(spreads(asked.entries + 2))
    _, small = make_pile(workspace, pages, asked.officers)
    sessions = open_sessions(workspace, asked.officers + 1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with served(settings) as server:
            loads = [first_load(browser, server) for _ in range(asked.loads)]
            print("first load", *(f"{load:.2f}" for load in loads), flush=True)
            ours = at_the_desk(browser, server, sessions[-1], asked.entries)
            _tell("our desk", ours)
        (folder / "plain").mkdir()
        plain = at_a_plain_form(browser, folder / "plain", pages[:PLAIN_PAGES])
        _tell("plain Streamlit form", plain)
        browser.close()
    with served(settings) as server:
        many = crowd(workspace, server, sessions[:-1], small, asked.seconds)
    _tell_crowd(many)
    return {
        "key_p95_ms": p95(ours["field"]), "next_entry_p95_ms": p95(ours["entry"]), "image_p95_ms": p95(ours["image"]),
        "first_load_s": round(max(loads), 2), "officers": many.officers, "save_p95_ms": p95(many.took_ms),
        "lost": many.lost, "mb": round(many.megabytes),
    }  # fmt: skip


def p95(times: list[float]) -> float:
    return round(quantiles(times, n=20, method="inclusive")[-1], 1)


def _tell(name: str, waited: Waited) -> None:
    for event, times in waited.items():
        print(
            f"{name:24} {event:8} {len(times):5} times, ms: middle {median(times):7.1f}, 95 % {p95(times):7.1f},"
            f" worst {max(times):7.1f}", flush=True,
        )


def _tell_crowd(many: Crowd) -> None:
    print(
        f"{many.officers} officers: {many.acknowledged} saves, ms: middle {median(many.took_ms):.1f},"
        f" 95 % {p95(many.took_ms)}, worst {max(many.took_ms):.1f}; refused {many.refused}; lost {many.lost};"
        f" {many.megabytes:.0f} MB; screens opened in {many.screens_s:.1f} s; {many.cores:.2f} cores", flush=True,
    )


if __name__ == "__main__":
    main()
