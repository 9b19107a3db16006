"""How fast the site answers, beside nginx and a plain Wagtail: the first half of ``make bench``."""

import gzip
import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import asked
import large
import plain_wagtail as plain_site
from production import ROOT, Production, free_port, memory, production, wait_for

sys.path.insert(0, str(ROOT / "tests/services"))
from nginx import nginx

HERE = Path(__file__).resolve().parent
ARTICLE = "/back-and-calf-pain/slipped-disc/"
NO_PARTS = ARTICLE + "?uncached=1"
#: What a known reader sends: such answers are neither kept nor taken from what is kept.
UNCACHED = "Authorization: nobody"
GZIP = ["Accept-Encoding: gzip"]
SECONDS, ROUNDS = int(os.environ.get("SECONDS", "4")), 3
STATIC = """
  server {{
    listen 127.0.0.1:{port};
    access_log off;
    root {folder};
    location / {{ gzip_static always; default_type text/html; }}
  }}
"""


def requests_a_second(targets: dict[str, tuple[str, int, list[str]]]) -> dict[str, float]:
    """Name → address, connections, headers. Each the best of short rounds, taken in turns: what
    else the machine does can only make a round slower, and does not hit one of them alone."""
    best = dict.fromkeys(targets, 0.0)
    for _round in range(ROUNDS):
        for name, target in targets.items():
            best[name] = max(best[name], _round_of(*target))
    return best


def _round_of(url: str, connections: int, headers: list[str]) -> float:
    command = ["wrk", "-t2", f"-c{connections}", f"-d{SECONDS}s", "--timeout", "30s"]
    command += [word for header in [*GZIP, *headers] for word in ("-H", header)]
    command.append(url)
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(f"{url}: {told}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return float(found[1]) if found else 0.0


def compressed(url: str, *headers: str) -> bytes:
    asked = urllib.request.Request(url)
    for header in [*GZIP, *headers]:
        asked.add_header(*header.split(": "))
    with urllib.request.urlopen(asked) as answer:
        body: bytes = answer.read()
    return body


def served(site: Production, purge: int, plain: str) -> dict[str, float]:
    """nginx with the same bytes in a file, ours behind nginx, ours alone; uncached, beside plain.

    Uncached is what readers get whose answers are never kept: Django makes the page for each, and
    kept parts of it are used, as a plain site may do, too. With anything after “?” not even parts
    are. Both must be the article, to the last letter.
    """
    body = compressed(site.url + ARTICLE)
    html = gzip.decompress(body)
    others = compressed(site.url + ARTICLE, UNCACHED), compressed(site.url + NO_PARTS)
    if not html.startswith(b"<!DOCTYPE html>") or set(map(gzip.decompress, others)) != {html}:
        raise SystemExit("The uncached article is not the article.")
    static, listen = int(free_port()), int(free_port())
    with TemporaryDirectory(prefix="causeway-bench-static-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "article.html.gz").write_bytes(body)
        more = STATIC.format(port=static, folder=folder)
        with nginx(urlsplit(site.url).port or 80, listen, purge, more):
            return requests_a_second(
                {
                    "nginx static": (f"http://127.0.0.1:{static}/article.html", 32, []),
                    "nginx in front": (f"http://127.0.0.1:{listen}{ARTICLE}", 32, []),
                    "the app alone": (site.url + ARTICLE, 32, []),
                    "uncached article": (site.url + ARTICLE, 8, [UNCACHED]),
                    "article without kept parts": (site.url + NO_PARTS, 8, []),
                    "plain Wagtail": (plain, 8, []),
                }
            )


def inside(url: str, path: str, env: dict[str, str], folder: Path, *more: str) -> dict:
    """Figures of one answer, from inside a process like a worker."""
    command = [sys.executable, str(HERE / "inside.py"), urlsplit(url).netloc, path, *more]
    told = subprocess.run(
        command, cwd=folder, env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict = json.loads(told.stdout.splitlines()[-1])
    return found


def cold_start(site: Production) -> float:
    """From the command to the first article, the best of three."""
    took = []
    for _start in range(ROUNDS):
        port = free_port()
        env = {**site.environment, "GRANIAN_PORT": port, "GRANIAN_WORKERS": "1"}
        began = time.monotonic()
        server = subprocess.Popen([ROOT / "deploy/serve"], cwd=ROOT, env=env)
        try:
            wait_for(f"http://127.0.0.1:{port}{ARTICLE}", every=0.01)
            took.append(time.monotonic() - began)
        finally:
            server.terminate()
            server.wait()
    return round(min(took), 2)


def at_ten_thousand(env: dict[str, str]) -> dict[str, float]:
    """Memory and start of a server whose library is large, once all kinds of readers came by."""
    more = {name: env[name] for name in ("DATABASE_URL",) if name in env}
    with production(kept=Path(env["DATA_DIR"]), **more) as site:
        for path in (*asked.SAME.values(), "/a-z/b/", "/search/?q=siatica") * 8:
            compressed(site.url + path)
        return memory(site.server.pid) | {"cold start, s": cold_start(site)}


def measure() -> dict[str, float]:
    purge = int(free_port())
    front = f"http://127.0.0.1:{purge}/pages/"
    with plain_site.plain() as (url, plain_env, folder, plain_server):
        with production(FRONTEND_CACHE_URL=front) as site:
            rates = served(site, purge, url + plain_site.PATH)
            held, plain_held = memory(site.server.pid), memory(plain_server)
            env = {
                **site.environment,
                "PYTHONPATH": "site",
                "DJANGO_SETTINGS_MODULE": "config.settings",
            }
            env.pop("FRONTEND_CACHE_URL")
            ours = inside(site.url, ARTICLE, env, ROOT)
            counted = large.figures(env, "--counts")
            cold = cold_start(site)
        theirs = inside(url, plain_site.PATH, plain_env, folder, "plain")
    figures = {f"{name}, requests a second": round(rate) for name, rate in rates.items()}
    for one, other in (
        ("the app alone", "nginx static"),
        ("nginx in front", "nginx static"),
        ("plain Wagtail", "nginx static"),
        ("uncached article", "plain Wagtail"),
        ("article without kept parts", "plain Wagtail"),
    ):
        figures[f"{one} : {other}"] = round(rates[one] / rates[other], 4)
    for name, cost in {**ours, "plain article": theirs["article"]}.items():
        figures[f"{name} in process, ms"] = cost["ms"]
        figures[f"{name} in process, best ms"] = cost["best"]
    figures["queries of an article"] = ours["article"]["queries"]
    figures["queries of an article, just published"] = ours["article, just published"]["queries"]
    figures["queries of a checker step"] = ours["checker step"]["queries"]
    figures["queries of a search"] = ours["search"]["queries"]
    figures["queries of a plain article"] = theirs["article"]["queries"]
    for name, size in plain_held.items():
        figures[f"plain Wagtail: {name}"] = size
    figures["cold start, s"] = cold
    return figures | held | counted
