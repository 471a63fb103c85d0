"""The same wait at a plain Streamlit form of the same fields: next field, next entry."""

import json
import sys
import time
from collections import defaultdict
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.desk.scene import Spread, free_port, running
from benchmarks.desk.waiting import FIELDS, PROBE, READS_FOR, WINDOW, Waited, press

FORM = Path(__file__).with_name("plain_form.py")
SHOWN = 20  # fields
PRESSES = 3  # of Tab until the next field is reached; a strip's buttons take some


def at_a_plain_form(browser: Browser, folder: Path, pages: list[Spread]) -> Waited:
    """As `waiting.at_the_desk`; more than one Tab for the next field counts until the last of them."""
    for number, spread in enumerate(pages):
        fields = [
            (column, f"{number} {read.text}", (read.box.x0, read.box.y0, read.box.x1, read.box.y1))
            for column, read in spread.read.items()
            if read.box
        ]
        (folder / f"{number:02d}.jpg").write_bytes(spread.jpeg)
        (folder / f"{number:02d}.json").write_text(json.dumps(fields[:SHOWN]), "utf-8")
    port = free_port()
    options = [f"--server.port={port}", "--server.headless=true", "--browser.gatherUsageStats=false"]
    command = [sys.executable, "-m", "streamlit", "run", str(FORM), "--server.fileWatcherType=none", *options]
    with running(command, port, {"DIGITIZE_BENCH": str(folder)}), browser.new_context(viewport=WINDOW) as context:
        page = context.new_page()
        page.add_init_script(PROBE)
        page.goto(f"http://127.0.0.1:{port}")
        page.get_by_label(str(SHOWN - 1), exact=True).wait_for(timeout=60_000)
        return _key(page, len(pages) - 1)


def _key(page: Page, entries: int) -> Waited:
    waited: Waited = defaultdict(list)
    for _ in range(entries):
        begun = time.perf_counter()
        page.get_by_label("0", exact=True).first.focus()
        for _ in range(FIELDS):
            page.keyboard.type("a")
            handled, painted = _next_field(page)
            waited["field"].append(handled)
            waited["painted"].append(painted)
        page.wait_for_timeout(max(500.0, 1000 * (READS_FOR - (time.perf_counter() - begun))))
        page.get_by_role("button", name="Xác nhận").first.focus()
        waited["entry"].append(press(page, "Enter", "submitted")["submitted"])
        page.wait_for_timeout(500)
    return waited


def _next_field(page: Page) -> tuple[float, float]:
    """Until the focus is there, and until that is painted."""
    handled, painted = 0.0, 0.0
    for _ in range(PRESSES):
        told = press(page, "Tab", "focused")
        handled, painted = painted + told.get("handled", told["focused"]), painted + told["focused"]
        if page.evaluate("/INPUT/.test(probe.focused().tagName)"):
            break
    return handled, painted
