"""The owner's settings of the site a request is for, asked for once, with the site itself.

Words such as "Call {emergency}" stand in modules and become text only when they are shown. They
find the request by a context variable, so that no caller has to carry the settings to them.
Outside a request (commands, tests of pure rules) they speak to any country.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.functional import Promise
from django.utils.functional import lazy as make_lazy
from wagtail.images import get_image_model
from wagtail.models import Locale, Site

from library import fresh
from library.models.brand import SiteBrand
from library.roots import Roots, every_site, know, roots_of

_seen: dict[int, Site] = {}
_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
Words = str | Promise


def branding(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: while a request is answered, its site's words are the current ones, and what it
    reads is noted (``library.fresh``)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            with fresh.watched():
                return get_response(request)
        finally:
            _request.reset(token)

    return middleware


def find_site(request: HttpRequest) -> Site | None:
    """The site of a request as Wagtail finds it, with the owner's settings in the same query.

    It is left where ``Site.find_for_request`` looks first, so that nobody asks again. Whoever asks
    stands on it, though another part of the answer asked first.
    """
    fresh.uses(*_stands_on())
    if not hasattr(request, "_wagtail_site"):
        host, _port = split_domain_port(request.get_host())
        port = int(request.get_port())
        site, roots = fresh.kept(f"site {host}:{port}", lambda: _site(host, port))
        request._wagtail_site = site  # type: ignore[attr-defined]
        know(request, roots)
    found: Site | None = request._wagtail_site  # type: ignore[attr-defined]
    return found


def _site(host: str, port: int) -> tuple[Site | None, Roots]:
    """Of its home page only the place in the tree is used, never the words.

    Wagtail keeps the addresses of sites for an hour in each worker's memory, for pages that know
    no request. They are forgotten here, because another worker may have moved a site.
    """
    with fresh.exactly(*_stands_on()):
        Site.clear_site_root_paths_cache()
        sites = every_site()
        here = [site for site in sites if site.hostname == host or site.is_default_site]
        return _best(here, host, port), roots_of(sites)


@cache
def _stands_on() -> tuple[str, ...]:
    models = (Site, SiteBrand, get_image_model(), Locale)
    tables = (model._meta.db_table for model in models)
    return (fresh.TREE, *tables)


def brand_of_before(request: HttpRequest) -> SiteBrand:
    """The settings as this process read them last, for an answer that may ask no database."""
    try:
        host, _port = split_domain_port(request.get_host())
        port = int(request.get_port())
    except (DisallowedHost, ValueError):
        return SiteBrand()
    return getattr(_best(list(_seen.values()), host, port), "sitebrand", None) or SiteBrand()


def _best(sites: list[Site], host: str, port: int) -> Site | None:
    """Host and port, else the default site of that host, else the only one of it, else default."""
    named = [site for site in sites if site.hostname == host]
    exact = [site for site in named if site.port == port]
    default = [site for site in sites if site.is_default_site]
    default_here = [site for site in default if site in named]
    only = named if len(named) == 1 else []
    return next(iter([*exact, *default_here, *only, *default]), None)


def brand_of(request: HttpRequest) -> SiteBrand:
    """What the owner has set, or the settings Causeway comes with."""
    site = find_site(request)
    if not hasattr(request, "brand"):
        request.brand = getattr(site, "sitebrand", None) or SiteBrand()  # type: ignore[attr-defined]
        if site is not None:
            _seen[site.pk] = site
    brand: SiteBrand = request.brand  # type: ignore[attr-defined]
    return brand


def current_brand() -> SiteBrand:
    request = _request.get()
    return SiteBrand() if request is None else brand_of(request)


def _fill(text: Words, without: Words) -> str:
    words = current_brand().words
    needed = str(text)
    if without and "{urgent_line}" in needed and not words["urgent_line"]:
        needed = str(without)
    return needed.format_map(words)


_filled = make_lazy(_fill, str)


def in_our_words(text: Words, without: Words = "") -> Words:
    """A sentence whose braces are filled when it is shown: {emergency}, {department},
    {urgent_line}. ``without`` stands in its place where the owner has no urgent line."""
    filled: Words = _filled(text, without)
    return filled
