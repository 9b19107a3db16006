"""Public pages of the request's site and their complete addresses."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from wagtail.models import Page

from library.brand import find_site
from library.models.clinical_page import ClinicalPage
from library.routing import find

TWIN = "page.md"


def public_pages(request: HttpRequest) -> Any:
    """Live pages of this site that anybody may read, in the order of the tree."""
    return Page.objects.descendant_of(home(request), inclusive=True).live().public()


def home(request: HttpRequest) -> Page:
    site = find_site(request)
    if site is None:
        raise Http404
    return site.root_page


def public_page(request: HttpRequest, path: str) -> ClinicalPage:
    """The page at this path of the site, unless it is a draft or behind a restriction."""
    page = find(request, path)
    if not isinstance(page, ClinicalPage) or page.get_view_restrictions().exists():
        raise Http404
    return page


def addresses(request: HttpRequest) -> Callable[[str], str]:
    """As ``address``, for thousands of pages: what they share is made once."""
    begin = request.build_absolute_uri("/").rstrip("/")
    path_of = paths(request)
    return lambda url_path: begin + path_of(url_path)


def paths(request: HttpRequest) -> Callable[[str], str]:
    """The same for links within the site: addresses without host."""
    above, begin = home(request).url_path, reverse("library:page", args=[""])

    def path_of(url_path: str) -> str:
        path = url_path.removeprefix(above)
        return begin + (path if path.isascii() else iri_to_uri(path))

    return path_of


def address(request: HttpRequest, url_path: str) -> str:
    """Complete address of a page by its path in the tree: needs no query and no page."""
    path = url_path.removeprefix(home(request).url_path)
    return request.build_absolute_uri(reverse("library:page", args=[path]))


def page_address(request: HttpRequest, page: Page) -> str:
    return request.build_absolute_uri(page.get_url(request) or "/")


def twin_address(request: HttpRequest, page: Page) -> str:
    return page_address(request, page) + TWIN
