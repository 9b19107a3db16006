"""llms.txt: what this library is, how to use it safely, and where the Markdown of each page is."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from library import fresh
from library.brand import brand_of
from library.machines.addresses import TWIN, addresses, home, public_pages
from library.models import (
    CausePage,
    HomePage,
    IndexPage,
    InfoPage,
    TipPage,
    TopicPage,
    TreatmentPage,
)

MODELS = (HomePage, TopicPage, CausePage, TreatmentPage, TipPage, IndexPage, InfoPage)
#: Of each kind. Where there are more, the sitemap has them all, and what to add to an address.
MOST = 200
Rows = list[tuple[str, str, str]]


def llms(request: HttpRequest) -> HttpResponse:
    context = {
        "request": request,
        "brand": brand_of(request),
        "home": home(request),
        "groups": list(_groups(request)),
        "most": MOST,
        "twin": TWIN,
    }
    text = get_template("library/machines/llms.txt").render(context).strip() + "\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _groups(request: HttpRequest) -> Iterator[tuple[str, Rows, bool]]:
    """Title, address of the twin and answer of the pages of a kind, and whether there are more."""
    address_of = addresses(request)
    with fresh.exactly(fresh.TREE, fresh.SUMMARIES, PageViewRestriction._meta.db_table):
        public = public_pages(request).order_by("path")
    for model in MODELS:
        found = [
            (title, address_of(url_path) + TWIN, " ".join(answer.split()))
            for title, url_path, answer in _first_of(model, public)
        ]
        if found:
            yield str(model._meta.verbose_name_plural), found[:MOST], len(found) > MOST


def _first_of(model: type[Page], public: PageQuerySet) -> list[tuple[str, str, str]]:
    name = model._meta.model_name
    with fresh.exactly():
        rows = public.filter(**{f"{name}__isnull": False})
        rows = rows.values_list("title", "url_path", f"{name}__answer")
        return list(rows[: MOST + 1])
