from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from config.styleguide import samples

TOKENS = ("paper", "surface", "ink", "ink-soft", "line", "accent", "accent-tint", "stone", "water")


def styleguide(request: HttpRequest) -> HttpResponse:
    """For those who work on the site. An owner's public has no use for it."""
    if not settings.DEBUG:
        raise Http404
    context = {
        "tokens": TOKENS,
        "cards": samples.care_cards(),
        "blocks": samples.blocks(),
        "reading": samples.reading(),
        "forms": samples.forms(),
        "states": samples.REVIEWS,
        "reviewed": samples.reviewed(request.GET.get("review", samples.REVIEWS[0])),
        "pages": samples.pages(),
        "listed": samples.listed(),
        "citations": list(samples.reading().cited.values()),
        "breadcrumbs": samples.listed()[:2],
        "page": {"title": "Style guide", "other_names": ["every piece", "in every state"]},
    }
    return render(request, "styleguide.html", context)
