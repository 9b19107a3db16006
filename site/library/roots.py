"""Where sites begin in the tree, by which Wagtail makes addresses out of pages."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page, Site
from wagtail.models.sites import SiteRootPath

Roots = list[SiteRootPath]


def every_site() -> list[Site]:
    """With all that addresses and the owner's settings need. The most specific path comes first,
    as in ``Site.get_site_root_paths``."""
    sites = Site.objects.select_related("root_page__locale", "sitebrand__logo")
    return list(sites.order_by("-root_page__url_path", "-is_default_site", "hostname"))


def roots_of(sites: Sequence[Site]) -> Roots:
    """As ``Site.get_site_root_paths``, which asks for the sites again and once for each of them.

    A site in one language has one beginning, and costs no query.
    """
    homes: list[Page] = [site.root_page for site in sites]
    if len(settings.WAGTAIL_CONTENT_LANGUAGES) > 1:
        keys = {home.translation_key for home in homes}
        translations = Page.objects.filter(translation_key__in=keys).select_related("locale")
        homes = list(translations.order_by("path"))
    return [
        SiteRootPath(site.pk, home.url_path, site.root_url, home.locale.language_code)
        for site in sites
        for home in {home.pk: home for home in homes}.values()
        if home.translation_key == site.root_page.translation_key
    ]


def know(request: HttpRequest, roots: Roots) -> None:
    """Left where pages look first when they make an address for this request."""
    request._wagtail_cached_site_root_paths = roots  # type: ignore[attr-defined]
