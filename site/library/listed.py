"""What pages show of other pages: kept as a few plain words each, never as rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from library import fresh
from library.pieces import place


@dataclass(frozen=True)
class Listed:
    """A page in a list of another."""

    title: str
    url: str
    answer: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Near:
    """A page above or beside another, or one that it links to."""

    pk: int
    title: str
    url: str
    path: str
    #: -1 for the page before, 1 for the page after, 0 for any other.
    side: int = 0


def listed(pages: Iterable[Any], request: HttpRequest | None) -> tuple[Listed, ...]:
    return tuple(
        Listed(page.title, page.get_url(request) or "", page.answer, getattr(page, "kind", ""))
        for page in pages
    )


def known(page: Any, name: str, request: HttpRequest) -> SimpleLazyObject:
    """The pages in the page's property of this name. Kept for readers; an editor's preview shows
    what stands in the form."""

    def find() -> tuple[Listed, ...]:
        return listed(getattr(page, name), request)

    def pages() -> tuple[Listed, ...]:
        if not is_for_everyone(request):
            return find()
        return fresh.kept(f"{name} of {page.pk} at {place(request)}", find)

    return SimpleLazyObject(pages)


def is_for_everyone(request: HttpRequest) -> bool:
    """A page as its public sees it: no draft, nobody's try of unreleased rules."""
    return (
        request.method in ("GET", "HEAD")
        and not getattr(request, "is_preview", False)
        and not getattr(request, "unreleased", None)
    )
