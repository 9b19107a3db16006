"""A small library of ten pages in a folder of its own, so that a test can change any file of it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # Django is not ready yet when pytest reads this file
    from library.loader.report import Report

SOURCES = """\
# Where facts come from.

["NG59"]
kind = "guideline"
title = "Low back pain and sciatica"
year = 2016
checked = 2026-11-22
says = "Stay active."
confidence = "read"

# Our own judgement

["EXPERT"]
kind = "expert"
title = "Expert judgement"
says = "Nobody has tested this."
confidence = "unverified"
"""
GLOSSARY = """\
# Words explained.

[[term]]
key = "disc"
term = "Disc"
also = ["spinal disc"]
definition = "A soft pad between two bones of the spine."
page = "slipped-disc"

[[term]]
key = "acute"
term = "Acute"
definition = "New or recent."
"""

KEYS = (
    "type", "key", "role", "slug", "kind", "lists", "order", "title", "answer", "description",
    "also_known_as", "care", "strength", "works_calf", "tips", "treatments", "lookalikes",
)  # fmt: skip


def page(kind: str, slug: str, body: str, front: str = "") -> str:
    """A content file in its one form. ``front`` holds lines of the front matter, by their key."""
    given = dict(line.split(" = ", 1) for line in front.splitlines())
    rows = {
        "type": f'"{kind}"',
        "slug": f'"{slug}"',
        "title": f'"About {slug}"',
        "answer": f'"This is about {slug}."',
        "description": '"A page that says enough about itself for a list of search results."',
        "care": "[]",
        **given,
    }
    head = "\n".join(f"{key} = {rows[key]}" for key in KEYS if key in rows)
    return f"+++\n{head}\n+++\n\n{body}\n"


PAGES = {
    "en/home.md": page("home", "home", "Read [about discs](page:slipped-disc)."),
    "en/pain/topic.md": page("topic", "pain", "Two problems.\n\nSources: NG59", 'care = ["disc"]'),
    "en/pain/causes/slipped-disc.md": page(
        "cause",
        "slipped-disc",
        "## What it is\n\nA [disc](term:disc) **bulges**.\n\nSources: NG59, EXPERT\n\n"
        "::: how-common\nn: 6\nof: 10\nwho: people with it\n\nget better.\n\nSources: NG59\n:::",
        'key = "disc"\nrole = "cause"\norder = 1\ncare = ["disc"]\ntips = ["walking"]\n'
        'treatments = ["belt"]\nlookalikes = ["clot"]',
    ),
    "en/pain/causes/strain.md": page(
        "cause", "strain", "It aches.\n\nSources: NG59", 'key = "strain"\nrole = "cause"\norder = 2'
    ),
    "en/pain/lookalikes/clot.md": page(
        "cause",
        "clot",
        "::: urgent Be seen today\n\n- one leg swells\n\nSources: EXPERT\n:::",
        'key = "clot"\nrole = "look-alike"',
    ),
    "en/care/index.md": page("index", "care", "All of it.\n\nSources: NG59", 'lists = "treatment"'),
    "en/care/belt.md": page(
        "treatment",
        "belt",
        "Do not.\n\nSources: NG59",
        'kind = "care"\nalso_known_as = ["corset"]\ncare = ["disc"]',
    ),
    "en/moves/index.md": page("index", "moves", "All of them.\n\nSources: NG59", 'lists = "tip"'),
    "en/moves/walking.md": page(
        "tip",
        "walking",
        "::: steps\n\n1. Go out.\n2. Come back.\n\nSources: EXPERT\n:::\n\n"
        "See the [checker](checker:back-and-calf).",
        'kind = "habit"\nstrength = "low"',
    ),
    "en/info/about.md": page("info", "about", "About us.", "order = 10"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder without a checker and without figures."""
    for name, text in {**PAGES, "sources.toml": SOURCES, "glossary.toml": GLOSSARY}.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "content"


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], None]:
    """``change(file, old, new)``: the words of a file, changed on purpose."""

    def replace(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def load(db: Any, folder: Path) -> "Callable[[], Report]":
    """Loads the folder and gives its report."""
    from library.loader.load import load_library
    from library.loader.report import Report

    def run() -> Report:
        report = Report()
        load_library(folder, report)
        return report

    return run
