"""Prints everything measured and ends with a line of JSON; nothing here passes or fails by time."""

import argparse
import json
import os
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.desk.barriers import serious
from benchmarks.desk.books import blank_books, read_books
from benchmarks.desk.clerk import Effort, Task, from_blank, tasks, with_suggestions
from benchmarks.desk.keying import Keyed, key_all
from benchmarks.desk.many import FOR_S, Crowd, crowd
from benchmarks.desk.plain import at_a_plain_form
from benchmarks.desk.scene import make_pile, open_sessions, served, spreads
from benchmarks.desk.waiting import Waited, at_the_desk, first_load
from digitize.books.steps import Step
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace
from tests.browser.conftest import CHROMIUM, FLAGS

PLAIN_PAGES = 6
PARTS = ("desk", "crowd", "clerk")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--entries", type=int, default=24, help="confirmed one after the other; 40 at most")
    parser.add_argument("--officers", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=FOR_S, help="for which they save")
    parser.add_argument("--loads", type=int, default=6, help="first loads, the first of them of a server just started")
    parser.add_argument("--keyed", type=int, default=6, help="entries that the clerk keys in a browser, each way")
    asked = parser.parse_args()
    told: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if "clerk" in asked.parts:
            told |= _clerk(browser, Path(folder), asked.keyed)
        if {"desk", "crowd"} & set(asked.parts):
            told |= _desk_and_crowd(browser, Path(folder), asked)
        browser.close()
    print(f"load of the machine, 1, 5 and 15 minutes: {os.getloadavg()}, {os.cpu_count()} processors")
    print(json.dumps(told))


def _desk_and_crowd(browser: Browser, folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    settings = Settings(workspace=folder / "workspace")
    workspace = Workspace.open(settings)
    pages = list(spreads(asked.entries + 2))
    _, small = make_pile(workspace, pages, asked.officers)
    sessions = open_sessions(workspace, asked.officers + 1)
    told: dict[str, Any] = {}
    if "desk" in asked.parts:
        with served(settings) as server:
            loads = [first_load(browser, server) for _ in range(asked.loads)]
            print("first load, s:", *(f"{load:.2f}" for load in loads), flush=True)
            ours = at_the_desk(browser, server, sessions[-1], asked.entries)
            _tell("our desk", ours)
            barriers = serious(browser, workspace, server)
        (folder / "plain").mkdir()
        _tell("plain Streamlit form", at_a_plain_form(browser, folder / "plain", pages[:PLAIN_PAGES]))
        told |= {
            "key_p95_ms": p95(ours["field"]), "next_entry_p95_ms": p95(ours["entry"]),
            "image_p95_ms": p95(ours["image"]), "first_load_s": round(max(loads), 2), "axe_serious": len(barriers),
        }  # fmt: skip
        print("serious or critical for axe-core:", barriers or "nothing")
    if "crowd" in asked.parts:
        with served(settings) as server:
            many = crowd(workspace, server, sessions[:-1], small, asked.seconds)
        _tell_crowd(many)
        told |= {
            "officers": many.officers, "save_p95_ms": p95(many.took_ms), "lost": many.lost,
            "mb": round(many.megabytes),
        }  # fmt: skip
    workspace.close()
    return told


def _clerk(browser: Browser, folder: Path, keyed: int) -> dict[str, Any]:
    read = read_books(folder / "read")
    all_tasks = list(tasks(read))
    helped, alone = [with_suggestions(task) for task in all_tasks], [from_blank(task) for task in all_tasks]
    saved = 1 - sum(effort.keystrokes for effort in helped) / sum(effort.keystrokes for effort in alone)
    _tell_efforts("with suggestions", helped)
    _tell_efforts("from blank", alone)
    waiting = [task for task in all_tasks if task.entry.step in (Step.READ, Step.IN_REVIEW)][:keyed]
    _tell_keyed("with suggestions", _at_the_desk(browser, read, waiting), [with_suggestions(task) for task in waiting])
    blank = blank_books(folder / "blank", read, all_tasks)
    unread = list(tasks(blank))[:keyed]
    _tell_keyed("from blank", _at_the_desk(browser, blank, unread), [from_blank(task) for task in unread])
    return {"keystrokes_saved": round(saved, 3)}


def _at_the_desk(browser: Browser, workspace: Workspace, chosen: list[Task]) -> Keyed:
    (session_id,) = open_sessions(workspace, 1)
    with served(workspace.settings) as server:
        return key_all(browser, server, session_id, workspace, chosen)


def p95(times: list[float]) -> float:
    return round(quantiles(times, n=20, method="inclusive")[-1], 1)


def _tell(name: str, waited: Waited) -> None:
    for event, times in waited.items():
        print(
            f"{name:24} {event:8} {len(times):5} times, ms: middle {median(times):7.1f}, 95 % {p95(times):7.1f},"
            f" worst {max(times):7.1f}", flush=True,
        )  # fmt: skip


def _tell_crowd(many: Crowd) -> None:
    print(
        f"{many.officers} officers: {many.acknowledged} saves, ms: middle {median(many.took_ms):.1f},"
        f" 95 % {p95(many.took_ms)}, worst {max(many.took_ms):.1f}; refused {many.refused or 0}; lost {many.lost};"
        f" {many.megabytes:.0f} MB; screens opened in {many.screens_s:.1f} s; {many.cores:.2f} cores", flush=True,
    )  # fmt: skip


def _tell_efforts(name: str, efforts: list[Effort]) -> None:
    keystrokes = sum(effort.keystrokes for effort in efforts) / len(efforts)
    seconds = sum(effort.seconds for effort in efforts) / len(efforts)
    print(
        f"clerk, {name:20} {len(efforts)} entries: {keystrokes:6.1f} keystrokes, {seconds:6.1f} s an entry", flush=True
    )


def _tell_keyed(name: str, keyed: Keyed, expected: list[Effort]) -> None:
    print(
        f"in the browser, {name:20} {keyed.entries} entries: {keyed.keystrokes} keystrokes (the model says"
        f" {sum(effort.keystrokes for effort in expected)}), {keyed.exact} of {keyed.entries} stored letter for letter",
        flush=True,
    )


if __name__ == "__main__":
    main()
