"""Everything about speed in one run: ``make bench``. ``--baseline`` keeps the ratios for others.

Ratios, because machines differ and this one may be busy. The last result on this machine is kept in
DATA_DIR/bench.json; where there is none, what changed is told against baseline.json beside this
file, which is committed and holds only what is alike on every machine.
"""

import json
import os
import shutil
import sys
import time
from pathlib import Path

import large
import serving

BASELINE = Path(__file__).resolve().parent / "baseline.json"
LAST = Path(os.environ.get("DATA_DIR", large.ROOT / ".data")) / "bench.json"
#: What the issue asks for: a figure, and whether it must be at least or at most this.
WANTED = {
    "the app alone : nginx static": (0.2, ">="),
    "nginx in front : nginx static": (0.8, ">="),
    "uncached article : plain Wagtail": (1.5, ">="),
    "article in process, ms": (10, "<="),
    "queries of an article, just published": (12, "<="),
    "queries of a checker step": (6, "<="),
    "memory a worker, MiB": (110, "<="),
    "cold start, s": (1.5, "<="),
}
#: The same of a large library, on each database.
WANTED_LARGE = {
    "search, 95th of 100, ms": (25, "<="),
    "search, slowest, ms": (1000, "<="),
    "slowest page or list, ms": (1000, "<="),
    "sitemap, ms": (100, "<="),
    "more queries than with 86 pages": (0, "<="),
    "memory a worker, MiB": (110, "<="),
    "cold start, s": (1.5, "<="),
}
WANTED |= {
    f"10,000 on {database}: {name}": wanted
    for database in ("SQLite", "PostgreSQL")
    for name, wanted in WANTED_LARGE.items()
}
Figures = dict[str, float]


def measure() -> Figures:
    started = time.monotonic()
    with large.libraries() as libraries:
        figures = serving.measure()
        for database, env in libraries.items():
            found = large.figures(env) | serving.at_ten_thousand(env)
            found |= compared(found, figures)
            figures |= {f"10,000 on {database}: {name}": value for name, value in found.items()}
    figures["load of the machine"] = os.getloadavg()[0]
    figures["minutes that this took"] = (time.monotonic() - started) / 60
    return figures


def compared(found: Figures, small: Figures) -> Figures:
    """Beside the starter library, and beside an article of a plain Wagtail."""
    names = [name for name in found if name.startswith("queries:")]
    plain = small["plain article in process, ms"]
    return {
        "more queries than with 86 pages": sum(found[n] - small[n] for n in names),
        "search, 95th : plain article": found["search, 95th of 100, ms"] / plain,
        "sitemap : plain article": found["sitemap, ms"] / plain,
    }


def show(figures: Figures, before: Figures) -> list[str]:
    """Prints each, with what changed, and tells which are not as wanted."""
    missed = []
    for name, value in figures.items():
        line = f"{name:<68}{value:>12,.10g}"
        if before.get(name):
            line += f"{(value / before[name] - 1) * 100:>+8.0f} %"
        if name in WANTED:
            most, way = WANTED[name]
            met = value >= most if way == ">=" else value <= most
            line += f"   wanted {way} {most}{'' if met else ': MISSED'}"
            if not met:
                missed.append(name)
        print(line)
    return missed


def everywhere(figures: Figures) -> Figures:
    """What does not depend on the machine: ratios, and numbers of queries."""
    return {name: value for name, value in figures.items() if " : " in name or "queries" in name}


def main() -> int:
    for program in ("wrk", "nginx"):
        if shutil.which(program) or shutil.which(program, path="/usr/sbin"):
            continue
        raise SystemExit(f"{program} is not installed (Debian: apt-get install {program}).")
    kept = LAST if LAST.exists() else BASELINE
    before = json.loads(kept.read_text()) if kept.exists() else {}
    figures = {name: round(value, 4) for name, value in measure().items()}
    missed = show(figures, before)
    if before:
        print(f"Percentages: against {'the last run here' if kept == LAST else 'the baseline'}.")
    LAST.parent.mkdir(parents=True, exist_ok=True)
    LAST.write_text(json.dumps(figures, indent=2) + "\n")
    if "--baseline" in sys.argv:
        BASELINE.write_text(json.dumps(everywhere(figures), indent=2) + "\n")
    print(f"{len(missed)} missed: {'; '.join(missed)}" if missed else "All as wanted.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
