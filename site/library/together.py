"""All lists of other pages that a page shows, in one query."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from library import fresh
from library.listed import Listed, is_for_everyone, listed
from library.pieces import place

Rows = QuerySet[Any, tuple[Any, ...]]
Lists = dict[str, tuple[Listed, ...]]


def rows_for(
    name: str,
    rows: QuerySet[Any, Any],
    to: str = "",
    order: Combinable | None = None,
    kind: Combinable | None = None,
) -> Rows:
    """What one list shows: ``to`` leads from a row to its page. Without ``order`` pages come in
    that of the tree."""
    shown = (F(f"{to}{field}") for field in ("path", "pk", "title", "url_path", "answer"))
    return rows.order_by().values_list(Value(name), order or Value(0), *shown, kind or Value(""))


def known_together(
    page: Any, names: Sequence[str], lists: Callable[[], Iterable[Rows]], request: HttpRequest
) -> dict[str, SimpleLazyObject]:
    """The lists in the page's properties of these names. Kept for readers; an editor's preview
    shows what stands in the form, property by property."""

    def read() -> Lists:
        name = f"lists of {page.pk} at {place(request)}"
        return fresh.kept(name, lambda: _read(page, list(lists()), request))

    kept: Any = SimpleLazyObject(read)

    def find(name: str) -> tuple[Listed, ...]:
        if is_for_everyone(request):
            found: tuple[Listed, ...] = kept.get(name, ())
            return found
        return listed(getattr(page, name), request)

    return {name: SimpleLazyObject(partial(find, name)) for name in names}


def _read(page: Any, lists: Sequence[Rows], request: HttpRequest) -> Lists:
    """It depends on what ``library.related`` says."""
    fresh.uses(fresh.relations(page.pk))
    with fresh.exactly(fresh.TREE):
        first, *others = lists
        rows = sorted(first.union(*others), key=lambda row: (row[1] or 0, row[2]))
    fresh.uses(*(fresh.summary(row[3]) for row in rows))
    found: dict[str, list[Listed]] = {}
    for name, _order, _path, pk, title, url_path, answer, kind in rows:
        url = Page(pk=pk, url_path=url_path).get_url(request) or ""
        found.setdefault(name, []).append(Listed(title, url, answer, kind))
    return {name: tuple(pages) for name, pages in found.items()}
