"""Pages that a page lists, as something its answer stands on."""

from collections.abc import Callable, Iterable
from typing import Any

from library import fresh


def in_a_list(fetch: Callable[[], Iterable[Any]]) -> list[Any]:
    """What ``fetch`` reads, in the order of the tree, to be shown as lists show pages."""
    with fresh.exactly(fresh.TREE):
        found = list(fetch())
    fresh.uses(*(fresh.summary(one.pk) for one in found))
    return found


def related(page: Any, fetch: Callable[[], Iterable[Any]]) -> list[Any]:
    """What ``fetch`` reads. It depends on what this page names or is named by, on which pages there
    are, and on what lists show of each page found.
    """
    fresh.uses(fresh.relations(page.pk))
    return in_a_list(fetch)
