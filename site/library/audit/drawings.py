"""Checks of the figures: described, drawn, used, and without words that cannot be translated."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from django.contrib.staticfiles import finders

from library.audit.finding import Finding
from library.audit.library import Library

DESCRIPTION_WORDS = 12
_WORDS = ("text", "title", "desc", "foreignObject")
_NAMESPACE = "{http://www.w3.org/2000/svg}"


def figures(library: Library) -> Iterator[Finding]:
    """Every figure that pages show is drawn and described, and every drawing is shown."""
    used = {block.figure for page in library.pages for block in page.blocks if block.figure}
    for name in sorted(used - library.figures.keys()):
        reason = "A page shows it, but it has no title and description."
        yield Finding(f"figure {name}", "figure", "", reason, "Describe it in figures.toml.")
    for name, figure in library.figures.items():
        page = f"figure {name}"
        if name not in used:
            yield Finding(page, "figure", "", "No page shows it.", "Show it or take it out.")
        if not figure.title or len(figure.description.split()) < DESCRIPTION_WORDS:
            reason = "Its title is missing or its long description is too short to stand in for it."
            yield Finding(page, "figure", "", reason, "Say what it shows, part by part.")
        yield from _drawing(name, figure.width, figure.height)


def _drawing(name: str, width: int, height: int) -> Iterator[Finding]:
    page, path = f"figure {name}", finders.find(f"figures/{name}.svg")
    if not path:
        yield Finding(page, "figure", "", "There is no drawing.", "Draw static/figures/….svg.")
        return
    try:
        root = ET.parse(str(path)).getroot()  # noqa: S314
    except ET.ParseError as error:
        yield Finding(page, "figure", "", f"Not well-formed: {error}.", "Mend the SVG file.")
        return
    words = sorted({e.tag.removeprefix(_NAMESPACE) for e in root.iter()} & set(_WORDS))
    if words:
        reason = f"It holds words ({', '.join(words)}) that cannot be translated."
        yield Finding(page, "figure", "", reason, "Put them into figures.toml.")
    if root.get("viewBox", "").split()[2:] != [str(width), str(height)]:
        reason = f"Its viewBox is “{root.get('viewBox')}”, figures.toml says {width} by {height}."
        yield Finding(page, "figure", "", reason, "Make them equal.")
