"""What an officer waits for at the desk in a real browser: the next field, the next entry, the first load."""

import time
from collections import defaultdict
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from benchmarks.desk.scene import Served
from tests.conftest import PASSWORD

PROBE = Path(__file__).with_name("probe.js").read_text("utf-8")
WINDOW: ViewportSize = {"width": 1366, "height": 768}
FIELDS = 12  # of each entry that are keyed
READS_FOR = 1.5  # seconds that she looks at an entry at least before it is confirmed


# Event -> milliseconds from the key press until then, time by time. "field": the next field has the focus and the
# picture its new place; "painted": the frame that shows it; "entry": the next entry can be typed into, painted;
# "image": its page is shown as well.
Waited = dict[str, list[float]]


def first_load(browser: Browser, served: Served) -> float:
    """Seconds from sending name and password, in a browser that has nothing of ours, to a page that can be keyed."""
    with browser.new_context(viewport=WINDOW) as context:
        page = context.new_page()
        page.add_init_script(PROBE)
        page.goto(f"{served.origin}/sign-in?next=%2Freview")
        page.get_by_label("Tên đăng nhập").fill("officer")
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        begun = time.perf_counter()
        page.keyboard.press("Enter")
        page.wait_for_url("**/review*")
        page.evaluate("probe.untilReady()")
        return time.perf_counter() - begun


def at_the_desk(browser: Browser, served: Served, session_id: str, entries: int) -> Waited:
    """An officer keys a letter into some fields of each entry, then confirms it."""
    waited: Waited = defaultdict(list)
    with browser.new_context(viewport=WINDOW) as context:
        context.add_cookies([{"name": "digitize_session", "value": session_id, "url": served.origin}])
        page = context.new_page()
        page.add_init_script(PROBE)
        page.goto(f"{served.origin}/review")
        page.evaluate("probe.untilReady()")
        for _ in range(entries):
            begun = time.perf_counter()
            page.evaluate("probe.one('.fields input').focus()")
            for _ in range(FIELDS):
                page.keyboard.type("a")
                took = press(page, "Tab", "field")
                if took["moved"]:  # neighbours that were read from one line share their place on the picture
                    waited["field"].append(took.get("handled", took["field"]))
                    waited["painted"].append(took["field"])
            page.wait_for_timeout(max(0.0, 1000 * (READS_FOR - (time.perf_counter() - begun))))
            took = press(page, "Control+Enter", "entry", "image")
            for name in ("entry", "image"):
                waited[name].append(took[name])
    return waited


def press(page: Page, keys: str, *events: str) -> dict[str, float]:
    """Presses keys and waits for what they lead to; what did not come within seconds is missing.

    `moved`: whether the picture has another place by then.
    """
    page.evaluate("events => { window.took = measure(...events); }", list(events))
    page.keyboard.press(keys)
    took: dict[str, float] = page.evaluate("window.took")
    return took
