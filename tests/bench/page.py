"""What a first visit costs: ``make bench-page``. Fails over budget.

Starts the site as an owner runs it (granian, production settings, a data folder that is thrown
away) and opens each page in a browser that has seen nothing, twice: as Lighthouse does for a phone
(slow 4G, a CPU four times slower) for the paint, and without throttling for bytes and requests.
Then Lighthouse looks at the four kinds of page that most visits begin with.
"""

import os
import shutil
import sys
import urllib.request
from dataclasses import dataclass

from lighthouse import lighthouse
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from production import production

PAGES = {
    "home": "/",
    "topic": "/back-and-calf-pain/",
    "cause": "/back-and-calf-pain/slipped-disc/",
    "exercise": "/prevention/bird-dog/",
    "checker": "/symptom-checker/back-and-calf/",
}
#: All four of Lighthouse's scores, on these.
SCORED = ("home", "topic", "cause", "checker")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MOST = {"KiB": 60.0, "requests": 8, "blocking": 1, "shift": 0.0, "LCP ms": 1000}
#: Lighthouse's "mobile slow 4G", its request latency and throughput as the browser applies them.
SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1474.56 * 1024 / 8,
    "uploadThroughput": 675 * 1024 / 8,
}
PHONE = {"width": 412, "height": 823}
PAINT = """() => new Promise(done => {
  let paint = 0, shift = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) paint = e.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver(list => { for (const e of list.getEntries()) shift += e.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done({paint, shift}), 300);
})"""
BLOCKING = """() => performance.getEntriesByType("resource")
  .filter(entry => entry.renderBlockingStatus === "blocking").length"""


@dataclass
class Wire:
    """Counts what comes over the wire, headers included, of one page's network session."""

    requests: int = 0
    size: float = 0

    def over(self, session: CDPSession) -> None:
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)

    def _sent(self, event: dict) -> None:
        self.requests += not event["request"]["url"].startswith("data:")

    def _finished(self, event: dict) -> None:
        self.size += event["encodedDataLength"]


def open_first(browser: Browser, url: str, throttled: bool) -> tuple[Wire, dict, int]:
    """Bytes and requests, paint and shift, and render-blocking files of one first visit."""
    context = browser.new_context(viewport=PHONE, is_mobile=True, device_scale_factor=1.75)
    page: Page = context.new_page()
    session, wire = context.new_cdp_session(page), Wire()
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if throttled:
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    wire.over(session)
    page.goto(url, wait_until="networkidle", timeout=60_000)
    told, blocking = page.evaluate(PAINT), page.evaluate(BLOCKING)
    context.close()
    return wire, told, blocking


def measure(browser: Browser, url: str) -> dict[str, float]:
    """``LCP ms`` is the best of three: a busy machine can only make it later."""
    wire, told, blocking = open_first(browser, url, throttled=False)
    visits = [told, *(open_first(browser, url, throttled=False)[1] for _ in range(2))]
    _wire, slow, _blocking = open_first(browser, url, throttled=True)
    return {
        "KiB": round(wire.size / 1024, 1),
        "requests": wire.requests,
        "blocking": blocking,
        "shift": round(max(visit["shift"] for visit in [*visits, slow]), 3),
        "LCP ms": round(min(visit["paint"] for visit in visits)),
        "LCP slow 4G": round(slow["paint"]),
    }


def over_budget(figures: dict[str, float]) -> list[str]:
    return [f"{name} {figures[name]}" for name, most in MOST.items() if figures[name] > most]


def scored(site: str, browser: str) -> dict[str, list[str]]:
    """Prints Lighthouse's findings; which pages are below 100, and by how much."""
    below = {}
    for name in SCORED:
        found = lighthouse(site + PAGES[name], browser)
        print(f"{name:>13}", ", ".join(f"{what} {value}" for what, value in found.items()))
        if found["Lighthouse"] < 100:
            below[name] = [f"Lighthouse {found['Lighthouse']}"]
    return below


def main() -> int:
    names = (shutil.which(name) for name in (os.environ.get("CHROMIUM", ""), *BROWSERS) if name)
    path = next((name for name in names if name), None)
    if path is None:
        raise SystemExit("No browser. Install Chromium, or set CHROMIUM.")
    too_much = {}
    with production() as running, sync_playwright() as playwright:
        site = running.url
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, address in PAGES.items():
            with urllib.request.urlopen(site + address) as answer:  # made and kept, as in use
                answer.read()
            figures = measure(browser, site + address)
            if not too_much and name == "home":
                print("".join(f"{column:>13}" for column in ("", *figures)))
            print("".join(f"{cell:>13}" for cell in (name, *figures.values())), flush=True)
            too_much.update({name: over} if (over := over_budget(figures)) else {})
        browser.close()
        for name, over in scored(site, path).items():
            too_much.setdefault(name, []).extend(over)
    print("Most:", ", ".join(f"{name} {most}" for name, most in MOST.items()))
    for name, over in too_much.items():
        print(f"Over budget: {name}: {', '.join(over)}")
    return 1 if too_much else 0


if __name__ == "__main__":
    sys.exit(main())
