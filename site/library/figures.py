"""The drawings of static/figures/ and their words (content/<language>/figures.toml)."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

_OPENING_TAG = re.compile(r"<svg\b[^>]*>", re.DOTALL)
_OWN_COLOUR = re.compile(r'(class="fig-[\w-]+") (?:fill|stroke)="#[0-9a-f]{6}"')


@dataclass(frozen=True)
class Figure:
    """A drawing with the words that stand in for it. Sizes are those of its viewBox."""

    name: str
    title: str
    description: str
    width: int
    height: int


@lru_cache(maxsize=8)
def figures(language: str = "en") -> dict[str, Figure]:
    """Every figure of a language by name; empty where no figures.toml is."""
    path = Path(settings.CONTENT_DIR) / language / "figures.toml"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        tables = tomllib.load(file)
    return {name: Figure(name=name, **table) for name, table in tables.items()}


def figure_choices() -> list[tuple[str, str]]:
    """For editors: each figure by its title."""
    return [(figure.name, figure.title) for figure in figures().values()]


@lru_cache(maxsize=128)
def drawing(name: str) -> str:
    """The inside of the SVG file, without its outer tag; empty if the file is not there.

    Inlined into the page so that it takes the page's colours in light, dark and print; the
    colours it has for being looked at by itself stay behind. Safe to mark as such: the files are
    ours, reviewed like code, never uploaded.
    """
    path = finders.find(f"figures/{name}.svg")
    if not path:
        return ""
    text = Path(path).read_text(encoding="utf-8")
    opening = _OPENING_TAG.search(text)
    if opening is None:
        return ""
    return _OWN_COLOUR.sub(r"\1", text[opening.end() : text.rindex("</svg>")].strip())
