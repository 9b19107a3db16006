"""The glossary: a list over the whole library, so a view rather than a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Locale, Page

from library import fresh
from library.brand import find_site
from library.models import GlossaryTerm


def glossary(request: HttpRequest) -> HttpResponse:
    """Every term with its meaning; each has an anchor that pages link to."""
    find_site(request)  # by which addresses are made
    terms = list(GlossaryTerm.objects.all())
    wanted = [term.page_id for term in terms if term.page_id]
    with fresh.exactly(fresh.TREE, Locale._meta.db_table):  # only their addresses are shown
        pages = Page.objects.live().in_bulk(wanted)
        urls = {pk: page.get_url(request) for pk, page in pages.items()}
    rows = [(term, urls.get(term.page_id, "")) for term in terms]
    return render(request, "library/glossary.html", {"rows": rows})
