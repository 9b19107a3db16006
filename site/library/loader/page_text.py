"""A page as the text of its content file, always in one form: a diff shows only words."""

from collections.abc import Iterator
from typing import Any

from library.loader.body_text import Names, body_text
from library.loader.fields import front_of
from library.loader.page_file import FENCE
from library.loader.toml_text import toml_lines

#: The order of the front matter. Tables follow, as TOML wants it.
KEYS = (
    "type", "key", "role", "slug", "kind", "lists", "order", "title", "answer", "description",
    "change_note", "also_known_as", "care", "strength", "works_calf", "tips", "treatments",
    "lookalikes", "compare", "codes",
)  # fmt: skip
_RELATIONS = {
    "tips": ("tip_links", "tip_id"),
    "treatments": ("treatment_links", "treatment_id"),
    "lookalikes": ("lookalike_links", "lookalike_id"),
}


def page_text(page: Any, names: Names, order: int = 0) -> str:
    """The content file of a page. ``order`` is its place among its sisters, as its file has it."""
    front = {**front_of(page), "order": order, **_relations(page, names)}
    front["care"] = [cause.key for cause in page.care.all() if cause.key]
    given = {key: front[key] for key in KEYS if front.get(key) or key == "care"}
    head = "\n".join((FENCE, *toml_lines(given), FENCE))
    body = body_text(page.body, names)
    return f"{head}\n\n{body}\n" if body else f"{head}\n"


def _relations(page: Any, names: Names) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, (relation, target) in _RELATIONS.items():
        if hasattr(page, relation) and key not in found and _holds(page):
            ids: Iterator[int] = (getattr(row, target) for row in getattr(page, relation).all())
            found[key] = [names.pages[pk] for pk in ids if pk in names.pages]
    return found


def _holds(page: Any) -> bool:
    """Tips and treatments have rows under the same names: those are the other end."""
    return hasattr(page, "lookalike_links")
