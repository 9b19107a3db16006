"""Pages that a reader keeps on the device, and those that are never kept there."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

sys.path.insert(0, str(Path(__file__).parent))

from comfort_steps import CAUSE, open_options


def eventually(page: Page, promise: str) -> None:
    """Wait for an asynchronous condition; `wait_for_function` takes any promise for a yes."""
    deadline = time.monotonic() + 30
    while not page.evaluate(promise):
        assert time.monotonic() < deadline, promise
        page.wait_for_timeout(50)


def ready_for_offline(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def test_a_kept_page_is_there_without_a_network_and_says_how_old_it_is(
    page: Page, axe: Callable[[Page], None]
) -> None:
    # Given a reader who keeps a page
    page.goto(CAUSE)
    ready_for_offline(page)
    open_options(page)
    page.get_by_role("button", name="Keep for offline").click()
    expect(page.get_by_role("button", name="Kept for offline")).to_be_visible()
    title = page.locator("h1").inner_text()
    # And whose copy is three days old
    page.evaluate(
        """async () => {
          const cache = await caches.open("kept-pages");
          for (const request of await cache.keys()) {
            const copy = await cache.match(request);
            const headers = new Headers(copy.headers);
            headers.set("x-kept-on", new Date(Date.now() - 3 * 86400000).toISOString());
            await cache.put(request, new Response(await copy.text(), {headers}));
          }
        }"""
    )
    # When the network goes
    page.context.set_offline(True)
    page.goto(CAUSE)
    # Then the page is there with its looks, and says that it is an old copy
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("[data-kept-copy]")).to_contain_text("3 days ago")
    assert "Atkinson" in page.evaluate("getComputedStyle(document.body).fontFamily")
    assert page.evaluate(
        "document.fonts.ready.then((all) => [...all].some((f) => f.status === 'loaded'))"
    )
    axe(page)
    # And the emergency page was kept without asking
    page.goto("/emergency/")
    expect(page.locator("section.care").first).to_be_visible()
    # And what was only read is not there: the emergency signs are shown, and it is said why
    page.goto("/treatments/ibuprofen/")
    expect(page.locator("h1")).to_contain_text("Emergency")
    expect(page.locator("[data-kept-copy]")).to_contain_text("has not kept that page")
    # When the network is back, the old copies are made new in the background
    page.context.set_offline(False)
    page.goto("/")
    eventually(
        page,
        """async () => {
          const cache = await caches.open("kept-pages");
          const copies = await Promise.all((await cache.keys()).map((one) => cache.match(one)));
          return copies.length === 2 && copies.every(
            (one) => Date.now() - new Date(one.headers.get("x-kept-on")) < 86400000);
        }""",
    )
    # And it can be given up again
    page.goto("/my-visit/")
    page.get_by_role("button", name=f"Remove: {title}").click()
    expect(page.locator("[data-kept-pages]")).not_to_contain_text(title)


def test_checker_and_admin_are_never_kept(page: Page) -> None:
    page.goto("/emergency/")
    ready_for_offline(page)
    asked = """(path) => new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = ({data}) => resolve(data);
      const ask = ({active}) => active.postMessage({keep: path}, [channel.port2]);
      navigator.serviceWorker.ready.then(ask);
    })"""
    for path in ("/symptom-checker/back-and-calf/", "/admin/login/", "/api/v2/pages/", "/nope/"):
        assert page.evaluate(asked, path) is False
    page.goto("/symptom-checker/back-and-calf/")
    urls = page.evaluate(
        "caches.open('kept-pages').then((c) => c.keys()).then((k) => k.map((r) => r.url))"
    )
    assert [url.split("/", 3)[3] for url in urls] == ["emergency/"]


def test_the_checker_starts_no_worker(page: Page) -> None:
    page.goto("/symptom-checker/back-and-calf/")
    page.wait_for_load_state("networkidle")
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )


def test_a_page_that_is_gone_from_the_site_goes_from_the_device(page: Page) -> None:
    page.goto(CAUSE)
    ready_for_offline(page)
    page.evaluate(
        """async () => {
          const cache = await caches.open("kept-pages");
          const headers = {"x-kept-on": "2020-01-01T00:00:00Z", "content-type": "text/html"};
          await cache.put("/withdrawn/", new Response("<html><h1>Old</h1></html>", {headers}));
        }"""
    )
    page.goto("/about/")
    eventually(
        page,
        "caches.open('kept-pages').then((c) => c.match('/withdrawn/')).then((found) => !found)",
    )


def test_a_page_removed_while_its_new_copy_is_on_the_way_stays_removed(page: Page) -> None:
    # Given a kept page whose new copy has come, but cannot be written yet
    page.goto("/about/")
    ready_for_offline(page)
    page.evaluate(
        """async () => {
          const cache = await caches.open("kept-pages");
          const headers = {"x-kept-on": "2020-01-01T00:00:00Z", "content-type": "text/html"};
          await cache.put("/about/", new Response("<html><h1>Old</h1></html>", {headers}));
          const held = () => new Promise((done) => { window.let = done; });
          navigator.locks.request("kept-pages", held);
        }"""
    )
    other = page.context.new_page()
    other.goto("/contact/")
    eventually(other, "navigator.locks.query().then(({pending}) => pending.length === 1)")
    # When the reader removes the page
    page.evaluate("caches.open('kept-pages').then((cache) => cache.delete('/about/'))")
    page.evaluate("window.let()")
    eventually(
        page,
        "navigator.locks.query().then(({held, pending}) => held.length + pending.length === 0)",
    )
    # Then it does not come back
    assert page.evaluate(
        "caches.open('kept-pages').then((cache) => cache.match('/about/')).then((found) => !found)"
    )
