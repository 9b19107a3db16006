"""The ``order`` of pages whose files say one: kept as it is while it agrees with the site."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

STEP = 10


def orders(
    pages: Sequence[Any], placed: Mapping[int, str], given: Mapping[str, int]
) -> dict[int, int]:
    """Primary key → order. ``pages`` stand in the order of the tree; ``given`` is by file name.

    Most pages have no order in their file, and get none: lists of tips go by title. Where sisters
    have one and an editor has moved them, all are numbered again.
    """
    found = {page.pk: given.get(placed[page.pk], 0) for page in pages}
    for sisters in _sisters(pages):
        if not any(found[page.pk] for page in sisters):
            continue
        before = 0
        for page in sisters:
            if placed[page.pk] not in given:  # made in the CMS: right behind the one before it
                found[page.pk] = before + 1
            before = found[page.pk]
        places = [(found[page.pk], placed[page.pk]) for page in sisters]
        if places != sorted(places):
            found |= {page.pk: STEP * n for n, page in enumerate(sisters, start=1)}
    return found


def _sisters(pages: Sequence[Any]) -> list[list[Any]]:
    """Pages that readers meet in one list: of one kind and role, below one page."""
    groups: dict[tuple[type, str, str], list[Any]] = defaultdict(list)
    for page in pages:
        groups[type(page), getattr(page, "role", ""), page.path[: -page.steplen]].append(page)
    return list(groups.values())
