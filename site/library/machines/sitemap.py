"""sitemap.xml and robots.txt. Two queries, however many pages there are.

Ten thousand addresses through a template take a second, written line by line a few hundredths. The
database writes the dates: to read ten thousand and write them again takes longer than all the rest.
"""

from collections.abc import Iterator

from django.db.models import CharField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape

from library.machines.addresses import addresses, public_pages

#: More than that no search engine reads from one file.
MOST = 50_000
VIEWS = ("emergency", "find", "a_to_z", "glossary", "changes")
#: As SQLite and PostgreSQL write it: “2026-11-22 17:30:59.1” or “2026-11-22 17:30:59.1+00”, in UTC.
_PUBLISHED = Cast("last_published_at", CharField())
_FIRST = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OPEN = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def sitemap(request: HttpRequest) -> HttpResponse:
    lines = [*_views(request), *_pages(request)][:MOST]
    text = "".join([_FIRST, _OPEN, *lines, "</urlset>\n"])
    return HttpResponse(text, content_type="application/xml")


def _pages(request: HttpRequest) -> Iterator[str]:
    pages = public_pages(request).order_by("path").annotate(published=_PUBLISHED)
    address_of = addresses(request)
    for url_path, published in pages.values_list("url_path", "published")[:MOST].iterator():
        date = f"<lastmod>{_in_utc(published)}</lastmod>" if published else ""
        yield f"<url><loc>{address_of(url_path)}</loc>{date}</url>\n"


def _in_utc(written: str) -> str:
    return written.removesuffix("+00").replace(" ", "T") + "+00:00"


def _views(request: HttpRequest) -> Iterator[str]:
    for name in VIEWS:
        address = request.build_absolute_uri(reverse(f"library:{name}"))
        yield f"<url><loc>{escape(address)}</loc></url>\n"


def robots(request: HttpRequest) -> HttpResponse:
    """An admin that was moved out of the way is not told to the world here."""
    sitemap = request.build_absolute_uri(reverse("library:sitemap"))
    context = {"sitemap": sitemap, "admin": reverse("wagtailadmin_home") == "/admin/"}
    return render(request, "library/machines/robots.txt", context, content_type="text/plain")
