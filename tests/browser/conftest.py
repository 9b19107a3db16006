"""A real browser and a real server for tests that read the site as people do.

The server runs in a thread of the test's process and works on the same database file, so a test
can prepare and look things up with the ORM. Each test begins with the starter library and leaves
nothing behind. A page fails its test if the browser reports an error or asks any other host.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)
from pytest_django import DjangoDbBlocker

from browser.looks import Looks
from snapshot import Ground

#: The first is Chromium without its windows, menus and address bar: a fifth less work in all.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
BROWSERS += ("google-chrome", "google-chrome-stable")
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
#: Chromium makes two pages of its own for the address bar of each window: more work than ours.
#: The other names are those that Playwright gives; of two such lists only the last one counts.
WITHOUT = """
    WebUIOmniboxPopup WebUIOmniboxAimPopup
    AimEnabled AvoidCorsURLLoaderRestartOnRedirect AvoidUnnecessaryBeforeUnloadCheckSync
    DestroyProfileOnBrowserClose HttpsFirstBalancedModeAutoEnable HttpsUpgrades LensOverlay
    MediaRouter NetworkTimeServiceQuerying OptimizationHints PaintHolding PreconnectToSearch
    ThirdPartyStoragePartitioning
"""
ARGUMENTS = [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--no-sandbox",
    "--font-render-hinting=none",  # letters as wide as on the screens and printers of today
    "--disable-dev-shm-usage",
    f"--disable-features={','.join(WITHOUT.split())}",
    # Helpers only take turns with the tests beside; no page lives long enough for optimising.
    "--js-flags=--single-threaded-gc --no-opt",
]
PASSWORD = "only-for-the-tests"
#: Milliseconds. A machine that is busy with other tests is slow, and that is no fault of a page.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser a run. Without one the tests fail: skipped, nobody would miss them."""
    found = (shutil.which(name) for name in (os.environ.get("CHROMIUM", ""), *BROWSERS) if name)
    path = next((path for path in found if path), None)
    if path is None:
        pytest.fail(
            "No browser. Install Chromium (Debian: apt-get install chromium), or set CHROMIUM."
        )
    # Playwright keeps an event loop in this thread from here on. Django would refuse the ORM beside
    # it, and opens a new connection. Nothing of ours runs in that loop, so it is safe.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture(scope="session")
def live_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The server's address."""
    with django_db_blocker.unblock():
        # WhiteNoise, in the middleware, serves static files: no handler of the test server's own.
        server = LiveServerThread("127.0.0.1", lambda application: application)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        yield f"http://127.0.0.1:{server.port}"
        server.terminate()


@pytest.fixture
def site(live_site: str, ground: Ground, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a running site that holds the starter library and nothing else."""
    with django_db_blocker.unblock():
        ground.put(library=True)
        yield live_site
        connections.close_all()
        ground.put_back(library=True)


@dataclass
class Watch:
    """What the browser complained about, and whom it asked."""

    site: str
    problems: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("request", self.request)

    def console(self, message: ConsoleMessage) -> None:
        # A page that is itself missing is what a test may be about. Anything it needs may not be.
        own_address = message.location.get("url") == message.page.url if message.page else False
        if message.type == "error" and not own_address:
            self.problems.append(f"console: {message.text} ({message.location.get('url')})")

    def request(self, request: Request) -> None:
        url = request.url.replace("//localhost:", "//127.0.0.1:")  # passkeys need a name
        if not url.startswith((self.site + "/", "data:", "blob:")):
            self.problems.append(f"asked another host: {request.url}")


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """``open_page(viewport=PHONE, locale="ar")``: a page in a context of its own."""
    watch, contexts = Watch(site), []

    def open_(**options: Any) -> Page:
        options = {"viewport": DESK, "reduced_motion": "reduce", "locale": "en-GB", **options}
        context = browser.new_context(**{"base_url": site, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not watch.problems, "\n".join(watch.problems)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A desk computer's window."""
    return open_page()


@pytest.fixture
def phone_page(open_page: Callable[..., Page]) -> Page:
    """The narrowest phone we promise to fit."""
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def dark_page(open_page: Callable[..., Page]) -> Page:
    """A reader who asked for dark colours."""
    return open_page(color_scheme="dark")


@pytest.fixture
def scriptless_page(open_page: Callable[..., Page]) -> Page:
    """A reader whose browser runs no JavaScript."""
    return open_page(java_script_enabled=False)


@pytest.fixture
def editor_page(open_page: Callable[..., Page], site: str) -> Page:
    """A window signed in to the admin, as the demo editor is."""
    editor = get_user_model().objects.create_superuser("editor", password=PASSWORD)
    client = Client()
    client.force_login(editor)
    page = open_page()
    page.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": site}
            for name, morsel in client.cookies.items()
        ]
    )
    return page


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """``axe(page)`` fails with every WCAG 2.2 AA and best-practice violation, and where it is."""
    return Looks().at


@pytest.fixture
def axe_by_day_and_night() -> Callable[[Page], None]:
    """The same, and with what it finds in dark colours too."""
    return Looks().by_day_and_night
