"""Lighthouse's four scores of a page, as it takes them by default: a phone, slow 4G, a slow CPU.

It is a program for Node.js: ``npx`` fetches the version named here the first time.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median

VERSION = "lighthouse@12.8.2"  # the last that runs on the Node.js of Debian stable
FLAGS = "--headless=new --no-sandbox"
RUNS = 3
TRIES = 3  # a browser now and then gives no trace; such a report has no figures


def lighthouse(url: str, browser: str) -> dict[str, float]:
    """The lowest of the four scores and the largest paint in ms, each the median of three runs.

    Raises:
        SystemExit: No Node.js here, or Lighthouse failed; it says what to do.
    """
    runs = [_good_run(url, browser) for _ in range(RUNS)]
    scores = [min(kind["score"] or 0 for kind in run["categories"].values()) for run in runs]
    paints = [run["audits"]["largest-contentful-paint"]["numericValue"] for run in runs]
    return {"Lighthouse": round(median(scores) * 100), "its LCP ms": round(median(paints))}


def _good_run(url: str, browser: str) -> dict:
    for _ in range(TRIES):
        run = _run(url, browser)
        if "runtimeError" not in run:
            return run
    raise SystemExit(f"Lighthouse failed: {run['runtimeError']['message']}")


def _run(url: str, browser: str) -> dict:
    npx = shutil.which("npx")
    if npx is None:
        raise SystemExit("Lighthouse needs Node.js (Debian: sudo apt-get install npm).")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [npx, "--yes", VERSION, url, "--quiet", f"--chrome-flags={FLAGS}"]
        command += ["--output=json", f"--output-path={report}"]
        env = {**os.environ, "CHROME_PATH": browser}
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if not report.exists():
            raise SystemExit(f"Lighthouse failed: {done.stderr.strip()[-500:]}")
        return json.loads(report.read_text())
