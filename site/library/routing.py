"""Finds the page of an address in two queries, and while no page comes or goes in one.

Wagtail walks down the tree, one or two queries for each part of the address. Every page knows its
whole address, so we ask for that, and hand what we found to Wagtail's own view. What is not found
like that (another language's tree, a route of a page's own) is left to Wagtail's way.
"""

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from library import fresh
from library.brand import find_site


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page of the tree."""
    found = _find(request, path)
    if found is not None:
        request._wagtail_route_for_request = RouteResult(found)  # type: ignore[attr-defined]
    return serve(request, path)


def _find(request: HttpRequest, path: str) -> Page | None:
    site = find_site(request)
    if site is None:
        return None
    url_path = site.root_page.url_path + path
    try:
        pk, model = fresh.kept(f"page at {url_path}", lambda: _place_of(url_path))
        with fresh.exactly(fresh.TREE, fresh.page(pk)):
            found: Page = model._default_manager.get(pk=pk, url_path=url_path, live=True)
    except Page.DoesNotExist:  # never kept: anybody can think of addresses
        return None
    return found


def _place_of(url_path: str) -> tuple[int, type[Page]]:
    with fresh.exactly(fresh.TREE):
        row = (
            Page.objects.only("content_type").order_by("path").filter(url_path=url_path, live=True)
        )
        found = row[:1].get()
    return found.pk, found.specific_class or Page
