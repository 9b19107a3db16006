"""Tags by which library pages show the checker's words. Here the two halves meet."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from checker.care import care_cards as build_cards
from checker.public.paper import Boxes, in_words
from checker.releases import STANDS_ON, LiveRelease, all_live
from library import fresh
from library.pieces import show_found

register = template.Library()


@register.simple_tag(takes_context=True)
def care_cards(context: dict[str, Any], keys: Sequence[str]) -> SafeString:
    """The urgent signs of these causes, in the words of the live rules."""
    if not keys:
        return SafeString()

    def find() -> dict[str, Any]:
        return {"cards": build_cards([live.ruleset for live in _live(context)], keys)}

    return show_found(context.get("request"), "components/care_cards.html", tuple(keys), find)


@register.simple_tag(takes_context=True)
def checker_links(context: dict[str, Any]) -> SafeString:
    """The way to each checker."""

    def find() -> dict[str, Any]:
        found = _live(context)
        return {"links": [(reverse("checker:start", args=[r.checker]), r.title) for r in found]}

    return show_found(context.get("request"), "components/checker_links.html", "all", find)


def _live(context: dict[str, Any]) -> list[LiveRelease]:
    """The live releases, asked for once a request however many tags need them. Whoever asks stands
    on them, though another tag asked first."""
    fresh.uses(*STANDS_ON)
    request = context.get("request")
    if request is None:
        return all_live()
    if not hasattr(request, "live_releases"):
        request.live_releases = all_live()
    found: list[LiveRelease] = request.live_releases
    return found


@register.filter
def boxes(groups: Sequence[Boxes]) -> str:
    """Boxes of the paper twin in words: "(3b or 3c) and 5d"."""
    return in_words(groups)
