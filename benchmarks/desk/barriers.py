"""What bars people with poor sight or without a mouse: axe-core over every screen, as the browser tests do it."""

from playwright.sync_api import Browser, expect

from benchmarks.desk.scene import Served, open_session
from benchmarks.desk.waiting import PROBE, WINDOW
from digitize.access.actor import PERMISSIONS
from digitize.app.navigation import SCREENS
from digitize.store.unit_of_work import Workspace
from tests.browser.axe import grave_barriers
from tests.conftest import PEOPLE


def serious(browser: Browser, workspace: Workspace, served: Served) -> list[str]:
    """Screen and rule of everything serious or critical."""
    found = []
    for screen in SCREENS:
        name = next(
            name
            for name, (roles, _, _) in PEOPLE.items()
            if any(screen.permission in PERMISSIONS[role] for role in roles)
        )
        with browser.new_context(viewport=WINDOW) as context:
            session_id = open_session(workspace, name)
            context.add_cookies([{"name": "digitize_session", "value": session_id, "url": served.origin}])
            page = context.new_page()
            page.add_init_script(PROBE)
            page.goto(f"{served.origin}/{screen.path}")
            expect(page.locator(".sign-out")).to_be_visible(timeout=30_000)
            page.wait_for_timeout(300)
            found += [f"{screen.path}: {barrier.rule}" for barrier in grave_barriers(page)]
    return found
