"""Search, suggestions while typing, and the ways in by body part and feeling."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from library.limits import SEARCH, SUGGEST, limited
from library.search import finder
from library.search.query import shortened
from library.search.results import KINDS, Results, search
from library.search.suggest import suggestions
from library.search_insight import promoted

#: Conditions of one place or feeling on a page.
MOST_AT_ONCE = 60


@require_safe
@limited(SEARCH)
def search_page(request: HttpRequest) -> HttpResponse:
    """Results for ``q``; without it, the box and other ways in. Sets no cookie, keeps nothing."""
    text = request.GET.get("q", "")
    as_typed = "as-typed" in request.GET
    results = search(text, request, request.GET.get("kind", ""), as_typed=as_typed)
    context = {
        "results": results,
        "filters": _filters(results),
        "names": results.names,
        "promoted": _promoted(results, request),
        "always_the_same": ("top",),
    }
    response = render(request, "library/search.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    response["X-Robots-Tag"] = "noindex"
    return response


def _promoted(results: Results, request: HttpRequest) -> list[dict[str, str]]:
    """Pages that editors put first for these very words."""
    if not results.text or results.kind:
        return []
    return [
        {"title": page.title, "url": page.get_url(request) or ""} for page in promoted(results.text)
    ]


def _filters(results: Results) -> list[dict[str, object]]:
    """Kinds to choose from: those found, or all of them where one is chosen already."""
    if results.kind is None and len(results.counts) < 2:
        return []
    return [
        {"key": kind.key, "label": kind.label, "chosen": kind == results.kind}
        for kind in KINDS
        if results.kind or results.counts[kind.key]
    ]


@require_safe
@limited(SUGGEST)
def suggest_page(request: HttpRequest) -> HttpResponse:
    """Names that begin as typed: for the script as JSON, for a reader without it as links."""
    text = shortened(request.GET.get("q", ""))
    names = suggestions(text)
    if request.GET.get("format") == "json":
        response: HttpResponse = JsonResponse({"suggestions": names})
    else:
        response = render(request, "library/suggest.html", {"text": text, "names": names})
    patch_cache_control(response, public=True, max_age=300)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def find_page(request: HttpRequest) -> HttpResponse:
    """The body as a picture and as a list of links, and the feelings."""
    context = {"places": finder.PLACES, "feelings": finder.FEELINGS}
    return render(request, "library/find.html", context)


@require_safe
def found_page(request: HttpRequest, key: str) -> HttpResponse:
    """The conditions felt in one place or in one way, their urgent signs first."""
    chosen = finder.way(key)
    if chosen is None:
        raise Http404("There is no such body part or feeling.")
    part = Paginator(finder.keys_of(chosen), MOST_AT_ONCE).get_page(request.GET.get("page"))
    pages = finder.pages_with(list(part))
    keys = [page.key for page in pages if page.key]
    context = {"way": chosen, "pages": pages, "care_keys": keys, "part": part}
    return render(request, "library/found.html", context)
