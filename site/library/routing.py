"""Finds the page of an address in two queries, and while no page comes or goes in one.

Wagtail walks down the tree, one or two queries for each part of the address. Every page knows its
whole address, so we ask for that, and hand what we found to Wagtail's own view. What is not found
like that (another language's tree, a route of a page's own) is left to Wagtail's way.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from library import fresh
from library.brand import find_site
from library.models.clinical_page import ClinicalPage, Known
from review.models import SignOff


@dataclass(frozen=True)
class Place:
    """What stands at an address."""

    pk: int
    model: type[Page]
    known: Known


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page of the tree."""
    found = find(request, path)
    if found is not None:
        request._wagtail_route_for_request = RouteResult(found)  # type: ignore[attr-defined]
    return serve(request, path)


def find(request: HttpRequest, path: str) -> Page | None:
    """The live page at this path of the site."""
    site = find_site(request)
    if site is None:
        return None
    url_path = site.root_page.url_path + path
    try:
        place = fresh.kept(f"page at {url_path}", lambda: _place_of(url_path))
        with fresh.exactly(fresh.TREE, fresh.page(place.pk)):
            found: Page = place.model._default_manager.get(
                pk=place.pk, url_path=url_path, live=True
            )
    except Page.DoesNotExist:  # never kept: anybody can think of addresses
        return None
    if isinstance(found, ClinicalPage):
        found.known = place.known
    return found


def _place_of(url_path: str) -> Place:
    """With the kind of page and all that most pages have none of, so that nobody asks for it."""
    with fresh.exactly(fresh.TREE, PageViewRestriction._meta.db_table):
        rows = Page.objects.filter(url_path=url_path, live=True).select_related("content_type")
        found: Any = (
            rows.only("pk", "content_type__app_label", "content_type__model")
            .annotate(
                restrictions=Exists(PageViewRestriction.objects.all()),
                signed=Exists(SignOff.objects.filter(page=OuterRef("pk"))),
            )
            .order_by("path")[:1]
            .get()
        )
    fresh.uses(fresh.reviews(found.pk))
    model = found.content_type.model_class() or Page
    return Place(found.pk, model, Known(found.restrictions, found.signed))
