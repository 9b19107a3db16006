"""The site's menu, made from the top of the page tree."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, Site

from library import fresh
from library.models import InfoPage

FIELDS = ("title", "url_path", "slug", "path", "depth", "numchild", "locale_id", "content_type_id")


#: Of the pages below home, in the order of the tree: so many are looked at, so many of those that
#: are no information pages stand in the head of the page.
MOST, MOST_MAIN = 24, 8


@dataclass(frozen=True)
class MenuItem:
    title: str
    url: str


@dataclass(frozen=True)
class Menu:
    """``main`` for the head of the page, ``about`` for its foot."""

    home: str
    main: tuple[MenuItem, ...]
    about: tuple[MenuItem, ...]


def top_pages(request: HttpRequest) -> Q:
    """The first pages right below the site's home page, for a query that may want others too.

    A large library has hundreds there, topics most of all; nobody reads a menu of hundreds.
    """
    site = Site.find_for_request(request)
    if site is None:
        return Q(pk__in=[])
    below = Q(path__startswith=site.root_page.path, depth=site.root_page.depth + 1)
    first = Page.objects.filter(below, live=True).order_by("path")
    return Q(pk__in=first.values("pk")[:MOST])


def menu(request: HttpRequest) -> Menu:
    """The menu of the request's site."""
    site = Site.find_for_request(request)
    if site is None:
        return Menu("/", (), ())
    return fresh.kept(f"menu {site.pk} {request.get_host()}", lambda: _from_rows(site, request))


def _from_rows(site: Site, request: HttpRequest) -> Menu:
    with fresh.exactly(fresh.TREE):
        # With the name of their kind, because a worker that has just started knows none yet.
        rows = Page.objects.filter(top_pages(request), live=True).select_related("content_type")
        fields = (*FIELDS, *(f"content_type__{name}" for name in ("app_label", "model")))
        pages = list(rows.only(*fields).order_by("path"))
    fresh.uses(*(fresh.name(page.pk) for page in pages))
    main: list[MenuItem] = []
    about: list[MenuItem] = []
    for page in pages:
        item = MenuItem(page.title, page.get_url(request) or "")
        (about if page.content_type.model_class() is InfoPage else main).append(item)
    return Menu(site.root_page.get_url(request) or "/", tuple(main[:MOST_MAIN]), tuple(about))
