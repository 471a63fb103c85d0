"""The simulated clerk at the real desk: a browser that is told nothing but keys."""

from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from benchmarks.desk.clerk import CONFIRM, EMPTY, TAKE_READING, Task, readings, telex
from benchmarks.desk.scene import Served
from benchmarks.desk.waiting import PROBE, WINDOW
from digitize.access.actor import setup_actor
from digitize.books.steps import Step
from digitize.store.unit_of_work import Workspace


@dataclass(frozen=True, slots=True)
class Keyed:
    """Keystrokes of the entries that were keyed, and in how many the store then held just what is on the page."""

    keystrokes: int
    entries: int
    exact: int


def key_all(browser: Browser, served: Served, session_id: str, workspace: Workspace, tasks: list[Task]) -> Keyed:
    """Opens each entry, goes through its fields, makes them right and confirms."""
    keystrokes = 0
    with browser.new_context(viewport=WINDOW) as context:
        context.add_cookies([{"name": "digitize_session", "value": session_id, "url": served.origin}])
        page = context.new_page()
        page.add_init_script(PROBE)
        for task in tasks:
            page.goto(f"{served.origin}/review?entry={task.entry.entry_id}")
            page.evaluate("probe.untilReady()")
            keystrokes += _key(page, task)
    return Keyed(keystrokes, len(tasks), sum(_is_exact(workspace, task) for task in tasks))


def _key(page: Page, task: Task) -> int:
    title = page.evaluate("probe.one('.title').textContent")
    page.evaluate("probe.one('#field-0').focus()")
    keystrokes = CONFIRM
    for column, wanted in task.truth.items():
        if page.evaluate("probe.focused().value") != wanted:
            keystrokes += _put_right(page, readings(task.read.get(column)), wanted)
        page.keyboard.press("Tab")
        keystrokes += 1
    page.keyboard.press("Control+Enter")
    page.evaluate("title => probe.untilLeft(title)", title)
    return keystrokes


def _put_right(page: Page, offered: list[str], wanted: str) -> int:
    if wanted in offered and telex(wanted) > TAKE_READING:
        page.keyboard.press(f"Alt+{offered.index(wanted) + 1}")
        return TAKE_READING
    if page.evaluate("probe.focused().tagName") == "SELECT":
        page.keyboard.type(wanted) if wanted else page.keyboard.press("Home")
    elif wanted:
        page.keyboard.type(wanted)
    else:
        page.keyboard.press("Delete")
    return telex(wanted) or EMPTY


def _is_exact(workspace: Workspace, task: Task) -> bool:
    with workspace.view(setup_actor()) as work:
        entry = work.entries.get(task.entry.entry_id)
    texts = {column: entry.values[column].text for column in task.truth if column in entry.values}
    return entry.step not in (Step.READ, Step.IN_REVIEW) and texts == dict(task.truth)
