"""Many at once: ``make bench-load``. 500 readers and 50 patients while an editor publishes.

Each reader opens a page, reads for a moment and opens the next; each patient answers the checker to
its end and begins again; every ten seconds a new text is published from another process. It fails
if one answer is an error, shows a text older than the one that was published when it was asked
for, or if the workers grow. ``SECONDS``, ``READERS`` and ``PATIENTS`` make it smaller.
"""

import json
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

from production import ROOT, Production, production, smaps

SECONDS, READERS, PATIENTS = (
    int(os.environ.get(name, default))
    for name, default in (("SECONDS", 300), ("READERS", 500), ("PATIENTS", 50))
)
BETWEEN_PAGES, BETWEEN_ANSWERS, BETWEEN_PUBLISHING = (0.5, 1.5), (1.0, 3.0), 10
CHANGING = "/back-and-calf-pain/slipped-disc/"
PAGES = (CHANGING, "/", "/back-and-calf-pain/", "/prevention/", "/treatments/ibuprofen/", "/a-z/")
CHECKER = "/symptom-checker/back-and-calf/"
PUBLISH = """
import sys
from library.models import CausePage
cause = CausePage.objects.get(key="disc_herniation")
for line in sys.stdin:
    cause.answer = f"Published {line.strip()}."
    cause.save_revision().publish()
    print(line.strip(), flush=True)
"""


@dataclass
class Seen:
    """What happened, from all threads."""

    started: float = field(default_factory=time.monotonic)
    published: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    taken: dict[str, list[float]] = field(default_factory=lambda: {"reader": [], "patient": []})
    wrong: list[str] = field(default_factory=list)

    def over(self) -> bool:
        return time.monotonic() - self.started > SECONDS


class Browser:
    """One connection that is kept open, from an address of its own, and its cookies."""

    def __init__(self, site: str, seen: Seen, kind: str, number: int) -> None:
        self.host, self.seen, self.kind = urlsplit(site).netloc, seen, kind
        self.address = (f"127.1.{number // 250}.{number % 250 + 1}", 0)
        self.cookies: dict[str, str] = {}
        self.connection = self.connected()

    def connected(self) -> HTTPConnection:
        return HTTPConnection(self.host, timeout=30, source_address=self.address)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """The page at the end of any redirect, as its path and text."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://{self.host}",
            }
        began = time.monotonic()
        self.connection.request(method, path, urlencode(form) if form else None, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        self.seen.taken[self.kind].append(time.monotonic() - began)
        self.seen.answers[f"{self.kind} {response.status}"] += 1
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        if response.status in (301, 302, 303):
            return self.ask("GET", urlsplit(response.headers["Location"]).path)
        if response.status != 200:
            self.seen.wrong.append(f"{self.kind} {path}: {response.status}")
        return path, text


def read(browser: Browser, chance: random.Random) -> None:
    path = CHANGING if chance.random() < 0.3 else chance.choice(PAGES)
    newest = browser.seen.published
    _path, text = browser.ask("GET", path)
    shown = re.search(r"Published (\d+)\.", text) if path == CHANGING else None
    if newest and path == CHANGING and (shown is None or int(shown[1]) < newest):
        browser.seen.wrong.append(f"stale: {shown and shown[1]} after {newest}")
    time.sleep(chance.uniform(*BETWEEN_PAGES))


def answer_all(browser: Browser, chance: random.Random) -> None:
    path, text = browser.ask("GET", CHECKER + "begin/")
    while "/questions/" in path and not browser.seen.over():
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text)
        options = re.findall(r'name="answer"[^>]*value="([^"]+)"', text) or re.findall(
            r'value="([^"]+)"[^>]*name="answer"', text
        )
        if not options:
            browser.seen.wrong.append(f"patient {path}: no options")
            return
        time.sleep(chance.uniform(*BETWEEN_ANSWERS))
        form = {**dict(hidden), "answer": chance.choice(options)}
        path, text = browser.ask("POST", path, form)
    browser.ask("GET", CHECKER + "result/")


def keep_at_it(number: int, kind: str, running: Production, seen: Seen) -> None:
    chance = random.Random(number)
    browser = Browser(running.url, seen, kind, number)
    time.sleep(chance.uniform(0, 5))
    while not seen.over():
        try:
            (read if kind == "reader" else answer_all)(browser, chance)
        except (OSError, HTTPException) as error:
            seen.wrong.append(f"{kind}: {type(error).__name__} {error}")
            browser.connection = browser.connected()


def publish(running: Production, seen: Seen) -> None:
    """An editor in another process, so that every worker hears of it from outside."""
    editor = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", PUBLISH],
        cwd=ROOT,
        env=running.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert editor.stdin
    assert editor.stdout
    while not seen.over():
        editor.stdin.write(f"{seen.published + 1}\n")
        editor.stdin.flush()
        seen.published = int(editor.stdout.readline())
        time.sleep(BETWEEN_PUBLISHING)
    editor.stdin.close()
    editor.wait()


def memory(running: Production) -> float:
    return sum(smaps(pid)["Pss"] for pid in (running.server.pid, *running.workers()))


def run(running: Production) -> dict[str, object]:
    seen = Seen()
    threads = [threading.Thread(target=publish, args=(running, seen))]
    for kind, many in (("reader", READERS), ("patient", PATIENTS)):
        for number in range(many):
            number += READERS if kind == "patient" else 0
            threads.append(
                threading.Thread(target=keep_at_it, args=(number, kind, running, seen), daemon=True)
            )
    for thread in threads:
        thread.start()
    sizes = []
    while not seen.over():
        time.sleep(max(1, SECONDS / 10))
        sizes.append(round(memory(running), 1))
    for thread in threads:
        thread.join(60)
    percentiles = {
        kind: statistics.quantiles(taken, n=100) for kind, taken in seen.taken.items() if taken
    }
    return {
        "seconds": SECONDS,
        "answers": dict(seen.answers),
        "answers a second": round(sum(seen.answers.values()) / SECONDS, 1),
        "published": seen.published,
        "ms (median, 95th, 99th)": {
            kind: [round(found[at] * 1000, 1) for at in (49, 94, 98)]
            for kind, found in percentiles.items()
        },
        "MiB of the whole server, over time": sizes,
        "wrong": Counter(seen.wrong).most_common(10),
    }


def main() -> int:
    with production() as running:
        figures = run(running)
    print(json.dumps(figures, indent=2))
    sizes = figures["MiB of the whole server, over time"]
    assert isinstance(sizes, list)
    # The first samples are of workers that have not yet seen every page.
    grown = len(sizes) > 4 and sizes[-1] > max(sizes[: len(sizes) // 2]) * 1.1
    if grown:
        print("The workers grow.")
    return 1 if figures["wrong"] or grown else 0


if __name__ == "__main__":
    sys.exit(main())
