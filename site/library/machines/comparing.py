"""What changed between two versions of a page, in a few sentences for readers."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Content = Mapping[str, Any]

FIELDS = {
    "title": gettext_lazy("The title changed."),
    "answer": gettext_lazy("The answer in one sentence changed."),
    "also_known_as": gettext_lazy("The other names changed."),
    "care": gettext_lazy("The conditions whose urgent signs open the page changed."),
    "tip_links": gettext_lazy("The list of prevention tips changed."),
    "treatment_links": gettext_lazy("The list of treatments changed."),
    "lookalike_links": gettext_lazy("The list of look-alikes changed."),
    "strength": gettext_lazy("The strength of evidence changed."),
}
#: Fields that stand together in one table on the page.
AT_A_GLANCE = ("feels", "where", "worse", "eases", "swelling", "how_soon")
#: Keys that differ between two versions of the same row.
_IDENTITY = {"pk", "id", "page", "sort_order"}


def differences(old: Content, new: Content) -> Iterator[str]:
    found = [*_fields(old, new), *_sections(old, new)]
    yield from found or [_("Nothing changed that readers see.")]


def _fields(old: Content, new: Content) -> Iterator[str]:
    for name, sentence in FIELDS.items():
        if _bare(old.get(name)) != _bare(new.get(name)):
            yield str(sentence)
    if any(old.get(name) != new.get(name) for name in AT_A_GLANCE):
        yield _("What stands “At a glance” changed.")


def _sections(old: Content, new: Content) -> Iterator[str]:
    before, after = sections(old), sections(new)
    changed = [name for name in after if name in before and before[name] != after[name]]
    yield from _named(_("New: {names}."), [name for name in after if name not in before])
    yield from _named(_("Changed: {names}."), changed)
    yield from _named(_("Removed: {names}."), [name for name in before if name not in after])


def _named(sentence: str, names: list[str]) -> Iterator[str]:
    if names:
        quoted = (f"“{name}”" if name else _("the opening") for name in names)
        yield sentence.format(names=", ".join(quoted))


def sections(content: Content) -> dict[str, list[Any]]:
    """The blocks under each main heading; what stands before the first has no name."""
    body = content.get("body") or "[]"
    found: dict[str, list[Any]] = defaultdict(list)
    heading = ""
    for block in json.loads(body) if isinstance(body, str) else body:
        value = block.get("value")
        if block["type"] == "prose" and value.get("heading") and not value.get("smaller"):
            heading = value["heading"]
        found[heading].append((block["type"], _bare(value)))
    return dict(found)


def _bare(value: Any) -> Any:
    """A value without what only tells its rows apart."""
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items() if key not in _IDENTITY}
    if isinstance(value, list):
        return [_bare(one) for one in value]
    return value
